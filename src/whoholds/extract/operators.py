"""What the words that govern a trigger make of it.

Begun, attempted, failed, planned, wished, denied by its own syntax.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract.rehung import in_vain
from whoholds.extract.syntax import is_passive, is_verb
from whoholds.extract.triggers import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITIONS = frozenset({"case", "if", "unless", "whether", "lest"})
_HINDER = frozenset(
    {"slow", "disrupt", "hinder", "undermine", "hamper", "impede", "complicate", "delay", "degrade", "support"}
)
_ONCE = frozenset({"after", "once", "when", "until", "before"})
_DROP_PCOMP = frozenset({"without", "from", "for", "than", "before"})
_EXPLOIT = frozenset({"leverage", "exploit", "use"})
_PAUSE = frozenset({"pause", "suspend", "abandon", "cease"})
_COLLAPSE = frozenset({"fail", "falter", "collapse", "stall", "founder", "fizzle", "flounder", "miscarry", "halt"})
_NEGATIVE = frozenset({"not", "n't", "never", "no", "neither", "nor", "n’t", "hardly"})


_WISHES = frozenset({"ensure", "prevent", "demand", "imagine", "suggest_that", "let"})
_LONGED_FOR = frozenset({"hope", "wish", "dream", "desire"})
_DECIDED = frozenset({"decision", "order", "plan", "attempt", "effort"})
_PLANS = frozenset({"plan", "intention", "intent", "threat", "decision", "order", "promise", "pledge"})
_REPORTS = frozenset({"claim", "report", "announcement", "allegation", "first", "last", "force"})
_MADE_USE_OF = frozenset({"exploit"})
_LEAVING = frozenset({"withdraw", "retreat", "fall", "pull", "leave", "flee", "abandon", "surrender"})
_MEANS = frozenset({"means", "way"})
# of what is only meant: "the goal of capturing X", "instead of", "talk of"
_AIMS = frozenset({
    "instead", "goal", "aim", "possibility", "prospect", "hope", "risk", "chance", "idea", "purpose", "dream", "talk",
    "intention", "capable", "aimed", "speak", "threat", "objective", "hopes", "option", "decision", "question",
})  # fmt: skip
# governors of an infinitive that tell what is to come
_TO_COME = frozenset({
    "plan", "intend", "prepare", "expect", "threaten", "vow", "likely", "unlikely", "set", "ready", "poise", "about",
    "pledge", "promise", "schedule", "bound", "order", "decide", "poised", "aim", "agree", "require",
})  # fmt: skip


@dataclass(slots=True)
class Status:
    """How a trigger is meant. `drop`: it is no claim (a wish, a purpose, a condition); `why` says so."""

    attempt: bool = False
    failed: bool = False
    negated: bool = False
    predicted: bool = False
    drop: bool = False
    why: str = ""

    def off(self, why: str) -> Status:
        """Mark as no claim."""
        self.drop, self.why = True, why
        return self


class Operators:
    """Reads the chain of words above a verb."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.ops = lexicon.operators
        self.words = lexicon.words

    def status(self, verb: Token) -> Status:
        """The status of a verb, from its auxiliaries up through the verbs and nouns that govern it."""
        status = Status()
        node = verb
        for _ in range(10):
            if not self._own(node, status) or node.dep_ == "ROOT" or node.head.i == node.i:
                return status
            to = _has_to(node)
            if node.dep_ == "conj" and is_verb(node.head):
                if _told_apart(node):
                    first = node.head
                    return status.off("condition") if first.dep_ in ("ccomp", "advcl") and _if(first) else status
                node = node.head
                if not self._modals(node, status):
                    return status
                to = to or _has_to(node)
                if node.dep_ == "conj" and node.head.i != node.i:
                    continue
                if _if(node):
                    return status.off("condition")
                if node.head.i == node.i:
                    return status
            above = self._above(node, to, status)
            if above is None:
                return status
            node = above
        return status

    def _above(self, node: Token, to: bool, status: Status) -> Token | None:
        """Where to read on above a verb (`to`: it is an infinitive), or None where the status is settled."""
        head, dep, lemma = node.head, node.dep_, node.head.lemma_.lower()
        trying = self.ops["attempt"] | self.ops["fail"]
        if dep in ("xcomp", "acomp") or (to and (dep == "ccomp" or (dep == "advcl" and lemma in trying))):
            return self._over_complement(node, to, status)
        profits = lemma == "take" and any(c.lower_ == "advantage" for c in head.children)
        if dep == "advcl" and to and (lemma in _MADE_USE_OF or profits):
            return head  # "exploited the offensive to seize X": they did
        if dep == "advcl" and to:
            self._over_purpose(node, status)
            return None
        if dep in ("acl", "relcl") and status.attempt and not to and head.dep_ in ("dobj", "nsubjpass"):
            status.failed = status.failed or self.repels(head.head)  # "stopped groups trying to break through"
            return None
        if dep in ("acl", "relcl") and to and not is_verb(head):
            return self._over_noun(node, status)
        if dep in ("acl", "relcl") and head.dep_ == "attr" and any(c.lower_ == "would" for c in head.head.children):
            status.off("condition")  # "X would be the second city lost"
        elif dep == "csubj" and (head.tag_ in ("VBZ", "VBP") or any(c.tag_ == "MD" for c in head.children)):
            status.off("condition")  # "capturing X would let them", "why seizing X is important"
        elif dep == "advcl" and node.tag_ == "VBG" and node.i > head.i and is_verb(head) and not _marked(node):
            self._modals(head, status)  # "will go on, taking X"
        elif dep == "acl" and lemma in _LONGED_FOR:
            status.off("wish")  # "high hopes that X will be ours"
        elif dep == "pcomp":
            return self._over_gerund(node, status)
        elif dep == "ccomp" and (
            lemma in self.ops["drop"] or lemma in _WISHES or (lemma == "make" and node.tag_ == "VB")
        ):
            status.off("wish")  # "made them leave"; but "made the announcement it was leaving"
        return None

    def _over_complement(self, node: Token, to: bool, status: Status) -> Token | None:
        """ "tried to capture X", "continued shelling X", "were ready to leave"."""
        head, lemma = node.head, node.head.lemma_.lower()
        if to and node.dep_ == "xcomp" and self._effort_before(head, node):
            status.attempt = True  # "continued an operation to capture X"
        if to and lemma == "have" and any(c.lower_ == "yet" for c in head.children):
            status.negated = True  # "have yet to capture X"
        if not self._govern(head, lemma, to, status):
            return None
        if status.attempt and lemma in self.ops["effort"] and not is_verb(head):
            carrier = self._carrier(head)  # "attempts to take X were thwarted"
            if carrier is not None and self._defeats(carrier, head):
                status.failed = True
                return None
        return head

    def _over_purpose(self, node: Token, status: Status) -> None:
        """ "moved forces to capture X": a purpose, but for what is decided or what an operation does."""
        decided = [c.lemma_.lower() for c in node.head.children if c.dep_ == "nsubjpass"]
        if any(lemma in _DECIDED for lemma in decided):
            status.attempt = any(lemma in ("attempt", "effort") for lemma in decided)
        elif node.head.lemma_.lower() not in _EXPLOIT and self._effort_before(node.head, node):
            status.attempt = True  # "operations to capture X", hung on the verb
            status.negated = node.head.lemma_.lower() in _PAUSE
        else:
            status.off("purpose")

    def _over_noun(self, node: Token, status: Status) -> Token | None:
        """ "attempts to capture X", "plans to leave X": what the noun makes of it, and the verb that carries it."""
        head, lemma = node.head, node.head.lemma_.lower()
        inside = head.head.lower_ if head.dep_ == "pobj" else ""
        if inside == "in":
            status.off("purpose")  # "in an effort to", "in order to"
            return None
        if lemma in self.ops["effort"]:
            if head.dep_ == "dobj" and head.head.lemma_.lower() in _HINDER:
                status.off("purpose")  # "slowed their efforts to consolidate control"
                return None
            if inside == "of" and head.head.head.lower_ == "part":
                status.off("purpose")  # "likely part of an effort to consolidate control"
                return None
            status.attempt = True
            if any(c.dep_ == "amod" and c.lower_ in self.words["failed"] for c in head.children):
                status.failed = True  # "unsuccessful attempts to take X"
        elif lemma in _PLANS:
            status.predicted = True
        elif lemma in ("failure", "inability"):
            status.failed = True
        elif lemma == "refusal":
            status.negated = True
        elif lemma not in _REPORTS:
            status.off("purpose")
            return None
        carrier = self._carrier(head)
        if carrier is None or carrier.i == node.i:
            return None
        if _if(carrier):
            status.off("condition")  # "if they abandon efforts to advance"
        elif inside == "for":
            status.off("purpose")
        elif status.attempt and self._defeats(carrier, head):
            status.failed = True
        elif status.attempt and carrier.lemma_.lower() not in self.ops["drop"]:
            # "supply operations to capture X": the operations go on, whatever is done for them
            above = self.status(carrier)
            if not above.drop:
                status.negated, status.predicted = above.negated, above.predicted
            status.failed = status.failed or self.repels(carrier)  # "thwarted attempts to capture X"
        else:
            return carrier
        return None

    def _over_gerund(self, node: Token, status: Status) -> Token | None:
        """ "without capturing X", "focused on seizing X", "succeeded in taking X"."""
        prep, over = node.head.lower_, node.head.head
        lemma = over.lemma_.lower()
        if prep == "before" and over.tag_ == "VBD" and node.lemma_.lower() in _LEAVING:
            return None  # "held out for a day before withdrawing": they did
        if prep in _DROP_PCOMP or (prep in ("of", "at") and lemma in _AIMS) or (prep == "of" and lemma in _MEANS):
            status.off("purpose")
            return None
        if prep in ("on", "at") and (lemma in ("focus", "concentrate", "aim") or lemma in self.ops["effort"]):
            status.attempt = True
        if not is_verb(over):
            return self._carrier(over) if lemma in self.ops["effort"] else None
        if prep in ("after", "following") and self._intended(over):
            status.predicted = True  # "intended to advance after capturing X"
        elif prep in ("in", "by", "after") and lemma == "fail":
            status.failed = True
        elif prep in ("in", "by", "after") and lemma == "succeed":
            return over
        return None

    def _modals(self, node: Token, status: Status) -> bool:
        """The modal verbs that a verb shares with the one joined to it; false where they make it no claim."""
        negated = status.negated
        for c in node.children:
            if c.dep_ == "aux" and c.tag_ == "MD" and not self._modal(c, node, status):
                return False
        status.negated = negated
        return True

    def _effort_before(self, head: Token, node: Token) -> bool:
        """Whether what a verb does right before an infinitive is an effort: "launched an operation to seize X"."""
        before = [
            c for c in head.children if c.dep_ == "dobj" and c.i < node.i and c.lemma_.lower() in self.ops["effort"]
        ]
        return bool(before) and node.i - before[-1].i <= 2

    def _own(self, node: Token, status: Status) -> bool:
        """Auxiliaries, negation and conjunctions of the node itself; false where it is no claim."""
        for c in node.children:
            if c.dep_ == "neg" or (c.dep_ in ("advmod", "det", "preconj") and c.lower_ in _NEGATIVE):
                if c.lower_ in ("not",) and c.i + 1 < len(c.doc) and c.nbor().lower_ in ("only", "just"):
                    continue
                status.negated = not status.negated
            elif c.dep_ in ("nsubj", "nsubjpass") and any(
                d.lower_ in ("no", "neither", "not") for d in c.children if d.dep_ in ("det", "preconj", "neg")
            ):
                status.negated = True
            elif c.dep_ == "aux" and c.tag_ == "MD" and not self._modal(c, node, status):
                return False
            elif c.dep_ in ("mark", "advmod") and (
                (c.dep_ == "mark" and c.lower_ in _CONDITIONS) or (c.lower_ in _ONCE and self._to_come(node))
            ):
                status.off("condition")
                return False
            elif (c.dep_ == "advmod" and c.lower_ in self.words["failed_adverbs"]) or (
                c.dep_ == "advmod" and c.lower_ in ("unable",)
            ):
                status.failed = True
        if in_vain(node):
            status.failed = True
        return True

    @staticmethod
    def _intended(verb: Token) -> bool:
        """Whether a verb tells what somebody means to do: "intended to advance"."""
        return (
            verb.dep_ == "xcomp"
            and any(c.tag_ == "TO" for c in verb.children)
            and verb.head.lemma_.lower() in ("intend", "plan", "hope", "aim", "want", "seek", "prepare")
        )

    @staticmethod
    def _to_come(verb: Token) -> bool:
        """Whether a clause of time tells of what is to come: "set conditions for an attack after they take X"."""
        if verb.dep_ != "advcl" or verb.tag_ not in ("VBP", "VBZ"):
            return False
        if any(c.dep_ in ("aux", "auxpass") for c in verb.children):
            return False
        head = verb.head
        above = (head, *(t for t in head.ancestors if is_verb(t)))
        return head.tag_ in ("NN", "NNS") or any(
            h.tag_ == "VB" or any(c.tag_ == "MD" for c in h.children) for h in above
        )

    def _modal(self, modal: Token, verb: Token, status: Status) -> bool:
        """A modal verb; false where it makes no claim."""
        word = modal.lower_
        perfect = any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)
        if word in ("will", "'ll", "’ll", "shall", "wo"):
            status.predicted = True
        elif word in ("may", "might"):
            under_way = verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ == "be" for c in verb.children)
            if not (perfect or under_way):  # "may be withdrawing": now, if at all
                status.predicted = True
        elif word in ("could", "would"):
            if perfect:
                status.off("counterfactual")
                return False
            if any(c.dep_ == "advcl" and _if(c) for c in verb.children):
                status.off("condition")  # "if they left, the others would be able to advance"
                return False
            status.predicted = True
        elif word in ("should", "must", "ought"):
            status.off("wish")
            return False
        elif word in ("can", "ca"):
            if not status.negated and not any(c.dep_ == "neg" for c in verb.children):
                status.off("ability")
                return False
            status.failed = True
        return True

    def _govern(self, head: Token, lemma: str, to: bool, status: Status) -> bool:
        """A verb or adjective over the node; false where it makes no claim."""
        if lemma in self.ops["attempt"]:
            status.attempt = True
        elif lemma in self.ops["fail"]:
            status.failed = True
        elif lemma in ("refuse", "decline"):
            if status.predicted:
                status.off("wish")  # "refused to follow orders to bomb"
                return False
            status.negated = not status.negated
        elif lemma == "seek" and any(c.tag_ == "MD" for c in head.children):
            status.predicted = True  # "may seek to redeploy"
        elif lemma in self.ops["drop"]:
            if lemma == "able" or (lemma in ("help", "allow", "enable") and not to):
                return True
            if lemma in ("able",):
                return True
            status.off("wish")
            return False
        elif lemma in self.ops["plan"]:
            if lemma in _TO_COME:
                status.predicted = True
        elif lemma in self.ops["through"]:
            return True
        elif to and (is_verb(head) or head.pos_ == "ADJ"):
            status.off("purpose")
            return False
        return True

    def _carrier(self, noun: Token) -> Token | None:
        """The verb that carries a noun."""
        node = noun
        for _ in range(6):
            if node.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "pobj", "conj", "prep", "oprd"):
                node = node.head
                if is_verb(node):
                    return node
            else:
                return None
        return None

    def _defeats(self, verb: Token, noun: Token) -> bool:
        """Whether a verb says that an attempt came to nothing: "thwarted an attempt to", "the attempt failed"."""
        if self.repels(verb):
            return noun.dep_ in ("dobj", "nsubjpass") or is_passive(verb)
        if collapses(verb):
            return noun.dep_ == "nsubj"
        if (
            verb.lemma_.lower() in ("abandon", "suspend")
            and verb.tag_ in ("VBD", "VBN")
            and noun.dep_ in ("dobj", "nsubjpass")
            and not any(c.dep_ == "neg" for c in verb.children)
        ):
            return True  # "abandoned an attempt to take X"
        return verb.lemma_.lower() == "be" and any(
            c.dep_ in ("acomp", "attr") and c.lower_ in ("unsuccessful", "futile", "fruitless", "failure")
            for c in verb.children
        )

    def repels(self, verb: Token) -> bool:
        """Whether the verb repels what is its object."""
        lemma = verb.lemma_.lower()
        if lemma in self.ops["repel"]:
            return True
        return any(f"{lemma}_{c.lower_}" in self.ops["repel"] for c in verb.children if c.dep_ in ("prt", "advmod"))


