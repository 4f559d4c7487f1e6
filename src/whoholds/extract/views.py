"""What the parser is shown of a sentence: a *view*, easier to parse and saying the same.

- Note marks, links, markdown, time stamps and parenthesised locations ("(10 km east of X)") are left out.
- A place name is one word that the parser knows, so that "Izyum" is no verb and "Nova Kakhovka" not two nouns.
- Words in Title Case headlines are written small, names apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from whoholds.extract.unseen import unseen
from whoholds.model import Mention, PlaceType

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

SURROGATES = {PlaceType.SETTLEMENT: "London", PlaceType.REGION: "Texas"}
# the group by its initials, which the parser takes for the verb
_ISIS = ("ISIS", "is")
# Words that the tagger takes for others, the word it is shown for them, and their lemma.
_PLAINER = {
    "overran": ("captured", "overrun"), "retook": ("recaptured", "retake"), "overruns": ("captures", "overrun"),
    "repels": ("prevents", "repel"), "thwarts": ("prevents", "thwart"), "foils": ("prevents", "foil"),
    "rebuffs": ("prevents", "rebuff"), "bombards": ("hits", "bombard"),
    "counterattacked": ("attacked", "counterattack"), "counter-attacked": ("attacked", "counterattack"),
    "counterattacking": ("attacking", "counterattack"),
    "counteroffensive": ("offensive", "counteroffensive"), "counteroffensives": ("offensives", "counteroffensive"),
    "counter-offensive": ("offensive", "counteroffensive"), "counter-offensives": ("offensives", "counteroffensive"),
}  # fmt: skip
# "Enemy shells Nikopol": a verb between who fights and a name, else a noun
_ALSO_NOUNS = {
    "shells": ("hits", "shell"), "bombs": ("hits", "bomb"), "raids": ("hits", "raid"), "storms": ("hits", "storm"),
    "pounds": ("hits", "pound"),
}  # fmt: skip
_WHO_FIGHTS = frozenset({
    "army", "military", "enemy", "navy", "aviation", "force", "regime", "militia", "artillery", "russia", "ukraine",
    "armenia", "azerbaijan", "turkey", "nato",
})  # fmt: skip
# what is overrun, and what one may or means to overrun
_OVERRUN = (_PLAINER["overran"], ("capture", "overrun"))
_BARE_AFTER = frozenset({"to", "will", "would", "can", "could", "may", "might", "shall", "should", "must", "cannot"})
_JOINED = re.compile(
    r"\s*(?:[,;]|and|or|&|/|[,;]\s*and|,\s*or|as well as|,\s*as well as)\s+(?:in |near |around |on |at "
    r"|to )?(?:the )?(?:(?:villages?|towns?|city|cities|settlements?) of )?|\s*[,/]\s*"
)
_LABEL_BEFORE = re.compile(
    r"\b(?:in|of|from|to|near|around|at|into|on|over|across|throughout|with|and|the|through|within|toward"
    r"|towards|outside),?\s+((?:temporarily |newly |recently |illegally |[A-Z]\w+-)*(?:occupied|liberated"
    r"|de-occupied))\s(?:(?:city|town|village) of )?$"
)
_LABEL = re.compile(r"\b(?:(?:temporarily |[A-Z]\w+-)?occupied|temporarily)\b(?= \S)")
_CAPITALISED = re.compile(r"[A-Z][a-z]")
# White space other than single spaces.
# "shelled X, Y says": Y is who says so
_SAYS = re.compile(r"(?:said|says|told|reported|reports|announced|claimed|claims|insisted|confirmed)\b")
_UNEVEN = re.compile(r"\s\s|[^\S ]")
_PREFIXES = frozenset({"re", "de", "counter", "mid"})
_MOST_WORDS = 100_000


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


class Viewer:
    """Makes views of sentences.

    Parameters
    ----------
    tokenizer
        What tells words apart.
    keep_case
        Names that stay as they are written in Title Case headlines.
    """

    def __init__(self, tokenizer: Tokenizer, *, keep_case: Iterable[str] = ()) -> None:
        self._tokenizer = tokenizer
        self._keep_case = frozenset(keep_case)
        self._words: dict[str, tuple[str, ...]] = {}

    def pieces(self, text: str, ranges: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[Piece]:
        """The sentences of a text in these ranges, which are in order and do not overlap."""
        out: list[Piece] = []
        first = 0  # of the mentions that do not end before the sentence
        for start, end in ranges:
            while first < len(mentions) and mentions[first].span.end <= start:
                first += 1
            near = [m for m in mentions[first:] if m.span.start < end and m.span.end > start]
            out.append(self._piece(text, start, end, near))
        return out

    def _piece(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> Piece:
        """The words of a sentence and the view of them that is parsed."""
        raw = text[start:end]
        cuts = unseen(text, start, end, mentions)
        piece = Piece(start, [], [], [])
        noise = [False] * len(raw)
        for a, b in cuts:
            noise[a:b] = [True] * (b - a)
        at = start
        # Tokenise between the cuts, so that no word straddles one.
        edges = sorted({0, len(raw), *(a for a, _ in cuts), *(b for _, b in cuts), *_name_edges(start, end, mentions)})
        for a, b in pairwise(edges):
            for word, space in self._tokens(raw[a:b]):
                if word == " " and piece.words and not piece.spaces[-1]:
                    piece.spaces[-1] = True  # the space between a name and the next word, cut off with the latter
                    at += 1
                    continue
                piece.words.append(word)
                piece.spaces.append(space)
                piece.idx.append(at)
                at += len(word) + space
        self._view(piece, noise, start, mentions, _is_title_case(raw))
        return piece

    def _tokens(self, part: str) -> list[tuple[str, bool]]:
        """The tokens of a part of a sentence, and whether a space follows each.

        The tokenizer looks at what stands between white space on its own: that is put to it once a word.
        """
        if _UNEVEN.search(part):
            return [(t.text, bool(t.whitespace_)) for t in self._tokenizer(part)]
        out: list[tuple[str, bool]] = [(" ", False)] if part.startswith(" ") else []
        for chunk in part.split(" "):
            if not chunk:
                continue  # before the first space or behind the last
            words = self._words.get(chunk)
            if words is None:
                if len(self._words) > _MOST_WORDS:
                    self._words.clear()
                words = self._words[chunk] = _rejoined(tuple(t.text for t in self._tokenizer(chunk)))
            out += [(word, False) for word in words]
            out[-1] = (words[-1], True)
        if not part.endswith(" "):
            out[-1] = (out[-1][0], False)
        return out

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
            if label is not None and not _liberates(label, start, mentions):
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
                shown = _ISIS if word == "IS" else plainer(piece.words, i)
                piece.view.append(shown[0] if shown else word.lower() if small else word)
            piece.view_spaces.append(piece.spaces[i])
            piece.groups.append([i])


def plainer(words: Sequence[str], i: int) -> tuple[str, str] | None:
    """A plainer word that the parser is shown for one that it takes for another, and the base form of the latter."""
    low = words[i].lower()
    if low == "overrun":
        return _OVERRUN[i > 0 and words[i - 1].lower() in _BARE_AFTER]
    if low in _ALSO_NOUNS and 0 < i < len(words) - 1 and words[i + 1][:1].isupper():
        return _ALSO_NOUNS[low] if words[i - 1].lower() in _WHO_FIGHTS else None
    return _PLAINER.get(low)


def _rejoined(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a chunk; "re-established" and "counter-attack" are one, "Russian-held" is not, "8)" no smiley."""
    if words and len(words[-1]) == 2 and words[-1][0].isdigit() and words[-1][1] == ")":
        words = (*words[:-1], words[-1][0], ")")
    for i in range(len(words) - 2):
        if words[i + 1] == "-" and words[i].lower() in _PREFIXES and words[i + 2].isalpha():
            return (*words[:i], "".join(words[i : i + 3]), *_rejoined(words[i + 3 :]))
    return words


