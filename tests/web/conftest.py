"""Chromium of the distribution, headless, and what serves it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serve.conftest import address, explorers, run_folder, served
from whoholds.cli.desk import StoreDesk
from whoholds.cli.exploring import EACH, Explorers
from whoholds.errors import MissingPart
from whoholds.serve.app import create_app
from whoholds.serve.publish import page_file, publish
from whoholds.settings import STORE_NAME
from whoholds.store import Store

__all__ = ["address", "explorers", "run_folder"]
# Software rendering: the machines that run tests have no graphics card.
ARGUMENTS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-background-networking",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser, or a loud skip."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("THE PAGE WAS NOT TESTED: no Chromium on this machine")
    try:
        page_file("index.html")
    except MissingPart:
        pytest.skip("THE PAGE WAS NOT TESTED: it is not built; run `make web` or `npm run build` in web/")
    playwright = pytest.importorskip("playwright.sync_api", reason="THE PAGE WAS NOT TESTED: no playwright")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(explorers: Explorers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published site."""
    out = tmp_path_factory.mktemp("site")
    whole = explorers()
    digest = explorers.digest(whole.days[0])
    publish(
        whole,
        out,
        nowcast=explorers(EACH),
        fronts=explorers.fronts(None, None),
        digest=digest,
        link="https://example.org/war/",
    )
    return out


@pytest.fixture(scope="session")
def desk_address(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that takes verdicts from who holds its token, over a copy of the small war."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(run_folder / STORE_NAME, folder / STORE_NAME)
    with Store.open(folder / STORE_NAME, create=False) as store:
        explorers = Explorers(store, cache=folder)
        app = create_app(explorers, explain=explorers.explain, desk=StoreDesk(store, cache=folder), token="a-token")
        with served(app) as at:
            yield at
