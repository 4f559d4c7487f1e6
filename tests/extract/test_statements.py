"""Beyond one sentence's grammar: rumours in headlines, a statement told of again, readings of others' words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.frame_kit import claims, extractor, mentions, report
from tests.extract.reading_kit import read
from whoholds.model import Kind, Stance

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "Rumours that Sudria will annex Elmford are making the round.",
        "Norland Awaits Answer Amid Rumors Sudria To Annex Elmford",
        "There is a rumour that Sudria is preparing to annex Elmford.",
    ],
)
def test_what_is_rumoured_is_no_forecast(text: str) -> None:
    """A rumour of what is to come stays a rumour, in headlines too."""
    trigger = "annex" if "annex" in text else "Annex"
    assert read(text, trigger, kind=Kind.ESCALATE).stance is Stance.RUMOURED


def test_reported_by_nobody_beside_what_was_seen() -> None:
    """ "Seen and reported as ..." is as sure as a report of nobody's; with somebody named it is asserted."""
    text = "Sudrian flags have been seen and widely reported as flying in Elmford."
    assert read(text, "flags", kind=Kind.HOLD).stance is Stance.RUMOURED
    named = "Sudrian flags have been seen and were reported by Jan Berg as flying in Elmford."
    assert read(named, "flags", kind=Kind.HOLD).stance is Stance.ASSERTED


def test_one_rumour_told_twice_is_one() -> None:
    """The headline's rumour gives way to the body's, which says whose it is."""
    text = (
        "Town Waits Amid Rumors Putin To Issue Declaration Of War\n\n"
        "There are press rumours saying Moscow is preparing to issue a declaration of war."
    )
    (claim,) = extractor().extract(report(text), mentions(text))
    assert claim.stance is Stance.RUMOURED
    assert claim.speaker is not None
    assert claim.trigger.start > text.index("\n\n")


def test_a_statement_told_of_again_keeps_its_day() -> None:
    """The sentence that goes back to "the statement" is as old as the statement."""
    told = (
        "On Saturday the Russian military acknowledged a withdrawal from Izyum. Kyiv read the statement with a smile: "
        '"Our troops have left Balakliya in good order," the Russian defence ministry explained.'
    )
    days = {p.span.text: c.date for c in claims(told) for p in c.places}
    assert days == {"Izyum": date(2022, 9, 10), "Balakliya": date(2022, 9, 10)}


def test_without_a_word_back_no_day_is_carried() -> None:
    """A new sentence of the same speaker may be of any day; nor does a day pass to another side's speaker."""
    other = (
        "On Saturday the Russian military acknowledged a withdrawal from Izyum. "
        "The Russian defence ministry said troops had left Balakliya."
    )
    assert {p.span.text: c.date for c in claims(other) for p in c.places}["Balakliya"] is None
    enemy = (
        "On Saturday the Russian military acknowledged a withdrawal from Izyum. "
        "Asked about the statement, the Ukrainian General Staff said Russian troops had left Balakliya."
    )
    assert {p.span.text: c.date for c in claims(enemy) for p in c.places}["Balakliya"] is None


def test_what_others_make_of_words_is_no_claim() -> None:
    """ "Took it as an admission of defeat" is a reading; "issued an admission of" is a claim."""
    reading = "Kyiv took the speech as an admission of Russian withdrawal from Izyum."
    assert not [c for c in claims(reading) if c.kind is Kind.LEAVE]
    issued = "The Russian military issued an admission of its withdrawal from Izyum."
    assert [c.stance for c in claims(issued) if c.kind is Kind.LEAVE] == [Stance.ACKNOWLEDGED]


def test_where_a_spokesman_speaks_is_not_where_it_happened() -> None:
    """The place on the verb of saying counts only where the words name no other."""
    (claim,) = claims("In Kherson, a Ukrainian spokesman said troops had entered Lyman.")
    assert [p.span.text for p in claim.places] == ["Lyman"]
    (claim,) = claims("In Kherson, the Ukrainian army said that Russian forces attacked.")
    assert [p.span.text for p in claim.places] == ["Kherson"]


def test_silence_denies_nothing() -> None:
    """Who does not comment on it has neither said nor denied it; reports of it are rumours."""
    quiet = read("The Sudrian army did not comment on the loss of Elmford.", "loss", kind=Kind.LEAVE)
    assert quiet.stance is not Stance.DENIED
    text = "There was no immediate comment from Sudria on reports that troops had left Elmford."
    rumour = read(text, "left", kind=Kind.LEAVE)
    assert (rumour.speaker, rumour.stance) == (None, Stance.RUMOURED)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A fighter named Abu Omar said troops had seized Elmford.", "Abu Omar"),
        ("Villagers fled. One, a doctor named Ole Dahl, said troops had seized Elmford.", "Ole Dahl"),
        ("Villagers fled. One, a teacher, said troops had seized Elmford.", "a teacher"),
    ],
)
def test_the_name_behind_the_trade(text: str, speaker: str) -> None:
    """Of "one, a doctor named X" the name is X."""
    found = read(text, "seized")
    assert found.speaker is not None
    assert found.speaker.text == speaker


def test_the_day_before_but_is_not_the_next_speakers() -> None:
    """A saying behind "but" has no day of what stood before."""
    text = "Falcons took Elmford two days ago, war bloggers said, but Jan Berg said his men still held Oakham."
    assert read(text, "held", kind=Kind.HOLD, side="N").date is None


@pytest.mark.parametrize(
    ("text", "trigger", "speaker"),
    [
        ('"All left," Ole Dahl, a doctor at Oakham Clinic, said Tuesday. "There is heavy fighting near Elmford."',
         "fighting", "Ole Dahl"),
        ("Farmers showed us a barn which they said had been seized by troops.", "seized", "Farmers"),
        ("The Watch for Rights said Monday roads were shut. A spokesman for Sudria denied it. "
         "The organization said troops had seized Elmford.", "seized", "The Watch for Rights"),
    ],
)  # fmt: skip
def test_who_is_meant(text: str, trigger: str, speaker: str) -> None:
    """A weekday is no speaker; "they" in a relative clause are its main clause's; a body is no spokesman."""
    found = read(text, trigger)
    assert found.speaker is not None
    assert found.speaker.text == speaker


def test_what_is_held_beside_has_no_day() -> None:
    """A day of an event does not date who holds the place it happened in."""
    text = "A blast today shook a port of Elmford occupied by Sudria."
    assert read(text, "occupied", kind=Kind.HOLD).date is None


def test_a_source_announced() -> None:
    """What the tagger takes for a participle at the end of a sentence says who tells it."""
    (claim,) = claims("Russian forces seized the town of Kodema, a military source announced on Friday.")
    assert claim.speaker is not None
    assert claim.speaker.text == "a military source"
