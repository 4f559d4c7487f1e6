"""The ground: cells of places, neighbours, front lines, areas, distances, statuses at points; pure functions."""

from whoholds.geometry.pointstatus import feature_of_points, status_of_points

__all__ = ["feature_of_points", "status_of_points"]
