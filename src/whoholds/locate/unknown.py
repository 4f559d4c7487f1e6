"""Names the automaton does not know, where only a place can stand: a misprint, or a village no gazetteer has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.names import fold

# Endings of settlements in Ukrainian, Russian and Belarusian as romanised; -enko, -sky, -ov, -ev, -in are people's.
_TOPONYM = re.compile(
    r"[A-Z][a-z'’]{2,}(?:[iyoe]vka|yivka|[iy]rka|anka|ynka|inka|enka|ukha|ikha|ykha|nsk|rsk|vsk|lsk|tsk|chne|"
    r"shne|zhne|"
    r"[bdklmnprstv]ne|ske|[oe]ve|[oe]vo|ino|yne|tsi|tsy|[mn]yk|[mn]ik|pillya|pillia|pol|pil|hrad|grad|ivtsi|ynets|slav|"
    r"ichchya|vate|uvate|ovate|hirya|hirka|horka|dolyna|bivka|iivka|skoye|skoe|noye|noe)"
)
_SLOT = re.compile(
    r"(?:\b(?:in|near|at|around|towards?|outside|into|from|to|on|of|through|between|capture|seize|liberate|village|"
    r"settlement|town)|"
    r"[,(]|\band|\bor) $"
)
_NOT_BEFORE = re.compile(r"\b(?:said|by|told|according to|with) $")
_AFTER_PERSON = re.compile(r"['’]?s?[ \u00a0](?:[A-Z][a-z]+|said|told|added|noted|claimed|stated|reported)\b")
_PHRASE_BEHIND = re.compile(r" \([^)]{0,24}\d ?(?:km|mi)")
_MIN = 6


class Guesser:
    """Reads unknown names by their fold, then by one letter more, less or other."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, tuple[int, ...]] = {}

    def rows(self, name: str) -> tuple[int, ...]:
        """Rows of the settlements the name may mean; empty where nothing is close."""
        if name not in self._known:
            self._known[name] = self._rows(name)
        return self._known[name]

    def _rows(self, name: str) -> tuple[int, ...]:
        key = fold(name)
        exact = self._gazetteer.rows_of_fold(key)
        if exact or len(key) < _MIN:
            return exact
        found = [k for k in self._gazetteer.folds() if k and abs(len(k) - len(key)) <= 1 and _within_one(k, key)]
        return tuple(sorted({r for k in found for r in self._gazetteer.rows_of_fold(k)}))

    def find(self, text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
        """(start, end, rows) of unknown names in place slots; rows may be empty."""
        out: list[tuple[int, int, tuple[int, ...]]] = []
        ends = {end for _, end in taken}
        for match in _TOPONYM.finditer(text):
            start, end = match.span()
            if end < len(text) and (text[end].isalnum() or text[end] == "-"):
                continue
            if start and (text[start - 1].isalnum() or text[start - 1] in "-@#_"):
                continue
            if any(a < end and start < b for a, b in taken) or len(match[0]) < _MIN:
                continue
            slot = _SLOT.search(text, max(0, start - 14), start)
            if slot is None or _NOT_BEFORE.search(text, max(0, start - 14), start) or _AFTER_PERSON.match(text, end):
                continue
            listed = slot[0].strip() in {",", "and", "or", "("}
            if (
                listed
                and not _PHRASE_BEHIND.match(text, end)
                and not any(slot_end in ends for slot_end in range(slot.start() - 2, slot.start() + 2))
            ):
                continue
            out.append((start, end, self.rows(match[0])))
            ends.add(end)
        return out


def _within_one(a: str, b: str) -> bool:
    """Whether one edit turns a into b."""
    if a[0] != b[0] and a[-1] != b[-1]:
        return False
    if len(a) > len(b):
        a, b = b, a
    i = 0
    while i < len(a) and a[i] == b[i]:
        i += 1
    return a[i + 1 :] == b[i + 1 :] if len(a) == len(b) else a[i:] == b[i + 1 :]
