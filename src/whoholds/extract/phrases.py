"""Triggers of more than one word: what a plain verb tells only together with what hangs on it.

"fought their way into X", "are now 5 km from X", "set up a base in X", "footage shows troops in X".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from whoholds.extract.syntax import child, is_passive, is_verb, subject
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
_GUNS = frozenset({"artillery", "fire", "missile", "rocket", "mortar", "aviation", "aircraft", "bombing", "shelling"})
_HARDWARE = frozenset({"manpower", "personnel", "hardware", "equipment", "infrastructure"})
_DEFENDERS = frozenset({"defender", "garrison", "brigade", "battalion", "army"})
_FIGHT_ON = frozenset({
    "fight", "force", "battle", "push", "make", "blast", "punch", "claw", "carve", "grind", "shoot", "smash",
    "bludgeon",
})  # fmt: skip
_SHOW = frozenset({"show", "depict", "film"})
_SEEN_DOING = frozenset({"walk", "stroll", "stand", "patrol", "drive", "pose", "rest"})
_BASES = frozenset({
    "base", "camp", "outpost", "checkpoint", "headquarters", "post", "garrison", "roadblock",
})  # fmt: skip
_AHEAD = frozenset({"into", "toward", "towards", "closer", "forward", "deeper", "further", "beyond", "past", "to"})
_AROUND = frozenset({"around", "round"})
_NOOSES = frozenset({"noose", "ring", "net", "vice", "grip"})
_PUSHING = frozenset({"push", "advance", "drive", "press", "march", "battle", "fight", "break"})
_CARVING = frozenset({"carve", "drive", "punch", "create", "form", "push"})
_WEDGES = frozenset({"wedge", "salient", "corridor", "bulge"})
_FREE = frozenset({"free", "liberated", "cleared", "secure", "secured"})
_SEEN_AT = frozenset({"report", "see", "locate", "station", "spot"})
_INTO = frozenset({"to", "into"})
_BREAKING = frozenset({"break", "crack", "pierce"})
_THROWING = frozenset({"throw", "hurl", "fling", "pour"})
_THROWN = _SOLDIERS | {"brigade", "battalion", "regiment", "wave", "division", "tank", "infantry", "reserve"}
_NEARING = frozenset({
    "be", "come", "get", "stand", "advance", "move", "reach", "arrive", "remain", "stay", "push", "close", "draw",
    "creep", "inch", "edge", "report", "locate", "spot",
})  # fmt: skip


def phrasal(verb: Token) -> Iterator[Trigger]:
    """The triggers that a verb makes together with the words below it."""
    lemma = verb.lemma_.lower()
    obj = child(verb, "dobj")
    what = obj.lemma_.lower() if obj is not None else ""
    if lemma in _SHOW and _shows_inside(verb):
        yield Trigger(lemma="show_in", noun=False, kind=Kind.ENTER, object="troops", side="object")
    if lemma in _SEEN_DOING and _is_shown(verb):
        yield Trigger(lemma="seen_in", noun=False, kind=Kind.ENTER, object="way", subject="force")
    if lemma == "get" and obj is None and any(c.lower_ in ("into", "inside") for c in verb.children):
        yield Trigger(lemma="get_into", noun=False, kind=Kind.ENTER, object="way", subject="force")
    if lemma == "be" and _in_a_part(verb):
        yield Trigger(lemma="be_in", noun=False, kind=Kind.ENTER, object="none", subject="garrison")
    if (
        lemma == "move"
        and _has(verb, "in")
        and any(c.lower_ == "on" for t in (verb, *verb.children) for c in t.children)
    ):
        yield Trigger(lemma="move_in_on", noun=False, kind=Kind.ADVANCE, object="none", subject="force")
    if lemma in _BREAKING and what in ("defense", "defence", "line"):
        yield Trigger(lemma=f"{lemma}_defenses", noun=False, kind=Kind.ADVANCE, object="way", subject="force")
    if lemma == "maintain" and what in ("position", "defense", "defence"):
        yield Trigger(lemma="maintain_positions", noun=False, kind=Kind.HOLD, object="way", subject="force")
    if lemma == "take" and what == "position" and _has(verb, "up"):
        yield Trigger(lemma="take_up_positions", noun=False, kind=Kind.DEPLOY, object="way", subject="force")
    if lemma in ("gain", "take", "make", "win") and (
        what == "ground" or (lemma == "gain" and obj is not None and measures(obj))
    ):
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
        if again or lemma == "remain" or whose.lower_ in ("ours", "theirs", "loyal"):
            kind = Kind.GAIN if again else Kind.HOLD
            yield Trigger(lemma="be_again", noun=False, kind=kind, object="owner", side="owner", subject="place")
    if lemma in ("restore", "return") and what in ("security", "stability", "order") and _has(verb, "to", obj):
        yield Trigger(lemma=f"{lemma}_security", noun=False, kind=Kind.GAIN, object="order")
    if lemma in _THROWING and obj is not None and obj.lemma_.lower() in _THROWN and _has(verb, "at", obj):
        yield Trigger(lemma=f"{lemma}_at", noun=False, kind=Kind.ATTACK, object="way", subject="force")
    if lemma in ("declare", "claim", "proclaim") and what == "victory" and obj is not None and _in_a_name(verb, obj):
        yield Trigger(lemma=f"{lemma}_victory", noun=False, kind=Kind.GAIN, object="way", subject="force")
    if lemma == "inflict" and what == "damage" and _by_guns(verb, obj):
        yield Trigger(lemma="inflict_damage", noun=False, kind=Kind.FIRE, object="way", subject="force")
    if lemma == "clear" and obj is not None and obj.tag_ == "NNS" and what in _SOLDIERS and _has(verb, "from", obj):
        yield Trigger(lemma="clear_from", noun=False, kind=Kind.LEAVE, object="force", side="object")
    if lemma == "set" and obj is not None and _sets_on_fire(verb, obj):
        yield Trigger(lemma="set_on_fire", noun=False, kind=Kind.FIRE, object="any")
    if lemma == "set" and any(c.lower_ in ("ablaze", "alight") for c in verb.children):
        yield Trigger(lemma="set_ablaze", noun=False, kind=Kind.FIRE, object="any")
    if lemma == "set" and what == "fire" and obj is not None and _has(verb, "to", obj):
        yield Trigger(lemma="set_fire", noun=False, kind=Kind.FIRE, object="way", subject="force")
    if lemma == "order" and what in _SOLDIERS and obj is not None and _has_any(verb, obj, _INTO):
        yield Trigger(lemma="order_to", noun=False, kind=Kind.DEPLOY, object="troops")
    if lemma in ("tighten", "close", "draw") and obj is not None and what in _NOOSES and _has_any(verb, obj, _AROUND):
        yield Trigger(lemma=f"{lemma}_noose", noun=False, kind=Kind.ADVANCE, object="way", subject="force")
    if lemma in ("be", "stand") and _at_the_gates(verb):
        yield Trigger(lemma="at_the_gates", noun=False, kind=Kind.ADVANCE, object="way", subject="force")
    if lemma in ("greet", "welcome", "cheer") and _shows_inside(verb):
        yield Trigger(lemma=f"{lemma}_in", noun=False, kind=Kind.ENTER, object="troops", side="object")
    if lemma in ("be", "remain") and _stay_there(verb):
        yield Trigger(lemma="be_there", noun=False, kind=Kind.HOLD, object="way", subject="force")
    if lemma in _CARVING and what in _WEDGES:
        yield Trigger(lemma=f"{lemma}_wedge", noun=False, kind=Kind.ADVANCE, object="way", subject="force")
    if lemma == "open" and what == "front":
        yield Trigger(lemma="open_front", noun=False, kind=Kind.ATTACK, object="way", subject="force")
    if lemma in ("declare", "pronounce", "proclaim") and _called_free(verb):
        yield Trigger(lemma=f"{lemma}_free", noun=False, kind=Kind.GAIN, object="place")
    if lemma == "have" and any(c.lower_ == "still" for c in verb.children):
        yield Trigger(lemma="still_have", noun=False, kind=Kind.HOLD, object="place", strict=True)
    if lemma == "restore" and what == "position":
        yield Trigger(lemma="restore_positions", noun=False, kind=Kind.GAIN, object="place")
    if lemma in _PUSHING and _to_the_middle(verb):
        yield Trigger(lemma=f"{lemma}_to_centre", noun=False, kind=Kind.ENTER, object="way", subject="force")
    if lemma == "make" and what == "it" and _has_any(verb, verb, _INTO):
        yield Trigger(lemma="make_it_into", noun=False, kind=Kind.ENTER, object="way", subject="force")
    if lemma == "see" and _has(verb, "inside", obj) and _shows_inside(verb):
        yield Trigger(lemma="see_in", noun=False, kind=Kind.ENTER, object="troops", side="object")
    if lemma in _NEARING and is_nearing(verb):
        yield Trigger(lemma="near", noun=False, kind=Kind.ADVANCE, object="way", subject="force")


def is_nearing(verb: Token) -> bool:
    """Whether somebody is said to be at a short way from a place: "are now 5 km from X", "came within a mile of X"."""
    if is_passive(verb) and verb.lemma_.lower() not in _SEEN_AT:
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


def _called_free(verb: Token) -> bool:
    """Whether something is declared free: "declared X free of militants", "X was declared liberated"."""
    return any(c.dep_ in ("oprd", "acomp", "ccomp", "xcomp") and c.lower_ in _FREE for c in verb.children)


def _stay_there(verb: Token) -> bool:
    """Whether soldiers are said to be "there"."""
    who = child(verb, "nsubj")
    if who is None or who.lemma_.lower() not in _SOLDIERS | _DEFENDERS:
        return False
    return any(c.lower_ == "there" and c.dep_ == "advmod" for c in verb.children)


def _sets_on_fire(verb: Token, obj: Token) -> bool:
    """Whether something is set "on fire"."""
    on = (c for c in (*verb.children, *obj.children) if c.lower_ == "on")
    return any(n.lower_ == "fire" for c in on for n in c.children)


def _by_guns(verb: Token, obj: Token | None) -> bool:
    """Whether guns do the damage: "artillery inflicted damage", "inflicted fire damage"."""
    who = subject(verb)
    near = (*(obj.children if obj is not None else ()), *((who,) if who is not None else ()))
    hit = (n for t in (verb, obj) if t is not None for c in t.children if c.lower_ == "on" for n in c.children)
    return any(t.lemma_.lower() in _GUNS for t in near) or any(n.lemma_.lower() in _HARDWARE for n in hit)


def _to_the_middle(verb: Token) -> bool:
    """Whether somebody goes "to the centre of X"."""
    to = (c for c in verb.children if c.lower_ == "to")
    return any(n.lemma_.lower() in _INNER and any(x.lower_ == "of" for x in n.children) for c in to for n in c.children)


def _at_the_gates(verb: Token) -> bool:
    """Whether somebody stands "at the gates of X"."""
    at = (c for c in verb.children if c.lower_ == "at")
    return any(n.lower_ in ("gates", "gate", "doorstep") for c in at for n in c.children)


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


def _is_shown(verb: Token) -> bool:
    """Whether a picture shows soldiers at ease somewhere: "footage shows troops walking along a road in X"."""
    who = verb.head if verb.dep_ == "acl" else child(verb, "nsubj")
    over = verb.head.head if verb.dep_ == "acl" else verb.head
    if verb.tag_ != "VBG" or verb.dep_ not in ("acl", "ccomp", "xcomp") or over.lemma_.lower() not in _SHOW:
        return False
    return who is not None and who.lemma_.lower() in _SOLDIERS


def in_hands(noun: Token) -> Kind | None:
    """What "in the hands of X" says, by its preposition and verb: held, lost, or taken."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.dep_ not in ("prep", "pcomp"):
        return None
    verb = prep.head.lemma_.lower()
    if prep.lower_ == "in" and prep.head.pos_ == "NOUN" and prep.head.dep_ == "attr":
        return Kind.HOLD  # "X is the last province in their hands"
    if prep.lower_ == "in" and (
        verb in ("be", "remain", "stay") or not any(is_verb(t) for t in (prep.head, prep.head.head))
    ):  # with a verb, or in a headline without one: "X back in rebel hands"
        return Kind.GAIN if _back(prep) else Kind.HOLD
    if prep.lower_ in ("from", "of") and (verb in SLIPPING or verb == "out"):
        return Kind.LEAVE
    if prep.lower_ in ("into", "to") and verb in CHANGING:
        return Kind.GAIN
    return None


