"""Denials of a claim just told: "Armenia denied this", "Baku rejected the report".

The sentence of the denial names no place of its own; it denies what the words before it claim. So the claim before
comes out a second time, denied, by the one who denies it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.extract.clauses import agent_of, is_passive, subject_of
from whoholds.extract.speakers import name_speaker
from whoholds.extract.voices import Voice, Voices
from whoholds.model import Claim, EvidenceType, Span, Stance, claim_id

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAID = frozenset({
    "this", "that", "it", "claim", "report", "allegation", "statement", "assertion", "announcement", "account",
    "accusation", "information", "news", "rumor", "rumour", "suggestion",
})  # fmt: skip
_HINT = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|refute[sd]?|dispute[sd]?|debunk(?:s|ed)|contradict(?:s|ed))\b",
    re.IGNORECASE,
)
# A denial speaks of a claim of its own sentence or of one at most this many sentences before.
_BACK = 2


def denials(claims: Sequence[Claim], voices: Voices, report_id: str) -> list[tuple[Claim, Claim]]:
    """The claims that a later word of the text denies, as (denial, what it denies).

    Parameters
    ----------
    claims
        The claims of a report.
    voices
        Its speakers.
    report_id
        The report's id, for the ids of the denials.
    """
    passage = voices.passage
    told = sorted((c for c in claims if c.stance is not Stance.DENIED), key=lambda c: c.trigger.start)
    if not told:
        return []
    out = []
    for match in _HINT.finditer(passage.text):
        index = passage.index_at(match.start())
        for verb in _verbs(voices, index, match.start()):
            voice = next((v for v in voices.spoken(index) if v.at == verb.idx), None) or _by_whom(voices, verb)
            # "X, which Kyiv denied" is about its own sentence
            hung = verb.dep_ in ("relcl", "acl") or any(c.dep_ == "dobj" and c.lower_ == "which" for c in verb.children)
            back = 0 if hung else _BACK
            before = _denied(told, voice, verb, passage.bounds[max(0, index - back)][0]) if voice is not None else []
            out += [(_denial(claim, voice, verb, voices, report_id), claim) for claim in before if voice is not None]
    return out


def _by_whom(voices: Voices, verb: Token) -> Voice | None:
    """Who is said to have denied it: "a claim debunked by X", "X disputed the assertion"."""
    who = agent_of(verb) or (subject_of(verb) if not is_passive(verb) else None)
    if who is None or who.pos_ == "PRON":
        return None
    naming = name_speaker(who)
    span = voices.span(who.doc, naming.start, naming.end)
    return Voice(at=verb.idx, span=span, side=voices.side(span.text, span.text, span.start))


def _verbs(voices: Voices, index: int, at: int) -> Iterator[Token]:
    """The verb at a place of the text, where it denies what was said before and not what it says itself."""
    for token in voices.passage.sentence(index):
        if token.idx != at or token.pos_ not in ("VERB", "AUX") or (is_passive(token) and not _of_a_claim(token)):
            continue
        objects = [c for c in token.children if c.dep_ == "dobj"]
        negated = any(c.dep_ == "neg" or c.lower_ in ("could", "would") for c in token.children)
        of_its_own = any(c.dep_ in ("ccomp", "xcomp") for c in token.children)
        bare = not objects and not of_its_own
        points_back = _of_a_claim(token) or any(
            o.lower_ in ("which", "it", "this") or (o.lemma_.lower() in _SAID and not _spelled_out(o)) for o in objects
        )
        if not negated and not of_its_own and (points_back or (bare and token.lemma_.lower() == "deny")):
            yield token


def _of_a_claim(verb: Token) -> bool:
    """Whether a verb tells what becomes of a claim: "a claim that X rejected", "a claim debunked by X"."""
    done_to = verb.tag_ == "VBN" and agent_of(verb) is not None
    if done_to and any(c.dep_ == "nsubjpass" and c.lemma_.lower() in _SAID for c in verb.children):
        return True  # "this claim has been disputed by X"
    hung = verb.dep_ in ("relcl", "acl") and (verb.tag_ in ("VBD", "VBZ", "VBP") or done_to)
    return hung and verb.head.lemma_.lower() in _SAID and not _spelled_out(verb.head, but=verb)


def _spelled_out(noun: Token, *, but: Token | None = None) -> bool:
    """Whether a noun says itself, and not only by one word, what is denied: "the claim that ...", "reports of ..."."""
    return any((c.dep_ in ("acl", "relcl") and c != but) or c.lower_ in ("of", "about") for c in noun.children)


def _denied(told: Sequence[Claim], voice: Voice, verb: Token, first: int) -> list[Claim]:
    """The claims of the sentence nearest before a denial by somebody else than its speaker."""
    before = [c for c in told if first <= c.trigger.start < verb.idx and not _same_mouth(c, voice)]
    if not before:
        return []
    last = before[-1].sentence.start
    return [c for c in before if c.sentence.start == last and c.speaker == before[-1].speaker]


def _same_mouth(claim: Claim, voice: Voice) -> bool:
    """Whether a claim is told by the speaker or the side that denies, or against nobody's word."""
    if claim.speaker is not None and claim.speaker.text == voice.span.text:
        return True
    return voice.side is not None and voice.side == claim.speaker_side


def _denial(claim: Claim, voice: Voice, verb: Token, voices: Voices, report_id: str) -> Claim:
    """A claim, denied."""
    text = voices.passage.text
    trigger = Span.of(text, verb.idx, verb.idx + len(verb.text))
    start, end = verb.sent.start_char, verb.sent.end_char
    return replace(
        claim,
        id=claim_id(report_id, trigger.start, trigger.end, claim.kind),
        trigger=trigger,
        stance=Stance.DENIED,
        hedged=False,
        speaker=voice.span,
        speaker_side=voice.side,
        # the day was told in another sentence, by somebody else
        date=claim.date if start <= claim.trigger.start < end else None,
        evidence=EvidenceType.STATEMENT,
        sentence=Span.of(text, start, start + len(text[start:end].rstrip())),
        rule=f"denied before: {claim.rule}",
    )
