"""What the page draws under the control: handed to the explorer by whoever knows the gazetteer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the page draws besides control: the land, its regions, and other names of places.

    `outline` is the land of the theatre's countries as the theatre counts it; `regions` are (name, shape);
    `other_names` answers other spellings by place, and is asked once, when a list first needs them.
    """

    outline: BaseGeometry
    regions: Sequence[tuple[str, BaseGeometry]] = ()
    other_names: Callable[[], Mapping[int, str]] = dict
    region_of: Mapping[int, str] = field(default_factory=dict)
    attribution: Sequence[str] = ()
    tiles: Mapping[str, str] | None = None
