"""The facts of a brief, put into sentences; every line carries the claims it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from whoholds.model import Kind, Stance
from whoholds.tell.brief import Brief, Line, day_words, short_day, span_words, words
from whoholds.tell.citing import MOST_CITES, Citing
from whoholds.tell.claims import ToldClaim
from whoholds.tell.facts import DisputeFact, Facts
from whoholds.tell.numbered import counts, distances
from whoholds.tell.phrasing import (
    DONE,
    act_of_state,
    chance,
    open_words,
    rank,
    short_claim,
    supports,
    voices,
    whose_words,
    witness_of,
)
from whoholds.tell.series import Flip, SeriesTable, flips

MOST_PLACES, MOST_LINES, MOST_NAMES = 15, 12, 30
"""How much of each fits on a screen or two; everything is in the tables."""
AROUND_DAYS = 7
"""Claims this near to the day of a change [day] count as its evidence."""
OLD_START_DAYS = 14
"""After so many days the line before the first report says little."""
CHANGE_KINDS = frozenset({Kind.GAIN, Kind.ENTER, Kind.HOLD, Kind.LEAVE})


def make_brief(facts: Facts) -> Brief:
    """The brief of a run."""
    desk = _Desk(facts)
    series, theatre = facts.series, facts.theatre
    moved = flips(series, theatre.side_keys)
    changed, cited_ids = desk.changed(moved)
    told = desk.told(moved, cited_ids)
    first, last = series.days[0], series.days[-1]
    place = theatre.name.partition(",")[0]
    parts = {
        "changed": changed,
        "told": told,
        "disputed": desk.disputed(),
        "counts": counts(desk, moved),
        "distances": distances(desk),
        "rumours": desk.rumours(),
        "single": desk.single(moved),
    }
    return Brief(
        title=f"{place}: {span_words(first, last)}",
        lead=desk.lead(moved),
        evidence=desk.evidence(),
        notes=(
            f"Estimates start from {facts.start}; control.csv has every place and day.",
            "The words that a claim was read from are marked.",
        ),
        **parts,
    )


class _Desk(Citing):
    """Writes the lines of each part of the brief."""

    def lead(self, moved: Sequence[Flip]) -> tuple[str, ...]:
        """The first lines: how much changed, by side."""
        facts = self.facts
        days = facts.series.days
        known = f" as known on {day_words(facts.known_on)}" if facts.known_on else ""
        if not moved:
            when = f"from {span_words(days[0], days[-1])}" if len(days) > 1 else f"on {day_words(days[0])}"
            first = f"No settlement changed hands {when}{known}."
        else:
            by_side: dict[str, int] = {}
            for flip in moved:
                by_side[flip.after] = by_side.get(flip.after, 0) + 1
            parts = [f"{n:,} came under {self.name(side)}" for side, n in sorted(by_side.items(), key=lambda p: -p[1])]
            first = (
                f"Of {len(facts.series.ids):,} settlements, {words(parts)} from {span_words(days[0], days[-1])}{known}."
            )
        reports = "1 report" if facts.n_reports == 1 else f"{facts.n_reports:,} reports"
        claims = "1 claim" if len(facts.claims) == 1 else f"{len(facts.claims):,} claims"
        rests = f"This rests on {reports}; {claims} of these days were read from them."
        ground = self.areas()
        key = "A percentage is the probability that it is so; numbers in brackets lead to the claims at the end."
        if (days[0] - facts.theatre.first_day).days <= OLD_START_DAYS or facts.mapped:
            return (first, *ground, rests, key)
        unseen = (
            "No map of a later day was given, so the estimates start from the line of"
            f" {day_words(facts.theatre.first_day)} and know nothing of ground that changed hands before these reports."
        )
        return (first, *ground, unseen, rests, key)

    def areas(self) -> tuple[str, ...]:
        """How much ground each side holds at the end, with the interval, and how much that has changed."""
        facts = self.facts
        if not facts.areas:
            return ()
        parts = [
            f"{self.name(a.status)} {a.area_km2:,.0f} km² ({a.low_km2:,.0f} to {a.high_km2:,.0f},"
            f" {a.change_km2:+,.0f} since {short_day(facts.series.days[0])})"
            for a in facts.areas
        ]
        return (f"Ground on {day_words(facts.series.days[-1])}, with the interval that holds 90 %: {words(parts)}.",)

    def says(self, told: ToldClaim) -> str:
        """A claim of a dispute, in words."""
        return short_claim(told.claim, self.name(told.claim.side) if told.claim.side else "somebody")

    def support(self, flip: Flip) -> list[ToldClaim]:
        """Claims by which the place went over; concessions and pictures lead, then those nearest to the day."""
        near = timedelta(days=AROUND_DAYS)
        fit = [
            t
            for t in self.by_place.get(flip.place_id, ())
            if supports(t.claim, flip.after) and abs(t.valid_day - flip.day) <= near
        ]
        return sorted(fit, key=lambda t: (rank(t.claim), abs(t.valid_day - flip.day), t.known_day, t.claim.id))

    def changed(self, moved: Sequence[Flip]) -> tuple[tuple[Line, ...], set[str]]:
        """Places that changed hands: the best attested one by one, the others by day."""
        backed = [(flip, self.support(flip)) for flip in moved]
        named = [(f, s) for f, s in backed if s]
        named.sort(key=lambda pair: (-len({witness_of(t) for t in pair[1]}), pair[0].day, pair[0].name))
        lines = []
        for flip, support in sorted(named[:MOST_PLACES], key=lambda pair: (pair[0].day, pair[0].name)):
            text = (
                f"{flip.name}: from {self.name(flip.before)} to {self.name(flip.after)} on {short_day(flip.day)}"
                f" ({chance(flip.probability)}); {whose_words(support)}."
            )
            lines.append(Line(text=text, cites=self.cite(support)))
        rest = sorted(named[MOST_PLACES:], key=lambda pair: (pair[0].day, pair[0].name))
        for after in sorted({f.after for f, _ in rest}):
            members = [(f, s) for f, s in rest if f.after == after]
            names = words([f"{f.name} ({short_day(f.day)})" for f, _ in members], most=MOST_NAMES)
            text = f"Also to {self.name(after)}, named in reports: {names}."
            lines.append(Line(text=text, cites=self.cite((t for _, s in members for t in s[:1]), most=2 * MOST_CITES)))
        bare = [f for f, s in backed if not s]
        for after in sorted({f.after for f in bare}):
            n = sum(f.after == after for f in bare)
            maps = words(list(self.facts.maps), most=MOST_CITES)
            led = f"{maps} and neighbours" if maps else "their neighbours"
            many = (
                f"{n:,} settlements that no report names follow {led}"
                if n > 1
                else f"1 settlement that no report names follows {led.replace('their', 'its')}"
            )
            lines.append(Line(text=f"{many} to {self.name(after)} (inferred)."))
        return tuple(lines), {t.claim.id for _, s in named for t in s}

    def told(self, moved: Sequence[Flip], cited: set[str]) -> tuple[Line, ...]:
        """Claims of control that do not show in what changed: not borne out, then those that were so before."""
        gone_over = {f.place_id for f in moved}
        groups: dict[tuple[int, Kind, str], list[ToldClaim]] = {}
        for place_id, claims in self.by_place.items():
            for t in claims:
                claim = t.claim
                if claim.id in cited or claim.kind not in CHANGE_KINDS or claim.side is None or claim.failed:
                    continue
                if place_id in self.row and claim.stance in (Stance.ASSERTED, Stance.ACKNOWLEDGED):
                    groups.setdefault((place_id, claim.kind, claim.side), []).append(t)
        found: list[tuple[int, int, str, str, list[ToldClaim]]] = []
        for (place_id, kind, side), claims in groups.items():
            so_now = supported_now(self.facts.series, self.row[place_id], kind, side)
            if so_now and place_id in gone_over:
                continue
            name = self.facts.series.names[self.row[place_id]]
            rank = 0 if not so_now else 3 if kind is Kind.HOLD else 2
            now = f"The map: {self.status_words(place_id)}."
            found.append((rank, -self.witnesses(claims), f"{name} {DONE[kind]} {self.name(side)}", now, claims))
        found += self.told_of_areas()
        return tuple(
            Line(text=f"{what}: {whose_words(claims)}. {now}", cites=self.cite(claims, most=2))
            for _, _, what, now, claims in sorted(found, key=lambda f: f[:3])[:MOST_LINES]
        )

    def told_of_areas(self) -> list[tuple[int, int, str, str, list[ToldClaim]]]:
        """Gains and losses of whole areas, with how many of their settlements the map has on each side."""
        groups: dict[tuple[str, Kind, str], list[ToldClaim]] = {}
        for t in self.facts.claims:
            claim = t.claim
            plain = claim.stance in (Stance.ASSERTED, Stance.ACKNOWLEDGED) and claim.count is None and not claim.failed
            if claim.kind in (Kind.GAIN, Kind.LEAVE) and claim.side is not None and plain and t.placed:
                for r in t.placed.resolutions:
                    if r.area is not None:
                        groups.setdefault((r.area, claim.kind, claim.side), []).append(t)
        out = []
        for (area, kind, side), claims in groups.items():
            inside = self.facts.inside(area)
            if inside is None or not inside.any():
                continue
            series = self.facts.series
            shares = [(int((series.status[inside, -1] == k).sum()), s) for k, s in enumerate(series.statuses)]
            held = words([f"{n:,} {self.name(s)}" for n, s in sorted(shares, reverse=True) if n])
            place = next(
                r.span.text for r in (claims[0].placed.resolutions if claims[0].placed else ()) if r.area == area
            )
            now = f"The map, of {int(inside.sum()):,} settlements there: {held}."
            out.append((1, -self.witnesses(claims), f"{place} {DONE[kind]} {self.name(side)}", now, claims))
        return out

    @staticmethod
    def witnesses(claims: Sequence[ToldClaim]) -> int:
        """How many independent witnesses claims have."""
        return len({witness_of(t) for t in claims})

    def status_words(self, place_id: int) -> str:
        """A place's status at the end, and since when."""
        series, row = self.facts.series, self.row[place_id]
        end = int(series.status[row, -1])
        others = np.flatnonzero(series.status[row] != end)
        name = self.name(series.statuses[end])
        sure = f" ({chance(float(series.prob[row, -1, end]))})" if end < len(series.states) else ""
        return (
            f"{name}{sure} throughout"
            if not len(others)
            else (f"{name}{sure} since {short_day(series.days[int(others[-1]) + 1])}")
        )

    def disputed(self) -> tuple[Line, ...]:
        """Claims that cannot both hold, those with most witnesses first; one line a place and question."""
        groups: dict[tuple[str, bool], list[DisputeFact]] = {}
        for fact in self.facts.disputes:
            if all(any(i in self.by_id for i in camp) for camp in (fact.one, fact.other)):
                groups.setdefault((fact.place, fact.account), []).append(fact)
        order = sorted(groups.items(), key=lambda pair: (-max(self.weight(f) for f in pair[1]), pair[0]))
        lines = []
        for (place, account), facts in order[:MOST_LINES]:
            fact = max(facts, key=lambda f: (f.outcome is None, self.weight(f), f.one))
            one, other = ([self.by_id[i] for i in camp if i in self.by_id] for camp in (fact.one, fact.other))
            about = "why it was left" if account else "who holds it"
            end = f" Settled: {self.outcome(fact.outcome)}." if fact.outcome else ""
            more = f" {len(facts) - 1} more such opposition{'s' if len(facts) > 2 else ''}." if len(facts) > 1 else ""
            text = (
                f"{place or 'The front'}, {about}: {self.says(one[0])} ({words(voices(one), most=3)}) against"
                f" {self.says(other[0])} ({words(voices(other), most=3)}).{end}{more}"
            )
            lines.append(Line(text=text, cites=self.cite([*one[:2], *other[:2]])))
        return tuple(lines)

    def weight(self, fact: DisputeFact) -> int:
        """Witnesses of the weaker camp: a dispute is as good as its lesser side."""
        return min(len({witness_of(self.by_id[i]) for i in camp if i in self.by_id}) for camp in (fact.one, fact.other))

    def rumours(self) -> tuple[Line, ...]:
        """Rumours, predictions and announced acts of state, the latest first."""
        groups: dict[tuple[str, ...], list[ToldClaim]] = {}
        for told in self.facts.claims:
            claim = told.claim
            if claim.stance in (Stance.RUMOURED, Stance.PREDICTED) or claim.kind is Kind.ESCALATE:
                state = claim.kind is Kind.ESCALATE
                key = (
                    (claim.kind.value, claim.side or "", act_of_state(claim), claim.stance.value)
                    if state
                    else (
                        claim.kind.value,
                        claim.side or "",
                        claim.trigger.text.casefold(),
                        *sorted(p.span.text for p in claim.places),
                    )
                )
                groups.setdefault(key, []).append(told)
        order = sorted(
            groups.values(),
            key=lambda c: (c[0].claim.kind is not Kind.ESCALATE, -c[-1].known_day.toordinal(), c[0].claim.id),
        )
        return tuple(
            Line(
                text=f"{open_words(claims[0].claim, self.name(claims[0].claim.side or ''))}:"
                f" {claims[0].claim.stance.value} by {words(voices(claims), most=3)},"
                f" {short_day(claims[0].known_day)}.",
                cites=self.cite(claims, most=2),
            )
            for claims in order[:MOST_LINES]
        )

    def single(self, moved: Sequence[Flip]) -> tuple[Line, ...]:
        """Changes with one witness only."""
        lone = [(f, s) for f in moved if (s := self.support(f)) and len({witness_of(t) for t in s}) == 1]
        lines = [
            Line(
                text=f"{f.name} ({self.name(f.after)}, {short_day(f.day)}): {s[0].whose_word} alone.",
                cites=self.cite(s, most=1),
            )
            for f, s in lone[:MOST_LINES]
        ]
        if len(lone) > MOST_LINES:
            lines.append(Line(text=f"And {words([f.name for f, _ in lone[MOST_LINES:]], most=MOST_NAMES)}."))
        return tuple(lines)


def supported_now(series: SeriesTable, row: int, kind: Kind, side: str) -> bool:
    """Whether the map at the end says the same."""
    status = series.statuses[int(series.status[row, -1])]
    return (status == side) != (kind is Kind.LEAVE)
