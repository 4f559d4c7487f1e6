"""What the frame rules share: a draft of a frame, the state of one text.

And which prepositions bring places to which kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract.anaphora import anaphors, secondary
from whoholds.extract.links import Link, Linker
from whoholds.extract.operators import Operators, Status
from whoholds.extract.sides import Sides
from whoholds.extract.spotting import Spotter
from whoholds.extract.triggers import Lexicon, Trigger
from whoholds.extract.whose import SideReader
from whoholds.model import Kind, Mention, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from whoholds.extract.viewpoint import Viewpoint

AT = frozenset(
    [
        "in",
        "near",
        "at",
        "around",
        "on",
        "along",
        "across",
        "throughout",
        "outside",
        "inside",
        "within",
        "over",
        "between",
        "through",
        "beyond",
        "off",
        "round",
        "behind",
        "south",
        "north",
        "east",
        "west",
        "southeast",
        "southwest",
        "northeast",
        "northwest",
    ]
) | {"outside of", "inside of", "south of", "north of", "east of", "west of", "near of"}
PREPS: dict[Kind, frozenset[str]] = {
    Kind.GAIN: AT | {"of"},
    Kind.ENTER: AT | {"into", "to", "of"},
    Kind.HOLD: AT | {"of", "to"},
    Kind.LEAVE: frozenset({"from", "of", "out of", "away from", "off", "out", "outside"}),
    Kind.ATTACK: AT | {"against", "upon", "toward", "towards", "to", "for", "of", "into", "targeting", "onto", "up"},
    Kind.FIRE: AT | {"against", "of", "to", "into", "upon", "toward", "towards", "targeting", "onto"},
    Kind.ADVANCE: AT | {"toward", "towards", "to", "into", "against", "of", "onto", "from", "up"},
    Kind.DEPLOY: AT | {"to", "into", "toward", "towards", "onto"},
    Kind.ESCALATE: frozenset({"of", "in", "on", "throughout", "across", "within"}),
}
WEAK_PREPS: dict[Kind, frozenset[str]] = {
    Kind.ATTACK: frozenset({"from", "out of"}),
    Kind.LEAVE: frozenset({"in", "at", "near", "around", "on", "along"}),
}
MUTUAL = frozenset(
    {
        "exchange",
        "clash",
        "battle",
        "fighting",
        "combat",
        "skirmish",
        "engagement",
        "firefight",
        "gunfight",
        "hostility",
        "fight",
        "gunbattle",
        "situation",
    }
)
SUBJECT_OF = frozenset(
    {
        "withdrawal",
        "retreat",
        "advance",
        "progress",
        "deployment",
        "redeployment",
        "buildup",
        "concentration",
        "influx",
        "gain",
        "offensive",
        "departure",
        "defeat",
        "regrouping",
        "rout",
        "expulsion",
        "ouster",
        "transfer",
        "reinforcement",
        "surrender",
        "evacuation",
        "loss",
        "hands",
    }
)
LIBERATE = frozenset(
    {
        "liberate",
        "liberation",
        "de-occupy",
        "de-occupation",
        "free",
        "deoccupy",
        "recapture",
        "retake",
        "retaking",
        "deoccupation",
    }
)
OF_ONLY = frozenset(
    {
        "loss",
        "capture",
        "fall",
        "seizure",
        "surrender",
        "evacuation",
        "abandonment",
        "taking",
        "departure",
        "conquest",
        "takeover",
        "retaking",
        "defeat",
        "clearing",
        "clearance",
        "ouster",
    }
)
COMPASS_START = re.compile(
    r"(?:the |just |immediately |directly |further |due |far )*(?:north|south|east|west)", re.IGNORECASE
)
AND = re.compile(r",? and (?:(?:in|near|around|at|on|along|to) )?(?:the )?")
# Unnamed places of a number: the place of an attack, but a count of gains.
SEVERAL = re.compile(r"many |several |a number |other |numerous ", re.IGNORECASE)
COMPASS = ("north", "south", "east", "west")


@dataclass(slots=True)
class Draft:
    """A trigger with what has been read of it so far."""

    i: int
    trigger: Trigger
    status: Status
    verb: int
    links: list[Link]
    side: str | None = None
    failed: bool = False
    host: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The readers that hold no state of any text."""

    lexicon: Lexicon
    sides: Sides
    spotter: Spotter
    linker: Linker
    operators: Operators


class TextState:
    """What is known of one text before its frames are read: triggers, and the places that hang on them."""

    def __init__(self, parts: Parts, doc: Doc, text: str, mentions: Sequence[Mention], viewpoint: Viewpoint) -> None:
        self.parts = parts
        self.words = parts.lexicon.words
        self.doc = doc
        self.text = text
        self.viewpoint = viewpoint
        self.outlet_side = viewpoint.outlet_side
        self.sides = SideReader(parts.sides, doc, text, viewpoint=viewpoint)
        stand_ins = anaphors(doc, text, mentions, parts.lexicon)
        self.mentions = [
            *mentions,
            *(Mention(span=a.span, type=a.stands_for.type, name=a.span.text, role="anaphor") for a in stand_ins),
        ]
        self.stands_for = {len(mentions) + k: a.stands_for for k, a in enumerate(stand_ins)}
        self.parts_of = {len(mentions) + k for k, a in enumerate(stand_ins) if a.part}
        self.secondary = frozenset().union(*secondary(text, [m for m in mentions if m.role == "name"]))
        self.inside = self._inside()
        self.sides.inside = self.inside
        countries = frozenset(n for side in parts.sides.theatre.sides for n in side.names)
        self.sides.places = {
            i
            for i, n in self.inside.items()
            if self.mentions[n].role != "anaphor"
            and (self.mentions[n].type is PlaceType.SETTLEMENT or self.mentions[n].span.text not in countries)
        }
        self.triggers = parts.spotter.spot(doc, self.inside, self.sides)
        links, self.tops = parts.linker.link(doc, self.mentions, self.triggers)
        self.links: dict[int, list[Link]] = {}
        self.drafted: list[Draft] = []
        for link in links:
            self.links.setdefault(link.trigger, []).append(link)

    def _inside(self) -> dict[int, int]:
        """Token index → the mention it is part of."""
        out: dict[int, int] = {}
        for number, m in enumerate(self.mentions):
            span = self.doc.char_span(m.span.start, m.span.end, alignment_mode="expand")
            if span is not None and m.role != "anchor":
                for t in span:
                    out[t.i] = number
        return out
