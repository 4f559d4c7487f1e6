"""Names in a text and the places they stand for."""

from whoholds.locate.build import BuildReport, build
from whoholds.locate.find import Finder
from whoholds.locate.gazetteer import Gazetteer, PlacesTable, default_gazetteer, open_gazetteer
from whoholds.locate.lines import gazetteer_info, get_country, locate_lines
from whoholds.locate.resolve import Resolver, Weights

__all__ = [
    "BuildReport",
    "Finder",
    "Gazetteer",
    "PlacesTable",
    "Resolver",
    "Weights",
    "build",
    "default_gazetteer",
    "gazetteer_info",
    "get_country",
    "locate_lines",
    "open_gazetteer",
]
