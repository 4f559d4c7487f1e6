"""Who a speaker is: the words of a noun phrase that name them best, a person before an office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract.cues import Cues, english_cues
from whoholds.extract.rehung import MONTHS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The words that name a speaker best, tokens [start, end) of the doc, and the wider words around them."""

    start: int
    end: int
    around_start: int
    around_end: int
    is_person: bool
    is_plural: bool
    is_generic: bool


def _left_edge(head: Token) -> int:
    """Where the noun phrase of `head` begins, without clauses hung before it."""
    start = head.i
    for token in head.lefts:
        if token.dep_ in {
            "det",
            "amod",
            "compound",
            "poss",
            "nummod",
            "nmod",
            "punct",
            "predet",
            "quantmod",
            "advmod",
            "case",
            "dep",
            "prep",
        }:
            start = min(start, token.left_edge.i)
    doc = head.doc
    while start < head.i and ((doc[start].is_punct and doc[start].text not in {"“", "("}) or doc[start].is_space):
        start += 1
    return start


def name_speaker(head: Token) -> Naming:
    """The words of the noun phrase headed by `head` that name the speaker best: a person before an office."""
    cues = english_cues()
    doc, start = head.doc, _left_edge(head)
    end = head.i + 1
    appos, seat = None, 0
    for token in head.rights:
        if token.dep_ == "prep" and token.lower_ in {"of", "for", "from"} and token.i - head.i <= 3:
            if token.i == end:
                end = _of_phrase_end(token)
        elif token.dep_ == "prep" and token.lower_ == "in" and token.right_edge.i - head.i <= 4:
            seat = token.right_edge.i + 1
        elif token.dep_ in {"appos", "flat"} and appos is None:
            appos = token
        elif token.dep_ == "conj" and head.pos_ == "PROPN" and token.tag_ == "NNS" and token.i - head.i <= 6:
            # "local Oakham and Norlandic authorities": the plural is the head of both
            end = token.i + 1
    if appos is None and head.lower_ in cues.titles:
        # "the head of Oakham, Ole Dahl,": hung on the place
        lower = [t for t in doc[head.i + 1 : min(head.right_edge.i + 1, head.i + 20)] if t.dep_ == "appos"]
        names = (t for t in lower if t.pos_ == "PROPN" and t.head.dep_ == "pobj")
        appos = next((t for t in names if t.lower_ not in MONTHS), None)
    around_end = max(end, appos.right_edge.i + 1 if appos is not None else end, _apposition_end(head), seat)
    is_plural = head.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in head.rights)

    if head.lower_ in {"one", "another"} and appos is not None and appos.pos_ in {"NOUN", "PROPN"}:
        # "one, a doctor named Ole Dahl, said"
        return name_speaker(appos)
    best = _person_in(doc, start, head.i + 1, cues) or _named_after(head)
    if best is None and appos is not None and appos.pos_ == "PROPN":
        best = _person_in(
            doc, _left_edge(appos), appos.i + 1, cues, bare=head.pos_ != "PROPN" or _holds_title(doc, start, end, cues)
        )
    # "the head of the administration Ivan Petrenko", "chief of the X of the staff General Ivan Petrenko": the name is
    # parsed into the of-phrases
    if best is None and _holds_title(doc, start, head.i + 1, cues) and end > head.i + 1:
        best = _person_in(doc, head.i + 1, _last_of_phrase_end(doc[head.i + 1]), cues, after_institution=True)
    if best is None and head.lower_ in cues.titles and head.i + 1 < len(doc):
        # "ambassador to X Ivan Petrenko", "adviser to the mayor of X Ivan Petrenko": parsed into the to-phrase
        last = doc[min(head.right_edge.i, head.i + 8)]
        run = doc[last.i - 2 : last.i + 1]
        capitalised = all(t.text[:1].isupper() and t.lower_ not in cues.institutions for t in run)
        if doc[head.i + 1].lower_ == "to" and last.i - head.i >= 4 and capitalised:
            best = last.i - 1, last.i + 1
    around_start = start
    if best is not None:
        return Naming(
            start=best[0],
            end=best[1],
            around_start=around_start,
            around_end=max(around_end, best[1]),
            is_person=True,
            is_plural=False,
            is_generic=False,
        )
    named = any(doc[i].pos_ == "PROPN" or (doc[i].text[:1].isupper() and i > start) for i in range(start, end))
    generic = (
        not named
        and head.lower_ in cues.generic_speakers
        and doc[start].lower_ in {"the", "this", "that", "his", "her", "their"}
        and head.tag_ in {"NN", "NNP"}
    )
    return Naming(
        start=start,
        end=end,
        around_start=around_start,
        around_end=around_end,
        is_person=False,
        is_plural=is_plural,
        is_generic=generic,
    )


