"""Reports read together: one that cannot be read takes no other with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from whoholds.model import Claim, Report
from whoholds.pipeline import gather
from whoholds.pipeline.rooms import Rooms


class _Rooms:
    """Rooms that fail at one report."""

    def claims_of(self, reports: Iterable[Report]) -> Iterator[list[Claim]]:
        """No claims, and an error where the text is bad."""
        for report in reports:
            if report.text == "bad":
                raise ValueError("no sense in it")
            yield []

    def claims(self, report: Report) -> list[Claim]:
        """Of one report."""
        return next(self.claims_of([report]))


def _report(number: int, text: str, lang: str = "en") -> Report:
    """A report of few words."""
    return Report(
        id=str(number), format="jsonl", sha256="0", text=text, lang=lang, outlet="", day=date(2022, 9, 12), origin="o"
    )


def test_a_bad_report_takes_no_other_with_it() -> None:
    """Every report comes out once and in order; the bad one with the reason."""
    texts = ["good"] * 3 + ["bad"] + ["good"] * (gather.CHUNK + 5) + ["bad"]
    reports = [_report(i, text, lang="ru" if i == 1 else "en") for i, text in enumerate(texts)]
    read: list[Any] = list(gather._claims_of(cast("Rooms", _Rooms()), iter(reports)))
    assert [report.id for report, _, _ in read] == [report.id for report in reports]
    assert [problem is not None for _, _, problem in read] == [text == "bad" for text in texts]
    assert "no sense in it" in read[3][2].problem
