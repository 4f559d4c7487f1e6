"""Tables as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from whoholds.tell.exports.columns import Column, names

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run by spreadsheets (OWASP, CSV injection)."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def cell(value: object) -> object:
    """A value as a cell: truth as 0 or 1, text that a spreadsheet would run as a formula with an apostrophe before it.

    >>> cell("=1+1"), cell(True), cell(None), cell(-3.5)
    ("'=1+1", 1, '', -3.5)
    """
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        text = _CONTROL.sub("", value)
        return "'" + text if text.startswith(FORMULA) else text
    return "" if value is None else value


def write_table(columns: tuple[Column, ...], rows: Iterable[Mapping[str, object]], path: Path) -> int:
    """Write rows by column name; answers how many. A column that a row lacks stays empty.

    Raises
    ------
    KeyError
        A row has a key that is no column: what is worked out and not written would be lost in silence.
    """
    order = names(columns)
    known = set(order)
    n = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(order)
        for row in rows:
            if not known >= row.keys():
                raise KeyError(f"no such column: {', '.join(sorted(row.keys() - known))}")
            out.writerow([cell(row.get(name)) for name in order])
            n += 1
    return n
