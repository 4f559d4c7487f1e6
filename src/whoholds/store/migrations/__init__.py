"""The schema's steps, in order: `NNNN_name.sql` takes a store from version NNNN - 1 to NNNN."""

from __future__ import annotations

from importlib import resources


def steps() -> list[tuple[int, str]]:
    """Number and SQL of every step, ascending.

    >>> [number for number, _ in steps()][0]
    1
    """
    here = resources.files(__package__)
    found = [(int(f.name[:4]), f.read_text("utf-8")) for f in here.iterdir() if f.name.endswith(".sql")]
    return sorted(found)
