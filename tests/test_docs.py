"""Commands, help, library and documents say the same; links lead somewhere."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from functools import reduce
from pathlib import Path
from types import ModuleType

import click
import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])


def _maker() -> ModuleType:
    """docs/make_reference.py as a module."""
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs/make_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _find(dotted: str) -> object:
    """What a dotted name stands for, None where nothing does."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        return reduce(lambda found, name: getattr(found, name, None), parts[cut:], module)
    return None


MAKER = _maker()
COMMANDS = [(name, command) for name, command in MAKER.commands() if not isinstance(command, click.Group)]


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_has_an_example_a_twin_and_helpful_options(name: str, command: click.Command) -> None:
    text = command.help or ""
    assert re.search(r"Examples?:\n", text), f"{name} shows no example"
    assert f"{name} " in text or f"{name}\n" in text, f"the example of {name} does not call it"
    twin = re.search(r"Library twin: ([\w.]+)", text)
    assert twin is not None, f"{name} names no library twin"
    found = _find(twin[1])
    assert callable(found) or isinstance(found, ModuleType), f"{twin[1]} is not there"


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_option_says_what_it_does(name: str, command: click.Command) -> None:
    silent = [p.opts[0] for p in command.params if isinstance(p, click.Option) and not p.help and not p.hidden]
    assert not silent, f"{name}: {silent}"


def test_the_reference_is_what_the_code_says() -> None:
    assert [path.name for path in MAKER.stale()] == [], "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    local = [t.split("#")[0] for t in targets if not re.match(r"[a-z]+:", t) and not t.startswith("#")]
    assert [t for t in local if not (page.parent / t).exists()] == []


def test_the_api_page_says_what_the_server_answers() -> None:
    pytest.importorskip("fastapi", reason="NOT TESTED: the server is not installed")
    spec = importlib.util.spec_from_file_location("make_api", ROOT / "docs/make_api.py")
    assert spec is not None and spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    kept = (ROOT / "docs/reference/api.md").read_text(encoding="utf-8")
    assert kept == maker.page(), "run `make docs`"
