"""Print where the files of a run lie, for the end of `make demo`."""

from __future__ import annotations

import sys
from pathlib import Path


def main(folder: Path) -> int:
    """The files, grouped as a newcomer looks for them; 1 where the run left none."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    if not files:
        print(f"{folder} is empty: the run failed.", file=sys.stderr)
        return 1
    print(f"\nWritten to {folder}/")
    for label, wanted in (
        ("map", {".png", ".svg"}),
        ("brief", {".md", ".html"}),
        ("data", {".csv", ".jsonl", ".geojson", ".gpkg", ".sqlite"}),
    ):
        names = [str(path.relative_to(folder)) for path in files if path.suffix in wanted]
        print(f"  {label:<6}{', '.join(names[:12])}{' ...' if len(names) > 12 else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
