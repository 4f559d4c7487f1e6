"""Short reports that tell one release in two wordings: a re-translation, a rewritten headline, an agency's line cut.

Two desks that pass on one statement on one day share most of its content words, however they turn the sentence, and its
numbers; two reporters of one event rarely do. The comparison is of words without their endings, over reports of
different outlets known on one day whose numbers do not contradict each other. Only short texts are compared so: long
ones share words by being about the same war, and are compared by runs of words (`families`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

# Words of a headline with its first sentences; beyond that the overlap of vocabularies says less and less.
LONGEST = 120
# On pairs labelled by hand (evals/ledgers) the two parted retellings from other reports of the same day.
SHARED_OF_ALL, SHARED_OF_SHORTER = 0.3, 0.5
FEWEST_SHARED = 4
# A number is a word of its own: "Su-24" and "152mm" are names of things.
_WORD = re.compile(r"(?<![\w-])\d[\d.,]*\d(?!\w)|(?<![\w-])\d(?!\w)|[^\W\d_]+")
_NUMERALS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# Dates and hours are the day's, not the event's: "on August 15", "2022", "as of 18.00", "08:00".
_WHEN = re.compile(
    rf"\b{_MONTH}\.? \d{{1,2}}\b|\b\d{{1,2}} {_MONTH}\b|\b(?:19|20)\d\d\b|\b\d{{1,2}}[:.]\d\d\b(?: ?[ap]\.?m\b)?"
    r"|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2} ?[ap]\.?m\b",
    re.IGNORECASE,
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "ly", "s")
# Function words, and words that any report of any war has.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """a about after against all also an and any are as at be been before being between but by can could did do does
        down due during each else even for from had has have he her here him his how if in into is it its itself just
        last may might more most near no nor not now of off on only or other our out over own per s said same say says
        she should since so some such t than that the their them then there these they this those through to today told
        too under until up upon very was we were what when where which while who whom why will with within would
        yesterday you according video photo photos infographics update news live report reports reported
        army armed attack attacks city civilian civilians defence defense district enemy fight fighting force forces
        front general invader invaders invasion military ministry oblast occupied occupier occupiers official officials
        people president region rebel rebels regime soldier soldiers staff town troop troops village war""",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What a short text says: its content words without endings and figures, and its numbers; dates are left out."""

    words: frozenset[str]
    numbers: frozenset[str]


def gist_of(text: str, common: frozenset[str]) -> Gist | None:
    """The content words and numbers of a text; None where it is too long to be compared by them.

    Parameters
    ----------
    text : str
    common : frozenset of str
        Words that every report of this war has (names of its sides), in lower case.

    Examples
    --------
    >>> gist = gist_of("Two bridges near Lyman were destroyed on May 5, 12 men fled", frozenset())
    >>> sorted(gist.words), sorted(gist.numbers)
    (['#12', '=12', 'bridg', 'destroy', 'fled', 'lyman', 'men'], ['12', '2'])
    """
    tokens = [_NUMERALS.get(token.lower(), token.lower()) for token in _WORD.findall(_WHEN.sub(" ", text))]
    if len(tokens) > LONGEST:
        return None
    words = {_stem(w) for w in tokens if not w[0].isdigit() and w not in _COMMON and w not in common}
    numbers = frozenset(w.replace(",", "") for w in tokens if w[0].isdigit())
    # A figure of two digits is as telling as two words.
    figures = {f"{mark}{n}" for n in numbers if len(n) > 1 for mark in "#="}
    return Gist(words=frozenset(words | figures), numbers=numbers)


def retells(one: Gist, other: Gist) -> bool:
    """Whether two texts tell the same in other words: content shared, and no number against another."""
    shared = len(one.words & other.words)
    if shared < FEWEST_SHARED or not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return False
    of_all = shared / len(one.words | other.words)
    return of_all >= SHARED_OF_ALL and shared / min(len(one.words), len(other.words)) >= SHARED_OF_SHORTER


class Retellings:
    """Texts of one day, asked for an earlier one that a text retells."""

    def __init__(self, common: frozenset[str]) -> None:
        self._common = common
        self._gists: list[Gist] = []
        self._outlets: list[str] = []
        self._with: dict[str, list[int]] = defaultdict(list)

    def first_told(self, text: str, outlet: str) -> int | None:
        """The index of the first text of another outlet that this one retells, if any; this one is added."""
        gist = gist_of(text, self._common)
        found: int | None = None
        if gist is not None:
            beside = Counter(i for word in gist.words for i in self._with[word])
            likely = sorted(i for i, n in beside.items() if n >= FEWEST_SHARED and self._outlets[i] != outlet)
            found = next((i for i in likely if retells(self._gists[i], gist)), None)
        self._add(gist, outlet)
        return found

    def _add(self, gist: Gist | None, outlet: str) -> None:
        """Keep a text for those that come after it."""
        for word in gist.words if gist else ():
            self._with[word].append(len(self._gists))
        self._gists.append(gist or Gist(words=frozenset(), numbers=frozenset()))
        self._outlets.append(outlet)


def common_words(labels: Sequence[str]) -> frozenset[str]:
    """The words of names that every report of a war has.

    >>> sorted(common_words(["Ukrainian", "Russian Federation"]))
    ['federation', 'russian', 'ukrainian']
    """
    return frozenset(word.lower() for label in labels for word in _WORD.findall(label))


def _stem(word: str) -> str:
    """A word without its ending, of four letters or more: enough to see that two desks mean the same."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
