"""The rooms opened for one theatre and gazetteer, and what tells one way of reading from another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from whoholds.errors import GazetteerError
from whoholds.extract import Extractor
from whoholds.locate import Finder, Gazetteer, Resolver, default_gazetteer, open_gazetteer
from whoholds.model import Claim, Mention, Report, Theatre
from whoholds.theatres import load_theatre

VILLAGE = 15_000
"""Fewer people than in any town that a gazetteer of another country carries along."""


@dataclass
class Rooms:
    """Finder, extractor and resolver of one theatre; each is made when first asked for."""

    theatre: Theatre
    gazetteer: Gazetteer
    gazetteer_path: Path | None

    @classmethod
    def open(cls, theatre: str, *, gazetteer: Path | None, cache: Path) -> Rooms:
        """Open a theatre with a gazetteer file, or with the packaged one.

        Raises
        ------
        GazetteerError
            The gazetteer cannot be opened, or has no place in the theatre's countries.
        """
        loaded = load_theatre(theatre)
        if gazetteer is None:
            return cls(loaded, default_gazetteer(loaded.countries, cache=cache), None)
        opened = open_gazetteer(gazetteer)
        # Every gazetteer has the large towns of the world; one of this country has its villages too.
        home = set(home_countries(loaded))
        small = (c in home and people < VILLAGE for c, people in zip(opened.countries, opened.population, strict=True))
        if not any(small):
            raise GazetteerError(
                f"{gazetteer} has no villages of {', '.join(home_countries(loaded))}, where {loaded.key} is fought.",
                remedy="Give a gazetteer of that country, or choose the theatre with --theatre.",
            )
        return cls(loaded, opened, gazetteer)

    @cached_property
    def finder(self) -> Finder:
        """Names in text."""
        return Finder(self.gazetteer, self.theatre)

    @cached_property
    def resolver(self) -> Resolver:
        """Names to places."""
        return Resolver(self.gazetteer, self.theatre)

    @cached_property
    def extractor(self) -> Extractor:
        """Texts to claims."""
        return Extractor(self.theatre)

    def open_readers(self) -> tuple[Finder, Extractor]:
        """Make what finds places and claims now, not with the first report; the model is loaded with that."""
        return self.finder, self.extractor

    def mentions(self, report: Report) -> list[Mention]:
        """The places a report names."""
        return self.finder.find(report.text, report.lang)

    def claims(self, report: Report) -> list[Claim]:
        """The claims of a report, each once."""
        return next(self.claims_of([report]))

    def claims_of(self, reports: Iterable[Report]) -> Iterator[list[Claim]]:
        """The claims of each of many reports, each claim once: read together, which is faster than one by one."""
        extractor = self.extractor
        pairs = ((r, self.mentions(r) if extractor.worth_reading(r) else []) for r in reports)
        for claims in extractor.extract_many(pairs):
            yield list({claim.id: claim for claim in claims}.values())

    @cached_property
    def reading(self) -> str:
        """The name of this way of reading: theatre, gazetteer and code. Another name, and reports are read again."""
        digest = hashlib.sha256(repr(self.theatre).encode())
        digest.update(
            repr((len(self.gazetteer.ids), int(self.gazetteer.ids.sum()), len(self.gazetteer.surfaces))).encode()
        )
        for package in ("whoholds.locate", "whoholds.extract"):
            digest.update(code_of(package))
        return digest.hexdigest()[:16]


def home_countries(theatre: Theatre) -> tuple[str, ...]:
    """The countries control is inferred in."""
    return tuple(c for c in theatre.countries if c in theatre.default_side_by_country) or theatre.countries[:1]


def code_of(package: str) -> bytes:
    """A hash of a package's code and data: what it works out may differ where this does."""
    digest = hashlib.sha256()
    for item in _files(resources.files(package)):
        digest.update(item.name.encode())
        digest.update(item.read_bytes())
    return digest.digest()


def _files(folder: Any) -> list[Any]:
    """Code and data below a package, in a fixed order."""
    out: list[Any] = []
    for item in sorted(folder.iterdir(), key=lambda f: f.name):
        if item.is_dir():
            out += _files(item) if item.name != "__pycache__" else []
        elif item.name.endswith((".py", ".toml")):
            out.append(item)
    return out