SLIPPING = frozenset({"slip", "wrest", "pass", "escape", "slide"})
"""Verbs with which a place is lost to those from whose hands or control it goes."""
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
    if prep.lower_ in ("under", "within"):
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
        (_SHOW, _SOLDIERS),
        (_SEEN_DOING, _SOLDIERS),
        (("gain", "take", "make", "win"), frozenset({"ground", "position"})),
        (("move", "push", "go", "march"), far),
        (_FIGHT_ON, frozenset({"way"})),
        (("set", "establish", "build", "erect"), _BASES | {"ablaze", "alight", "fire"}),
        (("order",), _SOLDIERS),
        (_BREAKING, frozenset({"defens", "defenc", "line"})),
        (("maintain",), frozenset({"position", "defens", "defenc"})),
        (("achieve", "enjoy", "score"), frozenset({"success"})),
        (("use", "employ"), frozenset({"aviation"})),
        (("inflict",), frozenset({"damage"})),
        (("clear",), _SOLDIERS),
        (("see",), frozenset({"inside"})),
        (_CARVING, _WEDGES),
        (("open",), frozenset({"front"})),
        (("declare", "pronounce", "proclaim"), _FREE),
        (("gain",), far),
        (_PUSHING, _INNER),
        (("make",), frozenset({"it into", "it to"})),
        (("greet", "welcome", "cheer"), _SOLDIERS),
        (("stand",), frozenset({"gates", "doorstep"})),
        (("restore", "return"), frozenset({"security", "stability", "order", "position"})),
        (_THROWING, _THROWN),
        (("declare", "claim", "proclaim"), frozenset({"victory"})),
        (("tighten", "close", "draw"), _NOOSES),
        (_NEARING - {"be"}, far),
        (CHANGING | SLIPPING, frozenset({"control", "hands", "grip", "grasp"})),
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
