"""Forces that nobody names: whose "troops", "the 64th Brigade", "fighters" or "tanks" are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from whoholds.extract.implied import Implied
from whoholds.extract.syntax import base_of

if TYPE_CHECKING:
    from spacy.tokens import Token


_NO_FIGHTERS = frozenset(
    {"un", "u.n.", "osce", "iaea", "icrc", "aid", "humanitarian", "civilian", "peacekeeping", "medical"}
)
# Forces that without a name are those of who speaks of them, and the words that would name them.
_MERE_TROOPS = frozenset({
    "reserve", "reinforcement", "garrison", "troop", "force", "soldier", "unit", "serviceman", "army", "military",
    "paratrooper", "marine",
})  # fmt: skip
_NUMBERS = frozenset({"thousand", "hundred", "dozen", "score", "ten"})
# In civil wars the kind of a force tells the kind of its side.
_STATES = frozenset({"GOV", "TUR", "US", "NATO"})
_IRREGULARS = frozenset({"fighter", "militant", "gunman", "insurgent", "guerrilla", "jihadist", "rebel", "militiaman"})
_REGULARS = frozenset({"soldier", "troop", "tank", "conscript", "warplane", "army", "gunboat", "paratrooper"})
_NAMING = frozenset({"compound", "nummod", "poss", "prep", "acl", "relcl", "amod", "nmod"})


class Forces(Implied):
    """The side of a force without a name."""

    def _force(self, who: Token) -> bool:
        """Whether a noun is a force whose side is not said: "the 64th Brigade", "units"."""
        if base_of(who) in _NUMBERS:
            of = next((n for c in who.children if c.lower_ == "of" for n in c.children if c.dep_ == "prep"), None)
            return of is not None and self._force(of)
        if base_of(who) in ("man", "number", "group", "company", "team", "train", "guard"):
            return False
        if any(c.lower_ in _NO_FIGHTERS for c in who.children):
            return False  # "the UN convoy"
        if base_of(who) in ("element", "garrison"):
            return True
        if who.pos_ == "PROPN" and base_of(who) == who.lower_:
            return who.lower_ in (
                "brigade",
                "army",
                "regiment",
                "division",
                "corps",
                "battalion",
                "btg",
                "btgs",
                "armies",
                "brigades",
            )
        return base_of(who) in self.words["troops"]

    def _unnamed_force(self, who: Token, token: Token) -> str | None:
        """The side of a force that is not named: of mere "troops" that of who speaks, else the last told of."""
        if base_of(who) in _NUMBERS:
            who = next((n for c in who.children if c.lower_ == "of" for n in c.children), who)
        if any(c.lower_ == "allied" for c in who.children) and (speaker := self.viewpoint.speaker(token)) is not None:
            return speaker
        if base_of(who) not in _MERE_TROOPS or any(c.dep_ in _NAMING for c in who.children):
            return self._last_side(token, who) or self._state_army(who)
        fits = self._fitting(who)
        before = [d for d in self.drafted if d.i < token.i and d.side is not None and fits(d.side)]
        if before and self.viewpoint.same(self.doc[before[-1].i], token):
            return before[-1].side
        speaker = self.viewpoint.speaker(token)
        if speaker is not None and fits(speaker):
            # soldiers and ministries speak of their own troops, a mayor of those who came
            return self.parts.sides.opponent(speaker) if self.viewpoint.is_townsman(token) else speaker
        return self._last_side(token, who) or self._subject_before(who) or self._state_army(who)

    def _fitting(self, who: Token | None) -> Callable[[str], bool]:
        """Which sides a force may be of by its kind: states have tanks and soldiers, movements have fighters."""
        keys = frozenset(self.parts.sides.keys)
        if who is None or "GOV" not in keys:
            return lambda side: True
        lemma = base_of(who)
        if lemma in _IRREGULARS:
            return lambda side: side == "TUR" or side not in _STATES  # rebels fight for Turkey
        if lemma in _REGULARS:
            # a side that only flies has no troops there
            grounded = {s.key for s in self.parts.sides.theatre.sides if s.holds_ground}
            return lambda side: side in _STATES & grounded
        return lambda side: True

    def _last_side(self, token: Token, who: Token | None = None) -> str | None:
        """The side of the last claim before a word, in the same sentence or the two before it.

        Where `who` is told by its kind of force, only sides that have such forces count.
        """
        fits = self._fitting(who)
        before = [d for d in self.drafted if d.i < token.i and d.side is not None and fits(d.side)]
        if before and token.sent.start_char - self.doc[before[-1].i].sent.end_char < 400:
            return before[-1].side
        return None

    def _subject_before(self, who: Token) -> str | None:
        """The side that the sentence began with: "X sets a deadline and troops leave Y"."""
        named = [t for t in who.sent if t.i < who.i and t.dep_ == "nsubj" and t.i in self.sides.at]
        side = self.sides.of(named[-1]) if named else None
        return side if side is not None and self._fitting(who)(side) else None

    def _state_army(self, who: Token) -> str | None:
        """Whose a force is by its kind alone: a civil war's government has "tanks", its one movement "fighters"."""
        keys = frozenset(self.parts.sides.keys)
        lemma = base_of(who)
        if "GOV" not in keys or lemma not in _REGULARS | _IRREGULARS:
            return None
        if lemma in _REGULARS:
            return "GOV"
        named = {key for _, key in self.sides.spots} - _STATES
        movements = named or keys & {"REB", "OPP"}
        return next(iter(movements)) if len(movements) == 1 else None
