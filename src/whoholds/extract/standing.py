"""How a trigger stands: what its modifiers and the verb that carries it make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.doers import Doers
from whoholds.extract.drafts import COMPASS_START, MUTUAL, Draft
from whoholds.extract.links import Link
from whoholds.extract.operators import Status, collapses
from whoholds.extract.rehung import comes_to_nothing, in_vain
from whoholds.extract.syntax import OBJECTS, child, is_passive, is_verb, subject
from whoholds.extract.triggers import Trigger
from whoholds.model import Kind, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Token

_HARM = frozenset({"toll", "damage", "casualty", "injury", "wound", "death", "victim", "dead", "smoke", "crater"})

_FIGHTING = (Kind.ATTACK, Kind.ADVANCE, Kind.FIRE)
_TO_COME = frozenset({
    "potential", "possible", "future", "planned", "upcoming", "expected", "imminent", "impending", "anticipated",
    "prospective", "threatened",
})  # fmt: skip
# "suffered from shelling": the shelling was
_STEMS = frozenset({"suffer", "result", "come", "die", "stem", "flow"})
# "conditions for an attack", "ready for an assault": none is told of
_READY_FOR = frozenset({
    "condition", "preparation", "prepare", "plan", "ready", "readiness", "support", "capability", "target", "position",
    "responsible", "responsibility", "call", "hope", "reserve", "need", "time", "reason", "use", "retaliation",
    "revenge", "area", "regroup", "equipment", "ground", "basis", "allow", "staging",
})  # fmt: skip
_MAKING_READY = frozenset({"prepare", "preparation", "mass", "gather", "muster", "assemble", "brace"})
_ONLY_IN_MIND = frozenset({
    "enable", "allow", "permit", "facilitate", "deter", "avoid", "await", "anticipate", "fear", "simulate", "rehearse",
    "de-emphasize", "deemphasize", "deprioritize", "forgo",
})  # fmt: skip
# "protect X from shelling"
_SPARED = frozenset({
    "protect", "defend", "shield", "safeguard", "shelter", "hide", "refrain", "recover", "evacuate", "cover",
    "preserve", "save",
})  # fmt: skip
# "could not confirm the strike"
_FOUND = frozenset({"confirm", "verify", "determine", "ascertain", "observe", "see", "report", "note", "specify"})
_BARRED = frozenset({"cut", "block", "cover", "prevent", "bar", "hinder", "screen", "disrupt"})
_HAS_EFFECT = frozenset({
    "become", "allow", "enable", "help", "make", "let", "give", "affect", "prove", "complicate", "require", "remain",
})  # fmt: skip
_UNDER_WAY = frozenset({"successful", "recent", "ongoing", "continued", "continuing", "current", "latest"})
_DREAD = frozenset({"fear", "worry", "anxiety", "concern", "alarm"})


class Standing(Doers):
    """The status of a trigger."""

    def _gave_up(self, verb: Token, draft: Draft) -> bool:
        """ "attacked X but retreated": the attack failed."""
        into = draft.trigger.kind is Kind.ENTER and draft.trigger.lemma.endswith("_into")
        if draft.trigger.kind not in (Kind.ATTACK, Kind.ADVANCE) and not draft.status.attempt and not into:
            return False
        above = [verb.head] if verb.dep_ == "xcomp" and is_verb(verb.head) else []  # "tried to take X but ..."
        found = [c for v in (verb, *above) for c in v.children if c.dep_ == "conj" and c.i > verb.i]
        if verb.dep_ == "conj" and is_verb(verb.head):
            found += [c for c in verb.head.children if c.dep_ == "conj" and c.i > verb.i]
        found += [d for c in found for d in c.children if d.dep_ == "conj"]
        if self._was_met(verb):
            return True
        return any(self._gives_up(c) or self._is_beaten(c) or comes_to_nothing(c) for c in found)

    def _was_met(self, verb: Token) -> bool:
        """Whether those who tried are said to have been beaten back: "the enemy, attempting to X, was thrown back"."""
        over = verb.head if verb.dep_ == "xcomp" else verb
        who = over.head
        if over.dep_ not in ("acl", "relcl") or who.dep_ != "nsubjpass":
            return False
        main = (who.head, *(c for c in who.head.children if c.dep_ == "conj"))
        return any(is_passive(v) and self.parts.operators.repels(v) for v in main)

    def _is_beaten(self, verb: Token) -> bool:
        """Whether a verb behind "but" tells of defeat: "but were repelled", "but failed"."""
        over = verb.head
        if not any(c.dep_ == "cc" and c.lower_ in ("but", "yet", "only", "and") for c in over.children):
            return False
        if verb.lemma_ == "be" and any(c.dep_ == "acomp" and c.lower_ in self.words["failed"] for c in verb.children):
            return True
        if verb.lemma_ in ("keep", "hold") and is_passive(verb) and any(t.lower_ == "bay" for t in verb.subtree):
            return True  # "but was kept at bay"
        if verb.lemma_.lower() in ("fail", "falter") and child(verb, "xcomp", "nsubj") is None:
            return True
        back = child(verb, "xcomp") if verb.lemma_.lower() in ("have", "force", "oblige", "compel") else verb
        if child(verb, "nsubj") is None and back is not None and _turns_back(back):
            return True  # "but had to turn back"
        return is_passive(verb) and child(verb, "nsubjpass") is None and self.parts.operators.repels(verb)

    def _gives_up(self, verb: Token) -> bool:
        """Whether a retreat is set against what stands before it by "but"."""
        head = verb.head
        above = [t for i, t in self.triggers.items() if i == head.i or (t.noun and self.doc[i].head.i == head.i)]
        if head.dep_ == "conj":
            above += [
                t
                for i, t in self.triggers.items()
                if i == head.head.i or any(c.i == i and (t.noun or c.dep_ == "xcomp") for c in head.head.children)
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
        if any(t.lower_ in ("loss", "losses") for t in verb.sent if t.i > head.i):
            return True  # "attacked X, suffered losses and retreated"
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

    def _was_in_vain(self, noun: Token) -> bool:
        """Whether an attack is called a failure: "all attacks near X were unsuccessful"."""
        # "remain unsuccessful in their attacks on X"
        verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "in" else noun.head
        if noun.dep_ not in ("nsubj", "pobj") or verb.lemma_.lower() not in ("be", "prove", "remain"):
            return False
        return any(c.dep_ in ("acomp", "oprd") and c.lower_ in self.words["failed"] for c in verb.children)

    def _noun_status(self, noun: Token, host: Token | None, draft: Draft) -> bool:
        """What modifiers and the carrying verb make of a noun trigger; false where it is no claim."""
        tried = draft.status.attempt
        who = child(noun.head, "nsubj") if noun.dep_ == "attr" else None
        again = who is not None and who.lower_ in ("it", "this", "that") and not self.links.get(noun.i)
        if again and not any(c.i in self.sides.at for c in noun.children):
            return draft.trigger.kind not in (Kind.FIRE, Kind.ATTACK)  # "it was a targeted strike": the one told of
        self._by_modifiers(noun, draft)
        stands = self._by_preposition(noun, host, draft)
        if stands is not None:
            return stands
        return host is None or self._by_host(noun, host, draft, tried=tried)

    def _by_modifiers(self, noun: Token, draft: Draft) -> None:
        """ "failed attacks", "attempted advance", "no attacks", "planned assault", "attacks without success"."""
        words = self.words
        if in_vain(noun) or self._was_in_vain(noun) or _which_failed(noun):
            draft.failed = True
        for c in noun.children:
            low = c.lower_
            if c.dep_ in ("amod", "compound", "nmod"):
                if low in words["failed"] or any(d.lower_ in words["failed"] for d in c.children):
                    draft.failed = True
                if low in ("attempted", "tried") and draft.trigger.kind in (Kind.ADVANCE, Kind.GAIN, Kind.ENTER):
                    draft.status.attempt = True
                if low in _TO_COME:
                    draft.status.predicted = True
            if c.dep_ in ("det", "neg") and low in ("no", "any", "neither"):
                draft.status.negated = draft.status.negated if low == "any" else not draft.status.negated

    @staticmethod
    def _by_preposition(noun: Token, host: Token | None, draft: Draft) -> bool | None:
        """What the preposition before the noun says of it: whether it stands as a claim, None where that is open."""
        first = noun.head if noun.dep_ == "conj" else noun
        if first.dep_ == "pobj" and first.head.lower_ in ("of", "about") and first.head.head.lemma_.lower() in _DREAD:
            return False
        if noun.dep_ != "pobj":
            return None
        prep, over, kind = noun.head.lower_, noun.head.head.lemma_.lower(), draft.trigger.kind
        if prep in ("since", "after", "following") and draft.status.negated:
            draft.status.negated = False
            return True  # "has not been seen since the attack on X"
        if prep == "from" and kind in (Kind.FIRE, Kind.ATTACK) and over not in _HARM:
            if host is None or host.lemma_.lower() not in _STEMS:
                return False  # but "the death toll from a strike on X"
        elif prep in ("for", "without", "against", "before") and kind is not Kind.ESCALATE:
            if prep == "without":
                draft.status.negated = True
            elif prep == "for" and over in _MAKING_READY:
                draft.status.predicted = True
            elif prep == "against" or over in _READY_FOR:
                return over in ("responsible", "responsibility") or kind not in _FIGHTING
        return None

    def _by_host(self, noun: Token, host: Token, draft: Draft, *, tried: bool) -> bool:
        """What the verb that carries the noun says of it; false where it is no claim."""
        lemma, kind, operators = host.lemma_.lower(), draft.trigger.kind, self.parts.operators
        over = host.head
        if host.dep_ == "acl" and over.lemma_.lower() in self.parts.lexicon.operators["effort"]:
            draft.failed = draft.failed or (is_verb(over.head) and operators.repels(over.head))
        if kind in (Kind.HOLD, Kind.GAIN, Kind.ENTER) and lemma in ("prevent", "avoid", "avert"):
            return False
        if kind is Kind.LEAVE and noun.dep_ == "dobj" and lemma in _BARRED:
            return False  # "cut off their retreat"
        if (
            kind in (Kind.GAIN, Kind.HOLD)
            and noun.dep_ == "nsubj"
            and any(c.lower_ in ("would", "could") for c in host.children)
        ):
            return False  # "the capture of X would make it possible"
        if kind is Kind.ESCALATE and lemma in ("mean", "imply", "require", "avoid", "risk"):
            return False
        if noun.dep_ == "nsubj" and (lemma in _HAS_EFFECT - _ONLY_IN_MIND or _under_way(noun)):
            draft.status.predicted = False  # "the withdrawals will become significant": there are withdrawals
        if noun.dep_ == "dobj" and lemma == "attempt" and kind is Kind.ADVANCE:
            draft.status.attempt = True
        if lemma == "fear" and any(c.dep_ in ("oprd", "acomp", "xcomp") for c in host.children):
            return True  # "dozens feared dead in a strike on X"
        there = noun.dep_ == "nsubj" and lemma in _HAS_EFFECT and not any(c.tag_ == "MD" for c in host.children)
        if lemma in _ONLY_IN_MIND and not there:
            return False
        prep = noun.head.lower_ if noun.dep_ == "pobj" else ""
        if prep == "from" and lemma in _SPARED:
            return False
        if lemma in _FOUND and any(c.dep_ == "neg" for c in host.children):
            return False
        if lemma == "set" and prep == "for" and kind is not Kind.ESCALATE:
            return False
        if kind in _FIGHTING and _is_done_to(noun, host) and operators.repels(host):
            if tried or draft.status.predicted or (kind is Kind.FIRE and not lemma.startswith("rep")):
                return False
            draft.failed = True
            if kind is Kind.ADVANCE:
                draft.status.attempt = True
        if collapses(host) and noun.dep_ in ("nsubj", "nsubjpass"):
            draft.failed = True
        if draft.status.attempt and lemma in ("repel", "repulse"):
            draft.status.attempt = kind is Kind.ADVANCE
        return True

    def _marches(self, token: Token) -> bool:
        """Whether a force strikes out on the ground: "rebels struck south into X"."""
        who = subject(token)
        if token.lemma_.lower() != "strike" or child(token, "dobj") is not None or who is None:
            return False
        compass = any(c.dep_ in ("advmod", "prt", "npadvmod") and COMPASS_START.match(c.text) for c in token.children)
        return compass and who.lemma_.lower() not in self.words["weapons"]

    def _is_apposed(self, number: int) -> bool:
        """Whether words for a place stand right behind its name: "X, the only rebel-held city"."""
        name = self.stands_for.get(number)
        return name is not None and self.text[name.span.end : self.mentions[number].span.start] == ", "

    def _is_region_around(self, number: int) -> bool:
        """Whether a place is the region in which another lies: "the only rebel-held city in the west"."""
        return self.tops[number].head.lower_ == "in" and self.mentions[number].type is PlaceType.REGION

    def _label(self, token: Token, trigger: Trigger) -> Draft | None:
        """ "rebel-held X": who holds it stands before the hyphen."""
        side: str | None = None
        for k in range(token.i, max(token.i - 4, -1), -1):
            if k in self.sides.at:
                side = self.sides.at[k]
                break
        head = token.head
        number = self.inside.get(head.i)
        called = number if number is not None and self._is_apposed(number) else None
        if number is not None and self.mentions[number].role == "anaphor":
            number = None
        if number is None:
            below = [
                self.inside[t.i]
                for t in head.subtree
                if t.i in self.inside and t.i > token.i and self.mentions[self.inside[t.i]].role == "name"
                if not self._is_region_around(self.inside[t.i])
            ]
            settled = head.lemma_.lower() in self.words["settlements"]
            number = below[0] if below and settled else called
            if number is not None and self.mentions[number].type is PlaceType.DIRECTION and head.i in self.inside:
                number = self.inside[head.i]  # "the rebel-held city southwest of Y" is the one told of before
        if number is None or side is None:
            return None
        return Draft(
            i=token.i, trigger=trigger, status=Status(), verb=token.i, links=[Link(number, token.i, "obj")], side=side
        )

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
        if kind is Kind.FIRE and not draft.trigger.noun and self._marches(token):
            kind = Kind.ATTACK
        if draft.status.attempt or draft.failed:
            if kind in (Kind.GAIN, Kind.ENTER) or (
                kind is Kind.ADVANCE
                and draft.trigger.lemma
                not in ("move_closer", "move_toward", "move_towards", "close_in", "encircle", "surround", "cut_off")
                and not _focused_on(token)
            ):
                kind = Kind.ATTACK
            elif kind is Kind.LEAVE and draft.trigger.side == "object":
                kind = Kind.ATTACK  # "tried to drive them out"
            elif kind is Kind.HOLD and draft.status.failed and not draft.trigger.noun:
                kind, draft.failed, draft.status.failed = Kind.LEAVE, False, False
        if kind is Kind.ATTACK and not draft.trigger.noun and draft.trigger.lemma not in MUTUAL:
            kind = Kind.FIRE if self.parts.spotter.fiery(token) else kind
        if kind is Kind.ATTACK and draft.trigger.noun and draft.trigger.lemma in ("raid", "attack", "strike"):
            doer = subject(self.doc[draft.host]) if draft.host is not None else None
            if doer is not None and doer.i != token.i and doer.lemma_.lower() in self.words["fire"] - {"tank", "gun"}:
                kind = Kind.FIRE  # "warplanes carried out raids"
        if kind in (Kind.LEAVE, Kind.HOLD, Kind.DEPLOY, Kind.GAIN, Kind.ENTER, Kind.ESCALATE):
            draft.failed = False
        if kind is not draft.trigger.kind:
            draft.why = kind.value
            draft.trigger = Trigger(
                lemma=draft.trigger.lemma,
                noun=draft.trigger.noun,
                kind=kind,
                object=draft.trigger.object,
                side="subject" if draft.trigger.kind is Kind.LEAVE else draft.trigger.side,
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


def _which_failed(noun: Token) -> bool:
    """Whether a clause behind an event says that it failed: "an offensive which was reported to have failed"."""
    behind = noun.doc[noun.i + 1 : noun.sent.end]
    clauses = [c for c in behind if c.dep_ == "relcl" and any(w.lower_ == "which" for w in c.children)]
    return any(collapses(v) for c in clauses for v in (c, *(x for x in c.children if x.dep_ == "xcomp")))


def _turns_back(verb: Token) -> bool:
    """Whether those told of go back: "turned back", "pulled back", "backed off"."""
    if verb.lemma_.lower() not in ("turn", "back", "pull", "fall") or child(verb, "dobj") is not None:
        return False
    return any(c.lower_ in ("back", "away", "off") for c in verb.children)


def _is_done_to(noun: Token, host: Token) -> bool:
    """Whether a verb does something to an event: "repelled attacks", "repelled a series of attacks"."""
    if noun.dep_ in (*OBJECTS, "nsubjpass"):
        return True
    return (
        noun.dep_ in ("pobj", "conj")
        and noun.head.dep_ != "agent"  # "the convoy was halted by a strike"
        and not (noun.head.dep_ == "prep" and noun.head.head.i == host.i and noun.head.lower_ != "of")
    )


def _under_way(noun: Token) -> bool:
    """Whether an event is said to happen already: "successful counterattacks will force ..."."""
    return any(c.dep_ == "amod" and c.lower_ in _UNDER_WAY for c in noun.children)


def _focused_on(verb: Token) -> bool:
    """Whether a deed is what forces turn to, and so under way: "changed their axes to focus on pushing toward X"."""
    prep = verb.head
    return verb.dep_ == "pcomp" and prep.lower_ == "on" and prep.head.lemma_.lower() in ("focus", "concentrate")
