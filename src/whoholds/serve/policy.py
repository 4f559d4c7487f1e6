"""What the page may do: anything a report brought along stays text, and nobody else is asked for anything."""

from __future__ import annotations

_RULES = {
    "default-src": "'none'",
    "script-src": "'self' blob:",
    "worker-src": "blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self' blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_TILED = ("img-src", "connect-src")
# A page from disk has no origin: its own files are any file, and its worker comes as data.
_FILES = {"script-src": "file:", "style-src": "file:", "img-src": "file:", "worker-src": "data:"}


def policy(tiles: str = "", *, site: bool = False) -> str:
    """The content security policy (CSP level 3) of the page.

    Parameters
    ----------
    tiles : str
        Address of background tiles, `https://HOST/{z}/{x}/{y}.png`; only its host is let in beside our own.
    site : bool
        For a published site, whose policy stands in the page: files from disk are its own, and who may frame it is
        for its web host to say.

    >>> "connect-src 'self' blob: https://tiles.example.org" in policy("https://tiles.example.org/{z}/{x}/{y}.png")
    True
    """
    host = "/".join(tiles.split("/")[:3])
    rules = []
    for name, allowed in _RULES.items():
        more = [host] if host and name in _TILED else []
        if site and name in _FILES:
            more.append(_FILES[name])
        rules.append(" ".join([name, allowed, *more]))
    return "; ".join(rules if site else [*rules, "frame-ancestors 'none'"])


__all__ = ["policy"]
