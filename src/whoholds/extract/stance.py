"""How the speaker stands to a claim (asserted, acknowledged, denied, rumoured, predicted), and whether doubt is marked.

Only what governs the trigger counts: the way is walked from the trigger up to the word of saying, and left where the
event becomes the subject, the circumstance or the description of something else. "Heavy shelling may indicate a pause"
doubts the pause, not the shelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract.clauses import SUBJECTS, adverbs_of, governing_adverbs, is_negated, is_verb, modals_of
from whoholds.extract.cues import Cues, english_cues
from whoholds.model import Kind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from whoholds.extract.attribution import Attribution
    from whoholds.extract.frame import Frame

# what a side gains when it is said to do these
_GAINS = frozenset({Kind.GAIN, Kind.ENTER, Kind.ADVANCE, Kind.HOLD})
# prepositions that set an event beside the verb: its mood is not the event's
_ASIDE = frozenset(
    "after before since despite amid during following until because without from against by of at through under over ahead".split()
)
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve"})
_STOP = frozenset({"advcl", "relcl", "csubj", "csubjpass"})
_THROUGH_NOUN = frozenset({"prep", "pobj", "compound", "amod", "poss", "acl", "nmod", "pcomp", "appos", "conj", "det"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceReading:
    """How the speaker stands to the claim, and whether doubt is marked."""

    stance: Stance
    hedged: bool


@dataclass(slots=True)
class _Signs:
    """What was met on the way up."""

    negations: int = 0
    future: bool = False
    weak: bool = False
    doubt: bool = False
    rumour: bool = False
    acknowledged: bool = False


def judge(doc: Doc, frame: Frame, attribution: Attribution, *, cues: Cues | None = None) -> StanceReading:
    """The stance and hedge of a frame, given who says it.

    Parameters
    ----------
    doc
        The parsed text.
    frame
        What is said; its `failed` keeps a repelled attack asserted, `negated` and `predicted` are taken over.
    attribution
        The speaker and the words of saying.
    cues
        The words that mark stance; the packaged English ones by default.
    """
    cues = cues or english_cues()
    signs = _Signs(negations=int(frame.negated and not frame.failed), future=frame.predicted)
    speech = [doc[i] for i in attribution.verbs]
    trigger = doc[frame.i]
    _trigger_signs(doc, frame, trigger, signs, cues)
    top = _walk(trigger, doc[frame.verb], speech, frame, signs, cues)
    _speech_signs(speech, frame, attribution, signs, cues)
    return _decide(frame, attribution, signs, top, cues)


def _decide(frame: Frame, attribution: Attribution, signs: _Signs, top: Token, cues: Cues) -> StanceReading:
    """The reading that the signs add up to."""
    hedged = signs.weak or signs.doubt
    if attribution.speaker is not None and attribution.speaker.text.lower().split()[-1] in {"rumors", "rumours"}:
        return StanceReading(stance=Stance.RUMOURED, hedged=False)
    if signs.negations % 2 == 1:
        return StanceReading(stance=Stance.DENIED, hedged=hedged)
    if signs.future:
        return StanceReading(stance=Stance.PREDICTED, hedged=hedged)
    if attribution.rumoured or signs.rumour:
        if attribution.speaker is None:
            return StanceReading(stance=Stance.RUMOURED, hedged=False)
        hedged = True
    if signs.acknowledged or _against_interest(frame, attribution):
        return StanceReading(stance=Stance.ACKNOWLEDGED, hedged=hedged)
    return StanceReading(stance=Stance.ASSERTED, hedged=hedged)


def _against_interest(frame: Frame, attribution: Attribution) -> bool:
    """Whether a side says of itself that it left or lost a place."""
    return attribution.speaker_side is not None and frame.side == attribution.speaker_side and frame.kind is Kind.LEAVE


def _trigger_signs(doc: Doc, frame: Frame, trigger: Token, signs: _Signs, cues: Cues) -> None:
    """Adjectives and compounds of the trigger: "alleged attack", "planned assault", "claimed advances"."""
    if is_verb(trigger) and trigger.i == frame.verb:
        return
    if not frame.negated and not frame.failed and is_negated(trigger):
        signs.negations += 1
    for child in trigger.children:
        word = child.lower_
        if child.dep_ in {"acl", "relcl"} and word in {"scheduled", "planned", "expected", "slated", "due"}:
            signs.future = True
        if child.dep_ in {"amod", "compound", "nmod", "advmod"}:
            if word in cues.doubt_adjectives or word.rsplit("-", 1)[-1] in {"claimed", "alleged", "reported"}:
                if word.endswith("reported"):
                    signs.rumour = True
                else:
                    signs.doubt = True
            elif word in cues.future_adjectives:
                signs.future = True
            elif word in cues.doubt_adverbs:
                signs.doubt = True


def _walk(trigger: Token, verb: Token, speech: list[Token], frame: Frame, signs: _Signs, cues: Cues) -> Token:
    """Collect the signs from the trigger up to the word of saying; gives the word where the walk ended."""
    speech_at = {t.i for t in speech}
    node, below = trigger, None
    seen: set[int] = set()
    whole = False  # whether the way has left a clause with a mood of its own
    while True:
        if node.i in speech_at:
            return below or node
        seen.add(node.i)
        if whole and (is_verb(node) or node.pos_ == "AUX"):
            _outer_signs(node, signs, cues)
        elif is_verb(node) or node.pos_ == "AUX":
            _verb_signs(node, frame, signs, cues, first=node.i in {trigger.i, verb.i})
        elif node.i != trigger.i:
            _noun_signs(node, below, frame, signs, cues)
        head, label = node.head, node.dep_
        if head.i == node.i or head.i in seen:
            break
        if label in SUBJECTS:
            # an event as the subject: it is as sure as its verb only where the verb says that it happens
            if node.i == trigger.i and not is_verb(node) and _tells_that_it_happens(head, cues):
                below, node = node, head
                continue
            break
        if label in _STOP:
            if label == "advcl" and node.tag_ == "VB" and head.i not in speech_at:
                # a purpose is as far off as what shall serve it: "may attempt to exploit it to carry out ..."
                above = head
                while above.dep_ in {"xcomp", "conj"} and not modals_of(above) and is_verb(above.head):
                    above = above.head
                for modal in modals_of(above):
                    _modal(modal, above, signs, cues)
            break
        if label == "acomp" and node.i != trigger.i and node.lower_ not in cues.unlikely | {"likely"}:
            break
        whole = whole or label == "ccomp"
        if label == "acl" and not _is_plan(head, cues) and is_verb(node):
            break
        if label == "conj" and is_verb(node) and is_verb(head):
            _shared_signs(node, head, frame, signs, cues)
            head = _past_conjuncts(head)
            if head.i in speech_at:
                break
            label = head.dep_
            if label in SUBJECTS | _STOP or head.head.i == head.i:
                break
            below, node = head, head.head
            continue
        if label == "prep" and (node.lower_ in {"ahead"} or node.lower_ == "of" and head.lower_ == "ahead"):
            signs.future = True
        if label == "prep" and is_verb(head) and node.lower_ in _ASIDE:
            signs.negations += int(node.lower_ == "without")
            break
        below, node = node, head
    if verb.i not in seen and not (trigger.dep_ in SUBJECTS and trigger.head.i == verb.i):
        _verb_signs(verb, frame, signs, cues, first=True)
    return node


def _past_conjuncts(verb: Token) -> Token:
    """The first of a row of coordinated verbs."""
    while verb.dep_ == "conj" and is_verb(verb.head):
        verb = verb.head
    return verb


def _shared_signs(node: Token, head: Token, frame: Frame, signs: _Signs, cues: Cues) -> None:
    """What a second verb shares with the first: a modal with a bare form, doubt that stands before both."""
    own_subject = any(c.dep_ in SUBJECTS for c in node.children)
    if own_subject:
        return
    if node.tag_ == "VB":
        for modal in modals_of(head):
            _modal(modal, head, signs, cues)
    first = _past_conjuncts(head)
    # "are likely shelling and advancing": an adverb before the shared auxiliary or subject covers both
    if node.tag_ == first.tag_:
        for adverb in first.lefts:
            if adverb.lower_ in cues.rumour_adverbs:
                signs.rumour = True
            elif adverb.lower_ in cues.doubt_adverbs and node.tag_ in {"VB", "VBG"}:
                signs.doubt = True
    if first.lower_ in cues.seem | cues.plan and node.tag_ == "VB":
        _verb_signs(first, frame, signs, cues, first=False)


def _modal(modal: str, verb: Token, signs: _Signs, cues: Cues) -> None:
    """What a modal verb says: the future, doubt, or doubt about what was ("may have")."""
    perfect = any(c.lower_ in _PERFECT and c.dep_ == "aux" for c in verb.children)
    if modal in cues.weak_modals:
        signs.weak = True
        signs.future |= not perfect
    elif modal in cues.strong_modals or modal == "'d":
        signs.future |= not perfect


def _verb_signs(node: Token, frame: Frame, signs: _Signs, cues: Cues, *, first: bool) -> None:
    """Modals, negation, doubt and plans at one verb."""
    for modal in modals_of(node):
        _modal(modal, node, signs, cues)
    for adverb in governing_adverbs(node):
        if adverb in cues.doubt_adverbs:
            signs.doubt = True
        elif adverb in cues.rumour_adverbs:
            signs.rumour = True
    word = node.lower_
    if is_negated(node) and not first and not frame.failed:
        signs.negations += 0 if frame.negated else 1
    elif first and is_negated(node) and not frame.failed and not frame.negated:
        signs.negations += 1
    for child in node.children:
        if child.dep_ in {"acomp", "oprd", "advmod"} and child.lower_ in cues.unlikely:
            signs.negations += 1
            signs.doubt = True
        elif child.dep_ in {"acomp", "oprd"} and child.lower_ in {
            "likely",
            "set",
            "ready",
            "poised",
            "bound",
            "about",
            "prepared",
            "due",
        }:
            signs.doubt |= child.lower_ == "likely"
    if first:
        return
    if word in cues.seem:
        signs.doubt = True
    elif word in cues.guess and _passive(node):
        signs.doubt = True
    elif word in {"reported", "said", "rumored", "rumoured", "claimed", "alleged"} and _passive(node):
        signs.rumour = True
    elif word in cues.plan or word == "going":
        own = next((c for c in node.children if c.dep_ in SUBJECTS), None)
        signs.future |= own is None or own.lower_ != "i"
    elif word in cues.fail:
        if not frame.failed:
            signs.negations += 1
    elif word in cues.cease and any(c.dep_ in {"dobj", "xcomp"} for c in node.children) and not frame.failed:
        signs.negations += 1


def _outer_signs(node: Token, signs: _Signs, cues: Cues) -> None:
    """What a verb tells of a whole clause under it: expected, believed, feared; "cannot confirm that" denies nothing."""
    if node.lower_ in cues.seem or (node.lower_ in cues.guess and _passive(node)):
        signs.doubt = True
    elif node.lower_ in {"reported", "said", "rumored", "rumoured", "claimed", "alleged"} and _passive(node):
        signs.rumour = True
    elif node.lower_ in cues.plan and node.lower_ not in cues.guess:
        signs.future = True


def _passive(node: Token) -> bool:
    """Whether the verb stands in the passive."""
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in node.children) or node.tag_ == "VBN"


def _is_plan(noun: Token, cues: Cues) -> bool:
    """Whether a noun is a plan or a threat that its infinitive spells out."""
    return noun.lower_ in {
        "plan",
        "plans",
        "intention",
        "intentions",
        "intent",
        "threat",
        "threats",
        "readiness",
        "preparations",
        "order",
        "orders",
        "decision",
        "promise",
    }


def _noun_signs(node: Token, below: Token | None, frame: Frame, signs: _Signs, cues: Cues) -> None:
    """Nouns and adjectives on the way: plans, threats, likelihood, "no evidence of"."""
    word = node.lower_
    if word in cues.unlikely:
        signs.negations += 1
        signs.doubt = True
    elif word == "likely":
        signs.doubt = True
        signs.future = True
    elif word in {"set", "ready", "poised", "due", "about", "bound", "prepared"} and node.dep_ in {
        "acomp",
        "oprd",
        "ROOT",
    }:
        signs.future = True
    elif _is_plan(node, cues) or word in {
        "preparation",
        "possibility",
        "prospect",
        "risk",
        "danger",
        "likelihood",
        "potential",
    }:
        signs.future = True
    elif word in {
        "evidence",
        "sign",
        "signs",
        "indication",
        "indications",
        "confirmation",
        "proof",
        "question",
        "mention",
    } and is_negated(node):
        signs.negations += 0 if frame.negated else 1
    elif (
        below is not None
        and node.pos_ == "NOUN"
        and is_negated(node)
        and node.dep_ in {"dobj", "attr", "nsubj", "pobj"}
        and not frame.failed
    ):
        # "made no further advances", "there were no attempts to storm"
        signs.negations += 0 if frame.negated else 1
    for child in node.children:
        if child.lower_ in cues.doubt_adjectives and child.dep_ == "amod":
            signs.rumour |= child.lower_ == "reported"
            signs.doubt |= child.lower_ != "reported"


def _tells_that_it_happens(verb: Token, cues: Cues) -> bool:
    """Whether an event that is this verb's subject happens as surely as the verb says: "an attack will follow"."""
    return verb.lower_ in cues.happen or any(c.dep_ == "auxpass" for c in verb.children)


