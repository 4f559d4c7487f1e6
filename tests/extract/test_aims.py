"""Aims are no claims; deeds told beside them are."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.extract import Extractor
from whoholds.locate import Finder, default_gazetteer
from whoholds.model import Claim, Report
from whoholds.settings import cache_folder
from whoholds.theatres import load_theatre

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def rooms() -> tuple[Finder, Extractor]:
    theatre = load_theatre("ukraine-2022")
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return Finder(default_gazetteer(theatre.countries, cache=folder), theatre), Extractor(theatre)


def _claims(rooms: tuple[Finder, Extractor], text: str) -> list[Claim]:
    finder, extractor = rooms
    report = Report(id="r", format="text", sha256="", text=text, lang="en", outlet="Post", day=date(2022, 9, 13))
    return extractor.extract(report, finder.find(text, "en"))


@pytest.mark.parametrize(
    "text",
    [
        "Second axis, Russian effort: Seize the rest of Luhansk Oblast",
        "The main goal of Russian forces is the capture of Bakhmut.",
        "Russian priorities: hold the Kherson region and capture Bakhmut",
    ],
)
def test_an_aim_is_no_claim(rooms: tuple[Finder, Extractor], text: str) -> None:
    assert [c for c in _claims(rooms, text) if c.kind.value == "gain"] == []


def test_a_deed_told_after_an_aim_is_one(rooms: tuple[Finder, Extractor]) -> None:
    found = _claims(rooms, "The goal was reached late: Ukrainian troops captured Kupiansk on Saturday.")
    assert [(c.kind.value, c.side, c.places[0].span.text) for c in found] == [("gain", "UA", "Kupiansk")]
