"""What has to stand beside a verb of the lexicon before it can tell a claim, known before anything is parsed.

"Killed" tells of fire only where a weapon kills, "came" only in "came under fire", "sent" only where troops are sent:
a sentence with no other word of war and without one of these need not be parsed.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.extract.cues import inflect
from whoholds.extract.phrases import PHRASES_NEED
from whoholds.extract.triggers import Lexicon, Trigger

# Nouns that name an event by what is said of them: "in their hands", "an exchange of shelling".
_TOLD_BY_MORE = frozenset({"hands", "control", "controls", "exchange", "exchanges"})
# Done to a weapon or to nothing: "fired at X".
_WITHOUT = frozenset({"fire", "shoot"})


def needed_beside(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Forms of verbs with the words, or beginnings of words, of which a sentence has to have one.

    Forms of verbs that need none are not among them, nor words that are nouns of events as well.
    """
    free: set[str] = set()
    needs: dict[str, set[str]] = {}
    for lemma, entry in ((lemma, t) for lemma, ts in lexicon.verbs.items() for t in ts):
        base, *particles = lemma.split("_")
        words = set(particles[:1]) if particles else set(_beside(lemma, entry, lexicon))
        for form in inflect(base):
            needs.setdefault(form, set()).update(words)
            if not words:
                free.add(form)
    for base, beside in PHRASES_NEED.items():
        for form in inflect(base):
            needs.setdefault(form, set()).update(beside)
    free |= {form for noun in lexicon.nouns for form in (noun, noun + "s")}
    free |= _TOLD_BY_MORE
    return {form: frozenset(words) for form, words in needs.items() if form not in free}


def _beside(lemma: str, entry: Trigger, lexicon: Lexicon) -> Iterator[str]:
    """The words of which a verb needs one, none where it can do without."""
    if "weapon" in (entry.object, entry.subject) and lemma not in _WITHOUT:
        yield from lexicon.words["weapons"]
        yield from lexicon.words["fire"]
