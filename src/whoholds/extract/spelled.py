"""Names that no gazetteer knows but whose spelling or neighbours in the text say that they are places, before parsing.

"Tell Wasit" by its first word, "the villages of Havali and Zarnali" by the noun, "Kafranbel, al-Hbit and Hass" by the
list, "the Panorama junction" by what it is. The parser is told of them, so that it reads them as names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from whoholds.extract.texts import AnyWord
from whoholds.model import Mention, PlaceType, Span

_ARTICLE = r"(?:[Aa]l|[Aa]s|[Aa]sh|[Aa]d|[Aa]t|[Aa]n|[Aa]r|[Aa]z|[Ee]l|[Ee]s|[Ee]z|[Ee]d|[Uu]l)-"
_WORD = rf"(?:{_ARTICLE})?[A-Z][a-z]+(?:[’'][a-z]{{2,}})?(?:-[A-Za-z][a-z]+)*(?![A-Z])"
_ITEM = rf"{_WORD}(?: {_WORD}){{0,3}}"
_ANY_ARTICLE = re.compile(_ARTICLE)
# "eastern", "upper", "great" behind an Arabic name belong to it
_TAIL = r"(?:Sharqi|Gharbi|Kabir|Saghir|Fawqani|Tahtani|Qibli|Shamali|Janubi|Fawqa|Tahta)(?:yah?|yyah?|ah?)?"
# The first word of many Arabic and Turkic place names and of few others: hill, spring, village, gate, monastery,
# mount, valley, cape, house, well, castle, ruin, garden, tower.
_SHAPED = re.compile(
    rf"(?<![\w-])(?:(?<=[a-z,] )Tell|Tel|Tall|Tal|Ain|Ayn|Kafr|Kfar|Kafar|Bab|Deir|Dayr|Jabal|Jebel|Umm|Wadi|Beit|Bayt"
    rf"|Hawsh|Hosh|Karm|Bir|Qasr|Qalaat|Qal['’]at|Maarr?at|Maarr?et|Ma['’]arr?at|Khirbet|Khirbat|Bustan|Souk|Souq|Burj|Marj"
    rf"|Bani|Beni|Nahr|Mazra['’]?at|Khan) {_WORD}(?: (?:{_ARTICLE}[A-Z][a-z’']+|{_TAIL}))?(?![\w-])"
)
_OF_FORCE = re.compile(
    r"\b(?:Ahrar|Jabhat|Liwa|Jaysh|Jaish|Fa[iy]laq|Hay['’]?at|Tahrir|Harakat|Ansar|Jund|Saraya|Nour|Fursan|Suqour|Kataib"
    r"|Katibat|Quwat)(?: [a-z]+)? (?:al-?)?$"
)
_HEIGHTS = ("Jabal", "Jebel", "Wadi", "Nahr")
_BEHIND = re.compile(rf" (?:{_ARTICLE}(?!Assad|Nusra|Qaeda|Qaida|Shabab|Islam)[A-Z][a-z’']+|{_TAIL})(?![\w-])")
_HEIGHTS_OF = re.compile(r" (?:[Hh]eights|[Hh]ills?|[Rr]idge|[Vv]alley|[Gg]orge)\b")
_BEFORE = re.compile(rf"(?:(?<![\w-])[A-Z][a-z’']+ )?{_ARTICLE}$")
_SETTLED = (
    r"(?:villages?|towns?|cit(?:y|ies)|settlements?|districts?|suburbs?|neighbou?rhoods?|quarters?|hamlets?|localities"
    r"|locality|(?:oil |sea|fishing )?ports?|enclaves?|oas[ei]s|resorts?)"
)
_LIST = rf"{_ITEM}(?:, (?:and )?{_ITEM})*(?:,? and {_ITEM})?"
_OF = re.compile(rf"\b{_SETTLED} of (?:the )?({_LIST})")
_FARMS_OF = re.compile(rf"\b(?:farms|orchards|fields|approaches) of (?:the )?({_LIST})")
_HILL_OF = re.compile(
    rf"\b(?:hills?|heights?|peaks?|islands?|checkpoints?|forests?|woods|valley) of (?:the )?({_LIST})"
)
_SECTION = re.compile(rf"\b[Tt]he ({_ITEM}) (?:section|sector|stretch|segment) of the (?:front|contact|line|border)")
_TAKEN = re.compile(
    r"\b(?:captured|recaptured|retook|retaken|took|taken|seized|liberated|cleared|overran|overrun|entered|stormed|shelled"
    r"|bombed|bombarded|pounded|besieged|lost|left|abandoned|evacuated)"
    rf" ({_ITEM}, (?:{_ITEM}, )*(?:and )?{_ITEM},? and {_ITEM}|{_ITEM}, {_ITEM},? and {_ITEM})"
)
_AMONG = re.compile(
    r"\b(?:villages|towns|cities|settlements|districts|suburbs|neighbou?rhoods|quarters|hamlets|localities|places)"
    rf"(?:(?:[^.;:\n]{{0,30}}(?::|,? among them|,? including|,? namely)|,) ({_LIST})| ({_ITEM}(?:, {_ITEM})+))"
)
# "X and Y villages", "X, Y and the Z villages"
_NAMED_BEFORE = re.compile(
    rf"(?<![\w’'-])(?:(?:{_ITEM}, )+(?:and )?(?:the )?{_ITEM}(?:,? and (?:the )?{_ITEM})?"
    rf"|{_ITEM},? and (?:the )?{_ITEM})$"
)
_TOWNS_BEHIND = re.compile(r" (?:villages|towns|neighbou?rhoods|quarters|suburbs|hamlets|farms)(?![\w-])")
_LONGEST_LIST = 200  # [characters]
# "the liberated villages are X, Y (in V) and Z"
_ASIDE = r"(?: \((?:in )?[A-Z][^()]{1,30}\))?"
_THEY_ARE = re.compile(
    r"\b(?:liberated|captured|recaptured|freed|seized|cleared|occupied|abandoned)"
    r" (?:villages|towns|cities|settlements|districts|localities|places|areas)(?: of [^.;:,]{1,30})?"
    r" (?:are|were|include[ds]?)"
    rf" ({_ITEM}{_ASIDE}(?:, (?:and )?{_ITEM}{_ASIDE})*(?:,? and {_ITEM}{_ASIDE})?)"
)
_TOWARDS = re.compile(rf"\bdirections? of (?:the )?({_LIST})")
_SIDE_OF = re.compile(
    rf"\b((?:north|south|east|west)(?:-?(?:east|west))?(?:ern)? of )({_ITEM})"
    r"|\b(?:outskirts|edge|suburbs|gates|cent(?:er|re)|streets|fringes|approaches|countryside|blocks|heart)"
    rf" of ({_ITEM})"
)
_NEARBY = re.compile(rf"\b(?:nearby|neighbou?ring|adjacent) ({_LIST})")
_LISTED = re.compile(rf"(?<![\w’'-])({_ITEM}(?:, (?:and )?{_ITEM})+(?:,? and {_ITEM})?|{_ITEM} and {_ITEM})")
_PLACED = re.compile(
    r"(?:\b(?:in|near|of|around|at|on|outside|between|from|into|towards?|to|over|against|hit|struck|shelled|bombed|took"
    r"|taken|seized|captured|recaptured|retook|liberated|cleared|entered|stormed|attacked|including|include|namely|like)"
    r"(?: the)?|:) $"
)
_FEATURE = re.compile(
    rf"(?:\b[Tt]he )?(?<![\w-])({_ITEM}) (?:[Bb]order [Cc]rossing|[Cc]rossing"
    r"|(?:[Mm]ilitary |[Ii]nternational )?[Aa]irport"
    r"|(?:[Aa]ir|[Aa]rtillery|[Mm]ilitary|[Nn]aval) [Bb]ase|[Aa]irbase|[Aa]irfield|[Cc]heckpoint"
    r"|(?:[Oo]il )?[Rr]efinery|(?:[Oo]il )?[Tt]erminal"
    r"|(?:[Oo]il|[Gg]as) ?[Ff]ields?|[Jj]unction|[Rr]oundabout|[Hh]otel|[Bb]arracks|[Bb]ridge"
    r"|[Dd]am|(?:[Rr]efugee )?[Cc]amp|[Hh]eights?|[Hh]ills?|[Mm]ountains?|[Vv]alley|[Pp]rison|[Ss]tadium)(?![\w-])"
)
_REGION = re.compile(
    rf"(?:\b[Tt]he )?(?<![\w-])({_ITEM}) (?:[Rr]egion|[Oo]blast|[Pp]rovince"
    r"|[Gg]overnorate|[Rr]aion|[Cc]ountryside)(?![\w-])"
)
_QUARTER = re.compile(
    rf"(?:\b[Tt]he )?(?<![\w-])({_ITEM}) (?:district|neighbou?rhood|quarter|suburb|village|town)(?![\w-])"
)
# One of these is in all that the expression before finds; they are slow where names are many.
_FEATURE_HAS = AnyWord([
    "rossing", "irport", " base", " Base", "irbase", "irfield", "heckpoint", "efinery", "erminal", "ield", "unction",
    "oundabout", "otel", "arracks", "ridge", " Dam", " dam", "amp", "eight", "rison", "tadium",
    " hill", " Hill", "alley", "ountain",
])  # fmt: skip
_REGION_HAS = AnyWord(["egion", "blast", "rovince", "overnorate", "aion", "ountryside"])
_QUARTER_HAS = AnyWord(["district", "ghborhood", "ghbourhood", "quarter", "suburb", "village", "town"])
# What begins with a capital and is no place: days, months, peoples and their forces, offices, armed groups, people.
_NO_PLACE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs"
    r"|Fri|Satur|Sun)day|The|This|That|These|Those|A|An|In|On|At|But|And|As|After|Before|When|While|If|It|Its|He|She|They"
    r"|We|I|You|Our|His|Her|Their|Some|Many|Most|All|Both|One|Two|Three|Several|Only|Mr|Mrs|Ms|Dr|President|General|Gen"
    r"|Col|Colonel|Minister|Ministry|Defen[cs]e|Army|Forces?|Brigade|Division|Front|Party|Council|Parliament|State|Union"
    r"|Nations|Islamic|Jaysh|Jaish|Ahrar|Liwa|Jabhat|Faylaq|Failaq|Hayat|Harakat|Saraya|Ansar|Jund|Nusra|Qaeda|Qaida"
    r"|NATO|Reuters|Facebook|Twitter|Telegram|Internet|Sunni|Shi['’]?(?:a|ite)|Christian|Muslim|Grad|Scud|Tomahawk"
    r"|Street|Avenue|North|South|East|West|Northern|Southern|Eastern|Western|Central|Upper|Lower|New|Old|Great|Greater"
    r"|Abu Bakr|Sheikh|Saif al-Islam|Kurds?|Arabs?|Jews?|Turks?|Azeris?|[A-Z][a-z]+(?:ians?|ish|ese|eans?|sts|ites?))\b"
    r"|\b(?:Iraqi|Israeli|Kurdish|French|Dutch|Greek|Libyan|Syrian|American|German|Azeri|Saudi|Qatari|Emirati|Yemeni)s?\b"
)
_SPEAKS = re.compile(
    r"(?:,? (?:said|says|told|wrote|added|who|insist(?:s|ed)|warn(?:s|ed)|claim(?:s|ed)|announce[sd]|report(?:s|ed)"
    r"|tweeted|posted|confirm(?:s|ed)|declare[sd]|state[sd]|note[sd]|concede[sd]|admit(?:s|ted)|acknowledge[sd]|argue[sd]"
    r"|den(?:ies|ied)|explain(?:s|ed)|stress(?:es|ed)|recalled|believes?|thinks?|estimate[sd]|complain(?:s|ed))\b"
    r"|['’]s\b|-(?:based|led|backed|held|controlled)\b)"
)
# "X, a spokesman", "X, the governor": a person
# "hit X, Norlandic officials said": an adjective of people is no town
_PEOPLE = re.compile(
    r" (?:officials?|authorities|forces|troops|soldiers|army|military|media|sources|leaders|fighters|militants"
    r"|activists|commanders|rebels|officers)\b"
)
_OFFICE = re.compile(
    r", (?:an?|the|his|her|its|whose) (?:[\w’'.-]+ ){0,4}(?:\w+(?:man|woman|er|or|ist)|chief|head|official)s?\b"
)
_PERSON = re.compile(
    r"(?:\b(?!(?:Only|The|In|From|Near|At|And|But|Both|Around|Nearby|Then|Later|Also|Even) )[A-Z][a-z]+ "
    r"|\b(?:by|with|between|for|minister|president|commander|leader|spokes\w+|fighter) )$"
)


# Towns that reports on any war name in passing and where none of it is fought: of officials, agencies and talks.
FAR = frozenset({
    "amman", "ankara", "athens", "beijing", "berlin", "west berlin", "bonn", "boston", "brussels", "cairo", "chicago",
    "copenhagen", "doha", "dubai", "dublin", "frankfurt", "gaza", "geneva", "hamburg", "lisbon", "london",
    "los angeles", "lyon", "madrid", "milan", "munich", "new delhi", "new york", "oslo", "ottawa", "paris", "prague",
    "pretoria", "riyadh", "rome", "san francisco", "singapore", "stockholm", "strasbourg", "stuttgart", "the hague",
    "tokyo", "toronto", "tunis", "vienna", "vilnius", "warsaw", "washington", "zurich", "west point",
})  # fmt: skip


def with_spelled(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, fragments of longer Arabic names widened to the whole, and with names told by their spelling.

    Parameters
    ----------
    text
        The report's text.
    mentions
        The places that the gazetteer knows, in order.

    Returns
    -------
    list of Mention
        In order and without overlaps; new and widened ones have neither candidates nor area.

    >>> [m.name for m in with_spelled("They shelled the villages of Tell Wasit and Hass.", [])]
    ['Tell Wasit', 'Hass']
    """
    out = _widened(text, mentions)
    for find in (_shaped, _of_nouns, _features):
        out = _with(out, find(text))
    return _with(out, _in_lists(text, out))


