"""Who has spoken where in a passage: the speakers of each sentence, whom a pronoun or a quotation goes back to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract.acts import Act, accorded, framing_subject
from whoholds.extract.allegiance import Allegiance
from whoholds.extract.clauses import SUBJECTS, is_passive, is_verb, subject_of
from whoholds.extract.speakers import Naming, around_name, name_speaker
from whoholds.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from whoholds.extract.cues import Cues
    from whoholds.extract.passage import Passage, Quotation

# How many sentences back a pronoun, a bare office or a quotation looks for a name.
_SENTENCES_BACK = 6
# A headline printed twice with its time stamps is up to a dozen pieces long before the body begins.
_SENTENCES_ON = 14
# The words of saying stand at most this many characters behind the quotation they close.
_BEHIND_QUOTE = 160
# "A spokesman for the group" means a group named at most this many characters before.
_GROUP_BACK = 400
_OF_THE_GROUP = re.compile(
    r"\b(?:for|of|from|with)\s(?:the|that|this)\s(?:\w+\s)?(?:group|militia|movement|faction|alliance)$"
)
_ITS_OFFICE = re.compile(
    r"\b(?:its|their) (?:\w+ ){0,3}(?:ministry|minister|staff|army|military|command|president|spokes\w+|government)\b",
    re.I,
)
_PERSONAL = frozenset({"he", "she", "they"})
_BACK = _PERSONAL | {"it", "this", "that", "there", "which", "these", "those"}
_NO_SPEAKERS = frozenset({"it", "that", "this", "which", "there", "i", "we", "you"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Somebody said to say something: where the word of saying stands, who, and whose side."""

    at: int
    span: Span
    side: str | None


