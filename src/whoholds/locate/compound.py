"""Names of several words that no gazetteer has whole: "Khan Sheikhoun" is not Khan, "Bustan al-Qasr" is neither half.

Arabic place names join a generic (Tell, Deir, Kafr, Ras ...) or an article to a name. A hit of the automaton on a part
of such a name is a hit on another place; the whole name stands, resolved where the gazetteer has it in some spelling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from whoholds.locate import context
from whoholds.locate.found import Found
from whoholds.locate.gazetteer import Gazetteer
from whoholds.model import PlaceType

_ARTICLE = r"(?:[Aa][ldnrstz]|[Aa]sh|[Ee][ldnrstz]|[Ee]sh)-"
# Generics of settlements and landscape in Arabic toponyms, as romanised by agencies (UNGEGN romanisation tables).
_GENERIC = (
    r"(?:Khan|Te[l]{1,2}|Ta[l]{1,2}|Deir|Dayr|Kafr|Kafar|Kfar|Ras|Jisr|Wadi|Bir|Ain|Ayn|Jabal|Jebel|Umm|Abu|Sidi|Bani|"
    r"Beni|Nahr|Beit|Bayt|Qal[’'a]?at|Ma['’]?ar[ae]t|Marj|Bab|Qasr|Burj|Souq|Hosh|Bustan|Zawiyat|Bin|Ben)"
)
_WORD = r"[A-Z][A-Za-z’'ʿ]+"
_NAME = re.compile(
    rf"(?<![\w-])(?:{_GENERIC}[ -](?:{_ARTICLE})?{_WORD}|{_WORD} {_ARTICLE}{_WORD}|{_ARTICLE}{_WORD})"
    rf"(?:[ -]{_ARTICLE}{_WORD})?(?![\w-])"
)
_SLOT = re.compile(
    r"(?:\b(?:in|of|near|at|around|towards?|outside|into|entered|from|to|on|through|between|overran|captured?|"
    r"seized?|took|retook|"
    r"recaptured?|storm(?:s|ed)?|shell(?:s|ed)?|bomb(?:s|ed)?|attack(?:s|ed)?|assault(?:s|ed)?|pound(?:s|ed)?|"
    r"target(?:s|ed)?|"
    r"hits?|strikes?|struck|reach(?:es|ed)?|enters?|entering|liberate[sd]?|occup(?:y|ies|ied)|holds?|held|controls?|"
    r"controlled|defend(?:s|ed)?|abandon(?:s|ed)?|evacuate[sd]?|quit|fled|flee|los[et]|secured?|clear(?:s|ed)?|"
    r"besiege[sd]?|retakes?|regain(?:s|ed)?|reclaim(?:s|ed)?|"
    r"(?:village|town|city|district|suburb|area|neighbou?rhood)s? of)(?: the)?|,|"
    r"\band) $"
)
_SURE = re.compile(
    r"\b(?:in|near|at|around|outside|into|entered|captured?|seized?|retook|(?:village|town|city|district) of) $"
)
_PERSON = re.compile(r"(?:Ben|Bin|Abu|Saif|Umm) |[Aa]l-(?:Qaeda|Qaida|Jazeera|Arabiya|Shabaab|Nusra)")
_BEHIND = re.compile(r" (?:air ?base|airport|district|neighbou?rhood|province|countryside|town|village|crossing|dam)\b")


def of_two_names(text: str, found: Sequence[Found], rows_of: Callable[[str], tuple[int, ...]]) -> list[Found]:
    """The hits, two side by side as one where they spell one village: "Cherkasy Tyshky" is not Cherkasy and Tyshky."""
    out: list[Found] = []
    for f in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.end + 1 == f.start
            and text[last.end] == " "
            and last.type is f.type is PlaceType.SETTLEMENT
            and (rows := rows_of(name := text[last.start : f.end]))
        ):
            out[-1] = Found(last.start, f.end, last.start, f.end, name, PlaceType.SETTLEMENT, rows)
        else:
            out.append(f)
    return out


def whole_names(text: str, found: Sequence[Found], gazetteer: Gazetteer, not_places: frozenset[str]) -> list[Found]:
    """The hits, those on a part of a longer name replaced by the whole, and whole names added where a place stands.

    Parameters
    ----------
    text : str
    found : sequence of Found
        Hits in order.
    gazetteer : Gazetteer
    not_places : frozenset of str
        Names of people and forces of the theatre: "al-Nusra" is no town.
    """
    out = list(found)
    for match in _NAME.finditer(text):
        start, end = match.span()
        name = match[0]
        if any(name in other or other in name for other in not_places if len(other) > 3):
            continue
        touching = [f for f in out if f.start < end and start < f.end]
        if any(f.start <= start and end <= f.end for f in touching):
            continue
        slot = _SLOT.search(text, max(0, start - 16), start) or _BEHIND.match(text, end)
        if not slot:
            if any(f.start > start for f in touching):
                out = [f for f in out if f not in touching]
            continue
        rows = gazetteer.rows_of_name(name)
        if not rows and not (_SURE.search(text, max(0, start - 16), start) or _BEHIND.match(text, end)):
            # "Eman al-Obeidy", "Ben Wedeman": after "of", "from" or a comma a name is a person's as often as a place's.
            continue
        if not rows and (name.split(" ")[0] in context.words().first_names or _PERSON.match(name)):
            continue
        out = [f for f in out if f not in touching]
        out.append(Found(start, end, start, end, name, PlaceType.SETTLEMENT, tuple(rows)))
    return sorted(out, key=lambda f: f.start)
