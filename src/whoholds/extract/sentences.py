"""Where sentences end: a fast splitter for news prose, headlines, bullet lists and glued machine translations."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    [
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "cpl",
        "sgt",
        "brig",
        "adm",
        "cmdr",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "no",
        "vs",
        "sen",
        "rep",
        "gov",
        "pres",
        "messrs",
        "ave",
        "dept",
        "est",
        "approx",
        "u.s",
        "u.n",
        "u.k",
        "e.u",
        "a.m",
        "p.m",
        "e.g",
        "i.e",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "co",
        "inc",
        "ltd",
        "jr",
        "sr",
        "fig",
    ]
)
_INITIAL = re.compile(r"(?:^|[\s.(])(?:[A-Z]|[A-Za-z]\.[A-Za-z])$")
_END = re.compile(
    r"""
    (?P<stop>[.!?…]+)(?P<tail>["”’'»)\]*]*(?:\s?\[\d+\])*)(?:(?P<gap>\s+)(?=["“‘'«(\[*A-Z0-9А-ЯІЇЄҐ—–-])|(?=[A-ZА-ЯІЇЄҐ“][a-zа-яіїєґ]))
    | (?P<line>\s*\n\s*\n\s*|\s*\n\s*(?=[-•*·–—\d"“(]|[A-ZА-ЯІЇЄҐ]))
    | (?:(?<=\n)|\A)[A-Z]{3,}(?:[ ’'-][A-Z]{2,})*(?:,\s[A-Z][\w.]+){0,2}\s(?:--|—|–|-)\s+(?=[A-Z])
    | (?:(?<=\n)|\A)[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?,\s[A-Z]{3,}\s?(?:--|—|–|-)\s?(?=[A-Z])
    | \((?:CNN|Reuters|AP|AFP|REUTERS|BBC|Xinhua|TASS|Interfax)\)\s*(?:--|-|–|—)\s+
    | (?<=[\w"”’'.])\s+(?=[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?,\s[A-Z][a-z]+\s\((?:CNN|Reuters|AP|AFP)\)\s*(?:--|-|–|—))
    | (?<=[a-z"”])\s+(?=NEW:\s[A-Z])
    | \s(?:«|\||»)\s
    | (?P<colon>(?<=[\w’”]):\s+(?=[A-Z“"]))
    | (?P<name>(?<=\w):\s+(?=[a-z0-9]))
    | (?<=\w)\s+(?=—\s[A-Z][\w.]+\.?$)
    | (?<=\w)\s+(?=[-–—]\s?(?:[A-Za-z][\w.’']*\s){0,4}(?:officials?|ministry|governor|mayor|staff|monitors?|spokes\w+
        |envoy|authorities|police|media|sources?|chief|command|intelligence|military|army|administration|minister
        |leader|witness(?:es)?|reports)\.?(?:\n|$))
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.’'-]+$")


def split(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of sentences that together cover `text`; each but the first begins with no white space.

    A full stop followed by a capital glued to it ends a sentence too, as machine-translated feeds lose the space.

    >>> text = "Gen. Zaluzhny spoke. Troops entered Izium.[1] They held it."
    >>> [text[a:b].strip() for a, b in split(text)]
    ['Gen. Zaluzhny spoke.', 'Troops entered Izium.[1]', 'They held it.']
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _END.finditer(text):
        if match["stop"] == "." and not match["tail"] and _abbreviated(text, match.start(), begin):
            continue
        if match["name"] and not _NAME.fullmatch(text, begin, match.start()):
            continue
        if match["colon"] and not _topic(text[begin : match.start()]):
            continue
        if match.end() > begin and text[begin : match.end()].strip():
            spans.append((begin, match.end()))
            begin = match.end()
    if begin < len(text):
        if text[begin:].strip() or not spans:
            spans.append((begin, len(text)))
        else:
            spans[-1] = (spans[-1][0], len(text))
    return spans


# A headline's topic that is nothing but a name or two: "Kharkiv: two killed in ..."
_NAME = re.compile(r"(?:\w+ )?[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|al-[A-Z]\w+)){0,2}")
_SPEECH = re.compile(r"\b(?:said|says|say|told|added|adds|wrote|noted|stated|reported|as follows)\b", re.IGNORECASE)


def _topic(words: str) -> bool:
    """Whether the words before a colon are a headline's topic ("Shelling of the region: ...")."""
    return (
        1 <= len(words.split()) <= 9
        and "\n" not in words.strip()
        and words.count("(") == words.count(")")
        and not _SPEECH.search(words)
    )


def _abbreviated(text: str, stop: int, begin: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation or an initial."""
    before = text[max(begin, stop - 12) : stop]
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    return word[0].lower() in _ABBREVIATIONS or bool(_INITIAL.search(before))