class Voices:
    """The speakers of one passage, as one outlet published it."""

    def __init__(self, passage: Passage, outlet: str, sides: Allegiance, cues: Cues) -> None:
        self.passage = passage
        self.outlet = outlet
        self.sides = sides
        self.cues = cues

    # ------------------------------------------------------------------ names and sides

    def span(self, doc: Doc, start: int, end: int) -> Span:
        """The report's span of tokens [start, end)."""
        last = doc[end - 1]
        return Span.of(self.passage.text, doc[start].idx, last.idx + len(last.text))

    def is_own(self, name: str) -> bool:
        """Whether the name is the report's own outlet, whose voice is nobody's."""
        return self.sides.is_outlet(name, self.outlet)

    def side(self, name: str, around: str, before: int) -> str | None:
        """The side of a speaker: by name and office here, by the words around the name before, by place."""
        side = self.sides.of(name, name, local=False) or self.sides.of(name, around, local=False)
        if side is not None or self.sides.is_third(around):
            return side
        if _OF_THE_GROUP.search(around):
            # "a spokesman for the group": the one told of before
            told = self.passage.text[max(0, before - _GROUP_BACK) : before]
            return self.sides.last_named_in(told)
        if self.sides.is_bare_office(name) or self.sides.is_soldier(name):
            return self._side_of_bare_office(before)
        last = name.rsplit(maxsplit=1)[-1]
        if last[:1].isupper() and len(last) > 2:
            pattern = re.compile(r"(?<!\w)" + re.escape(last) + r"(?!\w)")
            spots = [m.start() for m in pattern.finditer(self.passage.text[:before])]
            for spot in reversed(spots[-4:]):
                sentence = self.passage.sentence(self.passage.index_at(spot))
                earlier = around_name(sentence, name, before)
                side = self.sides.of(name, earlier) if earlier is not None else None
                if side is not None:
                    return side
        return self._side_of_its(around, before) or self._side_of_place(name, before) or self.sides.of(name, around)

    def _side_of_its(self, around: str, before: int) -> str | None:
        """Whose "its general staff" is: of the side that the sentence named before."""
        if not _ITS_OFFICE.search(around):
            return None
        start, _ = self.passage.bounds[self.passage.index_at(before)]
        return self.sides.last_named_in(self.passage.text[start:before])

    def _side_of_place(self, name: str, before: int) -> str | None:
        """Whose "the governor" is who speaks of a land that one side governs: "X was attacked, the governor said"."""
        if not self.sides.is_bare_local(name):
            return None
        start, _ = self.passage.bounds[self.passage.index_at(before)]
        return self.sides.land_in(self.passage.text[start:before])

    def _side_of_bare_office(self, before: int) -> str | None:
        """Whose "the defense ministry" is: of the last speaker who had a side, else of an outlet that has one."""
        index = self.passage.index_at(before)
        for i in range(index - 1, max(-1, index - _SENTENCES_BACK), -1):
            sides = [v.side for v in self.spoken(i) if v.side is not None]
            if sides:
                return sides[-1]
        return self.sides.of_outlet(self.outlet)

    # ------------------------------------------------------------------ who speaks where

    def spoken(self, index: int) -> list[Voice]:
        """Everybody said to say something in one sentence, outside its quotations, in order."""
        sent = self.passage.sentence(index)
        found = []
        for token, who in self._sayings(index):
            if who.lower_ in _PERSONAL:
                earlier = self.antecedent(who, index)
                if earlier is not None:
                    side = self.side(earlier.text, earlier.text, earlier.end)
                    found.append(Voice(at=token.idx, span=earlier, side=side))
                continue
            naming = name_speaker(who)
            span = self.span(sent.doc, naming.start, naming.end)
            if not self.is_own(span.text):
                around = sent.doc[naming.around_start : naming.around_end].text
                found.append(Voice(at=token.idx, span=span, side=self.side(span.text, around, span.start)))
        return found

    def _sayings(self, index: int) -> Iterator[tuple[Token, Token]]:
        """The words of saying of a sentence outside its quotations, each with the head of its speaker."""
        cues = self.cues
        sent = self.passage.sentence(index)
        for token in sent:
            if token.lower_ == "according":
                who = accorded(token, sent)
            elif token.lower_ in cues.say and is_verb(token) and not is_passive(token):
                who = framing_subject(token) or subject_of(token)
            elif token.dep_ == "dobj" and token.lower_ in cues.saying_nouns:
                who = subject_of(token.head)
            else:
                continue
            if who is None or who.lower_ in _NO_SPEAKERS | cues.picture_nouns | cues.map_nouns | cues.rumour_nouns:
                continue
            if self.passage.quotation_at(token.idx) is None:
                yield token, who

    def last_named(self, index: int, before: int, *, person: bool | None) -> Span | None:
        """The last speaker before a place in the text; `person` asks for a person, or for none.

        One who is named goes before one who is not ("the governor").
        """
        unnamed: Span | None = None
        for i in range(index, max(-1, index - _SENTENCES_BACK), -1):
            doc = self.passage.sentence(i).doc
            best: Span | None = None
            for token, who in self._sayings(i):
                if token.idx >= before or who.idx >= before or who.pos_ == "PRON":
                    continue
                naming = name_speaker(who)
                if not self._fits(naming, doc, person=person):
                    continue
                span = self.span(doc, naming.start, naming.end)
                if naming.is_generic:
                    unnamed = unnamed or span
                elif not self.is_own(span.text):
                    best = span
            if best is None and person:
                best = self._person_told_of(i, before)
            if best is not None:
                return best
        return unnamed

    def _person_told_of(self, index: int, before: int) -> Span | None:
        """The person that a sentence is about: its last subject with an office, or of two names and more."""
        doc = self.passage.sentence(index).doc
        best = None
        for token in self.passage.sentence(index):
            if token.idx >= before or token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ != "PROPN":
                continue
            if self.passage.quotation_at(token.idx) is None:
                naming = name_speaker(token)
                span = self.span(doc, naming.start, naming.end)
                known = naming.is_person or self.sides.is_person(span.text)
                if known or (naming.end - naming.start >= 2 and self._fits(naming, doc, person=True)):
                    best = span
        return best

    def named_later(self, office: Span) -> Voice | None:
        """The person in the next sentences who is the bare office beside a headline: "- authorities"."""
        words = office.text.lower().split()
        if len(words) > 2 or words[-1] not in self.cues.local_bodies | self.cues.local_offices | self.cues.titles:
            return None
        first = self.passage.index_at(office.start)
        for i in range(first, min(first + _SENTENCES_ON, len(self.passage.bounds))):
            doc = self.passage.sentence(i).doc
            for token, who in self._sayings(i):
                naming = name_speaker(who)
                if token.idx > office.end and naming.is_person:
                    span = self.span(doc, naming.start, naming.end)
                    around = doc[naming.around_start : naming.around_end].text
                    return Voice(at=token.idx, span=span, side=self.side(span.text, around, span.start))
        return None

    def _fits(self, naming: Naming, doc: Doc, *, person: bool | None) -> bool:
        """Whether a speaker can be meant by "he" (person), by "it" (no person), or by any word."""
        if person is None:
            return True
        if not person:
            words = doc[naming.start : naming.end]
            head = next((t for t in words if not naming.start <= t.head.i < naming.end), words[-1])
            return not naming.is_person and head.lower_ not in self.cues.generic_speakers - self.cues.bodies_told_of
        institution = any(doc[i].lower_ in self.cues.institutions for i in range(naming.start, naming.end))
        return naming.is_person or not (naming.is_plural or institution)

    def antecedent(self, pronoun: Token, index: int) -> Span | None:
        """Whom a pronoun stands for: the last speaker before it that it can stand for."""
        word = pronoun.lower_
        if word in {"i", "we"}:
            quote = self.passage.quotation_at(pronoun.idx)
            voice = self.around_quote(quote) if quote is not None else None
            return voice[0].span if voice is not None else None
        if word not in {"he", "she", "they", "it"}:
            return None
        if word == "they" and (whose := _told_in_relative(pronoun)) is not None:
            naming = name_speaker(whose)
            return self.span(pronoun.doc, naming.start, naming.end)
        person = True if word in {"he", "she"} else (False if word == "it" else None)
        return self.last_named(index, pronoun.idx, person=person)

    def around_quote(self, quote: Quotation) -> tuple[Voice, str] | None:
        """The speaker of a quotation: named after it, before it, or of what was said before in the paragraph."""
        passage = self.passage
        para_start, para_end = passage.paragraph_at(quote.start)[0], passage.paragraph_at(quote.end)[1]
        last = passage.index_at(max(quote.start, quote.end - 1))
        for i in (last, last + 1):
            if i >= len(passage.bounds) or passage.bounds[i][0] >= para_end:
                break
            for voice in self.spoken(i):
                between = passage.text[quote.end : voice.at]
                if quote.end <= voice.at <= quote.end + _BEHIND_QUOTE and not re.search(r'[“"]\w', between[1:]):
                    return voice, "quote-after"
            if passage.bounds[i][1] > quote.end + 2:
                break
        first = passage.index_at(quote.start)
        # without an opening mark it goes on from paragraphs before
        goes_on = quote.start == para_start
        introduced = self._introduced(first, quote.start)
        for i in range(first, max(-1, first - _SENTENCES_BACK), -1):
            if passage.bounds[i][1] <= para_start and i < first - 1 and not goes_on:
                # lines right under each other may be one paragraph, printed a sentence a line
                apart = "\n\n" in passage.text[passage.bounds[i][1] - 1 : para_start]
                if apart or i < first - 3:
                    break
            voices = [v for v in self.spoken(i) if v.at < quote.start]
            if voices:
                return voices[-1], "quote-before"
            if introduced:
                break
        return None

    def _introduced(self, index: int, before: int) -> bool:
        """Whether the words before a quotation in its sentence name somebody: it is theirs or nobody's."""
        for token in self.passage.sentence(index):
            if token.idx >= before:
                break
            named = token.dep_ in SUBJECTS and token.lower_ not in _BACK
            if named and self.passage.quotation_at(token.idx) is None:
                return True
        return False


def _told_in_relative(pronoun: Token) -> Token | None:
    """The rebels, in "the rebels showed a house which they said had been shelled"."""
    verb = pronoun.head
    while verb.dep_ in {"ccomp", "xcomp"}:
        verb = verb.head
    if verb.dep_ != "relcl":
        return None
    over = verb.head
    while not is_verb(over) and over.head.i != over.i:
        over = over.head
    who = subject_of(over) if is_verb(over) and not is_passive(over) else None
    return who if who is not None and who.tag_ in {"NNS", "NNPS"} and who.i < pronoun.i else None


__all__ = ["Act", "Voice", "Voices"]
