"""Which sentences the filter before the parser lets through."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from typing import TYPE_CHECKING

import pytest

from whoholds.extract.candidates import Candidates
from whoholds.extract.company import needed_beside
from whoholds.extract.cues import inflect
from whoholds.extract.phrases import CHANGING, PHRASE_VERBS, SLIPPING, phrasal
from whoholds.extract.sentences import split
from whoholds.extract.spotting import Spotter
from whoholds.extract.triggers import load_lexicon
from whoholds.model import Mention, PlaceType, Span
from whoholds.theatres import load_theatre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@cache
def candidates() -> Candidates:
    """The filter for Ukraine."""
    return Candidates(load_lexicon("en"), load_theatre("ukraine-2022"))


def chosen(text: str) -> list[str]:
    """The sentences that are let through, where Northford is a town."""
    spans = [i for i in range(len(text)) if text.startswith("Northford", i)]
    towns = [Mention(span=Span.of(text, i, i + 9), type=PlaceType.SETTLEMENT, name="Northford") for i in spans]
    bounds = split(text)
    return [text[slice(*bounds[i])].strip() for i in candidates().choose(text, bounds, towns)]


@pytest.mark.parametrize(
    "text",
    [
        "Russian missiles killed three people in Northford.",
        "Russian forces occupied Northford.",
        "Northford is still occupied, our troops say.",
        "Russian-occupied Northford was shelled.",
        "In occupied Northford, our artillery hit a depot.",
        "Our troops came under fire in Northford.",
        "Our troops are 5 km from Northford.",
        "Our units set up a base in Northford.",
        "Northford is in our hands.",
        "Seven died in Russian military action in Northford.",
        "He denied that his men had pulled out of Northford.",
        "Our drones were hitting Northford.",
        "Russian troops were stopped at Northford.",
    ],
)
def test_let_through(text: str) -> None:
    """Words of war, with their endings and beside what they need."""
    assert chosen(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed in Northford, our army says.",
        "In occupied Northford, our people wait.",
        "Life in Russian-occupied Northford is hard.",
        "Our invaders and defenders met in Northford.",
        "Our people came home to Northford.",
        "A massive crowd of our people met in Northford.",
    ],
)
def test_left_out(text: str) -> None:
    """Words that only begin as those of war do, labels, and verbs that tell nothing alone."""
    assert chosen(text) == []


def test_every_verb_of_the_lexicon_with_its_particle_is_let_through() -> None:
    """In any form: the filter may not be stricter than the reader behind it."""
    lexicon = load_lexicon("en")
    for lemma, entries in lexicon.verbs.items():
        base, *particles = lemma.split("_")
        armed = all("weapon" in (t.object, t.subject) for t in entries)
        for form in inflect(base):
            if base in lexicon.filter["inflected"] and not form.endswith(("ed", "ing")):
                continue
            text = f"Our {'rockets' if armed else 'troops'} {' '.join([form, *particles])} Northford."
            assert chosen(text), text


def test_company() -> None:
    """Beside which words a verb may tell something; no nouns of events, and nothing that can do without."""
    needed = needed_beside(load_lexicon("en"))
    assert {"missile", "rocket"} <= needed["killed"]
    assert {"closer", "control"} <= needed["coming"]
    assert not {"fired", "took", "attack", "captured", "hands", "strike", "fought"} & set(needed)


def words_asked_for(function: Callable[..., object]) -> Iterator[str]:
    """The words that a function compares a base form or a word with."""
    names = vars(inspect.getmodule(function))
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id in ("lemma", "lower"):
            for asked in node.comparators:
                if isinstance(asked, ast.Name | ast.Tuple | ast.Constant):
                    found = names[asked.id] if isinstance(asked, ast.Name) else ast.literal_eval(asked)
                    yield from [found] if isinstance(found, str) else found


@pytest.mark.parametrize("function", [phrasal, Spotter._noun, Spotter._operation])
def test_no_word_is_passed_over_that_is_asked_for(function: Callable[..., object]) -> None:
    """What a reader of triggers asks for is not left out by the quick look before it."""
    spotter = Spotter(load_lexicon("en"))
    asked = set(words_asked_for(function))
    assert len(asked) > 3
    missed = {word for word in asked if not any(spotter._may_be(word, base) for base in (word, word[:-2]))}
    assert missed == set()
    assert not spotter._may_be("tuesday", "tuesday")


def test_phrases_need_nothing_for_verbs_that_are_not_of_phrases() -> None:
    """The verbs of phrases are those that `phrasal` asks for, and those that bring under control."""
    assert set(words_asked_for(phrasal)) | CHANGING | SLIPPING == PHRASE_VERBS
