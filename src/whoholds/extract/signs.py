"""What the words on the way from a claim's trigger up to the word of saying tell of its stance.

The way is left where the event becomes the subject, the circumstance or the description of something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoholds.extract.clauses import (
    SUBJECTS,
    adverbs_of,
    governing_adverbs,
    is_negated,
    is_verb,
    modals_of,
    path_up,
)
from whoholds.extract.cues import Cues
from whoholds.extract.frame import NO_LONGER, Frame
from whoholds.extract.governing import first_conjunct, is_hearsay, is_participle, is_set_against, is_untrue, saying_verb
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from whoholds.extract.attribution import Attribution

# what a side gains when it is said to do these
_GAINS = frozenset({Kind.GAIN, Kind.ENTER, Kind.ADVANCE, Kind.HOLD})
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve"})
# who does not do so is silent, and denies nothing
_SILENT = frozenset({"comment", "say", "speak", "respond", "elaborate", "report", "mention", "specify"})
_OPINION = frozenset({"assess", "believe", "think", "judge", "consider"})
# the report's own doubt about what somebody says
_UNVERIFIED = re.compile(
    r"\b(?:can(?:not| not)|could not|unable to|has not|have not)\s(?:be\s)?(?:independently\s)?"
    r"(?:verif(?:y|ied)|confirm(?:ed)?)"
    r"\s(?:this|that|the|these|those|his|her|their|its|such)\s(?:\w+\s)?(?:claim|report|statement|assertion)s?\b",
    re.IGNORECASE,
)
_DETAILS = frozenset({"information", "details", "data", "aftermath", "consequences", "victims", "results"})
# the way up ends where the event is but the circumstance or description of what stands above
_STOP = frozenset({"advcl", "relcl", "csubj", "csubjpass"})


class Signs:
    """The signs of stance met on the way from the trigger up to the word of saying."""

    def __init__(self, doc: Doc, frame: Frame, attribution: Attribution, cues: Cues) -> None:
        self.frame, self.attribution, self.cues = frame, attribution, cues
        self.trigger, self.verb = doc[frame.i], doc[frame.verb]
        self.speech = [doc[i] for i in attribution.verbs]
        # a failed attack is asserted: what denies its success does not deny it
        self.deniable = not frame.failed and f"[{NO_LONGER}]" not in frame.rule
        silent = self.verb.lower_ in _SILENT and self.verb.i != self.trigger.i
        # "it was not possible to verify X's claim to have taken Y" denies neither the claim nor the deed
        above = bool(self.speech) and self.speech[0].pos_ == "NOUN" and not self._is_negated_below(self.speech[0])
        self.negations = int(frame.negated and self.deniable and not silent and not above)
        self.future = frame.predicted
        self.seen: set[int] = set()
        self.weak = self.doubt = self.rumour = self.acknowledged = False

    def _is_negated_below(self, speech: Token) -> bool:
        """Whether a negation stands between the trigger and the word of saying."""
        below = path_up(self.trigger)
        if speech.i not in {t.i for t in below}:
            return True
        way = below[: next(n for n, t in enumerate(below) if t.i == speech.i)]
        return any(is_negated(t) or t.lower_ in self.cues.fail | self.cues.unlikely for t in way)

    def collect(self) -> None:
        """Go through the trigger, what governs it, and the word of saying."""
        self._at_trigger()
        self._walk()
        self._at_speech()

    def _deny(self) -> None:
        """One more negation, unless the frame has counted it."""
        if self.deniable and not self.frame.negated:
            self.negations += 1

    # ------------------------------------------------------------------ the trigger

    def _at_trigger(self) -> None:
        """Adjectives and compounds of a noun: "alleged attack", "planned assault", "no progress"."""
        trigger, cues = self.trigger, self.cues
        if trigger.lower_ in cues.halted and self.frame.kind is Kind.ADVANCE:
            # to be stalemated is to make no advance
            self._deny()
        if is_verb(trigger) and trigger.i == self.frame.verb:
            return
        if is_negated(trigger):
            self._deny()
        for child in trigger.children:
            word = child.lower_
            if child.dep_ in {"acl", "relcl"} and word in cues.scheduled:
                self.future = True
            if child.dep_ not in {"amod", "compound", "nmod", "advmod"}:
                continue
            if word in cues.doubt_adjectives or word.rsplit("-", 1)[-1] in {"claimed", "alleged", "reported"}:
                if word.endswith("reported"):
                    self.rumour = True
                else:
                    self.doubt = True
            elif word in cues.future_adjectives:
                self.future = True
            elif word in cues.doubt_adverbs:
                self.doubt = True

    # ------------------------------------------------------------------ the way up

    def _walk(self) -> None:
        """Collect the signs from the trigger up to the word of saying."""
        if self.frame.kind is Kind.HOLD and self.trigger.lower_ == "occupation":
            # who would end, deepen or restore something says that it is
            return
        speech_at = {t.i for t in self.speech}
        node: Token | None = self.trigger
        seen = self.seen
        whole = False  # whether the way has left a clause with a mood of its own
        below = self.trigger
        while node is not None and node.i not in seen and node.i not in speech_at:
            seen.add(node.i)
            self._at_node(node, below, whole=whole)
            below = node
            whole = whole or (node.dep_ == "ccomp" and is_verb(node.head))
            node = self._next(node, speech_at)
        as_subject = self.trigger.dep_ in SUBJECTS and self.trigger.head.i == self.verb.i
        over = self.trigger.head
        # "has not been seen since the attack": there was one
        since = over.lower_ in ("since", "after", "following") and is_negated(over.head)
        if self.verb.i not in seen and not as_subject and not since:
            self._at_verb(self.verb, first=False)

    def _at_node(self, node: Token, below: Token, *, whole: bool) -> None:
        """The signs of one word on the way."""
        if is_verb(node) or node.pos_ == "AUX":
            if whole:
                self._at_outer_verb(node)
            else:
                self._at_verb(node, first=node.i == self.trigger.i)
        elif node.i != self.trigger.i:
            self._at_noun(node, below)

    def _next(self, node: Token, speech_at: set[int]) -> Token | None:
        """The word above that still governs the event; None where nothing does."""
        head, label, cues = node.head, node.dep_, self.cues
        if head.i == node.i:
            return None
        if label in SUBJECTS:
            if node.i == self.trigger.i and any(
                c.lower_ in cues.progress and is_negated(c) for c in head.children if c.dep_ == "dobj"
            ):
                # "advances toward X made no progress"
                self._deny()
            self.rumour |= any(is_hearsay(verb, cues) for verb in (head, *head.conjuncts) if is_verb(verb))
            if node.lower_ in cues.information and is_untrue(head, cues):
                self._deny()  # "information about shelling is not true"
                self.seen.add(head.i)
            # an event as the subject is as sure as its verb only where the verb says that it happens
            happens = head.lower_ in cues.happen or (
                head.lower_ in cues.done and any(c.dep_ == "auxpass" for c in head.children)
            )
            return head if node.i == self.trigger.i and not is_verb(node) and happens else None
        if label in _STOP:
            if label == "advcl" and node.tag_ == "VB" and head.i not in speech_at:
                self._purpose(head)
            elif label == "advcl" and node.tag_ == "VBG" and any(c.lower_ == "while" for c in node.children):
                # "may try to take X while shelling Y": both are as far off
                self._purpose(head)
            return None
        if node.i != self.trigger.i and node.lower_ in _DETAILS and label == "pobj":
            return None  # "will look for information on the strike": there was one
        if label == "acomp" and node.i != self.trigger.i and node.lower_ not in cues.unlikely | {"likely"}:
            return None
        spelt_out = cues.plan_nouns | cues.chance_nouns | cues.evidence_nouns | cues.try_nouns | cues.saying_nouns
        if label == "acl" and head.lower_ not in spelt_out and is_verb(node):
            return None
        if label == "conj" and not is_verb(node) and is_verb(head):
            # a clause of its own whose verb the parser took for an adjective
            return None
        if label == "conj" and is_verb(node) and is_verb(head):
            self._shared(node, head)
            first = first_conjunct(head)
            ended = first.i in speech_at or first.dep_ in SUBJECTS | _STOP or first.head.i == first.i
            return None if ended else first.head
        if label == "prep" and "ahead" in {node.lower_, head.lower_}:
            self.future = True
        under_it = node.lower_ == "under" and head.i == self.verb.i  # "seems to be under their control"
        if label == "prep" and is_verb(head) and node.lower_ in cues.aside and not under_it:
            self.negations += int(node.lower_ == "without")
            return None
        return head

    def _purpose(self, head: Token) -> None:
        """A purpose is as far off as what shall serve it: "may attempt to exploit it to carry out ..."."""
        while (head.dep_ in {"xcomp", "conj"} or head.tag_ == "VB") and not modals_of(head) and is_verb(head.head):
            head = head.head
            if head.lower_ in self.cues.plan:
                self.future = True
                self.doubt |= any(a in self.cues.doubt_adverbs for a in governing_adverbs(head))
            if head.head.i == head.i:
                break
        for modal in modals_of(head):
            self._modal(modal, head)

    def _shared(self, node: Token, head: Token) -> None:
        """What a second verb shares with the first: a modal with a bare form, doubt that stands before both."""
        if any(c.dep_ in SUBJECTS for c in node.children):
            return
        first = first_conjunct(head)
        if node.tag_ == "VB":
            for modal in modals_of(head):
                self._modal(modal, head)
            if first.lower_ in self.cues.seem | self.cues.plan:
                self._at_verb(first, first=False)
        if node.tag_ == first.tag_:
            # "are likely shelling and advancing": an adverb before the shared verbs covers both
            for adverb in first.lefts:
                if adverb.lower_ in self.cues.rumour_adverbs:
                    self.rumour = True
                elif adverb.lower_ in self.cues.doubt_adverbs and node.tag_ in {"VB", "VBG"}:
                    self.doubt = True

    def _modal(self, modal: str, verb: Token) -> None:
        """What a modal verb says: the future, doubt, or doubt about what was ("may have")."""
        perfect = any(c.lower_ in _PERFECT and c.dep_ == "aux" for c in verb.children)
        if modal in self.cues.weak_modals:
            now = verb.tag_ == "VBG" and any(c.lower_ == "be" and c.dep_ == "aux" for c in verb.children)
            now |= verb.lemma_ == "be" and self.frame.kind is Kind.HOLD  # "may be under their control"
            self.weak = True
            self.doubt |= now  # "may be withdrawing"
            self.future |= not (perfect or now)
        elif modal in self.cues.strong_modals:
            self.future |= not perfect

    def _at_verb(self, node: Token, *, first: bool) -> None:
        """Modals, negation, doubt and plans at one verb; `first`: it is the event's own."""
        cues, word = self.cues, node.lower_
        if not first and word in _SILENT:
            # "did not comment on the loss": silence denies nothing
            return
        for modal in modals_of(node):
            self._modal(modal, node)
        for adverb in governing_adverbs(node):
            self.doubt |= adverb in cues.doubt_adverbs
            self.rumour |= adverb in cues.rumour_adverbs
        if is_negated(node):
            self._deny()
        for child in node.children:
            if child.i in self.seen:
                continue
            if child.dep_ in {"acomp", "oprd", "advmod"} and child.lower_ in cues.unlikely:
                self.negations += 1
                self.doubt = True
            elif child.dep_ in {"acomp", "oprd"} and child.lower_ == "likely":
                self.doubt = True
                # "is likely to continue"
                self.future |= node.lemma_ == "be" and any(
                    c.dep_ == "xcomp" and not any(a.lower_ in _PERFECT for a in c.children) for c in child.children
                )
        if first:
            return
        if word in {"is", "are", "was", "were"} and any(
            c.dep_ == "xcomp" and c.tag_ == "VB" and c.i in self.seen for c in node.children
        ):
            # "is to hand over"
            self.future = True
        if word in cues.seem or (word in cues.guess and is_participle(node)):
            self.doubt = True
        elif word in cues.rumour_verbs and is_participle(node):
            self.rumour = True
        elif word in cues.plan or word == "going":
            own = next((c for c in node.children if c.dep_ in SUBJECTS), None)
            # "I want to thank those who ..." plans nothing
            ordered = self.trigger.dep_ == "dobj" and self.trigger.head.i == node.i and word.startswith("order")
            self.future |= (own is None or own.lower_ != "i") and not ordered
        elif word.startswith(("refus", "declin")):
            self._deny()
        elif self.deniable and (
            word in cues.fail or (word in cues.cease and any(c.dep_ in {"dobj", "xcomp"} for c in node.children))
        ):
            self.negations += 1

    def _at_outer_verb(self, node: Token) -> None:
        """What a verb tells of a whole clause: expected, believed, feared; "cannot confirm that" denies nothing."""
        word, cues = node.lower_, self.cues
        if word in cues.seem or (word in cues.guess and is_participle(node)):
            self.doubt = True
            if is_negated(node):
                self._deny()  # "it does not appear that"
        elif word in cues.rumour_verbs and is_participle(node):
            self.rumour = True
        elif word in cues.plan and word not in cues.guess:
            self.future = True
        elif _disbelieves(node):
            self._deny()  # "we do not assess that they took it"

    def _at_noun(self, node: Token, below: Token) -> None:
        """Nouns and adjectives on the way: plans, threats, likelihood, "no evidence of"."""
        word, cues = node.lower_, self.cues
        if word in cues.unlikely:
            self.negations += 1
            self.doubt = True
        elif word == "likely":
            self.doubt = self.future = True
        elif (word in cues.plan_nouns | cues.chance_nouns and not is_set_against(below)) or (
            word in cues.ready and node.dep_ in {"acomp", "oprd", "ROOT"}
        ):
            self.future = True
        elif is_negated(node) and (
            word in cues.evidence_nouns or (node.pos_ == "NOUN" and node.dep_ in {"dobj", "attr", "nsubj", "pobj"})
        ):
            # "made no further advances", "there were no attempts to storm"
            self._deny()
        self.doubt |= word in cues.claim_nouns
        for child in node.children if word not in cues.evidence_nouns else ():
            if child.lower_ in cues.doubt_adjectives and child.dep_ == "amod":
                self.rumour |= child.lower_ == "reported"
                self.doubt |= child.lower_ != "reported"
            elif child.dep_ in {"amod", "advmod"} and child.i < node.i:
                # "are likely continuing efforts to ...": parsed as a description of the efforts
                self.doubt |= any(t.lower_ in cues.doubt_adverbs for t in (child, *child.lefts))

    # ------------------------------------------------------------------ the word of saying

    def _at_speech(self) -> None:
        """What the word of saying itself tells: denied, admitted, claimed, warned of."""
        cues = self.cues
        self.doubt |= self.attribution.speaker is not None and bool(_UNVERIFIED.search(self.frame.sent.text))
        if self.speech and self.speech[0].lower_ in cues.acknowledge | cues.confirm | cues.admission_nouns:
            # what is confirmed is no mere claim any more
            self.doubt = False
        # "denied reports that": the verb tells more than the noun under it
        act, above = self.speech[0] if self.speech else None, self.speech[1] if len(self.speech) > 1 else None
        denying = cues.deny | cues.denial_nouns
        is_denied = act is not None and (
            act.lower_ in denying or (above is not None and act.head.i == above.i and above.lower_ in denying)
        )
        for act in self.speech if not is_denied else ():
            self.doubt |= act.lower_ in cues.doubt | cues.claim_nouns
            self.rumour |= any(adverb in cues.rumour_adverbs for adverb in adverbs_of(act))
        if not self.speech:
            return
        act = self.speech[0]
        word = act.lower_
        if act.dep_ in SUBJECTS and is_untrue(act.head, cues):
            # "reports of an attack are false"
            self.negations += 1
        # what somebody "will announce" is not yet said to be so
        self.future |= any(modal in cues.strong_modals for modal in modals_of(saying_verb(act)))
        if is_denied or _disbelieves(act):
            self.negations += 1
        elif word in cues.acknowledge | cues.admission_nouns:
            self.acknowledged = True
        elif word in cues.confirm:
            side = self.attribution.speaker_side
            against = side is not None and self.frame.side is not None and side != self.frame.side
            self.acknowledged |= against and self.frame.kind in _GAINS
        elif word in cues.threat_words:
            # "warns of attacks", "threatens to shell": what is warned of has no tense of its own
            clause = next((c for c in act.children if c.dep_ == "ccomp"), None)
            self.future |= clause is None or clause.tag_ in {"VB", "VBG", "NN", "NNS"}
        elif word in cues.guess and self.attribution.speaker is not None:
            self.doubt = True


def _disbelieves(verb: Token) -> bool:
    """Whether somebody holds that something is not so: "does not believe that"; what he cannot believe may be so."""
    modal = any(c.tag_ == "MD" for c in verb.children)
    return verb.lemma_.lower() in _OPINION and is_negated(verb) and not modal
