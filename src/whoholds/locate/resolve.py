"""Which place each name stands for: every candidate ranked, with a probability and the reasons.

A conditional logit over candidates (McFadden 1974) whose features come from `evidence`; names of one report are settled
together by a few rounds of mean-field updates, so that a list of villages pulls each of them to where the others lie
(the minimal-spread idea of Leidner 2007, made soft). Nothing outside the report, the theatre and the front bears on it,
so the order of reports never matters.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import shapely

from whoholds.locate.build import MAIN, SPELLING, same_name
from whoholds.locate.evidence import FEATURES, Context, Front, Node
from whoholds.locate.gazetteer import Gazetteer
from whoholds.model import Candidate, Mention, PlaceType, Resolution, Theatre

_ROUNDS = 4
_RUNNERS_UP = 4
_SURE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of the evidence, in the order of `evidence.FEATURES`."""

    # Priors set by hand, then fitted by conditional logit on 271 located names with a pull towards the priors
    # (lambda 10, chosen by five-fold cross-validation over days: 0.90 held out); see docs/explanation/places.md.
    # "front", "phrase", "named_area" and the two countries stay as set: that sample says little of them.
    values: tuple[float, ...] = (
        2.9, 0.4, -2.0, -0.25, -2.5, -1.55, 1.05, -1.0, -1.5,
        2.25, 0.65, 0.75, 3.0, 1.3, 0.4, 1.5,
    )  # fmt: skip


_SENTENCE = re.compile(r"(?<=[.!?…])(?:\[\d+\])*\s+(?=[\"“«(\[]?[A-ZА-ЯІЇЄҐ\d])|\n+")
_LIST_GAP = re.compile(r"[\s,;/&()–-]*(?:\b(?:and|or|та|і|й|и|as well as|або|или)\b)?[\s,;/&()–-]*")
_APPOSED = re.compile(r"\s*(?:,|\()\s*(?:in (?:the )?)?(?:\w+ (?:Raion|raion|district|Район|район),? )?$")


@dataclass(slots=True)
class _Draft:
    """The nodes of a report and which node each mention belongs to."""

    nodes: list[Node] = field(default_factory=list)
    of_mention: list[tuple[int, ...]] = field(default_factory=list)


