"""From a parsed text and its places to frames: who did what where.

1. spot the triggers (`spotting`) and hang every place on the trigger above it (`links`)
2. read what governs the trigger: attempted, failed, planned, wished (`operators`)
3. keep the places that the trigger's kind takes by their preposition; anaphors stand for the place named before
4. tell the side from subject, agent, modifiers, the verb that carries a noun, or who must have done it
5. split a frame whose places are of different kinds ("the northern part of X and Y")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.extract.aims import is_aim
from whoholds.extract.counts import count_of
from whoholds.extract.doers import Doers
from whoholds.extract.drafts import MUTUAL, Draft, Parts
from whoholds.extract.frame import Frame
from whoholds.extract.links import Link, Linker
from whoholds.extract.operators import Operators, Status
from whoholds.extract.sides import Sides
from whoholds.extract.spotting import Spotter
from whoholds.extract.syntax import OBJECTS, child, is_verb
from whoholds.extract.triggers import Lexicon, Trigger
from whoholds.model import ClaimPlace, Kind, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from whoholds.model import Mention


class FrameReader:
    """Reads the frames of parsed texts; holds no state of any text."""

    def __init__(self, lexicon: Lexicon, sides: Sides) -> None:
        self.parts = Parts(
            lexicon=lexicon, sides=sides, spotter=Spotter(lexicon), linker=Linker(lexicon), operators=Operators(lexicon)
        )

    def read(
        self, doc: Doc, text: str, mentions: Sequence[Mention], *, view: str | None, outlet_side: str | None
    ) -> list[Frame]:
        """The frames of a Doc whose characters are those of `text`.

        Parameters
        ----------
        mentions
            Places found in the text.
        view
            The side for which "our" and "the enemy" speak.
        outlet_side
            The side of who publishes, None for a third party.
        """
        reader = TextReader(self.parts, doc, text, mentions, view, outlet_side)
        return reader.frames()


class TextReader(Doers):
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
        return self._same_fire(out)

    @staticmethod
    def _same_fire(frames: list[Frame]) -> list[Frame]:
        """Fire without a side takes that of other fire on the same place."""
        known: dict[tuple[Kind, str], str] = {}
        for f in frames:
            if f.kind in (Kind.FIRE, Kind.ATTACK) and f.side is not None:
                for p in f.places:
                    known.setdefault((f.kind, p.span.text.lower()), f.side)
        out: list[Frame] = []
        for f in frames:
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
        if is_aim(token):
            return None
        host = self._host(token) if trigger.noun else None
        if trigger.noun and token.tag_ == "VBG" and token.dep_ in ("xcomp", "pcomp", "advcl", "conj"):
            host = token
        verb = token if host is None else host
        if trigger.noun and trigger.object == "label":
            return self._label(token, trigger)
        status = Status()
        if not trigger.noun or (host is not None and not self._mere_subject(token, host)):
            status = self.parts.operators.status(verb)
        if status.drop and not self._stands_anyway(trigger, status):
            return None
        draft = Draft(
            i=i, trigger=trigger, status=status, verb=verb.i, links=[], host=host.i if host is not None else None
        )
        if trigger.kind is Kind.DEPLOY and status.attempt:
            return None
        if trigger.noun and not self._noun_status(token, host, draft):
            return None
        draft.failed = draft.failed or (
            status.failed and (not trigger.noun or not any(c.tag_ == "MD" for c in verb.children))
        )
        if self._gave_up(verb, draft):
            draft.failed = True
        if trigger.kind is Kind.LEAVE and not trigger.noun and self._gives_up(token) and not self.links.get(i):
            return None
        self._kind(token, draft)
        draft.links = self._accepted(draft, self.links.get(i, []))
        if not draft.links:
            draft.links = self._own_object(token, draft)
        draft.side = self._side(token, draft)
        return draft

    def _gave_up(self, verb: Token, draft: Draft) -> bool:
        """ "attacked X but retreated": the attack failed."""
        if draft.trigger.kind not in (Kind.ATTACK, Kind.ADVANCE):
            return False
        found = [c for c in verb.children if c.dep_ == "conj"]
        found += [d for c in found for d in c.children if d.dep_ == "conj"]
        return any(self._gives_up(c) for c in found)

    def _gives_up(self, verb: Token) -> bool:
        """Whether a retreat is set against what stands before it by "but"."""
        head = verb.head
        above = [t for i, t in self.triggers.items() if i == head.i or (t.noun and self.doc[i].head.i == head.i)]
        if head.dep_ == "conj":
            above += [
                t
                for i, t in self.triggers.items()
                if i == head.head.i or any(c.i == i and t.noun for c in head.head.children)
            ]
            if (
                any(c.dep_ == "cc" and c.lower_ in ("but", "yet") for c in head.head.children)
                and verb.lemma_.lower() in ("retreat", "withdraw")
                and any(t.kind in (Kind.ATTACK, Kind.ADVANCE) for t in above)
            ):
                return verb.dep_ == "conj"
        if (
            not any(t.kind in (Kind.ATTACK, Kind.ADVANCE) for t in above)
            or verb.dep_ != "conj"
            or verb.lemma_.lower() not in ("retreat", "withdraw", "fall", "flee")
        ):
            return False
        return any(c.dep_ == "cc" and c.lower_ in ("but", "yet") for c in verb.head.children)

    @staticmethod
    def _stands_anyway(trigger: Trigger, status: Status) -> bool:
        """What is prepared counts as an act of state; what is to be ended exists."""
        if trigger.kind is Kind.ESCALATE and trigger.noun and status.why == "purpose":
            return True
        if trigger.kind is Kind.DEPLOY and trigger.lemma in ("bolster", "reinforce") and status.why == "purpose":
            return True
        if trigger.kind is Kind.HOLD and trigger.noun and trigger.lemma == "occupation":
            status.negated = status.predicted = False
            return True
        return False

    def _host(self, noun: Token) -> Token | None:
        """The verb that carries a noun trigger."""
        node = noun
        for _ in range(6):
            head, dep = node.head, node.dep_
            if head.i == node.i:
                return None
            if (dep in OBJECTS or dep in ("nsubj", "nsubjpass", "conj", "pobj", "prep", "appos", "agent")) and is_verb(
                head
            ):
                if (
                    head.i in self.triggers
                    and dep in ("prep", "pobj")
                    and self.triggers[head.i].object not in ("troops", "weapon")
                ):
                    return head
                return head
            if dep in ("pobj", "prep", "conj", *OBJECTS, "compound", "nmod", "amod", "agent"):
                if dep == "prep" and not is_verb(head) and node.lower_ not in ("of", "in", "to"):
                    return None
                node = head
                continue
            return None
        return None

    def _noun_status(self, noun: Token, host: Token | None, draft: Draft) -> bool:
        """What modifiers and the carrying verb make of a noun trigger; false where it is no claim."""
        words = self.words
        governed = draft.status.attempt
        for c in noun.children:
            low = c.lower_
            if c.dep_ in ("amod", "compound", "nmod"):
                if low in words["failed"] or any(d.lower_ in words["failed"] for d in c.children):
                    draft.failed = True
                if low in ("attempted", "tried") and draft.trigger.kind in (Kind.ADVANCE, Kind.GAIN, Kind.ENTER):
                    draft.status.attempt = True
                if low in (
                    "potential",
                    "possible",
                    "future",
                    "planned",
                    "upcoming",
                    "expected",
                    "imminent",
                    "impending",
                    "anticipated",
                    "prospective",
                    "renewed_future",
                    "threatened",
                ):
                    draft.status.predicted = True
            if c.dep_ in ("det", "neg") and low in ("no", "any", "neither"):
                if low == "no" or (low == "neither"):
                    draft.status.negated = not draft.status.negated
        if (
            noun.dep_ == "pobj"
            and noun.head.lower_ == "from"
            and draft.trigger.kind in (Kind.FIRE, Kind.ATTACK)
            and (host is None or host.lemma_.lower() not in ("suffer", "result", "come", "die", "stem", "flow"))
        ):
            return False
        if (
            noun.dep_ == "pobj"
            and noun.head.lower_ in ("for", "without", "against", "before", "amid_fear")
            and draft.trigger.kind is not Kind.ESCALATE
        ):
            over = noun.head.head
            if noun.head.lower_ == "without":
                draft.status.negated = True
            elif noun.head.lower_ in ("against",) or over.lemma_.lower() in (
                "condition", "preparation", "prepare", "plan", "ready", "readiness", "support", "capability", "target", "position", "responsible", "responsibility",
                "call", "hope", "reserve", "need", "time", "reason", "use", "retaliation", "revenge", "area", "equipment", "ground", "basis", "allow", "staging",
            ):  # fmt: skip
                if draft.trigger.kind in (Kind.ATTACK, Kind.FIRE, Kind.ADVANCE) and over.lemma_.lower() not in (
                    "responsible",
                    "responsibility",
                ):
                    return False
        if host is None:
            return True
        lemma = host.lemma_.lower()
        if (
            host.dep_ == "acl"
            and host.head.lemma_.lower() in self.parts.lexicon.operators["effort"]
            and is_verb(host.head.head)
            and self.parts.operators.repels(host.head.head)
        ):
            draft.failed = True
        if draft.trigger.kind is Kind.ESCALATE and lemma in ("mean", "imply", "require", "avoid", "risk"):
            return False
        if lemma in (
            "enable",
            "allow",
            "permit",
            "facilitate",
            "deter",
            "avoid",
            "await",
            "anticipate",
            "fear",
            "simulate",
            "rehearse",
        ):
            return False
        direct = noun.dep_ in (*OBJECTS, "nsubjpass") or (
            noun.dep_ in ("pobj", "conj")
            and not (noun.head.dep_ == "prep" and noun.head.head.i == host.i and noun.head.lower_ not in ("of",))
        )
        if (
            noun.dep_ == "pobj"
            and noun.head.lower_ == "from"
            and lemma
            in (
                "protect",
                "defend",
                "shield",
                "safeguard",
                "shelter",
                "hide",
                "refrain",
                "recover",
                "evacuate",
                "cover",
                "preserve",
                "save",
            )
        ):
            return False
        if lemma in (
            "confirm",
            "verify",
            "determine",
            "ascertain",
            "observe",
            "see",
            "report",
            "note",
            "specify",
        ) and any(c.dep_ == "neg" for c in host.children):
            return False
        if (
            lemma == "set"
            and noun.dep_ == "pobj"
            and noun.head.lower_ == "for"
            and draft.trigger.kind is not Kind.ESCALATE
        ):
            return False
        if (
            direct
            and self.parts.operators.repels(host)
            and draft.trigger.kind in (Kind.ATTACK, Kind.ADVANCE, Kind.FIRE)
            and (governed or draft.status.predicted)
        ):
            return False
        if (
            direct
            and self.parts.operators.repels(host)
            and draft.trigger.kind in (Kind.ATTACK, Kind.ADVANCE, Kind.FIRE)
        ):
            if draft.trigger.kind is Kind.FIRE and not lemma.startswith("rep"):
                return False
            draft.failed = True
            if draft.trigger.kind is Kind.ADVANCE:
                draft.status.attempt = True
        if lemma in ("fail", "stall", "falter", "collapse", "halt") and (noun.dep_ in ("nsubj", "nsubjpass")):
            draft.failed = True
        if draft.status.attempt and lemma in ("repel", "repulse"):
            draft.status.attempt = draft.trigger.kind is Kind.ADVANCE
        return True

    def _label(self, token: Token, trigger: Trigger) -> Draft | None:
        """ "rebel-held X": who holds it stands before the hyphen."""
        side: str | None = None
        for k in range(token.i, max(token.i - 4, -1), -1):
            if k in self.sides.at:
                side = self.sides.at[k]
                break
        head = token.head
        number = self.inside.get(head.i)
        if number is not None and self.mentions[number].role == "anaphor":
            number = None
        if number is None:
            below = [
                self.inside[t.i]
                for t in head.subtree
                if t.i in self.inside and t.i > token.i and self.mentions[self.inside[t.i]].role == "name"
            ]
            number = below[0] if below and head.lemma_.lower() in self.words["settlements"] else None
        if number is None or side is None:
            return None
        draft = Draft(
            i=token.i, trigger=trigger, status=Status(), verb=token.i, links=[Link(number, token.i, "obj")], side=side
        )
        return draft

    def _kind(self, token: Token, draft: Draft) -> None:
        """Attempts make an attack of a gain; weapons make fire of an attack."""
        kind = draft.trigger.kind
        if (
            kind is Kind.ATTACK
            and draft.trigger.lemma == "attack"
            and not draft.trigger.noun
            and self._after_fire(token)
        ):
            kind = Kind.FIRE
        if draft.status.attempt or draft.failed:
            if kind in (Kind.GAIN, Kind.ENTER) or (
                kind is Kind.ADVANCE
                and draft.trigger.lemma
                not in ("move_closer", "move_toward", "move_towards", "close_in", "encircle", "surround", "cut_off")
            ):
                kind = Kind.ATTACK
            elif kind is Kind.HOLD and draft.status.failed and not draft.trigger.noun:
                kind, draft.failed, draft.status.failed = Kind.LEAVE, False, False
        if kind is Kind.ATTACK and not draft.trigger.noun and self.parts.spotter.fiery(token):
            kind = Kind.FIRE
        if kind in (Kind.LEAVE, Kind.HOLD, Kind.DEPLOY, Kind.GAIN, Kind.ENTER, Kind.ESCALATE):
            draft.failed = False
        if kind is not draft.trigger.kind:
            draft.why = kind.value
            draft.trigger = Trigger(
                lemma=draft.trigger.lemma,
                noun=draft.trigger.noun,
                kind=kind,
                object=draft.trigger.object,
                side=draft.trigger.side,
                subject=draft.trigger.subject,
            )

    def _after_fire(self, token: Token) -> bool:
        """Whether the headline's topic before a colon is shelling: "Shelling of the region: they attacked X"."""
        sent = token.sent
        before = self.text[: sent.start_char].rstrip()
        if not before.endswith(":"):
            return False
        start = max(before.rfind(". "), before.rfind("\n"), before.rfind("- ")) + 1
        return any(start <= self.doc[i].idx < len(before) and t.kind is Kind.FIRE for i, t in self.triggers.items())

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
        count = count_of(self.doc, token, draft.trigger, self.parts.lexicon)
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
                failed=draft.failed and kind in (Kind.ATTACK, Kind.FIRE, Kind.ADVANCE), negated=draft.status.negated, predicted=draft.status.predicted, count=count,
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
            if draft.trigger.lemma == "rout":
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
        return counted and draft.side is not None and draft.trigger.kind in (Kind.GAIN, Kind.HOLD, Kind.LEAVE)

    def _kind_at(self, link: Link, draft: Draft) -> Kind:
        """The kind at one place: taking a part of it is entering it."""
        kind = draft.trigger.kind
        if kind is Kind.GAIN and self._part(link):
            return Kind.ENTER
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
            and link.prep in ("within", "inside", "into")
            and self.mentions[link.mention].type is PlaceType.SETTLEMENT
        ):
            return Kind.ENTER
        return kind

    def _part(self, link: Link) -> bool:
        """Whether the way from the place to the trigger leads over a part of the place."""
        if any(t.lemma_.lower() in self.words["wholes"] for t in link.via):
            return False
        return any(
            t.lemma_.lower() in self.words["parts"]
            and not (t.tag_ == "NNS" and t.lemma_.lower() in ("suburb", "district", "neighborhood"))
            for t in link.via
        )

    def _place(self, link: Link, kind: Kind) -> ClaimPlace:
        """The place as the claim names it; an anaphor gives way to the name it stands for."""
        mention = self.stands_for.get(link.mention, self.mentions[link.mention])
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
