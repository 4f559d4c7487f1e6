"""The examples: every format, nothing set aside, and the built files say what their script says."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

from whoholds.model import Report, SetAside
from whoholds.read import read_map, read_path
from whoholds.theatres import load_theatre

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def _reports(folder: str) -> list[Report]:
    """Every report of a folder; none may be set aside."""
    found = list(read_path(EXAMPLES / folder))
    assert [one for one in found if isinstance(one, SetAside)] == []
    return [one for one in found if isinstance(one, Report)]


def _maker() -> ModuleType:
    """examples/make_files.py as a module."""
    spec = importlib.util.spec_from_file_location("make_files", EXAMPLES / "make_files.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_kharkiv_has_every_format_and_its_days() -> None:
    reports = _reports("kharkiv-2022")
    assert len(reports) >= 30
    assert set(Counter(report.format for report in reports)) >= {
        "text", "archive", "html", "feed", "wordpress", "telegram", "jsonl", "pdf",
    }  # fmt: skip
    assert any(report.origin.count("courier") for report in reports), "the web archive"
    days = [report.day for report in reports]
    assert min(days) == date(2022, 9, 5) and max(days) == date(2022, 9, 13)
    assert len({report.id for report in reports}) == len(reports)


def test_drafts_are_not_published() -> None:
    assert not [report for report in _reports("kharkiv-2022") if "Draft" in report.title]


def test_libya_has_a_dozen_reports() -> None:
    reports = _reports("libya-2011")
    assert len(reports) >= 10
    assert all(report.day.year == 2011 for report in reports)


def test_the_base_map_covers_the_country() -> None:
    drawn = read_map(
        EXAMPLES / "maps/kharkiv-2022-09-04.geojson", sides=load_theatre("ukraine-2022").sides, day=date(2022, 9, 4)
    )
    assert set(drawn.statuses) == {"UA", "RU", "contested"}


def test_the_built_files_say_what_their_script_says(tmp_path: Path) -> None:
    maker = _maker()
    maker.make_pdf(tmp_path / "18-bulletin.pdf")
    maker.make_warc(tmp_path / "19-courier.warc.gz")
    for name in ("18-bulletin.pdf", "19-courier.warc.gz"):
        new = [one.text for one in read_path(tmp_path / name) if isinstance(one, Report)]
        kept = [one.text for one in read_path(EXAMPLES / "kharkiv-2022" / name) if isinstance(one, Report)]
        assert new and new == kept
