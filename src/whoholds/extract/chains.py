"""Who passes a word on: the agency in "the agency, citing the mayor", in "the agency reported that the mayor said", in
"the mayor told the agency".

The speaker of a claim is the first of such a chain. Whoever stands between them and the report is kept beside, so that
two papers that carry one agency's "rebel sources" are not taken for two rebel sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.acts import Act, accorded, framing_subject
from whoholds.extract.citing import cited_by, quoting
from whoholds.extract.clauses import agent_of, is_passive, is_verb, subject_of
from whoholds.extract.speakers import name_speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from whoholds.extract.cues import Cues
    from whoholds.extract.frame import Frame
    from whoholds.extract.voices import Voices
    from whoholds.model import Span


def passed_on_by(voices: Voices, frame: Frame, acts: Sequence[Act], speaker: Span, cues: Cues) -> Span | None:
    """The name of who passes on what the speaker says, the nearest to the speaker first; None where nobody does.

    Parameters
    ----------
    voices
        The speakers of the passage; the report's own outlet passes nothing on.
    frame
        What is said.
    acts
        The acts of saying above it, the innermost first.
    speaker
        Whom the claim is attributed to.
    cues
        The words of saying.
    """
    for head in _passers(frame, acts, cues):
        naming = name_speaker(head)
        span = voices.span(head.doc, naming.start, naming.end)
        apart = span.end <= speaker.start or speaker.end <= span.start
        named = any(t.pos_ == "PROPN" for t in head.doc[naming.start : naming.end])
        if (
            apart
            and named
            and not naming.is_person
            and not voices.is_own(span.text)
            and _is_medium(voices, span.text, cues)
        ):
            return span
    return None


def _passers(frame: Frame, acts: Sequence[Act], cues: Cues) -> Iterator[Token]:
    """Heads of the noun phrases that may name who passes it on."""
    said = [act.word for act in acts]
    said += [t for t in frame.sent if t.lower_ in cues.quote and is_verb(t) and t not in said]
    for act in acts:
        if act.who is not None and act.who.pos_ != "PRON":
            yield act.who
    for word in said:
        who = framing_subject(word)
        if who is not None and who.pos_ != "PRON" and (word.i > frame.i or cited_by(word, who, cues) is not None):
            yield who
        over = quoting(word)
        if over is not None:
            yield from (t for t in (agent_of(over), None if is_passive(over) else subject_of(over)) if t is not None)
        if word.lemma_.lower() == "tell":
            yield from (c for c in word.children if c.dep_ in {"dobj", "dative"} and c.i > word.i)
        elif word.dep_ != "acl":
            # "said in an interview with the agency", "quoted by the agency"
            yield from (
                p
                for c in word.children
                if c.dep_ == "prep" and c.lower_ in {"in", "to"}
                for t in c.subtree
                if t.lower_ in {"with", "to"}
                for p in t.children
                if p.dep_ == "pobj"
            )
    for token in frame.sent:
        who = accorded(token, frame.sent)
        if who is not None:
            yield who
        elif token.lower_ in {"quoted", "cited"}:
            yield from (p for c in token.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj")


def _is_medium(voices: Voices, name: str, cues: Cues) -> bool:
    """Whether the words name an outlet: one that the theatre knows, an agency of credits, or one by its own name."""
    low = name.lower().removeprefix("the ")
    return voices.sides.is_known_outlet(name) or low in cues.credits or bool(_words(low) & cues.media)


def _words(low: str) -> set[str]:
    """The words of a name."""
    return {w.removesuffix("'s").removesuffix("’s") for w in low.split()}