class Resolver:
    """Ranks the candidates of a report's mentions; build once, use for every report."""

    def __init__(
        self, gazetteer: Gazetteer, theatre: Theatre, *, weights: Weights | None = None, use_phrases: bool = True
    ) -> None:
        self.gazetteer = gazetteer
        self.theatre = theatre
        self.weights = np.array((weights or Weights()).values)
        self.use_phrases = use_phrases

    def resolve(
        self, text: str, mentions: Sequence[Mention], *, day: date | None = None, front: Front | None = None
    ) -> list[Resolution]:
        """One resolution for each mention, in their order.

        Parameters
        ----------
        day
            The report's day; names that came into use later, or went out of use, are weighed by it.
        front
            Distance [km] of gazetteer rows to the front on that day; None where it is not known.
        """
        draft = self.draft(text, mentions, day)
        standing = self._standing_front if front is None else None
        context = Context(draft.nodes, self.gazetteer, self.theatre, front, standing)
        beliefs, features = self.settle(context)
        return [
            self._resolution(text, m, [(draft.nodes[i], beliefs[i], features[i]) for i in draft.of_mention[k]])
            for k, m in enumerate(mentions)
        ]

    @cached_property
    def _standing_front(self) -> Front | None:
        """Distance [km] to where the war began and to hostile borders: what is known of the front before any report."""
        lines = self.gazetteer.standing_lines(self.theatre)
        if lines.is_empty:
            return None
        km = np.full(len(self.gazetteer.ids), np.nan)

        def front(rows: np.ndarray) -> np.ndarray:
            new = rows[np.isnan(km[rows])]
            if len(new):
                # Degrees are good enough for a weight that fades over tens of kilometres.
                points = shapely.points(self.gazetteer.lon[new], self.gazetteer.lat[new])
                km[new] = shapely.distance(points, lines) * 90.0
            return np.asarray(km[rows])

        return front

    def settle(self, context: Context) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Probabilities of every node's candidates, and the features they rest on."""
        beliefs = [np.full(len(n.rows), 1.0 / max(len(n.rows), 1)) for n in context.nodes]
        features: list[np.ndarray] = []
        for _ in range(_ROUNDS):
            features = context.features(beliefs)
            beliefs = [_softmax(x @ self.weights) for x in features]
        return beliefs, features

    def draft(self, text: str, mentions: Sequence[Mention], day: date | None) -> _Draft:
        """Group mentions into nodes and note where they stand and what is said beside them."""
        breaks = [m.end() for m in _SENTENCE.finditer(text)]
        draft = _Draft()
        index: dict[tuple[str, tuple[int, ...]], int] = {}
        lists = _list_numbers(text, mentions)
        sentences = [bisect.bisect_right(breaks, m.span.start) for m in mentions]
        areas: dict[int, set[str]] = {}
        for m, s in zip(mentions, sentences, strict=True):
            if m.area and m.area.startswith("admin1:"):
                areas.setdefault(s, set()).add(m.area.removeprefix("admin1:"))
        for k, m in enumerate(mentions):
            numbers: list[int] = []
            anchored = m.role == "anchor" and not self.use_phrases
            if not anchored:
                for name, ids in self._names(m):
                    key = (name, ids)
                    if key not in index:
                        node = self._node(name, ids, day)
                        if node is None:
                            continue
                        index[key] = len(draft.nodes)
                        draft.nodes.append(node)
                    number = index[key]
                    node = draft.nodes[number]
                    node.places.append((m.span.start, sentences[k], lists[k]))
                    node.beside |= areas.get(sentences[k], set())
                    after = mentions[k + 1] if k + 1 < len(mentions) else None
                    code = after.area.removeprefix("admin1:") if after is not None and after.area else ""
                    if (
                        after is not None
                        and "-" in code
                        and ":" not in code
                        and _APPOSED.fullmatch(text, m.span.end, after.span.start)
                    ):
                        node.apposed.add(code)
                    numbers.append(number)
            draft.of_mention.append(tuple(numbers))
        if self.use_phrases:
            self._hang_phrases(mentions, draft)
        return draft

    def _hang_phrases(self, mentions: Sequence[Mention], draft: _Draft) -> None:
        """Tell nodes of the phrases behind their mentions."""
        for k, m in enumerate(mentions):
            if m.phrase is None or not draft.of_mention[k]:
                continue
            anchor = next((j for j, other in enumerate(mentions) if other.span.overlaps(m.phrase.anchor)), None)
            if anchor is not None and draft.of_mention[anchor]:
                node = draft.nodes[draft.of_mention[k][0]]
                node.phrases.append((m.phrase.km, m.phrase.bearing, draft.of_mention[anchor][0]))

    def _names(self, m: Mention) -> list[tuple[str, tuple[int, ...]]]:
        """The names of a mention with their candidate ids; two for "Izyum-Slovyansk"."""
        if m.candidates:
            return [(m.name, m.candidates)]
        if m.area is not None or not re.search(r"[-–]", m.name):
            return []
        parts = [p for p in re.split(r"[-–]", m.name) if p]
        found = [(p, tuple(place.id for place in self.gazetteer.by_name(p))) for p in parts]
        return [(p, ids) for p, ids in found if ids]

    def _node(self, name: str, ids: tuple[int, ...], day: date | None) -> Node | None:
        """The candidates of a name: settlements where it has any."""
        rows = [self.gazetteer.row(i) for i in ids]
        settlements = [r for r in rows if self.gazetteer.features[r].startswith("PPL")]
        kept = settlements or [r for r in rows if not self.gazetteer.features[r].startswith("ADM")]
        if not kept:
            return None
        kinds = self.gazetteer.kinds_of(name, kept)
        for old, new, since in self.theatre.renamed:
            # A name that was official until a day of living memory is still in use: it is no obscure alias.
            if old == name:
                for i, r in enumerate(kept):
                    if same_name(self.gazetteer.names[r], new):
                        kinds[i] = MAIN if day is not None and day < since else SPELLING
        return Node(name=name, rows=np.array(kept, dtype=np.int64), kinds=kinds)

    def _resolution(self, text: str, m: Mention, parts: list[tuple[Node, np.ndarray, np.ndarray]]) -> Resolution:
        """The resolution of one mention."""
        if m.area is not None:
            return Resolution(span=m.span, type=m.type, area=m.area)
        if not parts:
            if m.role == "anchor" and not self.use_phrases:
                return Resolution(span=m.span, type=m.type, unresolved="part of a distance phrase, which is ignored")
            return Resolution(span=m.span, type=m.type, unresolved=f"no gazetteer entry carries the name {m.name!r}")
        node, belief, x = parts[0]
        order = np.argsort(-belief, kind="stable")
        ranked = [self._candidate(node, int(i), float(belief[i]), x[i], x) for i in order[: _RUNNERS_UP + 1]]
        best, others = ranked[0], tuple(ranked[1:])
        if m.type in (PlaceType.SETTLEMENT, PlaceType.FEATURE):
            return Resolution(span=m.span, type=m.type, best=best, runners_up=others)
        ids = ",".join(str(int(self.gazetteer.ids[n.rows[int(np.argmax(b))]])) for n, b, _ in parts)
        return Resolution(span=m.span, type=m.type, best=None, runners_up=(best, *others), area=area_key(text, m, ids))

    def _candidate(self, node: Node, i: int, probability: float, x: np.ndarray, every: np.ndarray) -> Candidate:
        """One candidate with its reasons."""
        row = int(node.rows[i])
        g = self.gazetteer
        return Candidate(
            place_id=int(g.ids[row]),
            name=g.names[row],
            lat=float(g.lat[row]),
            lon=float(g.lon[row]),
            probability=round(probability, 4),
            reasons=self._reasons(x, every),
        )

    def _reasons(self, x: np.ndarray, every: np.ndarray) -> tuple[str, ...]:
        """What moved the candidate most against the average of its rivals."""
        if len(every) == 1:
            return ("the only place of that name",)
        pull = (x - every.mean(axis=0)) * self.weights
        order = sorted(range(len(FEATURES)), key=lambda i: -abs(pull[i]))
        return tuple(_REASONS[FEATURES[i]][0 if pull[i] > 0 else 1] for i in order[:3] if abs(pull[i]) > 0.15)


