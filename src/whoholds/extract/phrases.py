"""Triggers of more than one word: what a plain verb tells only together with what hangs on it.

"fought their way into X", "are now 5 km from X", "set up a base in X", "footage shows troops in X".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from whoholds.extract.syntax import child, is_passive, is_verb
from whoholds.extract.triggers import Trigger
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

LENGTHS = frozenset({
    "km", "kms", "kilometer", "kilometre", "mile", "meter", "metre", "yard", "m", "mi",
})  # fmt: skip
_INNER = frozenset({
    "outskirts", "outskirt", "suburb", "center", "centre", "square", "edge", "quarter", "neighborhood",
    "neighbourhood",
})  # fmt: skip
_SOLDIERS = frozenset({
    "troop", "force", "soldier", "fighter", "serviceman", "unit", "marine", "paratrooper", "militant", "rebel", "flag",
})  # fmt: skip
_FIGHT_ON = frozenset({
    "fight", "force", "battle", "push", "make", "blast", "punch", "claw", "carve", "shoot", "smash", "bludgeon",
})  # fmt: skip
_BASES = frozenset({
    "base", "camp", "outpost", "checkpoint", "headquarters", "post", "garrison", "roadblock",
})  # fmt: skip
_AHEAD = frozenset({"into", "toward", "towards", "closer", "forward", "deeper", "further", "beyond", "past", "to"})
_AROUND = frozenset({"around", "round"})
_NOOSES = frozenset({"noose", "ring", "net", "vice", "grip"})
_INTO = frozenset({"to", "into"})
_BREAKING = frozenset({"break", "crack", "pierce"})
_THROWING = frozenset({"throw", "hurl", "fling", "pour"})
_THROWN = _SOLDIERS | {"brigade", "battalion", "regiment", "wave", "division", "tank", "infantry", "reserve"}
_NEARING = frozenset({
    "be", "come", "get", "stand", "advance", "move", "reach", "arrive", "remain", "stay", "push", "close", "draw",
    "creep", "inch", "edge",
})  # fmt: skip


def phrasal(verb: Token) -> Iterator[Trigger]:
    """The triggers that a verb makes together with the words below it."""
    lemma = verb.lemma_.lower()
    obj = child(verb, "dobj")
    what = obj.lemma_.lower() if obj is not None else ""
    if lemma in ("show", "depict", "film") and _shows_inside(verb):
        yield Trigger(lemma="show_in", noun=False, kind=Kind.ENTER, object="troops", side="object")
    if lemma == "get" and obj is None and any(c.lower_ in ("into", "inside") for c in verb.children):
        yield Trigger(lemma="get_into", noun=False, kind=Kind.ENTER, object="way", subject="force")
    if lemma == "be" and _in_a_part(verb):
        yield Trigger(lemma="be_in", noun=False, kind=Kind.ENTER, object="none", subject="garrison")
    if lemma in _BREAKING and what in ("defense", "defence", "line"):
        yield Trigger(lemma=f"{lemma}_defenses", noun=False, kind=Kind.ADVANCE, object="way", subject="force")
    if lemma == "maintain" and what in ("position", "defense", "defence"):
        yield Trigger(lemma="maintain_positions", noun=False, kind=Kind.HOLD, object="way", subject="force")
    if lemma == "take" and what == "position" and _has(verb, "up"):
        yield Trigger(lemma="take_up_positions", noun=False, kind=Kind.DEPLOY, object="way", subject="force")
    if lemma in ("gain", "take", "make", "win") and what == "ground":
        yield Trigger(lemma=f"{lemma}_ground", noun=False, kind=Kind.ADVANCE, object="none")
    if lemma in ("move", "push", "go", "march") and obj is not None and measures(obj) and _has_any(verb, obj, _AHEAD):
        yield Trigger(lemma=f"{lemma}_far", noun=False, kind=Kind.ADVANCE, object="way", subject="force")
    if lemma in _FIGHT_ON and what == "way" and obj is not None:
        below = {c.lower_ for c in (*verb.children, *obj.children) if c.dep_ in ("prep", "advmod", "prt")}
        kind = Kind.ENTER if below & {"into", "inside"} else Kind.ADVANCE
        if below & {"into", "inside", "to", "toward", "towards", "through", "across"}:
            yield Trigger(lemma=f"{lemma}_way", noun=False, kind=kind, object="way", subject="force")
    if lemma in ("set", "establish", "build", "erect") and what in _BASES and (lemma != "set" or _has(verb, "up")):
        yield Trigger(lemma=f"{lemma}_base", noun=False, kind=Kind.DEPLOY, object="base", subject="force")
    if lemma in ("have", "achieve", "enjoy", "score") and what == "success" and obj is not None:
        none = any(c.lower_ in ("no", "little") for c in obj.children)
        yield Trigger(
            lemma=f"{lemma}_success", noun=False, kind=Kind.ATTACK if none else Kind.ADVANCE, object="way",
            subject="force", failed=none,
        )  # fmt: skip
    if lemma in ("use", "employ") and what == "aviation":
        yield Trigger(lemma=f"{lemma}_aviation", noun=False, kind=Kind.FIRE, object="way", subject="force")
    if lemma in ("be", "remain") and (whose := child(verb, "acomp", "attr")) is not None:
        again = any(c.lower_ in ("again", "once", "more") for c in (*verb.children, *whose.children))
        if again or whose.lower_ in ("ours", "theirs"):
            kind = Kind.GAIN if again else Kind.HOLD
            yield Trigger(lemma="be_again", noun=False, kind=kind, object="owner", side="owner", subject="place")
    if lemma in ("restore", "return") and what in ("security", "stability", "order") and _has(verb, "to", obj):
        yield Trigger(lemma=f"{lemma}_security", noun=False, kind=Kind.GAIN, object="order")
    if lemma in _THROWING and obj is not None and obj.lemma_.lower() in _THROWN and _has(verb, "at", obj):
        yield Trigger(lemma=f"{lemma}_at", noun=False, kind=Kind.ATTACK, object="way", subject="force")
    if lemma in ("declare", "claim", "proclaim") and what == "victory" and obj is not None and _in_a_name(verb, obj):
        yield Trigger(lemma=f"{lemma}_victory", noun=False, kind=Kind.GAIN, object="way", subject="force")
    if lemma == "set" and any(c.lower_ in ("ablaze", "alight") for c in verb.children):
        yield Trigger(lemma="set_ablaze", noun=False, kind=Kind.FIRE, object="any")
    if lemma == "set" and what == "fire" and obj is not None and _has(verb, "to", obj):
        yield Trigger(lemma="set_fire", noun=False, kind=Kind.FIRE, object="way", subject="force")
    if lemma == "order" and what in _SOLDIERS and obj is not None and _has_any(verb, obj, _INTO):
        yield Trigger(lemma="order_to", noun=False, kind=Kind.DEPLOY, object="troops")
    if lemma in ("tighten", "close", "draw") and obj is not None and what in _NOOSES and _has_any(verb, obj, _AROUND):
        yield Trigger(lemma=f"{lemma}_noose", noun=False, kind=Kind.ADVANCE, object="way", subject="force")
    if lemma in _NEARING and is_nearing(verb):
        yield Trigger(lemma="near", noun=False, kind=Kind.ADVANCE, object="way", subject="force")


def is_nearing(verb: Token) -> bool:
    """Whether somebody is said to be at a short way from a place: "are now 5 km from X", "came within a mile of X"."""
    if is_passive(verb):
        return False
    below = [verb, *verb.children, *(n for c in verb.children for n in c.children)]
    return any(
        n.lemma_.lower() in LENGTHS
        and n.i > verb.i
        and any(c.dep_ in ("nummod", "compound", "amod", "det") for c in n.children)
        and any(
            p.lower_ in ("from", "of", "outside", "away") and p.dep_ in ("prep", "advmod")
            for p in (*n.children, *verb.children)
        )
        for n in below
    )


def measures(noun: Token) -> bool:
    """Whether an object is only a length: "advanced two kilometres", "moved a further 500 metres"."""
    return noun.lemma_.lower() in LENGTHS


def _has(verb: Token, word: str, obj: Token | None = None) -> bool:
    """Whether a particle or preposition stands below the verb, or below its object."""
    return any(c.lower_ == word for c in (*verb.children, *(obj.children if obj is not None else ())))


def _has_any(verb: Token, obj: Token, words: frozenset[str]) -> bool:
    """Whether one of the words stands below the verb or its object."""
    return any(c.lower_ in words for c in (*verb.children, *obj.children))


def _in_a_name(verb: Token, obj: Token) -> bool:
    """Whether "in" with a name stands below the verb or its object: "declared victory in X"."""
    below = (c for c in (*verb.children, *obj.children) if c.lower_ == "in")
    return any(n.pos_ == "PROPN" for c in below for n in c.children)


def _in_a_part(verb: Token) -> bool:
    """Whether somebody is said to be "on the outskirts", "inside X", "present in X", "not yet in X"."""
    if any(c.tag_ == "MD" for c in verb.children):
        return False
    there = [c for c in verb.children if c.dep_ == "prep"]
    if any(c.lower_ == "inside" for c in there):
        return True
    if any(c.dep_ == "neg" for c in verb.children) and any(
        c.lower_ in ("in", "within") and any(n.pos_ == "PROPN" for n in c.children) for c in there
    ):
        return True  # "are not yet in X"
    present = next((c for c in verb.children if c.dep_ == "acomp" and c.lower_ == "present"), None)
    if present is not None:
        return any(c.dep_ == "prep" and c.lower_ in ("in", "inside", "at", "on", "within") for c in present.children)
    return any(
        n.dep_ == "pobj" and n.lemma_.lower() in _INNER
        for c in there
        if c.lower_ in ("on", "in", "inside", "at")
        for n in c.children
    )


def _shows_inside(verb: Token) -> bool:
    """Whether a picture shows somebody in a place, and nothing that they do there: "footage shows troops in X"."""
    shown = child(verb, "dobj")
    if shown is None or shown.lemma_.lower() not in _SOLDIERS:
        return False
    if any(c.dep_ in ("acl", "relcl") or c.lower_ in ("captured", "dead", "killed", "wounded") for c in shown.children):
        return False
    after = (*shown.children, *(c for c in verb.children if c.i > shown.i))
    return any(
        c.dep_ == "prep"
        and (
            c.lower_ in ("in", "inside", "within")
            or (c.lower_ in ("at", "on") and any(n.dep_ == "pobj" and child(n, "prep") is not None for n in c.children))
        )
        for c in after
    )


def in_hands(noun: Token) -> Kind | None:
    """What "in the hands of X" says, by its preposition and verb: held, lost, or taken."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.dep_ not in ("prep", "pcomp"):
        return None
    verb = prep.head.lemma_.lower()
    if prep.lower_ == "in" and (
        verb in ("be", "remain", "stay") or not any(is_verb(t) for t in (prep.head, prep.head.head))
    ):  # with a verb, or in a headline without one: "X back in rebel hands"
        return Kind.GAIN if _back(prep) else Kind.HOLD
    if prep.lower_ in ("from", "of") and verb in ("slip", "wrest", "pass", "out"):
        return Kind.LEAVE
    if prep.lower_ in ("into", "to") and verb in CHANGING:
        return Kind.GAIN
    return None