def collapses(verb: Token) -> bool:
    """Whether a verb says of an event that it came to nothing: "foundered", "ground to a halt", "ended in failure"."""
    lemma = verb.lemma_.lower()
    if any(c.dep_ == "neg" for c in verb.children):
        return lemma in ("succeed", "work")  # "their efforts have not succeeded"
    to = {n.lower_ for c in verb.children if c.lower_ in ("to", "in", "with") for n in c.children}
    if lemma in ("come", "grind", "amount") and to & {"nothing", "naught", "halt", "standstill"}:
        return True
    return lemma in _COLLAPSE or (lemma == "end" and bool(to & {"failure", "defeat", "disaster", "vain"}))


def _marked(verb: Token) -> bool:
    """Whether a participle is put in its time by a word of its own: "after taking X", "having taken X"."""
    return any(c.dep_ in ("mark", "aux", "prep") and c.i < verb.i for c in verb.children)


def _has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def _if(verb: Token) -> bool:
    """Whether a clause is a condition by its first word."""
    return any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in verb.children)


def _told_apart(verb: Token) -> bool:
    """Whether a verb joined to another is a clause of its own: by its subject, or by its tense."""
    finite = ("VBD", "VBZ", "VBP")
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) or (
        verb.tag_ in finite and verb.head.tag_ not in finite
    )