_REASONS = {
    "size": ("larger than its namesakes", "smaller than its namesakes"),
    "inhabited": ("has a population on record", "no population on record"),
    "other_name": ("the name is its main name", "the name is only a former or foreign name of it"),
    "spelling": ("spelt as its main name", "spelt otherwise than its main name"),
    "dead": ("a living place", "abandoned or historical"),
    "quarter": ("a place of its own", "a quarter of a larger place"),
    "seat": ("the seat of its district or region", "no administrative seat"),
    "neighbour_country": ("in the theatre's country", "across the border"),
    "far_country": ("in the theatre", "far from the theatre"),
    "coherence": ("near the other places of the report", "far from the other places of the report"),
    "closest": ("near a place of the same sentence", "far from the places of the same sentence"),
    "listed": ("near the places of the same list", "far from the places of the same list"),
    "named_area": ("in the area named behind it", "not in the area named behind it"),
    "area_in_sentence": ("in an area the sentence names", "not in an area the sentence names"),
    "front": ("near the front of that day", "far from the front of that day"),
    "phrase": ("fits the distance and direction given", "does not fit the distance and direction given"),
}

_DIRECTION = re.compile(r"(north|south|east|west)[- ]?(east|west)?", re.IGNORECASE)


def area_key(text: str, m: Mention, ids: str) -> str:
    """The key of the area a region or direction stands for, made of the place it is named after.

    >>> from whoholds.model import Span
    >>> m = Mention(span=Span(start=0, end=16, text="north of Kharkiv"), type=PlaceType.DIRECTION, name="Kharkiv")
    >>> area_key("north of Kharkiv", m, "706483")
    'from:north:706483'
    """
    lead = m.span.text.split(m.name)[0]
    if m.type is PlaceType.REGION:
        return f"district:{ids}"
    compass = _DIRECTION.search(lead) if re.search(r"\b(?:of|from)\b", lead) else None
    if compass is None:
        return f"toward:{ids}"
    return f"from:{(compass[1] + (compass[2] or '')).lower()}:{ids}"


def _softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities of scores."""
    if not len(scores):
        return scores
    e = np.exp(scores - scores.max())
    return np.asarray(e / e.sum())


def _list_numbers(text: str, mentions: Sequence[Mention]) -> list[int]:
    """A number for each mention; neighbours of one list share theirs."""
    out: list[int] = []
    for k, m in enumerate(mentions):
        if k and _LIST_GAP.fullmatch(text, mentions[k - 1].span.end, m.span.start):
            out.append(out[-1])
        else:
            out.append(k)
    return out