CHANGING = frozenset({"pass", "slip", "return", "fall", "revert", "come", "go", "back"})
"""Verbs with which a place comes under somebody's control or into their hands."""


def _back(prep: Token) -> bool:
    """Whether "back" stands before a preposition: what is back in somebody's hands has been taken."""
    before = prep.nbor(-1) if prep.i > 0 else prep
    return before.lower_ == "back" or prep.head.lower_ == "back"


def under_control(prep: Token) -> Kind | None:
    """What "under control", "into control" says of a place: held, taken, or lost."""
    verb = prep.head
    if prep.lower_ in ("into", "to"):
        return Kind.GAIN if verb.lemma_.lower() in CHANGING and is_verb(verb) else None
    if prep.lower_ == "under":
        if any(c.lower_ == "longer" and any(d.lower_ == "no" for d in c.children) for c in verb.children):
            return Kind.LEAVE  # "is no longer under their control"
        if _back(prep) or verb.lemma_.lower() in ("bring", "take", "return", "come", "put", "place", "fall"):
            return Kind.GAIN
    return Kind.HOLD


def _needs() -> dict[str, frozenset[str]]:
    """What stands beside the verbs of phrases."""
    # "m" and "mi" are in many words: they count where they stand alone or right behind a number.
    far = frozenset({"km", " m ", "0m ", " mi "}) | {length for length in LENGTHS if len(length) > 2}
    pairs: list[tuple[Iterable[str], frozenset[str]]] = [
        (("show", "depict", "film"), _SOLDIERS),
        (("gain", "take", "make", "win"), frozenset({"ground", "position"})),
        (("move", "push", "go", "march"), far),
        (_FIGHT_ON, frozenset({"way"})),
        (("set", "establish", "build", "erect"), _BASES | {"ablaze", "alight", "fire"}),
        (("order",), _SOLDIERS),
        (_BREAKING, frozenset({"defens", "defenc", "line"})),
        (("maintain",), frozenset({"position", "defens", "defenc"})),
        (("achieve", "enjoy", "score"), frozenset({"success"})),
        (("use", "employ"), frozenset({"aviation"})),
        (("restore", "return"), frozenset({"security", "stability", "order"})),
        (_THROWING, _THROWN),
        (("declare", "claim", "proclaim"), frozenset({"victory"})),
        (("tighten", "close", "draw"), _NOOSES),
        (_NEARING - {"be"}, far),
        (CHANGING, frozenset({"control", "hands"})),
    ]
    out: dict[str, frozenset[str]] = {}
    for verbs, words in pairs:
        for verb in verbs:
            out[verb] = out.get(verb, frozenset()) | words
    return out


PHRASES_NEED = _needs()
"""Verbs of phrases, with the words, or beginnings of words, of which one stands beside them.

"Be" and "have" are not among them: what stands beside these is looked for itself.
"""
PHRASE_VERBS = frozenset(PHRASES_NEED) | {"be", "have"}
"""All verbs that make triggers together with the words below them."""
