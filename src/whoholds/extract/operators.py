"""What the words that govern a trigger make of it.

Begun, attempted, failed, planned, wished, denied by its own syntax.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
_COLLAPSE = frozenset({"fail", "falter", "collapse", "stall", "founder", "fizzle", "flounder", "miscarry"})
_NEGATIVE = frozenset({"not", "n't", "never", "no", "neither", "nor", "n’t", "hardly"})


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
            if not self._own(node, status):
                return status
            head, dep = node.head, node.dep_
            if dep == "ROOT" or head.i == node.i:
                return status
            lemma = head.lemma_.lower()
            to = any(c.dep_ == "aux" and c.tag_ == "TO" for c in node.children)
            if dep == "conj" and (is_verb(head)):
                if any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children) or (
                    node.tag_ in ("VBD", "VBZ", "VBP") and head.tag_ not in ("VBD", "VBZ", "VBP")
                ):
                    if head.dep_ in ("ccomp", "advcl") and any(
                        c.lower_ in _CONDITIONS for c in head.children if c.dep_ == "mark"
                    ):
                        return status.off("condition")
                    return status
                negated = status.negated
                node = head
                for c in node.children:
                    if c.dep_ == "aux" and c.tag_ == "MD" and not self._modal(c, node, status):
                        return status
                    if c.dep_ == "aux" and c.tag_ == "TO":
                        to = True
                status.negated = negated
                head, dep, lemma = node.head, node.dep_, node.head.lemma_.lower()
                if dep == "conj":
                    continue
                to = to or any(c.dep_ == "aux" and c.tag_ == "TO" for c in node.children)
                for c in node.children:
                    if c.dep_ == "mark" and c.lower_ in _CONDITIONS:
                        return status.off("condition")
                if head.i == node.i:
                    return status
            if (
                dep in ("xcomp", "acomp")
                or (dep == "ccomp" and to)
                or (dep == "advcl" and to and lemma in self.ops["attempt"] | self.ops["fail"])
            ):
                if to and dep == "xcomp" and self._effort_before(head, node):
                    status.attempt = True  # "continued an operation to capture X"
                if to and lemma == "have" and any(c.lower_ == "yet" for c in head.children):
                    status.negated = True  # "have yet to capture X"
                kept = self._govern(head, lemma, to, status)
                if not kept:
                    return status
                if status.attempt and lemma in self.ops["effort"] and not is_verb(head):
                    carrier = self._carrier(head)  # "attempts to take X were thwarted"
                    if carrier is not None and self._defeats(carrier, head):
                        status.failed = True
                        return status
                node = head
                continue
            if (
                dep == "advcl"
                and to
                and any(
                    c.dep_ == "nsubjpass" and c.lemma_.lower() in ("decision", "order", "plan", "attempt", "effort")
                    for c in head.children
                )
            ):
                status.attempt = any(
                    c.dep_ == "nsubjpass" and c.lemma_.lower() in ("attempt", "effort") for c in head.children
                )
                return status  # "a decision was made to regroup"
            if dep == "advcl" and to:
                if self._effort_before(head, node):
                    status.attempt = True  # "operations to capture X", hung on the verb
                    return status
                return status.off("purpose")
            if dep in ("acl", "relcl") and status.attempt and not to and head.dep_ in ("dobj", "nsubjpass"):
                status.failed = status.failed or self.repels(head.head)  # "stopped groups trying to break through"
                return status
            if dep in ("acl", "relcl") and to and not is_verb(head):
                if (
                    head.dep_ == "pobj"
                    and head.head.lower_ == "in"
                    and not is_verb(head.head.head.head if False else head)
                ):
                    return status.off("purpose")  # "in an effort to"
                if lemma in self.ops["effort"]:
                    if head.dep_ == "dobj" and head.head.lemma_.lower() in _HINDER:
                        return status.off("purpose")  # "slowed their efforts to consolidate control"
                    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ == "part":
                        return status.off("purpose")  # "likely part of an effort to consolidate control"
                    status.attempt = True
                elif lemma == "order" and head.dep_ == "pobj" and head.head.lower_ == "in":
                    return status.off("purpose")
                elif lemma in ("plan", "intention", "intent", "threat", "decision", "order", "promise", "pledge"):
                    status.predicted = True
                elif lemma in ("claim", "report", "announcement", "allegation", "first", "last", "force"):
                    pass
                elif lemma in ("failure", "inability"):
                    status.failed = True
                elif lemma in ("refusal",):
                    status.negated = True
                else:
                    return status.off("purpose")
                carrier = self._carrier(head)
                if carrier is not None and carrier.i != node.i:
                    if head.dep_ == "pobj" and head.head.lower_ == "for":
                        return status.off("purpose")
                    if status.attempt and self._defeats(carrier, head):
                        status.failed = True
                        return status
                    if status.attempt and carrier.lemma_.lower() not in self.ops["drop"]:
                        # "supply operations to capture X": the operations go on, whatever is done for them
                        above = self.status(carrier)
                        if not above.drop:
                            status.negated, status.predicted = above.negated, above.predicted
                        status.failed = status.failed or self.repels(carrier)  # "thwarted attempts to capture X"
                        return status
                    node = carrier
                    continue
                return status
            if dep == "csubj" and (head.tag_ in ("VBZ", "VBP") or any(c.tag_ == "MD" for c in head.children)):
                return status.off("condition")  # "capturing X would let them", "why seizing X is important"
            if dep == "pcomp":
                prep = head.lower_
                if prep in _DROP_PCOMP or (
                    prep in ("of", "at")
                    and head.head.lemma_.lower()
                    in (
                        "instead",
                        "goal",
                        "aim",
                        "possibility",
                        "prospect",
                        "hope",
                        "risk",
                        "chance",
                        "idea",
                        "purpose",
                        "dream",
                        "talk",
                        "intention",
                        "capable",
                        "aimed",
                        "speak",
                        "threat",
                        "objective",
                        "hopes",
                        "option",
                    )
                ):
                    return status.off("purpose")
                over = head.head.lemma_.lower()
                if prep in ("on", "at") and (over in ("focus", "concentrate", "aim") or over in self.ops["effort"]):
                    status.attempt = True
                if prep == "of" and head.head.lemma_.lower() in ("means", "way"):
                    return status.off("purpose")
                if prep in ("after", "following") and is_verb(head.head) and self._intended(head.head):
                    status.predicted = True  # "intended to advance after capturing X"
                    return status
                if is_verb(head.head) and prep in ("in", "by", "after"):
                    if head.head.lemma_.lower() in ("fail",):
                        status.failed = True
                    if head.head.lemma_.lower() in ("succeed",):
                        node = head.head
                        continue
                return status
            if dep == "ccomp":
                if lemma in self.ops["drop"] or lemma in (
                    "ensure",
                    "prevent",
                    "demand",
                    "imagine",
                    "suggest_that",
                    "let",
                ):
                    return status.off("wish")
                if lemma == "make" and node.tag_ == "VB":
                    return status.off("wish")  # "made them leave"; but "made the announcement it was leaving"
                return status
            return status
        return status

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
        return head.tag_ in ("NN", "NNS") or head.tag_ == "VB" or any(c.tag_ == "MD" for c in head.children)

    def _modal(self, modal: Token, verb: Token, status: Status) -> bool:
        """A modal verb; false where it makes no claim."""
        word = modal.lower_
        perfect = any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)
        if word in ("will", "'ll", "’ll", "shall", "wo"):
            status.predicted = True
        elif word in ("may", "might"):
            if not perfect:
                status.predicted = True
        elif word in ("could", "would"):
            if perfect:
                status.off("counterfactual")
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
            status.negated = not status.negated
        elif lemma in self.ops["drop"]:
            if lemma == "able" or (lemma in ("help", "allow", "enable") and not to):
                return True
            if lemma in ("able",):
                return True
            status.off("wish")
            return False
        elif lemma in self.ops["plan"]:
            if lemma in (
                "plan",
                "intend",
                "prepare",
                "expect",
                "threaten",
                "vow",
                "likely",
                "unlikely",
                "set",
                "ready",
                "poise",
                "about",
                "pledge",
                "promise",
                "schedule",
                "bound",
                "order",
                "decide",
                "poised",
                "aim",
                "agree",
            ):
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
        if verb.lemma_.lower() in _COLLAPSE and noun.dep_ == "nsubj":
            return not any(c.dep_ == "neg" for c in verb.children)
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
