"""From placed claims to who holds each place each day, with a probability and the reasons for it."""

from whoholds.infer.drawn import MapObservation
from whoholds.infer.explain import Effect, Explanation, explain
from whoholds.infer.meaning import Cell
from whoholds.infer.near import Bearing, Near
from whoholds.infer.nowcast import DayControl, NowcastState, add_day, nowcast, start_nowcast
from whoholds.infer.reliability import ReliabilityRow
from whoholds.infer.series import BASES, ControlSeries, infer
from whoholds.infer.settings import InferSettings
from whoholds.infer.tables import PlaceTable

__all__ = [
    "BASES",
    "Bearing",
    "Cell",
    "ControlSeries",
    "DayControl",
    "Effect",
    "Explanation",
    "InferSettings",
    "MapObservation",
    "Near",
    "NowcastState",
    "PlaceTable",
    "ReliabilityRow",
    "add_day",
    "explain",
    "infer",
    "nowcast",
    "start_nowcast",
]
