"""The house keeps its shape: layers, public names, the size of files, who may print or call the network."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import whoholds

ROOT = Path(whoholds.__file__).resolve().parent
MODULES = sorted(p for p in ROOT.rglob("*.py"))
PACKAGES = [f"whoholds.{m.name}" for m in pkgutil.iter_modules([str(ROOT)]) if m.ispkg and m.name != "cli"]
LONGEST_FILE_LINES = 450
NETWORK = {"socket", "http", "urllib.request", "httpx", "requests", "ftplib", "aiohttp"}
ROOMS = {"theatres", "read", "locate", "extract", "corroborate", "store", "infer", "draw", "tell"}


def _tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def _room(path: Path) -> str:
    """The room a module lies in."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _imported(tree: ast.Module) -> Iterator[str]:
    """Every module name that is imported, anywhere in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_layers_as_the_linter_sees_them() -> None:
    root = ROOT.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_rooms_never_import_each_other() -> None:
    broken = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if _room(path) in ROOMS
        for name in _imported(_tree(path))
        if name.startswith("whoholds.") and name.split(".")[1] in ROOMS - {_room(path)}
    ]
    assert not broken


@pytest.mark.parametrize("package", ["whoholds.errors", *PACKAGES])
def test_public_names_are_declared_and_there(package: str) -> None:
    module = importlib.import_module(package)
    bare = all(isinstance(node, ast.Expr) for node in _tree(Path(str(module.__file__))).body)
    names = getattr(module, "__all__", () if bare else None)
    assert names is not None, f"{package} has no __all__"
    assert len(names) == len(set(names))
    assert [name for name in names if not hasattr(module, name)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_stay_readable(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST_FILE_LINES, f"{path} has {lines} lines: split it by what it does"


def test_only_cli_prints_and_exits() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if _room(path) != "cli"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in {"print", "exit"})
            or (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "sys.exit")
        )
    ]
    assert not found


def test_the_network_is_asked_in_one_place() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if path.relative_to(ROOT).as_posix() != "read/fetch.py"
        for name in _imported(_tree(path))
        if name in NETWORK or name.split(".")[0] in NETWORK - {"http"}
    ]
    assert not found


def test_every_module_says_what_it_is() -> None:
    silent = [p for p in MODULES if p.read_text("utf-8").strip() and not ast.get_docstring(_tree(p))]
    assert not silent


def test_nouns_are_frozen_and_slotted() -> None:
    loose = []
    for path in (ROOT / "model").glob("*.py"):
        for node in _tree(path).body:
            if isinstance(node, ast.ClassDef):
                marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
                if "dataclass" in marks and not all(f"{word}=True" in marks for word in ("frozen", "slots", "kw_only")):
                    loose.append(node.name)
    assert not loose
