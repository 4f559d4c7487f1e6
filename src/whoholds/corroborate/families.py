"""Reports that repeat one text: passed on by several outlets it is one family.

MinHash over word shingles with banded locality-sensitive hashing (Broder 1997, "On the resemblance and containment of
documents"; the `rensa` library) proposes pairs, and the exact Jaccard index of the shingle sets decides. A report joins
the family of the earliest report it resembles, so that a report published later never changes an earlier family.
A daily bulletin repeats its own phrases with another date and other figures: texts whose numbers contradict each other
are different reports however alike their words. A short report may also retell another in new words (`retellings`), and
any may tell it again in another language (`translations`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rensa import RMinHash, RMinHashLSH

from whoholds.corroborate.retellings import Retellings
from whoholds.corroborate.translations import Translations

# Four words: long enough that two reports of one battle in their own words share few, short enough that an editor's
# cut or a changed number leaves most of them standing.
SHINGLE_WORDS = 4
SIMILAR = 0.5
WITHIN_DAYS = 7
# Bands of 4 rows propose a pair at the threshold with probability 1 - (1 - 0.5**4)**32 = 0.87, at 0.6 with 0.99.
PERMUTATIONS, BANDS, SEED = 128, 32, 7
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


class Repeats(StrEnum):
    """How a report repeats another."""

    COPY = "near-duplicate"
    RETELLING = "retelling"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedText:
    """What the search for families needs of a report; `marks` where it may be a translation (`translations`)."""

    report_id: str
    known_day: date
    text: str
    outlet: str = ""
    lang: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """The family of a report: its first report, and which one this repeats and how (None for the first itself)."""

    family: str
    of: str | None = None
    how: Repeats | None = None


def report_families(reports: Iterable[DatedText], *, common: frozenset[str] = frozenset()) -> dict[str, str]:
    """The family of each report: the id of the earliest report whose text it repeats, or its own.

    Parameters
    ----------
    reports : iterable of DatedText
        In any order; the answer does not depend on it.
    common : frozenset of str
        Words that every report of this war has, for retellings (`retellings.common_words`).

    Returns
    -------
    dict of str to str
        Report id to the id of the family's first report.

    Examples
    --------
    >>> day = date(2022, 9, 9)
    >>> words = "flags were raised over the town hall of a small town near the river on Friday"
    >>> rows = [DatedText(report_id=i, known_day=day, text=words) for i in ("b", "a")]
    >>> report_families(rows)
    {'a': 'a', 'b': 'a'}
    """
    return {ident: echo.family for ident, echo in report_echoes(reports, common=common).items()}


def report_echoes(reports: Iterable[DatedText], *, common: frozenset[str] = frozenset()) -> dict[str, Echo]:
    """As `report_families`, with the report each repeats and how."""
    ordered = sorted(reports, key=lambda report: (report.known_day, report.report_id))
    shingles = [_shingles(report.text) for report in ordered]
    sketches = RMinHash.from_token_sets([sorted(tokens) for tokens in shingles], PERMUTATIONS, SEED) if ordered else []
    index = RMinHashLSH(SIMILAR, PERMUTATIONS, BANDS)
    numbers = [Counter(_NUMBER.findall(report.text)) for report in ordered]
    found: dict[str, Echo] = {}
    told: dict[date, tuple[Retellings, list[str]]] = {}
    translations = Translations()
    for i, report in enumerate(ordered):
        echo: Echo | None = None
        for j in sorted(index.query(sketches[i])) if shingles[i] else ():
            recent = (report.known_day - ordered[j].known_day).days <= WITHIN_DAYS
            agree = numbers[i] <= numbers[j] or numbers[j] <= numbers[i]
            if recent and agree and _jaccard(shingles[i], shingles[j]) >= SIMILAR:
                first = ordered[j].report_id
                echo = Echo(family=found[first].family, of=first, how=Repeats.COPY)
                break
        if shingles[i]:
            index.insert(i, sketches[i])
        that_day, ids = told.setdefault(report.known_day, (Retellings(common), []))
        earlier = that_day.first_told(report.text, report.outlet)
        if echo is None and earlier is not None:
            echo = Echo(family=found[ids[earlier]].family, of=ids[earlier], how=Repeats.RETELLING)
        in_other = translations.first_told(report.marks, report.lang, report.known_day)
        if echo is None and in_other is not None:
            first = ordered[in_other].report_id
            echo = Echo(family=found[first].family, of=first, how=Repeats.TRANSLATION)
        ids.append(report.report_id)
        found[report.report_id] = echo or Echo(family=report.report_id)
    return found


def _shingles(text: str) -> frozenset[str]:
    """Every run of four words, lower case; the words themselves where there are fewer."""
    words = _WORD.findall(text.lower())
    if len(words) < SHINGLE_WORDS:
        return frozenset(words)
    return frozenset(" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared over all."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)
