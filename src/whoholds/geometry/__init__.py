"""The ground: cells of places, neighbours, front lines, areas, distances, statuses at points; pure functions."""

from whoholds.geometry.areas import AreaEstimate, DoubtFields, area_estimates, area_estimates_by_day
from whoholds.geometry.comparison import Comparison, StatusAgreement, compare, regions_of_map
from whoholds.geometry.distances import (
    Nearest,
    distance_km,
    distances_to_km,
    nearest_ways,
    shared_border,
)
from whoholds.geometry.front import (
    Gain,
    Pocket,
    Salient,
    components,
    dissolved,
    front_lengths_km,
    front_line,
    gains,
    held_km2,
    merged_edges,
    pockets,
    salients,
    smoothed,
)
from whoholds.geometry.plane import Plane, area_km2, areas_km2
from whoholds.geometry.pointstatus import feature_of_points, status_of_points
from whoholds.geometry.voronoi import Mesh, cells, mesh, neighbours, reordered

__all__ = [
    "AreaEstimate",
    "Comparison",
    "DoubtFields",
    "Gain",
    "Mesh",
    "Nearest",
    "Plane",
    "Pocket",
    "Salient",
    "StatusAgreement",
    "area_estimates",
    "area_estimates_by_day",
    "area_km2",
    "areas_km2",
    "cells",
    "compare",
    "components",
    "dissolved",
    "distance_km",
    "distances_to_km",
    "feature_of_points",
    "front_lengths_km",
    "front_line",
    "gains",
    "held_km2",
    "merged_edges",
    "mesh",
    "nearest_ways",
    "neighbours",
    "pockets",
    "regions_of_map",
    "reordered",
    "salients",
    "shared_border",
    "smoothed",
    "status_of_points",
]