def _named_after(head: Token) -> tuple[int, int] | None:
    """The name in "a fighter named Ole Dahl"."""
    for clause in head.rights:
        if clause.dep_ == "acl" and clause.lower_ in {"named", "called"} and clause.i - head.i <= 3:
            for name in clause.rights:
                if name.pos_ == "PROPN":
                    return _left_edge(name), name.i + 1
    return None


def _of_phrase_end(prep: Token) -> int:
    """The end of "of the regional administration", without relative clauses and later phrases."""
    obj = next((c for c in prep.children if c.dep_ == "pobj"), None)
    return obj.i + 1 if obj is not None else prep.i + 1


def _last_of_phrase_end(prep: Token) -> int:
    """The end of the last of nested phrases: "of the main department of the general staff"."""
    end = _of_phrase_end(prep)
    deeper = next((c for c in prep.doc[end - 1].children if c.i == end and c.lower_ == "of"), None)
    return end if deeper is None else _last_of_phrase_end(deeper)


def _holds_title(doc: Doc, start: int, end: int, cues: Cues) -> bool:
    """Whether the words hold an office or a title of a person."""
    return any(doc[i].lower_ in cues.titles for i in range(start, end))


def _person_in(
    doc: Doc, start: int, end: int, cues: Cues, *, bare: bool = False, after_institution: bool = False
) -> tuple[int, int] | None:
    """The run of capitalised words after the last title in [start, end): a person's name, or None."""
    run_start = end
    while run_start > start:
        token = doc[run_start - 1]
        word = token.lower_
        if word in cues.titles or word in cues.institutions or not _is_name_word(token, inner=run_start < end):
            break
        run_start -= 1
    if run_start == end:
        return None
    while run_start < end and not doc[run_start].text[:1].isupper() and "-" not in doc[run_start].text:
        run_start += 1
    length = end - run_start
    if not 1 <= length <= 5:
        return None
    if bare:
        return run_start, end
    if after_institution:
        # "the head of the administration Ivan Petrenko"
        before = doc[run_start - 1].lower_ if run_start > start else ""
        follows = length > 1 and (before in cues.institutions or before in cues.titles)
        return (run_start, end) if follows else None
    if length > 1 and run_start > start and doc[run_start - 1].text in {"'s", "’s"}:
        # "Norland's Ole Dahl"
        return run_start, end
    titled = run_start > start and doc[run_start - 1].lower_ in cues.titles
    if not titled and run_start > start and doc[run_start - 1].tag_ == "NN" and doc[run_start - 1].text.islower():
        # "the news agency Volna", "state enterprise Energomax"
        return run_start, end
    if not titled and run_start > start and (doc[run_start - 1].text == ")" or doc[run_start - 1].text[:1].islower()):
        # "representative (GUR) Ivan Petrenko", "secretary of state Ivan Petrenko"
        titled = _holds_title(doc, start, run_start, cues)
    if not titled and length > 1 and run_start > start and doc[run_start - 1].lower_ in cues.institutions:
        # "Head of the Regional Administration Ivan Petrenko"
        titled = _holds_title(doc, start, run_start, cues)
    return (run_start, end) if titled else None


def _is_name_word(token: Token, *, inner: bool) -> bool:
    """Whether the token can be part of a person's name."""
    text = token.text
    if text in {"-", "–"} or (
        inner and text.lower() in {"al", "al-", "el", "bin", "ibn", "von", "van", "de", "abu", "ed", "ul"}
    ):
        return True
    return text[:1].isupper() or (text[:3] in {"al-", "el-"} and len(text) > 3)


def _apposition_end(head: Token) -> int:
    """The end of ", a rebel spokesman in the city" after a name, wherever the parser hung it."""
    doc, end = head.doc, head.i + 1
    if end + 1 >= len(doc) or doc[end].text != "," or doc[end + 1].pos_ not in {"DET", "ADJ", "NOUN"}:
        return end
    for i in range(end + 1, min(end + 14, len(doc))):
        if doc[i].is_punct and doc[i].text != "-":
            return i
        if doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            break
    return end


def around_name(sentence: Sentence, name: str, before: int) -> str | None:
    """The noun phrase a name stands in, with its office and apposition, where the sentence has it before a place."""
    last = name.rsplit(maxsplit=1)[-1]
    for token in sentence:
        if token.text != last or token.idx >= before:
            continue
        head = token
        while head.dep_ in {"compound", "flat", "nmod"} and head.head.i != head.i:
            head = head.head
        start, end = _left_edge(head), head.i + 1
        if head.dep_ == "appos":
            start = min(start, _left_edge(head.head))
        for child in head.rights:
            if child.dep_ in {"appos", "acl", "relcl"} and child.right_edge.i - head.i < 25:
                end = max(end, child.right_edge.i + 1)
        end = max(end, _apposition_end(head))
        return sentence.doc[start:end].text
    return None
