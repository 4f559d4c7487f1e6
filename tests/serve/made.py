"""A small war run into a store, and explorers over it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.pipeline_kit import REPORTS, write_base, write_gazetteer, write_reports
from whoholds.pipeline.run import run
from whoholds.settings import STORE_NAME, RunSettings
from whoholds.store import Store

HOSTILE = {
    "id": "h", "date": "2022-09-11", "source": "<b>Outlet</b>", "title": "<img src=x onerror=alert(1)>", "lang": "en",
    "text": "Ukrainian troops entered Savyntsi on Saturday, officials said. <script>window.hacked = 1</script>",
}  # fmt: skip


def made_store(folder: Path) -> Path:
    """Run the small war, one report of it hostile; answers the folder of the run."""
    settings = RunSettings(
        gazetteer=write_gazetteer(folder), base=(write_base(folder),), base_day=date(2022, 9, 5),
        first_day=date(2022, 9, 6), last_day=date(2022, 9, 13), workers=1, cache=folder,
    )  # fmt: skip
    reports = write_reports(folder, (*REPORTS, HOSTILE))
    out = folder / "out"
    out.mkdir()
    with Store.open(out / STORE_NAME) as store:
        run((str(reports),), settings=settings, store=store, out=out, now=datetime(2022, 9, 14, tzinfo=UTC))
    return out
