"""The explorer as a folder of files that opens from disk or any web host, without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from whoholds.errors import MissingPart
from whoholds.serve.chunks import CHUNKS, Explorer
from whoholds.serve.feed import feed
from whoholds.serve.policy import policy

# What a second series brings along; places, borders, claims and reports are the same.
SERIES = ("meta", "control", "cells", "front")
PUBLISHED = '<html lang="en" data-published="yes">'


def page_file(name: str) -> bytes:
    """A built file of the page: index.html or app.js.

    Raises
    ------
    MissingPart
        The package was installed without its page.
    """
    found = files("whoholds.serve") / "static" / name
    if not found.is_file():
        raise MissingPart(
            "The explorer's page is not in this installation.",
            remedy="Build it with `make web` in a checkout, or install a built package.",
        )
    return found.read_bytes()


def publish(
    explorer: Explorer,
    out: Path,
    *,
    nowcast: Explorer | None = None,
    fronts: Mapping[str, Any] | None = None,
    digest: Mapping[str, Any] | None = None,
    link: str = "",
) -> list[Path]:
    """Write the page and its data to a folder.

    Data are scripts that hand over one object each: a page opened from disk may load scripts, but nothing else.

    Parameters
    ----------
    explorer : Explorer
    out : Path
        Made if need be; files of the same names are replaced.
    nowcast : Explorer, optional
        The explorer of each day as known on that day; without it the page cannot show that.
    fronts : mapping, optional
        Areas with intervals, front and borders of the last day, compared with the first; left out where missing.
    digest : mapping, optional
        What became known after the first day; left out where missing.
    link : str
        Where the site will be read; its feed gives permanent links there.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    MissingPart
        The package was installed without its page.
    """
    out.mkdir(parents=True, exist_ok=True)
    rules = policy((explorer.ground.tiles or {}).get("url", ""), site=True)
    page = page_file("index.html").decode().replace('<html lang="en">', PUBLISHED)
    page = page.replace("<head>", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{rules}">', 1)
    written = [_put(out / "index.html", page.encode()), _put(out / "app.js", page_file("app.js"))]
    written.append(_put(out / "feed.atom", feed(explorer, link=link).encode()))
    if fronts is not None:
        written.append(_script(out, "fronts", fronts))
    if digest is not None:
        written.append(_script(out, "digest", digest))
    says = {"published": True, "each": nowcast is not None, "fronts": fronts is not None, "digest": digest is not None}
    for name, value in _everything(explorer, nowcast, says):
        written.append(_script(out, name, value))
    return written


def _script(out: Path, name: str, value: object) -> Path:
    """One object as a script."""
    script = f"window.whoholds({json.dumps(name)},{_script_safe(value)});\n"
    return _put(out / "data" / f"{name}.js", script.encode())


def _everything(explorer: Explorer, nowcast: Explorer | None, says: Mapping[str, bool]) -> Iterator[tuple[str, object]]:
    """Every chunk, every report that holds a claim, and the second series; `says` is what `meta` says of the site."""
    for name in CHUNKS:
        yield name, _published(explorer.chunk(name), name, says)
    for report in explorer.reports_with_claims():
        yield f"report/{report['file']}", report
    for name in SERIES:
        if nowcast is not None:
            yield f"each/{name}", _published(nowcast.chunk(name), name, says)


def _published(value: object, name: str, says: Mapping[str, bool]) -> object:
    """A chunk; `meta` says that no server is behind it, and whether there is a second series."""
    if name != "meta" or not isinstance(value, dict):
        return value
    return {**value, **says}


def _script_safe(value: object) -> str:
    """JSON that is also a JavaScript expression and cannot close its script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _put(path: Path, data: bytes) -> Path:
    """Write a file and say where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
