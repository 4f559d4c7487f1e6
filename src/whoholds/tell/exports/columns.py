"""What a column is: its name, its type, and what it says; the reference and the data package are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "number", "boolean", "date", "year"]
"""Types of a Frictionless table schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: `what` it says, or, where we leave it empty, why (`filled` is then False)."""

    name: str
    what: str
    type: Type = "string"
    filled: bool = True


def column(name: str, what: str, type: Type = "string") -> Column:
    """A column that is filled."""
    return Column(name=name, what=what, type=type)


def blank(name: str, why: str) -> Column:
    """A column of another's layout that stays empty, and why."""
    return Column(name=name, what=why, filled=False)


def names(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The names, in order.

    >>> names((column("id", "the claim"), blank("fatalities", "not read")))
    ('id', 'fatalities')
    """
    return tuple(c.name for c in columns)