def _speech_signs(speech: list[Token], frame: Frame, attribution: Attribution, signs: _Signs, cues: Cues) -> None:
    """What the word of saying itself tells: denied, admitted, claimed, warned of."""
    for number, act in enumerate(speech):
        word = act.lower_
        _speech_modifiers(act, signs, cues)
        signs.doubt |= word in cues.doubt or word in {
            "claims",
            "claim",
            "allegation",
            "allegations",
            "accusation",
            "accusations",
        }
        if number > 0:
            continue
        if word in cues.deny or word in {"denial", "denials"}:
            signs.negations += 1
        elif word in cues.acknowledge or word in {"acknowledgement", "acknowledgment", "admission"}:
            signs.acknowledged = True
        elif word in cues.confirm:
            signs.acknowledged |= (
                attribution.speaker_side is not None
                and frame.side is not None
                and attribution.speaker_side != frame.side
                and frame.kind in _GAINS
            )
        elif word in {
            "warn",
            "warns",
            "warned",
            "warning",
            "threatens",
            "threatened",
            "threaten",
            "threatening",
            "threat",
            "vowed",
            "vows",
            "pledged",
            "promised",
        }:
            signs.future |= _untensed(act)
        elif word in cues.guess and attribution.speaker is not None:
            signs.doubt = True


def _speech_modifiers(act: Token, signs: _Signs, cues: Cues) -> None:
    """Doubt hung on the word of saying: "reportedly said", "unconfirmed reports"."""
    for adverb in adverbs_of(act):
        if adverb in cues.rumour_adverbs:
            signs.rumour = True


def _untensed(act: Token) -> bool:
    """Whether what is warned of has no tense of its own: "warns of attacks", "threatens to shell"."""
    clause = next((c for c in act.children if c.dep_ == "ccomp"), None)
    return clause is None or clause.tag_ in {"VB", "VBG", "NN", "NNS"}
