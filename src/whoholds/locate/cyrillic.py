"""`grammar` for Ukrainian and Russian: adjectives of places, and the nouns and adverbs that type a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from whoholds.locate.found import Found
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.names import APOSTROPHES, CYRILLIC
from whoholds.model import PlaceType, Theatre

_ENDING = r"(?:ий|ого|ому|им|ім|ом|ой|ая|ую|ої|ій|ою|ое|их|ими|ые|ым|ыми|а|у|е|і)"
_ADJECTIVE = re.compile(rf"\b([А-ЯІЇЄҐ][а-яіїєґё'’ʼ-]+?(?:[сцз]ьк|[сц]к)){_ENDING}\b")
_HEAD = re.compile(
    r"(?:(?:оперативн|тактичн|тактическ|операционн)\w+ )?"
    r"(?P<word>област\w*|обл\.|район\w*|р-н\w*|громад\w*|напрям\w*|направлени\w*|фронт\w*|сектор\w*|ділян[кц]\w*|"
    r"відтин\w*|відріз\w*|участк\w*)",
)
_LINK = re.compile(
    r"\s*(?:,|\bта\b|\bі\b|\bй\b|\bи\b|\bчи\b|\bабо\b|\bили\b|\bтакож\b|\bа\b|\bна\b|\bв\b|\bу\b|\s)*\s*"
)
_REGION_NOUN = re.compile(r"\b([А-ЯІЇЄҐ][а-яіїєґё'’ʼ-]+?)(щин|ччин)(?:а|и|і|у|ою|е|ой|ы)\b")
_DIRECTION_BEFORE = re.compile(
    r"(?:північніше|південніше|східніше|західніше|північно-східніше|північно-західніше|південно-східніше|"
    r"південно-західніше|"
    r"севернее|южнее|восточнее|западнее|северо-восточнее|северо-западнее|юго-восточнее|юго-западнее|"
    r"на (?:північ|південь|схід|захід|північний схід|північний захід|південний схід|південний захід) від|"
    r"к (?:северу|югу|востоку|западу|северо-востоку|северо-западу|юго-востоку|юго-западу) от|"
    r"(?:в|у|на) напрям(?:ку|і)|(?:в|у) бік|в направлении|в сторону) (?:(?:н\. ?п\.|села|міста|смт|города|посёлка|"
    r"с\.|м\.) ?)?$",
    re.IGNORECASE,
)
_AREA_AFTER = re.compile(r"\s(?:району|района|районі|районе)\b")


class Adjectives:
    """Stems of adjectives of places ("харківськ", "лиманск") with the unit or town they come from."""

    def __init__(self, gazetteer: Gazetteer, theatre: Theatre) -> None:
        self.units: dict[str, str] = {}
        for unit in gazetteer.atlas.units:
            for name in unit.names:
                match = _ADJECTIVE.match(name)
                if match is not None and re.search(r"област|край|республ|автоном", name, re.IGNORECASE):
                    self.units.setdefault(_plain(match[1]), f"admin1:{unit.code}")
        # "Київ" the region before "Київ" the city: the larger area comes first.
        for unit in sorted(gazetteer.atlas.units, key=lambda u: -u.shape.area):
            for name in unit.names:
                if CYRILLIC.search(name) and " " not in name and not is_adjective(name):
                    for stem in adjective_stems(name):
                        self.units.setdefault(stem, f"admin1:{unit.code}")
        self.towns: dict[str, tuple[int, ...]] = {}
        found: dict[str, set[int]] = {}
        for name, row in gazetteer.cyrillic_towns(theatre):
            for stem in adjective_stems(name):
                found.setdefault(stem, set()).add(row)
        self.towns = {stem: tuple(sorted(rows)) for stem, rows in found.items()}

    def unit(self, stem: str) -> str | None:
        """The key of the admin unit of the stem."""
        return self.units.get(_plain(stem))

    def rows(self, stem: str) -> tuple[int, ...]:
        """The towns of the stem."""
        return self.towns.get(_plain(stem), ())


def _plain(stem: str) -> str:
    """A stem without case and apostrophes."""
    return re.sub(f"[{APOSTROPHES}]", "", stem.lower())


def adjective_stems(name: str) -> tuple[str, ...]:
    """Stems of the adjectives of a town's name, in Ukrainian and Russian.

    >>> "авдіївськ" in adjective_stems("Авдіївка"), "запорізьк" in adjective_stems("Запоріжжя")
    (True, True)
    >>> "харьковск" in adjective_stems("Харьков"), "лиманськ" in adjective_stems("Лиман")
    (True, True)
    """
    low = _plain(name)
    if re.search(r"(?:[сцз]ьк|[сц]к)$", low):
        return (low,)
    out: list[str] = []
    stem = re.sub(r"[аеєиіїоуыяьйё]+$", "", low)
    for base in {stem, re.sub(r"(?<=[вншлрд])к$", "", stem)}:
        out += [base + "ськ", base + "ск", base + "янськ", base + "анськ", base + "янск", base + "енськ"]
    if low.endswith(("жжя", "жье")):
        out += [low[:-3] + "зьк", low[:-2] + "ск"]
    if low.endswith("г"):
        out += [low[:-1] + "зьк", low[:-1] + "жск"]
    if low.endswith("поле"):
        out += [low[:-4] + "пільськ", low[:-4] + "польск"]
    if low.endswith(("ове", "ово", "еве")):
        out += [low[:-3] + "івськ", low[:-1] + "ск"]
    return tuple(out)


def type_cyrillic(text: str, found: list[Found], adjectives: Adjectives) -> list[Found]:
    """Type Cyrillic finds by their words, and add the places named by adjectives and region nouns."""
    for f in found:
        if f.name.isascii() or f.type is PlaceType.FEATURE:
            continue
        before = _DIRECTION_BEFORE.search(text, max(0, f.start - 60), f.start)
        if before is not None:
            f.type, f.left, f.area = PlaceType.DIRECTION, before.start(), None
        elif f.type is PlaceType.SETTLEMENT and _AREA_AFTER.match(text, f.end):
            f.type = PlaceType.REGION
    added = _adjectives(text, adjectives) + _region_nouns(text, adjectives.unit)
    kept = [f for f in found if not any(a.left < f.right and f.left < a.right for a in added)]
    return kept + added


def is_adjective(word: str) -> bool:
    """Whether a word is an adjective of a place ("Харківська")."""
    return _ADJECTIVE.fullmatch(word) is not None


def _adjectives(text: str, adjectives: Adjectives) -> list[Found]:
    """ "На Куп'янському та Лиманському напрямках", "в Харківській області"."""
    out: list[Found] = []
    hits = list(_ADJECTIVE.finditer(text))
    for i, match in enumerate(hits):
        j = i
        while j + 1 < len(hits) and _LINK.fullmatch(text, hits[j].end(), hits[j + 1].start()):
            j += 1
        head = _HEAD.match(text, hits[j].end() + 1)
        if head is None:
            continue
        word = head["word"].lower()
        right = head.end() if j == i else match.end()
        if word.startswith(("напрям", "направ", "фронт", "сектор", "ділян", "участ", "відтин", "відріз")):
            rows, unit = adjectives.rows(match[1]), adjectives.unit(match[1])
            area = None if rows else unit
            out.append(
                Found(match.start(), match.end(), match.start(), right, match[0], PlaceType.DIRECTION, rows, area)
            )
        elif word.startswith("обл"):
            unit = adjectives.unit(match[1])
            if unit:
                out.append(
                    Found(match.start(), match.end(), match.start(), right, match[0], PlaceType.REGION, (), unit)
                )
        else:
            rows = adjectives.rows(match[1])
            if rows:
                out.append(Found(match.start(), match.end(), match.start(), right, match[0], PlaceType.REGION, rows))
    return out


def _region_nouns(text: str, unit_of: Callable[[str], str | None]) -> list[Found]:
    """ "Харківщина", "на Сумщині", "Донеччина"."""
    out: list[Found] = []
    for match in _REGION_NOUN.finditer(text):
        stems: Sequence[str] = (match[1] + "ськ",) if match[2] == "щин" else (match[1] + "цьк", match[1] + "ськ")
        unit = next((u for s in stems if (u := unit_of(s))), None)
        if unit:
            out.append(
                Found(match.start(), match.end(), match.start(), match.end(), match[0], PlaceType.REGION, (), unit)
            )
    return out
