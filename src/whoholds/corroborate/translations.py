"""Reports that tell in one language what another tells in a second: a translation is no second witness.

No word of either language is read. A translation keeps the names of places and the figures, and keeps them in their
order: a report is compared as the sequence of its marks (gazetteer ids and area keys of the places it names, in
whatever script, and its numbers of two digits or more). Two reports of different languages published within days tell
the same where most of both sequences is one common subsequence. Where few marks stand in a report there is nothing to
go by, and it stays a witness of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

# On the 94 briefings of official_ua_briefings_uk_en (Ukrainian and English, evals/ledgers.py) against every pair of
# other briefings of one week: at a half, no other pair is taken for a translation, at 0.4 every 400th.
SHARED_MARKS = 0.5
FEWEST_MARKS = 4
# A translation follows within days: desks that translate work on the day's news.
TRANSLATED_DAYS = 3
# Beyond so many marks the comparison would cost more than it tells.
MOST_MARKS = 300
# "25,491", "25 491" and "25.491" are one number; a single digit stands in too many texts.
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\w)|(?<![\w-])\d+(?:[.,]\d+)?(?!\w)")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f.,](?=\d{3}(?!\d))")


def marks_of(text: str, places: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """What a translation of a text keeps, in order: its places and its numbers.

    Parameters
    ----------
    text : str
    places : iterable of (int, str)
        The offset of each place named, and a key that is one for its names in every language.

    Examples
    --------
    >>> marks_of("12 500 shells fell on Lyman, 38 on 2 farms", [(22, "702320")])
    ('#12500', '702320', '#38')
    """
    found = [(start, key) for start, key in places]
    for hit in _NUMBER.finditer(text):
        number = _plain(hit.group())
        if len(number) > 1:
            found.append((hit.start(), f"#{number}"))
    return tuple(key for _, key in sorted(found)[:MOST_MARKS])


def is_translation(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two sequences of marks are of one text in two languages.

    >>> is_translation(("a", "b", "#40", "c"), ("a", "b", "#40", "d", "c"))
    True
    >>> is_translation(("a", "b", "#40", "c"), ("c", "#40", "b", "a"))
    False
    """
    if len(set(one) & set(other)) < FEWEST_MARKS - 1:
        return False
    shared = _common_subsequence(one, other)
    return shared >= FEWEST_MARKS and 2 * shared >= SHARED_MARKS * (len(one) + len(other))


class Translations:
    """Texts asked for an earlier one in another language that they tell again."""

    def __init__(self) -> None:
        self._kept: list[tuple[date, str, tuple[str, ...]]] = []
        self._with: dict[str, list[int]] = defaultdict(list)

    def first_told(self, marks: tuple[str, ...], lang: str, day: date) -> int | None:
        """The index of the first text of another language that this one translates, if any; this one is added."""
        beside = Counter(i for mark in set(marks) for i in self._with[mark])
        found: int | None = None
        for i in sorted(i for i, n in beside.items() if n >= FEWEST_MARKS - 1):
            then, other, told = self._kept[i]
            if other != lang and (day - then).days <= TRANSLATED_DAYS and is_translation(told, marks):
                found = i
                break
        for mark in set(marks):
            self._with[mark].append(len(self._kept))
        self._kept.append((day, lang, marks))
        return found


def _common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for x in one:
        above = row
        row = [0]
        for j, y in enumerate(other):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
    return row[-1]


def _plain(number: str) -> str:
    """A number without marks of thousands, its digits in the common ones."""
    bare = _THOUSANDS.sub("", number).replace(",", ".")
    return "".join(str(unicodedata.decimal(c, c)) for c in bare)
