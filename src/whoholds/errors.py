"""Everything that can go wrong, in one tree.

    WhoholdsError
    ├── UsageError               the call itself is wrong                    exit 2, HTTP 400
    │   ├── UnknownTheatre       no such theatre, or its file is invalid
    │   ├── UnknownPlace         a name no gazetteer entry carries           HTTP 404
    │   ├── UnknownReport        no report of that id in the store           HTTP 404
    │   ├── UnknownClaim         no claim of that id in the store            HTTP 404
    │   ├── NotAllowed           writing without the token                   HTTP 401
    │   └── BadSetting           an option or setting that cannot be used
    ├── ReportError              one report cannot be read: it is set aside  exit 1, HTTP 422
    │   ├── EmptyReport          no text in it
    │   ├── UnreadableReport     binary, truncated, too large, wrong encoding
    │   └── UnknownDay           nothing says when it was published
    ├── TheatreError             a theatre file that does not validate       exit 2
    ├── GazetteerError           a gazetteer that cannot be built or opened  exit 2
    ├── MapError                 a control map that cannot be read           exit 2
    ├── StoreError               the store is locked, of another version...  exit 2, HTTP 503
    ├── MissingPart              an optional library is not installed        exit 2, HTTP 501
    └── NothingUsable            every report was set aside                  exit 3

Each message says what happened, where, and what to do about it (`remedy`).
"""

from __future__ import annotations

from typing import ClassVar


class WhoholdsError(Exception):
    """The root: `problem` says what happened and where, `remedy` what to do about it."""

    exit_code: ClassVar[int] = 2
    http_status: ClassVar[int] = 400

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy


class UsageError(WhoholdsError):
    """The call itself is wrong."""


class UnknownTheatre(UsageError):
    """No packaged theatre and no file of that name."""

    http_status: ClassVar[int] = 404


class UnknownPlace(UsageError):
    """No gazetteer entry carries the name."""

    http_status: ClassVar[int] = 404


class UnknownReport(UsageError):
    """The store has no report of that id."""

    http_status: ClassVar[int] = 404


class UnknownClaim(UsageError):
    """The store has no claim of that id."""

    http_status: ClassVar[int] = 404


class NotAllowed(UsageError):
    """The server takes what is written only from who holds its token."""

    http_status: ClassVar[int] = 401


class BadSetting(UsageError):
    """An option or setting that cannot be used."""


class ReportError(WhoholdsError):
    """One report cannot be read; it is set aside and the run goes on."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 422


class EmptyReport(ReportError):
    """The report holds no text."""


class UnreadableReport(ReportError):
    """Binary, truncated, too large, or in an encoding that cannot be decoded."""


class UnknownDay(ReportError):
    """Nothing in the report says when it was published."""


class TheatreError(WhoholdsError):
    """A theatre file does not validate; the message names the line."""


class GazetteerError(WhoholdsError):
    """A gazetteer cannot be built or opened."""


class MapError(WhoholdsError):
    """A control map cannot be read."""


class StoreError(WhoholdsError):
    """The store is locked, of another version, or not a store."""

    http_status: ClassVar[int] = 503


class MissingPart(WhoholdsError):
    """A library of an optional extra is not installed."""

    http_status: ClassVar[int] = 501


class NothingUsable(WhoholdsError):
    """Every report was set aside."""

    exit_code: ClassVar[int] = 3
    http_status: ClassVar[int] = 422


__all__ = [
    "BadSetting",
    "EmptyReport",
    "GazetteerError",
    "MapError",
    "MissingPart",
    "NotAllowed",
    "NothingUsable",
    "ReportError",
    "StoreError",
    "TheatreError",
    "UnknownClaim",
    "UnknownDay",
    "UnknownPlace",
    "UnknownReport",
    "UnknownTheatre",
    "UnreadableReport",
    "UsageError",
    "WhoholdsError",
]