def _with(mentions: Sequence[Mention], more: Iterable[Mention]) -> list[Mention]:
    """The mentions and those of the others that overlap none of them, nor each other."""
    out = list(mentions)
    for m in sorted(more, key=lambda m: (m.span.start, -m.span.end)):
        if not any(o.span.start < m.span.end and m.span.start < o.span.end for o in out):
            out.append(m)
    return sorted(out, key=lambda m: m.span.start)


def _widened(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that are a piece of a longer Arabic name as the whole name: "Bab" of "Bab al-Hadid"."""
    out: list[Mention] = []
    # "the villages of Tal Jabin and Dwer al-Zeitoun": whole names, whatever of them is known
    items = [item for match in _OF.finditer(text) for item in _items(text, *match.span(1))]
    items += [item for span in _lists_before_nouns(text) for item in _items(text, *span)]
    known = [(m.span.start, m.span.end) for m in mentions]
    whole = [
        (a, b) for a, b in items if sum(a <= c and d <= b for c, d in known) == 1 and _place(text, a, b) is not None
    ]
    for m in mentions:
        start, end = m.span.start, m.span.end
        if m.type is PlaceType.SETTLEMENT and _OF_FORCE.search(text, max(0, start - 30), start):
            continue  # "Ahrar al-Sham"
        if m.role == "name" and m.type is PlaceType.SETTLEMENT and _shapes(m.span.text):
            shape = _SHAPED.match(text, start)
            if shape is not None and shape.end() > end and not _SPEAKS.match(text, shape.end()):
                end = shape.end()
        if m.role == "name" and m.type is PlaceType.SETTLEMENT and not (m.area or "").startswith("country:"):
            before = _BEFORE.search(text, max(0, start - 24), start)
            if before is not None:
                words = before[0].split()
                start = before.start() if len(words) > 1 and _shapes(words[0]) else before.end() - len(words[-1])
        if m.role == "name" and m.type is PlaceType.SETTLEMENT:
            start, end = next(((a, b) for a, b in whole if a <= start and end <= b), (start, end))
        heights = _HEIGHTS_OF.match(text, end) if m.role == "name" and m.type is not PlaceType.DIRECTION else None
        if heights is not None:
            span = Span.of(text, start, heights.end())
            out.append(Mention(span=span, type=PlaceType.FEATURE, name=span.text))
            continue
        if m.role == "name" and m.type is not PlaceType.DIRECTION:
            behind = _BEHIND.match(text, end)
            if behind is not None and not _SPEAKS.match(text, behind.end()):
                end = behind.end()
        if out and start < out[-1].span.end:
            continue  # swallowed by the name before
        if (start, end) != (m.span.start, m.span.end):
            span = Span.of(text, start, end)
            m = Mention(span=span, type=m.type, name=span.text)  # noqa: PLW2901
        out.append(m)
    return out


def _shapes(word: str) -> bool:
    """Whether a word begins Arabic place names."""
    return _SHAPED.match(f"{word} Xx") is not None


def _shaped(text: str) -> list[Mention]:
    """Names that begin as only place names do."""
    return [
        Mention(
            span=Span.of(text, *match.span()),
            type=PlaceType.FEATURE if match[0].startswith(_HEIGHTS) else PlaceType.SETTLEMENT,
            name=match[0],
        )
        for match in _SHAPED.finditer(text)
        if not _SPEAKS.match(text, match.end()) and not _PERSON.search(text, max(0, match.start() - 30), match.start())
    ]


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of the names in a list."""
    return [m.span() for m in re.compile(_ITEM).finditer(text, start, end)]


def _lists_before_nouns(text: str) -> list[tuple[int, int]]:
    """Start and end of the lists of names before "villages" and the like."""
    out = []
    for noun in _TOWNS_BEHIND.finditer(text):
        begin = max(0, noun.start() - _LONGEST_LIST)
        match = _NAMED_BEFORE.search(text[begin : noun.start()])
        if match is not None:
            out.append((begin + match.start(), noun.start()))
    return out


def _place(text: str, start: int, end: int, kind: PlaceType = PlaceType.SETTLEMENT) -> Mention | None:
    """A name as a mention, None where it is of no place."""
    name = text[start:end]
    if (
        name.lower() in FAR
        or _NO_PLACE.search(name.removeprefix("Sheikh ") if kind is PlaceType.FEATURE else name)
        or _SPEAKS.match(text, end)
        or _OFFICE.match(text, end)
        or _PEOPLE.match(text, end)
        or len(_ANY_ARTICLE.sub("", name)) < 3
    ):
        return None
    return Mention(span=Span.of(text, start, end), type=kind, name=name)


def _of_nouns(text: str) -> list[Mention]:
    """Names that a noun calls places: "the villages of X and Y", "nearby X", "the X district"."""
    out = [
        _place(text, a, b)
        for pattern in (_OF, _AMONG, _NEARBY, _FARMS_OF, _TAKEN, _TOWARDS, _THEY_ARE)
        for match in pattern.finditer(text)
        for a, b in _items(text, *match.span(match.lastindex or 1))
    ]
    out += [_place(text, a, b) for span in _lists_before_nouns(text) for a, b in _items(text, *span)]
    out += [_place(text, a, b, PlaceType.FEATURE) for m in _HILL_OF.finditer(text) for a, b in _items(text, *m.span(1))]
    out += [_place(text, *match.span(1), PlaceType.DIRECTION) for match in _SECTION.finditer(text)]
    if text in _QUARTER_HAS:
        out += [_place(text, *match.span(1)) for match in _QUARTER.finditer(text)]
    for match in _REGION.finditer(text) if text in _REGION_HAS else ():
        if _place(text, *match.span(1)) is not None:
            out.append(Mention(span=Span.of(text, *match.span()), type=PlaceType.REGION, name=match[1]))
    for match in _SIDE_OF.finditer(text):
        if match[3]:
            out.append(_place(text, *match.span(3)))
        elif _place(text, *match.span(2)) is not None:
            span = Span.of(text, *match.span())
            out.append(Mention(span=span, type=PlaceType.DIRECTION, name=match[2]))
    return [m for m in out if m is not None]


def _features(text: str) -> list[Mention]:
    """Works and landmarks with a name of their own: "the Mahari Hotel"."""
    out: list[Mention] = []
    for match in _FEATURE.finditer(text) if text in _FEATURE_HAS else ():
        if _place(text, *match.span(1), PlaceType.FEATURE) is not None:
            span = Span.of(text, *match.span())
            out.append(Mention(span=span, type=PlaceType.FEATURE, name=text[match.start(1) : match.end()]))
    return out


def _in_lists(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Names that stand in a list with a known settlement, where a place can stand."""
    known = {m.span.start: m.span.end for m in mentions if m.role == "name" and m.type is PlaceType.SETTLEMENT}
    out: list[Mention] = []
    for match in _LISTED.finditer(text) if known else ():
        items = _items(text, *match.span(1))
        inside = [a for a, b in items if known.get(a) == b]
        if not inside or (
            2 * len(inside) < len(items) and not _PLACED.search(text, max(0, match.start() - 24), match.start())
        ):
            continue
        if _PERSON.search(text, max(0, match.start() - 24), match.start()):
            continue
        out += [m for a, b in items if a not in known and (m := _place(text, a, b)) is not None]
    return out