def _liberates(label: re.Match[str], start: int, mentions: Sequence[Mention]) -> bool:
    """Whether a label is a verb after all: "drove south and liberated X", but "X and liberated Y"."""
    if label[1] != "liberated" or not label[0].startswith("and"):
        return False
    return not any(m.span.end + 1 == start + label.start() for m in mentions)


_COMPASS_OF = re.compile(
    r"(?:the )?(?:(?:immediate|far|further|directly|just|due) )?(?:north|south|east|west|northeast|northwest"
    r"|southeast|southwest|north-\w+|south-\w+)(?:ern|wards?)?\b.*? (?:of|from) ",
    re.IGNORECASE,
)
_BEFORE_COMPASS = re.compile(
    r"\b(?:to|from|in|at|into|toward|towards|through|of|on|near|around|for|and|or|along|by"
    r"|hold|holds|held|take|takes|took|taken|control|controls|enter|enters|entered|leave|leaves|left|seize[sd]?"
    r"|captured?|captures|reach|reache[sd]|occup(?:y|ies|ied)|retook|retaken|liberate[sd]?|clear(?:s|ed)?|storm(?:s|ed)?"
    r"|shell(?:s|ed)?|bomb(?:s|ed)?|lost|quit) $",
    re.IGNORECASE,
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
        owner = text[m.span.end - start :].startswith(("'s", "’s")) and squeezed.strip() == ","
        # "shelled X; Y was bombed" is no list either
        after = text[m.span.end - start :].lstrip()
        apart = ";" in squeezed and not after.startswith((";", ",", ".", "and ", "(")) and after != ""
        aside = "anchor" in (m.role, previous.role) or (squeezed.strip() == "," and _SAYS.match(after) is not None)
        # "left X, Y's governor said" is no list
        if match is None or m.name == previous.name or owner or aside or apart:
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
