"""The only network of the house: download a file, going on where an interrupted download stopped."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.errors import BadSetting, MissingPart, UsageError

if TYPE_CHECKING:
    import httpx

GEONAMES = "https://download.geonames.org/export/dump"
"""Source: GeoNames country dumps, CC BY 4.0."""
TIMEOUT_S = 30.0
BLOCK = 1 << 20


class FetchFailed(UsageError):
    """A file could not be downloaded, or is not the one expected."""


def get_geonames(country: str, target: str | Path, *, transport: httpx.BaseTransport | None = None) -> Path:
    """Download a country's GeoNames dump.

    Parameters
    ----------
    country : str
        ISO 3166 alpha-2 code.
    target : str or Path
        Where to keep it.
    transport : httpx.BaseTransport, optional
        The network by default.

    Raises
    ------
    BadSetting, FetchFailed, MissingPart
    """
    if not re.fullmatch(r"[A-Za-z]{2}", country):
        raise BadSetting(f"{country!r} is no country code.", remedy="Give two letters, as in UA.")
    return fetch(f"{GEONAMES}/{country.upper()}.zip", target, transport=transport)


def fetch(
    url: str, target: str | Path, *, sha256: str | None = None, transport: httpx.BaseTransport | None = None
) -> Path:
    """Download a file; what came of it earlier is kept beside it as `.part` and gone on from.

    Parameters
    ----------
    url, target : str
        A target that is there already, with the right checksum where one is given, is left as it is.
    sha256 : str, optional
        What the bytes must hash to.
    transport : httpx.BaseTransport, optional
        The network by default; a mock in tests.

    Returns
    -------
    Path
        The target, whole.

    Raises
    ------
    FetchFailed
        No network, no such file, or another file than expected.
    MissingPart
        httpx is not installed.
    """
    try:
        import httpx
    except ImportError:
        raise MissingPart("Downloading needs httpx.", remedy='Install it: pip install "whoholds[serve]"') from None
    target = Path(target)
    if target.exists() and (sha256 is None or _hash(target) == sha256):
        return target
    part = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with httpx.Client(transport=transport, timeout=TIMEOUT_S, follow_redirects=True) as client:
            _download(client, url, part)
    except httpx.HTTPError as error:
        raise FetchFailed(
            f"{url} could not be fetched: {error}.",
            remedy="Check the network and run it again: it goes on where it stopped. Or copy the file here by hand.",
        ) from None
    if sha256 is not None and (got := _hash(part)) != sha256:
        part.unlink()
        raise FetchFailed(
            f"{url} has the SHA-256 {got}, not {sha256}.", remedy="Run it again; if it stays so, the file has changed."
        )
    return part.replace(target)


def _download(client: httpx.Client, url: str, part: Path) -> None:
    """Fetch what is missing of a file."""
    done = part.stat().st_size if part.exists() else 0
    with client.stream("GET", url, headers={"Range": f"bytes={done}-"} if done else {}) as answer:
        # 416: nothing is missing. Any answer but 206 to a range is the whole file, from its beginning.
        if answer.status_code == 416 and done:
            return
        answer.raise_for_status()
        with part.open("ab" if answer.status_code == 206 else "wb") as out:
            for block in answer.iter_bytes(BLOCK):
                out.write(block)


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


__all__ = ["GEONAMES", "FetchFailed", "fetch", "get_geonames"]
