"""Names in a text and the places they stand for."""

from whoholds.locate.build import BuildReport, build
from whoholds.locate.find import Finder
from whoholds.locate.gazetteer import Gazetteer, PlacesTable, default_gazetteer, open_gazetteer
from whoholds.locate.lines import place_row
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
    "open_gazetteer",
    "place_row",
]
