"""Run the commands of docs/tutorial.md again and put what they print in place of what stands there.

    python docs/make_tutorial.py

A block that begins with ```console holds one command after "$ " and, below it, what it printed. A line "# lines: N"
before the command keeps the first N lines.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/tutorial.md"
BLOCK = re.compile(r"```console\n(?P<limit># lines: (?P<lines>\d+)\n)?\$ (?P<command>[^\n]*)\n.*?```", re.DOTALL)


def refreshed(text: str, out: Path) -> str:
    """The page with every block run again; `out` stands for the folder out/ of the page."""

    def again(block: re.Match[str]) -> str:
        command = block["command"]
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        done = subprocess.run(
            ["/bin/sh", "-c", command.replace("out/", f"{out}/")],
            cwd=ROOT, env=os.environ | {"PATH": path, "COLUMNS": "120"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode > 1:
            raise SystemExit(f"{command}\n{done.stderr}")
        printed = (done.stdout or done.stderr).replace(f"{out}/", "out/")
        lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
        if block["lines"] and len(lines) > int(block["lines"]):
            lines = [*lines[: int(block["lines"])], "..."]
        return "\n".join([f"```console\n{block['limit'] or ''}$ {command}", *lines, "```"])

    return BLOCK.sub(again, text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        page = refreshed(PAGE.read_text("utf-8"), Path(scratch))
    PAGE.write_text(page, encoding="utf-8")
    print(f"ran the commands of {PAGE.relative_to(ROOT)}")
