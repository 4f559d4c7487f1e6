"""Whose side a speaker is on.

The side comes from the theatre's data (people, offices, forces, names, outlets, groups), else from the words around the
name ("pro-X", "X-backed", "self-proclaimed"), else it is nobody's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoholds.extract.cues import Cues, english_cues

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whoholds.model import Theatre

_SPACE = re.compile(r"\s+")


def _norm(text: str) -> str:
    """Lower case, plain apostrophes, no possessives, single spaces."""
    plain = text.replace("’", "'").replace("`", "'").lower()
    return _SPACE.sub(" ", re.sub(r"'s?\b", "", plain)).strip()


_STATE_BODIES = frozenset({"ministry", "government", "parliament", "presidency"})
_ELSEWHERE = re.compile(r"\b(?:in|near|at|outside|around|to|on|across)\s(?:the\s)?$")
# "officials in Stepanakert" are Stepanakert's, "UN officials in Damascus" the UN's
_OFFICIALS_IN = re.compile(
    r"^(?:the |some |local |military |defen[cs]e |senior )*(?:officials|authorities|leaders) in (?!the )"
)
# who serves a side's man is the side's: "an adviser to Norland's minister"
_SERVING = re.compile(r"\b(?:advis[eo]r|aide|assistant|deputy|secretary|counsel)\sto\s(?:the\s)?$")
_BARE_OFFICE_WORDS = frozenset(
    {"defense", "defence", "foreign", "interior", "ministry", "military", "army", "general", "staff", "command"}
    | {"government", "armed", "forces", "air", "force", "navy", "presidency", "cabinet", "mod", "authorities"}
    | {
        "president",
        "prime",
        "minister",
        "prosecutor",
        "office",
        "emergency",
        "service",
        "border",
        "guard",
        "security",
        "council",
        "commander",
    }
)
_IN_ARMS = frozenset(
    {"commander", "commanders", "field", "fighter", "fighters", "soldier", "soldiers", "senior", "military", "local"}
)
_SOLDIERS = frozenset(
    {"commander", "commanders", "field", "fighter", "fighters", "soldier", "soldiers", "officer", "officers", "troops"}
    | {
        "deputy",
        "minister",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "brigade",
        "frontline",
        "local",
        "senior",
        "chief",
    }
)


class Allegiance:
    """Whose side a speaker is on, by the data of one theatre."""

    def __init__(self, theatre: Theatre, *, cues: Cues | None = None) -> None:
        self.theatre = theatre
        self._cues = cues or english_cues()
        self._default = theatre.default_side
        # later layers are asked first: what names the speaker most closely decides
        self._people: dict[str, str] = {}
        self._offices: dict[str, str | None] = {}
        self._words: dict[str, str] = {}
        for side in theatre.sides:
            for person in side.people:
                self._people[_norm(person)] = side.key
            for term in (*side.offices, *side.forces):
                self._offices[_norm(term).removeprefix("the ")] = side.key
            for term in (*side.names, *side.demonyms):
                self._words[_norm(term)] = side.key
        for outlet in theatre.outlets:
            for term in (outlet.name, *outlet.aliases):
                self._offices[_norm(term).removeprefix("the ")] = outlet.side
        for key, terms in theatre.speaker_groups.items():
            for term in terms:
                self._offices[_norm(term).removeprefix("the ")] = key if key in theatre.side_keys else None
        self._outlets = {
            _norm(alias): frozenset(_norm(a).removeprefix("the ") for a in (outlet.name, *outlet.aliases))
            for outlet in theatre.outlets
            for alias in (outlet.name, *outlet.aliases)
        }
        self._lands = {_norm(land): side.key for side in theatre.sides for land in side.lands}
        self._lands_re = _alternation(self._lands)
        self._outlet_names = frozenset(name for names in self._outlets.values() for name in names)
        self._surnames = self._make_surnames()
        self._people_re = _alternation((*self._people, *self._surnames))
        self._offices_re = _alternation(self._offices)
        self._words_re = _alternation(self._words)
        self._third_re = _alternation(self._cues.third_parties)
        self._pro_re = re.compile(
            r"\b(pro|anti)[-\s]("
            + "|".join(map(re.escape, sorted(self._words_and_people(), key=len, reverse=True)))
            + r")\b"
        )
        self._backed_re = (
            re.compile(
                r"\b("
                + "|".join(map(re.escape, sorted(self._words, key=len, reverse=True)))
                + r")[-\s]("
                + "|".join(sorted(self._cues.backed))
                + r")\b"
            )
            if self._words
            else None
        )

    def _words_and_people(self) -> set[str]:
        """Everything that "pro-" can stand before."""
        return {*self._words, *self._people, *self._surnames} or {"\0"}

    def _make_surnames(self) -> dict[str, str]:
        """Last names that belong to people of one side only."""
        owners: dict[str, set[str]] = {}
        for person, side in self._people.items():
            last = person.split()[-1]
            if len(last) >= 4 and last not in self._words and last not in self._offices:
                owners.setdefault(last, set()).add(side)
        return {last: next(iter(sides)) for last, sides in owners.items() if len(sides) == 1}

    def enemy_of(self, side: str) -> str | None:
        """The other side, where there are but two armies to tell apart."""
        others = [key for key in self.theatre.side_keys if key != side]
        return others[0] if others else None

    def of(self, name: str, around: str, *, local: bool = True) -> str | None:
        """The side of a speaker named `name` within the words `around`; None for a third party or nobody known.

        Parameters
        ----------
        name
            The words that name the speaker.
        around
            The noun phrase with its office, apposition and possessors.
        local
            Whether officials of a place, with no other sign, count to the side that governs the country.
        """
        low_name, low = _norm(name), _norm(around)
        if (alone := low_name.removeprefix("the ")) in self._lands:
            # "Libya says", "Belgorod reported": a land by its bare name is its government
            return self._lands[alone]
        aligned = self._by_alignment(low_name)
        if aligned is not None:
            # "anti-Marr forces" are not Marr's
            return aligned
        if (person := self._people_re.search(low_name)) is not None:
            word = person[1]
            # a known surname under another first name is another person
            first = low_name[: person.start()].split()
            if word in self._people or not first or first[-1] in self._cues.titles:
                return self._people.get(word) or self._surnames.get(word)
        if (side := self._by_alignment(low)) is not None:
            return side
        words = set(re.findall(r"[\w-]+", low))
        if " and " in low_name and len({self._words[m[1]] for m in self._words_re.finditer(low_name)}) > 1:
            # "Norlandic and Sudrian sources" are both sides' word
            return None
        installed = bool(words & self._cues.installed) and not words & {"resistance"}
        # the longest name of an office, force, outlet or group decides; a third party's outlet is nobody's
        offices = sorted(self._offices_re.finditer(low), key=lambda m: (-len(m[1]), m.start()))
        # "an analyst in London", "the ambassador to Ukraine": where somebody is does not say whose they are
        # but "the ministry in Moscow" is Moscow's
        anywhere = bool(words & _STATE_BODIES) or _OFFICIALS_IN.search(low) is not None
        sides = [
            m
            for m in self._words_re.finditer(low)
            if anywhere or not _ELSEWHERE.search(low[: m.start()]) or _SERVING.search(low[: m.start()])
        ]
        # "The National" is an outlet, but not within "the Syrian National Coalition", nor are "transitional government
        # troops" government troops; "Report" is an outlet, a report is none
        offices = [
            m
            for m in offices
            if not any(w.start() <= m.start() < w.end() and len(w[1]) > len(m[1]) for w in sides)
            and (m[1] not in self._outlet_names or " " in m[1] or self._is_capital(m[1], around))
        ]
        if installed and len(self.theatre.side_keys) >= 2:
            named = {self._words[m[1]] for m in sides} - {self._default}
            if named:
                return next(iter(named))
            return self._occupier()
        if offices:
            side = self._offices[offices[0][1]]
            # a common office ("defense ministry") of a foreign state is a third party's
            if (
                side is not None
                and not sides
                and self._third_re.search(low)
                and not self._third_re.search(offices[0][1])
            ):
                return None
            if side is not None and sides and self._words[sides[0][1]] != side and " " not in offices[0][1]:
                return self._words[sides[0][1]]
            return side
        if sides:
            # "Ukrainian head of Kherson", "Russian ambassador to Ukraine": the first adjective is the speaker's own
            return self._words[sides[0][1]]
        if self._third_re.search(low):
            return None
        return self._of_local(low) if local and self._is_local(words) else None

    @staticmethod
    def _is_capital(word: str, around: str) -> bool:
        """Whether a word stands with a capital somewhere in the words around a name."""
        return re.search(rf"(?<!\w){re.escape(word[:1].upper())}(?i:{re.escape(word[1:])})(?!\w)", around) is not None

    def _of_local(self, low: str) -> str | None:
        """The side of an official of a place: who governs the named land, else the country where two sides fight.

        Where more than two fight, towns change hands among them and "the mayor" may be anybody's.
        """
        if (land := self._lands_re.search(low)) is not None:
            return self._lands[land[1]]
        return self._default if len(self.theatre.side_keys) == 2 else None

    def _is_local(self, words: set[str]) -> bool:
        """Whether the words are an official of a place, and not of a state."""
        cues = self._cues
        return bool(words & cues.local_offices) or (bool(words & cues.local_words) and bool(words & cues.local_bodies))

    def is_person(self, name: str) -> bool:
        """Whether the theatre knows the name as a person's."""
        return self._people_re.fullmatch(_norm(name)) is not None

    def last_named_in(self, text: str) -> str | None:
        """The side of the last force, office or people of a side that a text names; None where it names none."""
        low = _norm(text)
        forces = [self._offices[m[1]] for m in self._offices_re.finditer(low)]
        return (forces or [self._words[m[1]] for m in self._words_re.finditer(low)] or [None])[-1]

    def is_third(self, around: str) -> bool:
        """Whether the words name another state or a body of many, and no side."""
        low = _norm(around)
        return bool(self._third_re.search(low)) and not self._words_re.search(low)

    def is_bare_office(self, name: str) -> bool:
        """Whether the words are an office with no name in them: "the defense ministry", "Defense Ministry"."""
        words = [w for w in re.findall(r"[\w-]+", _norm(name).removeprefix("the ")) if w not in {"of", "for", "the"}]
        return bool(words) and len(words) <= 3 and all(w in _BARE_OFFICE_WORDS for w in words)

    def is_unnamed_arm(self, name: str) -> bool:
        """Whether the words are a state's or an army's office or soldiers, whoever's: "field commanders"."""
        words = set(re.findall(r"[\w-]+", _norm(name))) - {"the", "a", "an", "some", "several"}
        return bool(words) and (self.is_bare_office(name) or words <= _SOLDIERS | _BARE_OFFICE_WORDS)

    def is_soldier(self, name: str) -> bool:
        """Whether the words are soldiers of nobody told: "a commander", "fighters"."""
        words = set(re.findall(r"[\w-]+", _norm(name))) - {"the", "a", "an", "one", "some", "several"}
        return bool(words) and words <= _IN_ARMS

    def is_bare_local(self, name: str) -> bool:
        """Whether the words are an official of a place that they do not name: "the governor"."""
        words = set(re.findall(r"[\w-]+", _norm(name))) - {"the", "acting", "regional", "local"}
        return bool(words) and words <= self._cues.local_offices | self._cues.local_bodies

    def land_in(self, text: str) -> str | None:
        """The side whose land a text names last."""
        found = [self._lands[m[1]] for m in self._lands_re.finditer(_norm(text))]
        return found[-1] if found else None

    def is_outlet(self, name: str, outlet: str) -> bool:
        """Whether a name is one of the names of an outlet."""
        own = _norm(outlet)
        low = re.sub(r"^(?:the|an?)\s", "", _norm(name))
        return low in self._outlets.get(own, frozenset({own}))

    def is_known_outlet(self, name: str) -> bool:
        """Whether a name is that of an outlet of the theatre."""
        return re.sub(r"^(?:the|an?)\s", "", _norm(name)) in self._outlet_names

    def of_outlet(self, outlet: str) -> str | None:
        """The side of the outlet that publishes, where the theatre knows one."""
        low = _norm(outlet)
        return self._offices.get(low) or self._offices.get(low.removeprefix("the "))

    def speaks(self, name: str) -> bool:
        """Whether the words name a person, office, outlet or group of the theatre, and not a mere place or people."""
        low = _norm(name)
        return bool(self._people_re.search(low) or self._offices_re.search(low)) or low in self._words

    def _occupier(self) -> str | None:
        """The side that installs its own officials in places of the default side."""
        others = [key for key in self.theatre.side_keys if key != self._default]
        return others[0] if others else None

    def _by_alignment(self, low: str) -> str | None:
        """The side of "pro-X", "anti-X" and "X-backed"."""
        for match in self._pro_re.finditer(low):
            word = match[2]
            side = self._words.get(word) or self._people.get(word) or self._surnames.get(word)
            if side is not None:
                return side if match[1] == "pro" else self.enemy_of(side)
        if self._backed_re is not None and (backed := self._backed_re.search(low)) is not None:
            # "US-backed" may be a name of its own for those who are backed
            return self._words.get(backed[0]) or self._words[backed[1]]
        return None


def _alternation(terms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the terms as whole words, longest first."""
    ordered = sorted({t for t in terms if t}, key=len, reverse=True)
    if not ordered:
        return re.compile(r"(\0)")
    return re.compile(r"(?<![\w])(" + "|".join(map(re.escape, ordered)) + r")(?![\w])")
