"""Where a key of a TOML file stands: tomllib parses, but keeps no line numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line, counted from 1, of the value at `path` in a TOML text, or of the nearest table above it.

    >>> line_of('key = "a"\\n[[sides]]\\nkey = "UA"\\n[[sides]]\\nkey = "RU"', ("sides", 1, "key"))
    5
    """
    counts: dict[str, int] = {}
    table: tuple[str | int, ...] = ()
    best, best_depth = 1, 0
    wanted = tuple(path)
    for number, line in enumerate(text.splitlines(), start=1):
        if (header := _HEADER.match(line)) is not None and "=" not in header[2]:
            names = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            table = names
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
                table = (*names, counts[header[2]])
            here = table
        elif (key := re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=", line)) is not None:
            here = (*table, key[1])
        else:
            continue
        depth = len(here)
        if depth > best_depth and wanted[:depth] == here:
            best, best_depth = number, depth
    return best
