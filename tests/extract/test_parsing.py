"""What is worked out faster than spaCy does comes out as spaCy has it, whatever else is read with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from whoholds.extract import Extractor
from whoholds.extract.engine import MOST_TOGETHER
from whoholds.extract.parsing import Selection, SentenceParser, load_model
from whoholds.extract.texts import text_of
from whoholds.extract.vectors import TokenVectors, one_thread
from whoholds.extract.views import Viewer
from whoholds.extract.wordforms import WordForms
from whoholds.model import Mention, PlaceType, Report, Span
from whoholds.theatres import load_theatre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

TEXTS = [
    "There are 12 villages that they couldn't hold, and it's said that he ain't leaving.",
    "Let's go: troops took Northford on Monday!",
    "What the mayor saw was shelling; nothing was hit, nuthin' at all.",
    "MINISTER: We Have Retaken Three Towns — Übersee among them",
    "x",
    "The brigade's losses weren't known, but both sides shell the left-hand bank of the river daily.",
]


@pytest.fixture(scope="module")
def nlp() -> Any:
    """The English model."""
    return load_model()


def _docs(nlp: Language) -> list[Any]:
    """The texts in words."""
    from spacy.tokens import Doc

    return [Doc(nlp.vocab, words=[t.text for t in nlp.make_doc(text)]) for text in TEXTS]


def _texts(docs: Sequence[Any]) -> list[tuple[list[str], list[bool]]]:
    """Docs as words and spaces."""
    return [([t.text for t in d], [bool(t.whitespace_) for t in d]) for d in docs]


@pytest.mark.model
def test_token_vectors_are_those_of_the_model(nlp: Language) -> None:
    """The numbers of the model itself, to rounding."""
    pipe: Any = nlp.get_pipe("tok2vec")
    docs = _docs(nlp)
    for ours, theirs in zip(
        TokenVectors(pipe.model, nlp.vocab).of(_texts(docs)), pipe.model.predict(docs), strict=True
    ):
        assert ours.shape == theirs.shape
        assert float(np.abs(ours - theirs).max()) < 1e-5


@pytest.mark.model
def test_token_vectors_do_not_depend_on_company(nlp: Language) -> None:
    """Alone, among others, in another order: the same bits."""
    pipe: Any = nlp.get_pipe("tok2vec")
    texts = _texts(_docs(nlp))
    alone = [TokenVectors(pipe.model, nlp.vocab).of([text])[0] for text in texts]
    together = TokenVectors(pipe.model, nlp.vocab).of(texts[::-1])[::-1]
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


@pytest.mark.model
def test_another_network_is_left_to_spacy(nlp: Language) -> None:
    """A model of another make is refused, and the texts are parsed all the same."""
    from spacy.pipeline.tok2vec import DEFAULT_TOK2VEC_MODEL

    tagger: Any = nlp.get_pipe("tagger")
    with pytest.raises(ValueError, match="no HashEmbedCNN"):
        TokenVectors(tagger.model, nlp.vocab)
    assert "HashEmbedCNN" in str(DEFAULT_TOK2VEC_MODEL)
    usual, plain = SentenceParser(nlp), SentenceParser(nlp)
    plain._vectors = plain._forms = None
    for text in TEXTS:
        a, b = (parser.parse(text, [(0, len(text))], []) for parser in (usual, plain))
        assert [(t.text, t.dep_, t.head.i, t.tag_, t.pos_, t.lemma_) for t in a] == [
            (t.text, t.dep_, t.head.i, t.tag_, t.pos_, t.lemma_) for t in b
        ]


@pytest.mark.model
def test_word_forms_are_those_of_ruler_and_lemmatizer(nlp: Language) -> None:
    """Part of speech and base form of every word, rules about two words and odd spellings among them."""
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    docs = _docs(nlp)
    for name in ("tok2vec", "tagger", "parser"):
        pipe: Any = nlp.get_pipe(name)
        docs = list(pipe.pipe(docs))
    forms = WordForms(nlp.vocab, ruler, lemmatizer)
    for _ in range(2):  # met for the first time, and remembered
        for doc in docs:
            ours, theirs = doc.copy(), lemmatizer(ruler(doc.copy()))
            forms.set(ours)
            assert [(t.pos_, t.lemma_) for t in ours] == [(t.pos_, t.lemma_) for t in theirs]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "plain words here",
        " a space before",
        "one behind ",
        "two  in a row",
        "a\ntab\there",
        " ",
        "can't won't.",
        "(5 km)",
    ],
)
def test_words_are_those_of_the_tokenizer(nlp: Language, text: str) -> None:
    """Remembered or not."""
    viewer = Viewer(nlp.tokenizer)
    expected = [(t.text, bool(t.whitespace_)) for t in nlp.tokenizer(text)]
    assert viewer._tokens(text) == expected
    assert viewer._tokens(text) == expected


@pytest.mark.model
def test_doc_is_the_report(nlp: Language) -> None:
    """The characters of the text, whatever is parsed of it, and the same parse alone and among other texts."""
    text = "Nobody knows. Troops took Northford (5 km east of here) and Southford. They left."
    names = [(name, text.index(name)) for name in ("Northford", "Southford")]
    mentions = [
        Mention(span=Span.of(text, at, at + len(name)), type=PlaceType.SETTLEMENT, name=name) for name, at in names
    ]
    parser = SentenceParser(nlp)
    first, last = text.index("Troops"), text.index("They")
    alone = parser.parse(text, [(first, last)], mentions)
    assert len(alone.text) == len(text)
    assert alone.text[first:last] == text[first:last]
    assert alone.text[:first].isspace()
    assert text_of(alone) == alone.text
    assert [t.text for t in alone[1:3]] == ["Troops", "took"]
    others = [Selection(t, [(0, len(t))], []) for t in TEXTS]
    together = parser.parse_many([*others, Selection(text, [(first, last)], mentions)])[-1]
    assert together.to_bytes(exclude=["tensor"]) == alone.to_bytes(exclude=["tensor"])


@pytest.mark.model
def test_many_reports_have_the_claims_of_each() -> None:
    """Read together, one by one, in another order, more than are held at a time: the same claims."""
    texts = [
        "Ukrainian forces liberated Balakliya on September 8.",
        "Nothing was said.",
        "The mayor said that Russian troops had entered Izyum. They shelled the town again.",
        "Російські війська вийшли.",
    ]
    reports = [
        Report(
            id=str(i),
            format="passage",
            sha256="0",
            outlet="",
            text=text,
            lang="uk" if i == 3 else "en",
            day=date(2022, 9, 12),
        )
        for i, text in enumerate(texts)
    ]
    pairs = []
    for report in reports:
        found = [(n, report.text.find(n)) for n in ("Balakliya", "Izyum")]
        pairs.append((
            report,
            [
                Mention(span=Span.of(report.text, at, at + len(n)), type=PlaceType.SETTLEMENT, name=n)
                for n, at in found
                if at >= 0
            ],
        ))  # fmt: skip
    extractor = Extractor(load_theatre("ukraine-2022"))
    alone = [extractor.extract(*pair) for pair in pairs]
    assert [bool(claims) for claims in alone] == [True, False, True, False]
    assert list(extractor.extract_many(iter(pairs))) == alone
    assert list(extractor.extract_many(pairs[::-1])) == alone[::-1]
    many = [pairs[1]] * MOST_TOGETHER + [pairs[0]]
    assert list(extractor.extract_many(many)) == [[]] * MOST_TOGETHER + [alone[0]]
    assert list(extractor.extract_many([])) == []


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("The harvest festival was a delight.", False),
        ("He took the bus home.", False),
        ("Russian troops took the bridge.", True),
        ("Shelling went on.", True),
    ],
)
def test_texts_without_a_word_of_war_are_left(text: str, worth: bool) -> None:
    """A word that also means much else counts beside a side only; what is left has no candidate sentence."""
    extractor = Extractor(load_theatre("ukraine-2022"))
    report = Report(id="r", format="passage", sha256="0", text=text, lang="en", outlet="", day=date(2022, 9, 12))
    assert extractor.worth_reading(report) is worth
    if not worth:
        everywhere = [Mention(span=Span.of(text, 0, 3), type=PlaceType.SETTLEMENT, name=text[:3])]
        assert extractor.candidate_ranges(text, everywhere) == []


def test_one_thread_is_given_back() -> None:
    """The number of threads is as before, after an error too."""
    from whoholds.extract.vectors import _thread_calls

    calls = _thread_calls()
    if not calls:
        pytest.skip("numpy was built with another library than OpenBLAS")
    before = calls[0]()
    with one_thread():
        assert calls[0]() == 1
    with pytest.raises(KeyError), one_thread():
        raise KeyError
    assert calls[0]() == before


@pytest.mark.model
def test_the_text_is_not_put_together_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks spaCy for a Doc's text: it builds it word by word each time, which made reading quadratic once."""
    import spacy.tokens

    class Guarded(spacy.tokens.Doc):
        """A Doc that does not tell its text."""

        @property
        def text(self) -> str:
            raise AssertionError("use texts.text_of")

    monkeypatch.setattr(spacy.tokens, "Doc", Guarded)
    text = "Ukrainian forces liberated Balakliya on September 8, the mayor said. They shelled the city again."
    at = text.index("Balakliya")
    mention = Mention(span=Span.of(text, at, at + 9), type=PlaceType.SETTLEMENT, name="Balakliya")
    report = Report(id="1", format="passage", sha256="0", outlet="", text=text, lang="en", day=date(2022, 9, 12))
    assert Extractor(load_theatre("ukraine-2022")).extract(report, [mention])
