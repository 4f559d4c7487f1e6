"""From a parsed text and its places to frames: who did what where.

1. spot the triggers (`spotting`) and hang every place on the trigger above it (`links`)
2. read what governs the trigger: attempted, failed, planned, wished (`operators`)
3. keep the places that the trigger's kind takes by their preposition; anaphors stand for the place named before
4. tell the side from subject, agent, modifiers, the verb that carries a noun, or who must have done it
5. split a frame whose places are of different kinds ("the northern part of X and Y")
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.extract.aims import is_aim, is_construed
from whoholds.extract.anaphora import town_within
from whoholds.extract.counts import count_of, is_part
from whoholds.extract.drafts import MUTUAL, Draft, Parts
from whoholds.extract.frame import NO_LONGER, Frame
from whoholds.extract.links import Link, Linker
from whoholds.extract.operators import Operators, Status
from whoholds.extract.sides import Sides
from whoholds.extract.spotting import Spotter
from whoholds.extract.surroundings import on_all_fronts
from whoholds.extract.syntax import antecedent, child
from whoholds.extract.terse import Terse
from whoholds.extract.triggers import Lexicon, Trigger
from whoholds.extract.wholes import are_named, names_itself
from whoholds.model import ClaimPlace, Kind, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from whoholds.extract.viewpoint import Viewpoint
    from whoholds.model import Mention


# "central X", "the north of X" said by an adjective
_QUARTER = re.compile(
    r"(?<![\w-])(?<!urther )(?:central|downtown|inner"
    r"|(?:north|south|east|west|(?:north|south)(?:east|west))(?:ern)?)\s$",
    re.IGNORECASE,
)


_OF_TOWNS = frozenset({Kind.GAIN, Kind.HOLD, Kind.LEAVE})
# What flattens a town is nobody's fire.
_WAR = frozenset({"battle", "war", "fighting", "siege", "campaign", "conflict", "offensive", "fight"})
_TOLD_BEFORE = frozenset({"they", "them", "he", "it", "we"})
_MUTUAL_FIRE = "fire:exchange"


class FrameReader:
    """Reads the frames of parsed texts; holds no state of any text."""

    def __init__(self, lexicon: Lexicon, sides: Sides) -> None:
        self.parts = Parts(
            lexicon=lexicon, sides=sides, spotter=Spotter(lexicon), linker=Linker(lexicon), operators=Operators(lexicon)
        )

    def read(self, doc: Doc, text: str, mentions: Sequence[Mention], viewpoint: Viewpoint) -> list[Frame]:
        """The frames of a Doc whose characters are those of `text`.

        Parameters
        ----------
        mentions
            Places found in the text.
        viewpoint
            Whose word each word of the text is.
        """
        reader = TextReader(self.parts, doc, text, mentions, viewpoint)
        return reader.frames()


_NAMED_PARTS = frozenset({"zone", "district", "neighborhood", "neighbourhood", "quarter"})


class TextReader(Terse):
    """The frames of one text."""

    def frames(self) -> list[Frame]:
        """All frames, in the order of their triggers."""
        drafts: dict[int, Draft] = {}
        for i, trigger in sorted(self.triggers.items()):
            draft = self._draft(i, trigger)
            if draft is not None:
                drafts[i] = draft
                self.drafted.append(draft)
        for draft in drafts.values():
            if not draft.links:
                self._borrow(draft, drafts)
            if not draft.links:
                self._beside_subject(draft)
        for draft in drafts.values():
            if not draft.links:
                self._context(draft, drafts)
        out: list[Frame] = []
        for draft in drafts.values():
            out += self._finish(draft, out)
        out = [self._left_by_loser(f, out) for f in out]
        out += self.standing_off(out)
        return [f for f in map(self._not_at_itself, map(self._fired_by_foe, self._same_fire(out))) if f is not None]

    def _left_by_loser(self, frame: Frame, frames: Sequence[Frame]) -> Frame:
        """Who leaves a town that a side is told to have taken before: its foe, where the sentence names no side."""
        if frame.kind is not Kind.LEAVE or frame.side is None or len(self.parts.sides.keys) != 2:
            return frame
        words = frame.sent
        if any((t.i in self.sides.at and t.i not in self.sides.places) or t.lower_ in _TOLD_BEFORE for t in words):
            return frame
        here = {p.span.text for p in frame.places}
        taken = any(
            f.kind is Kind.GAIN and f.side == frame.side and f.start < frame.start and not f.negated
            and here & {p.span.text for p in f.places}
            for f in frames
        )  # fmt: skip
        return replace(frame, side=self.parts.sides.opponent(frame.side)) if taken else frame

    def _not_at_itself(self, frame: Frame) -> Frame | None:
        """A frame without the capital that stands for the side which fires: "Moscow steps up attacks on X"."""
        theatre = self.parts.sides.theatre
        if frame.side in (None, theatre.default_side) or frame.kind not in (Kind.FIRE, Kind.ATTACK):
            return frame
        own = theatre.side(frame.side).names
        kept = tuple(p for p in frame.places if p.span.text not in own)
        if len(kept) == len(frame.places):
            return frame
        return replace(frame, places=kept) if kept else None

    def _fired_by_foe(self, frame: Frame) -> Frame:
        """Fire that nobody is said to have opened, on places found late: that of the foe of who holds them."""
        if (
            frame.side is not None
            or frame.kind is not Kind.FIRE
            or not frame.places
            or frame.rule.startswith(_MUTUAL_FIRE)
        ):
            return frame
        side = self._foe_of_holder(self.doc[frame.i], frame.kind, [p.span.text for p in frame.places])
        return replace(frame, side=side, rule=f"{frame.rule} [foe of the holder]") if side else frame

    @staticmethod
    def _same_fire(frames: list[Frame]) -> list[Frame]:
        """Fire without a side takes that of other fire on the same place."""
        known: dict[tuple[Kind, str], str] = {}
        for f in frames:
            if f.kind in (Kind.FIRE, Kind.ATTACK) and f.side is not None:
                for p in f.places:
                    known.setdefault((f.kind, p.span.text.lower()), f.side)
        told = [f.side for f in frames if f.kind is Kind.FIRE and f.side is not None]
        only = told[0] if len(told) > 1 and len(set(told)) == 1 else None
        out: list[Frame] = []
        for f in frames:
            if f.side is None and f.kind is Kind.FIRE and only and not f.rule.startswith(_MUTUAL_FIRE):
                out.append(replace(f, side=only, rule=f"{f.rule} [who alone fires]"))
                continue
            mutual = f.kind is not Kind.FIRE and f.rule.split(":")[1].split("(")[0] in MUTUAL
            if f.side is None and f.kind in (Kind.FIRE, Kind.ATTACK) and not mutual:
                side = next(
                    (known[f.kind, p.span.text.lower()] for p in f.places if (f.kind, p.span.text.lower()) in known),
                    None,
                )
                out.append(replace(f, side=side, rule=f"{f.rule} [side of the same place]") if side else f)
            else:
                out.append(f)
        return out

    def _draft(self, i: int, trigger: Trigger) -> Draft | None:
        """A trigger with status, places and side, or None where it is no claim."""
        token = self.doc[i]
        host = self._host(token) if trigger.noun else None
        if trigger.noun and token.tag_ == "VBG" and token.dep_ in ("xcomp", "pcomp", "advcl", "conj"):
            host = token
        verb = token if host is None else host
        if trigger.noun and trigger.object == "label":
            return self._label(token, trigger)
        status = Status()
        if not trigger.noun or (host is not None and not self._mere_subject(token, host)):
            status = self.parts.operators.status(verb)
        if is_construed(token):
            return None
        who = child(token, "nsubj") if trigger.kind is Kind.FIRE and not trigger.noun else None
        if who is not None and antecedent(who).lemma_.lower() in _WAR:
            return None  # "a battle that flattened the city"
        if trigger.lemma in ("hit", "strike") and any(c.lower_ == "back" for c in token.children):
            return None  # "hit back"
        if not status.attempt and is_aim(token):
            return None  # "main effort: capture X"; efforts that are made are attacks
        if status.drop and not self._stands_anyway(trigger, status):
            return None
        draft = Draft(
            i=i, trigger=trigger, status=status, verb=verb.i, links=[], host=host.i if host is not None else None
        )
        if trigger.kind is Kind.DEPLOY and status.attempt:
            return None
        if trigger.noun and not self._noun_status(token, host, draft):
            return None
        if host is None and token.dep_ == "pobj" and any(c.dep_ == "neg" for c in token.head.children):
            status.negated = True  # a headline's "X not under their control"
        draft.failed = (
            trigger.failed
            or draft.failed
            or (status.failed and (not trigger.noun or not any(c.tag_ == "MD" for c in verb.children)))
        )
        if self._gave_up(verb, draft):
            draft.failed = True
        if trigger.kind is Kind.LEAVE and not trigger.noun and self._gives_up(token) and not self.links.get(i):
            return None
        if trigger.lemma == "control" and trigger.kind is Kind.LEAVE and self._no_longer(verb):
            status.negated, draft.why = False, NO_LONGER
        self._kind(token, draft)
        draft.links = self._accepted(draft, self.links.get(i, []))
        if trigger.object == "water":
            draft.links = [k for k in draft.links if k.slot == "obj"] or draft.links
        named = trigger.kind in (Kind.GAIN, Kind.HOLD) and token.dep_ == "acl" and token.head.dep_ == "appos"
        if not draft.links or named:  # "X, a village recaptured in the far north of Y": X is
            draft.links = self._own_object(token, draft) or draft.links
        draft.side = self._side(token, draft)
        return draft

    @staticmethod
    def _no_longer(verb: Token) -> bool:
        """Whether something is "no longer" so: told as a loss, not denied."""
        return any(c.lower_ == "longer" and any(d.lower_ == "no" for d in c.children) for c in verb.children)

    def _finish(self, draft: Draft, before: Sequence[Frame]) -> list[Frame]:
        """The frames of a draft: one, or two where a part of one place and the whole of another are taken."""
        trigger = draft.trigger
        token = self.doc[draft.i]
        places: dict[Kind, list[ClaimPlace]] = {}
        for link in draft.links:
            kind = self._kind_at(link, draft)
            place = self._place(link, kind)
            if all(place.span.text.lower() != p.span.text.lower() for p in places.get(kind, [])):
                places.setdefault(kind, []).append(place)
        count = count_of(self.text, token, draft.trigger, self.parts.lexicon)
        if not places:
            if not self._may_be_placeless(draft, count is not None):
                return []
            places = {trigger.kind: []}
        if draft.side is None and trigger.kind not in (Kind.ATTACK, Kind.FIRE):
            return []
        start, end = self._words(token, draft)
        rule = trigger.name + (f" [{draft.why}]" if draft.why else "")
        return [
            Frame(
                kind=kind, side=draft.side, places=tuple(found), start=start, end=end, i=draft.i, verb=draft.verb,
                failed=draft.failed and kind in (Kind.ATTACK, Kind.FIRE, Kind.ADVANCE),
                negated=draft.status.negated, predicted=draft.status.predicted, count=count,
                sent=token.sent, rule=rule,
            )
            for kind, found in places.items()
        ]  # fmt: skip

    def _may_be_placeless(self, draft: Draft, counted: bool) -> bool:
        """Whether the claim stands without a place."""
        token = self.doc[draft.i]
        host = self.doc[draft.host] if draft.host is not None else None
        if (
            draft.trigger.lemma in MUTUAL
            and host is not None
            and host.lemma_ == "be"
            and any(c.dep_ == "expl" for c in host.children)
        ):
            return any(
                c.dep_ == "prep" and c.lower_ == "in" and any(n.lemma_ in self.words["place_nouns"] for n in c.children)
                for c in (*token.children, *host.children)
            )
        if draft.trigger.kind is Kind.LEAVE and draft.side is not None and not draft.trigger.noun:
            if draft.trigger.lemma == "rout" or on_all_fronts(token, None):
                return True
            return any(
                c.dep_ == "prep"
                and c.lower_ == "from"
                and any(
                    n.lemma_.lower() in ("line", "position", "front", "frontline", "area", "city", "town", "region")
                    for n in c.children
                )
                for c in token.children
            )
        if Spotter.needs_place(draft.trigger):
            return False
        if draft.trigger.kind is Kind.ESCALATE:
            return draft.side is not None
        if draft.side is not None and draft.trigger.kind in (Kind.ATTACK, Kind.FIRE):
            return on_all_fronts(token, host)
        return counted and draft.side is not None and draft.trigger.kind in (Kind.GAIN, Kind.HOLD, Kind.LEAVE)

    def _kind_at(self, link: Link, draft: Draft) -> Kind:
        """The kind at one place: taking a part of it is entering it."""
        kind = draft.trigger.kind
        if kind is Kind.GAIN and self._part(link):
            return Kind.ENTER
        if kind is Kind.ENTER and draft.trigger.lemma.endswith("_into") and _into_lines(self.doc[draft.i]):
            return Kind.ADVANCE  # "advanced into the defensive line west of X"
        if (
            kind is Kind.ADVANCE
            and draft.trigger.lemma == "gain"
            and draft.trigger.noun
            and link.prep == "in"
            and self.mentions[link.mention].type is PlaceType.SETTLEMENT
        ):
            return Kind.ENTER
        if (
            kind is Kind.ADVANCE
            and not draft.trigger.noun
            and link.prep in ("in", "within")
            and self.mentions[link.mention].type is PlaceType.SETTLEMENT
            and _QUARTER.search(self.text[: self.mentions[link.mention].span.start])
        ):
            return Kind.ENTER  # "advanced in western X"
        if (
            kind is Kind.ADVANCE
            and link.prep in ("within", "inside", "into")
            and "of" not in link.preps
            and draft.trigger.lemma not in ("cut_off", "isolate")
            and not _into_lines(self.doc[draft.i])
            and self.mentions[link.mention].type is PlaceType.SETTLEMENT
        ):
            return Kind.ENTER
        return kind

    def _part(self, link: Link) -> bool:
        """Whether the way from the place to the trigger leads over a part of the place."""
        if link.mention in self.parts_of:
            return True
        mention = self.mentions[link.mention]
        if any(t.lower_ in ("%", "percent") and is_part(t) for t in link.via):
            return mention.type is PlaceType.SETTLEMENT
        if any(t.lower_ in ("most", "much", "majority") for t in link.via) and not any(
            t.lower_ in ("almost", "nearly") for t in link.via
        ):
            return mention.type is PlaceType.SETTLEMENT
        if any(t.lemma_.lower() in self.words["wholes"] for t in link.via):
            return False
        if mention.type is PlaceType.SETTLEMENT and _QUARTER.search(self.text[: mention.span.start]):
            return True  # "captured central X"
        return any(
            t.lemma_.lower() in self.words["parts"]
            and not any(c.lower_ in ("last", "final", "remaining") for c in t.children)  # what was left of it
            and not are_named(t)
            and not (t.lemma_.lower() in _NAMED_PARTS and self._names(link.mention, t))
            and not names_itself(t, unknown=not mention.candidates and mention.area is None)
            for t in link.via
            if not any(c.lower_ == "including" for c in t.children)  # "took part of the hills, including X"
        )

    def _names(self, number: int, noun: Token) -> bool:
        """Whether a place is the name of what the noun says it is: "the X district" is X, taken as a whole."""
        top = self.tops[number]
        return top.head.i == noun.i and top.dep_ in ("compound", "nmod", "amod") and top.i < noun.i

    def _place(self, link: Link, kind: Kind) -> ClaimPlace:
        """The place as the claim names it; an anaphor gives way to the name it stands for."""
        mention = self.stands_for.get(link.mention, self.mentions[link.mention])
        kind_of = mention.type
        if kind_of is PlaceType.DIRECTION and kind in _OF_TOWNS and _told_by_which(self.doc[link.trigger]):
            mention = town_within(mention) or mention  # "north of X, which they took": X
            kind_of = mention.type
        if kind_of is PlaceType.SETTLEMENT and kind is Kind.ADVANCE and link.prep in ("toward", "towards", "from"):
            kind_of = PlaceType.DIRECTION
        return ClaimPlace(span=mention.span, type=kind_of)

    def _words(self, token: Token, draft: Draft) -> tuple[int, int]:
        """The characters of the trigger: a noun with its modifiers, a verb with its particle."""
        first, last = token, token
        if draft.trigger.noun:
            for c in token.children:
                if (
                    c.dep_ in ("amod", "compound")
                    and c.i < first.i
                    and c.i not in self.sides.at
                    and c.i not in self.inside
                    and token.i - c.i <= 4
                    and c.pos_ != "X"
                ):
                    first = c
            if draft.trigger.lemma == "control" and draft.host is not None and 0 < token.i - draft.host <= 4:
                first = self.doc[draft.host]
        else:
            particle = child(token, "prt")
            if particle is not None and 0 < particle.i - token.i <= 3:
                last = particle
        return first.idx, last.idx + len(last.text)


def _into_lines(verb: Token) -> bool:
    """Whether somebody goes into what lies before a place: defences, lines."""
    into = (n for c in verb.subtree if c.lower_ == "into" and c.head.i in (verb.i, c.i - 1) for n in c.children)
    return any(n.lemma_.lower() in ("line", "defense", "defence", "position", "depth") for n in into)


def _told_by_which(verb: Token) -> bool:
    """Whether a place is done to by a relative clause: "X, which they took"."""
    return verb.dep_ == "relcl" and any(c.dep_ in ("dobj", "nsubjpass") and c.tag_ == "WDT" for c in verb.children)
