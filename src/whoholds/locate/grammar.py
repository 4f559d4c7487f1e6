"""The words around a name that type it: "Kharkiv Oblast", "the Izyum axis", "north of Kharkiv", "Oskil River"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from whoholds.locate.found import Found
from whoholds.model import PlaceType, Theatre

COMPASS = (
    r"(?:north|south|east|west|northeast|northwest|southeast|southwest|north-?east|north-?west|south-?east|south-?west)"
)
_REGION = re.compile(
    r"(?:['’]s)?[ \u00a0]((?:Oblast|oblast|[Rr]egion|[Pp]rovince|[Gg]overnorate|[Dd]istrict|[Rr]aion|[Cc]ounty|"
    r"[Mm]unicipality|(?:(?:[Uu]nited |[Uu]rban )?territorial )?community|hromada)(s|ies)?"
    r"|(?:Arab |People['’]s |Autonomous )?Republics?)\b(?: border)?"
)
_AREA = re.compile(r"[ \u00a0](?:area|countryside|suburbs|agglomeration)\b")
_DIRECTION = re.compile(
    r"[ \u00a0](?:(?:operational|strategic|tactical|offensive) )?"
    r"(?:ax[ie]s|[Dd]irections?|[Ff]ronts?|[Ff]rontlines?|front ?lines?|sectors?|line|salient|pocket|bulge|cauldron|"
    r"bridgehead)\b"
)
_FEATURE = re.compile(
    r"[ \u00a0]((?:[Ii]nternational |[Mm]ilitary |[Nn]uclear |[Tt]hermal |[Hh]ydroelectric |[Ss]teel |"
    r"[Cc]ivil(?:ian)? |[Mm]ain |[Cc]hemical |[Aa]ir )*"
    r"(?:[Rr]iver|[Rr]eservoir|[Aa]irport|[Aa]irfield|[Aa]erodrome|[Aa]irbase|[Bb]ase|[Dd]am|[Ii]slands?|NPP|TPP|"
    r"HPP|[Pp]ower [Pp]lant|[Pp]ower [Ss]tation|[Pp]lant|[Bb]ridge|[Hh]ighway|[Mm]otorway|[Pp]ort|[Mm]ine|[Ll]ake|"
    r"[Pp]eninsula|[Cc]anal|[Rr]efinery|[Ss]teelworks|[Ff]orest|[Hh]ills?|[Mm]ountains?|[Pp]ass|[Bb]asin|[Dd]esert|"
    r"[Oo]ilfield))\b"
)
_BORDER = re.compile(r"(?:[ \u00a0](?:Oblast|oblast|region))?[ \u00a0](?:border|highway|road|railway)\b")
_DIRECTIONS_OF = re.compile(r"(?:the )?(?:[Dd]irections|axes) (?:of|toward) ")
_CITY = re.compile(r"[ \u00a0](?:City|city|town|village|settlement)\b")
_JOIN = re.compile(r"\s*(?:,|and|or|&|,\s*and|/)\s*(?:(?:in|on|along) )?(?:the )?|\s*-\s*")
_COMPASS_OF = re.compile(
    rf"(?:\bthe )?(?:\b(?:immediate|far|further|directly|just|due) )?\b{COMPASS}(?:ern|wards?)?(?:(?:,? and |,| or |"
    rf", and | to (?:the )?){COMPASS}(?:ern|wards?)?)* (?:of|from) (?:the (?:city|town|village) of )?$",
    re.IGNORECASE,
)
_DIRECTION_OF = re.compile(
    r"(?:\bthe )?\b(?:[Dd]irections?|ax[ie]s) (?:of |toward |to )(?:the (?:city|town|village) of )?$"
)
_COMPASS_ADJ = re.compile(
    r"(?:\bthe )?\b(?:(?:[Ff]ar |occupied |[Oo]ccupied )?(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|"
    r"[Cc]entral)(?:-?(?:east|west))?(?:ern)?(?:(?: and |, )(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)(?:-?(?:east|"
    r"west))?ern)?|[Oo]ccupied|[Ss]outhwestern occupied) $"
)
_THE = re.compile(r"\bthe $", re.IGNORECASE)
_NAMELESS = re.compile(
    rf"\b(?:in|across|over|throughout|of) (the (?:(?:country|county|nation|region|province)['’]s )?(?:far )?{COMPASS}"
    r"(?: of the country)?)(?![\w-])"
    rf"(?!,? (?:of|and|or|to|{COMPASS}|bank|coast|side|from|direction|axis|front|flank|part|shore|edge|"
    rf"end)\b)(?!, {COMPASS})",
)
# How what each of them finds ends.
_LAST_LETTERS = {
    _COMPASS_OF: ("f ", "m ", "F ", "M "),
    _DIRECTION_OF: ("f ", "o ", "d "),
    _COMPASS_ADJ: ("h ", "t ", "n ", "l ", "d "),
    _THE: ("e ", "E "),
}
_COMPASS_NAME = re.compile(
    r"(?:(?:North|South|East|West|Central|Middle|Upper|Lower)(?:-?(?:[Ee]ast|[Ww]est))?(?:ern)?\s?)+"
)


def is_compass(name: str) -> bool:
    """Whether a name is nothing but a side of the compass ("Southern", "North Eastern")."""
    return _COMPASS_NAME.fullmatch(name) is not None


def _widen_left(text: str, found: Found, pattern: re.Pattern[str], reach: int = 60) -> bool:
    """Take the words before a find into it where they match."""
    if not text.endswith(_LAST_LETTERS[pattern], 0, found.left):
        return False  # looked at first, as it is soon done
    match = pattern.search(text, max(0, found.left - reach), found.left)
    if match is None:
        return False
    found.left = match.start()
    return True


def type_all(text: str, found: list[Found], lang: str, region_key: Callable[[str], str | None]) -> list[Found]:
    """Type every find by the words around it."""
    found = _join_pairs(text, found)
    for i, f in enumerate(found):
        if lang in ("uk", "ru") and not f.name.isascii():
            continue
        left = f.left
        _type_one(text, f, region_key)
        if i and f.left < found[i - 1].right <= left:
            f.left = left
        hyphened = i > 0 and text[found[i - 1].end : f.start] in ("-", "–")  # "the A-B Oblast border"
        shared = f.right > f.end and text[: f.right].endswith(("s", "Republic"))
        if f.type is PlaceType.REGION and (hyphened or shared):
            _share(text, found, i, f, region_key)
        if f.type is PlaceType.DIRECTION and f.right > f.end:
            _share(text, found, i, f, region_key)
        if f.type is PlaceType.DIRECTION and _DIRECTIONS_OF.match(text, f.left):
            for k in range(i + 1, len(found)):
                if not _JOIN.fullmatch(text, found[k - 1].right, found[k].left):
                    break
                found[k].type = PlaceType.DIRECTION
    return found


def _join_pairs(text: str, found: list[Found]) -> list[Found]:
    """ "The Izyum-Slovyansk line", "in the direction of Dovhenke-Dolyna": two names, one place."""
    out: list[Found] = []
    i = 0
    while i < len(found):
        j = i
        while j + 1 < len(found) and text[found[j].end : found[j + 1].start] in ("-", "–"):
            j += 1
        first, last = found[i], found[j]
        if j > i and last.type is PlaceType.DIRECTION and all(f.type is PlaceType.SETTLEMENT for f in found[i:j]):
            # the theatre knows "the B axis" as an area of its own: "the A-B axis" is another
            name = _DIRECTION.sub("", text[first.start : last.end])
            out.append(replace(last, start=first.start, left=first.start, name=name, rows=(), area=None))
            i = j + 1
            continue
        if j > i and all(f.type is PlaceType.SETTLEMENT for f in found[i : j + 1]):
            city = _CITY.match(text, last.end)
            end = city.end() if city and city[0].strip() == "City" else last.end
            head = any(p.match(text, end) for p in (_DIRECTION, _AREA, _FEATURE, _BORDER))
            if head or _DIRECTION_OF.search(text, max(0, first.start - 30), first.start):
                name = text[first.start : last.end]
                out.append(replace(first, end=end, right=end, name=name, rows=()))
                i = j + 1
                continue
        out.extend(found[i : j + 1])
        i = j + 1
    return out


def _share(text: str, found: Sequence[Found], i: int, head: Found, region_key: Callable[[str], str | None]) -> None:
    """ "Luhansk and Donetsk regions": the head noun counts for every name of the list before it.

    One in the singular ("Donetsk and Luhansk People's Republic") does so only for names that are regions' too.
    """
    j = i - 1
    one = head.type is PlaceType.REGION and text[head.right - 1] != "s"
    while j >= 0 and found[j].right == found[j].end and _joined(text, found[j], found[j + 1]):
        if (
            head.type is PlaceType.DIRECTION
            and text[head.right - 1] != "s"
            and "-" not in text[found[j].end : found[j + 1].start]
        ):
            break
        if one and region_key(found[j].name) is None:
            break
        found[j].type = head.type
        if head.type is PlaceType.REGION:
            found[j].area = region_key(found[j].name)
        j -= 1


def _type_one(text: str, f: Found, region_key: Callable[[str], str | None]) -> None:
    """Type one find and widen it."""
    if f.type is PlaceType.SETTLEMENT:
        if match := _REGION.match(text, f.end):
            f.type, f.right = PlaceType.REGION, match.end()
            f.area = region_key(f.name) if "istrict" not in match[0] and "aion" not in match[0] else None
            _widen_left(text, f, _COMPASS_ADJ) or _widen_left(text, f, _THE, 4)
        elif match := _FEATURE.match(text, f.end):
            f.type, f.right = PlaceType.FEATURE, match.end()
            _widen_left(text, f, _THE, 4)
        elif match := _AREA.match(text, f.end):
            f.type, f.right = PlaceType.REGION, match.end()
            _widen_left(text, f, _THE, 4)
        elif match := _CITY.match(text, f.end):
            f.right = match.end() if match[0].strip() == "City" else f.right
    elif f.type is PlaceType.REGION:
        if (match := _REGION.match(text, f.end)) and not f.name.endswith(("blast", "egion")):
            f.right = match.end()
        _widen_left(text, f, _COMPASS_ADJ) or _widen_left(text, f, _THE, 4)
    elif f.type is PlaceType.FEATURE:
        if match := _FEATURE.match(text, f.end):
            f.right = match.end()
        _widen_left(text, f, _THE, 4)
    if match := _DIRECTION.match(text, f.right):
        f.type, f.right = PlaceType.DIRECTION, match.end()
        _widen_left(text, f, _THE, 4)
    if f.type is not PlaceType.FEATURE and (_widen_left(text, f, _COMPASS_OF) or _widen_left(text, f, _DIRECTION_OF)):
        f.type = PlaceType.DIRECTION


def nameless(text: str, found: Sequence[Found], theatre: Theatre) -> list[Found]:
    """Regions that carry no name of their own: "the east", "the country's south"."""
    taken = [(f.left, f.right) for f in found]
    out: list[Found] = []
    for match in _NAMELESS.finditer(text):
        start, end = match.span(1)
        if any(a < end and start < b for a, b in taken):
            continue
        compass = re.search(COMPASS, match[1], re.IGNORECASE)
        word = compass[0].lower().replace("-", "") if compass else ""
        country = theatre.countries[0] if theatre.countries else ""
        out.append(Found(start, end, start, end, match[1], PlaceType.REGION, (), f"part:{word}:country:{country}"))
    return out


def _joined(text: str, one: Found, other: Found) -> bool:
    """Whether two names stand in one list, whatever words belong to the second: "the A and in the Southern B"."""
    return any(_JOIN.fullmatch(text, one.end, at) is not None for at in (other.start, other.left))
