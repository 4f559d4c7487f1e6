"""Who is said to say it, in sentences of our own."""

from __future__ import annotations

import pytest

from tests.extract.reading_kit import read
from whoholds.model import Kind, Part, PartKind

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "trigger", "speaker", "side"),
    [
        ("The General Staff reported that Sudrian troops seized Elmford.", "seized", "The General Staff", "N"),
        ("Regional governor Ilse Falk said Sudrian troops had seized Elmford.", "seized", "Ilse Falk", "N"),
        ("Sudrian troops seized Elmford, according to Teo Marr.", "seized", "Teo Marr", "S"),
        ("Sudrian troops have seized Elmford, the mayor of Oakham told reporters.", "seized", "the mayor", "N"),
        ("According to war bloggers, Sudrian troops seized Elmford.", "seized", "war bloggers", "S"),
        ("A pro-Sudria separatist official claimed that fighters seized Elmford.", "seized", "official", "S"),
        ("The Sudria-installed head of Oakham, Ole Dahl, said troops had seized Elmford.", "seized", "Ole Dahl", "S"),
        ("Western officials believe Sudrian troops seized Elmford.", "seized", "Western officials", None),
        ("A Sudrian source voiced concern that fighters seized Elmford.", "seized", "A Sudrian source", "S"),
        (
            "Norlandic Watch for Rights said Sudrian troops seized Elmford.",
            "seized",
            "Norlandic Watch for Rights",
            None,
        ),
        ("A doctor in Oakham said Sudrian troops had seized the clinic.", "seized", "A doctor", None),
    ],
)
def test_named_in_the_sentence(text: str, trigger: str, speaker: str, side: str | None) -> None:
    """The speaker is the words that name them best, and the office or the words around decide the side."""
    found = read(text, trigger)
    assert found.speaker is not None
    assert speaker in found.speaker.text
    assert found.speaker.text == text[found.speaker.start : found.speaker.end]
    assert found.speaker_side == side


def test_a_person_goes_before_the_office() -> None:
    """Of "Army Spokesman Jan Berg" the span is the person, and the office still tells the side."""
    found = read("Norlandic Army Spokesman Henrik Lund said troops seized Elmford.", "seized")
    assert found.speaker is not None
    assert (found.speaker.text, found.speaker_side) == ("Henrik Lund", "N")


def test_a_person_of_a_state() -> None:
    """Of "Norland's Henrik Lund" the span is the person, and the state tells the side."""
    found = read("Norland's Henrik Lund said troops seized Elmford.", "seized")
    assert found.speaker is not None
    assert (found.speaker.text, found.speaker_side) == ("Henrik Lund", "N")
    office = read("Norland's General Staff said troops seized Elmford.", "seized")
    assert office.speaker is not None
    assert office.speaker.text == "Norland's General Staff"


def test_own_voice_has_no_speaker() -> None:
    """What the report says itself, or its own outlet is named for, is nobody's word."""
    assert read("Sudrian troops seized Elmford on Monday.", "seized").speaker is None
    text = "TOW assessed that Sudrian troops seized Elmford."
    assert read(text, "seized", outlet="The Observer of Wars").speaker is None
    assert read(text, "seized", outlet="The Daily").speaker is not None


def test_a_pronoun_goes_back_to_the_last_speaker() -> None:
    """ "He added" in the next sentence is the spokesman of the one before."""
    text = "Sudrian spokesman Teo Marr said the road was open. He added that troops had seized Elmford."
    found = read(text, "seized")
    assert found.speaker is not None
    assert (found.speaker.text, found.speaker_side) == ("Teo Marr", "S")


def test_a_surname_keeps_the_side_of_its_introduction() -> None:
    """A bare surname is on the side that the office gave it when it was introduced."""
    text = "Norlandic commander Kai Storm spoke to us. Storm noted that Sudrian troops seized Elmford."
    found = read(text, "seized")
    assert found.speaker is not None
    assert (found.speaker.text, found.speaker_side) == ("Storm", "N")


@pytest.mark.parametrize(
    ("text", "trigger", "speaker"),
    [
        ('"We have seized Elmford," Teo Marr said. "Oakham was captured too."', "captured", "Teo Marr"),
        ('"We have seized Elmford. The road is ours," said Teo Marr, a colonel.', "seized", "Teo Marr"),
        ('"The hills," Teo Marr told us, "were captured by our men at dawn."', "captured", "Teo Marr"),
        ("Teo Marr was blunt. He said: “Our men have seized Elmford and they will stay.”", "seized", "Teo Marr"),
    ],
)
def test_quotations(text: str, trigger: str, speaker: str) -> None:
    """A quotation belongs to whom it is given to after, before or in the midst of it; the next goes on with it."""
    found = read(text, trigger)
    assert found.speaker is not None
    assert found.speaker.text == speaker


@pytest.mark.parametrize(
    ("text", "speaker", "side"),
    [
        ("Sudrian troops seize Elmford - General Staff", "General Staff", "N"),
        ("Marr: our troops seize Elmford", "Marr", "S"),
        ("Troops seize Elmford – Defence Ministry.", "Defence Ministry", "N"),
    ],
)
def test_headlines(text: str, speaker: str, side: str) -> None:
    """A dash or a colon beside a headline names the speaker; a bare ministry is of the side of its outlet."""
    found = read(text, "seize", outlet="norpress.example")
    assert found.speaker is not None
    assert (found.speaker.text, found.speaker_side) == (speaker, side)


def test_a_topic_before_a_colon_is_no_speaker() -> None:
    """ "The battle for Elmford: ..." names what it is about."""
    assert read("The battle for Elmford: troops seize the mill", "seize").speaker is None


def test_the_outlet_after_the_dash_is_no_speaker() -> None:
    """An agency's own name at the end of its lede is not a source."""
    text = "Troops seized Elmford. — Norland Press."
    assert read(text, "seized", outlet="norpress.example").speaker is None


@pytest.mark.parametrize(
    "text",
    [
        "The agency, citing Teo Marr, reported that troops had seized Elmford.",
        "Radio One said that Teo Marr acknowledged that troops had seized Elmford.",
    ],
)
def test_a_chain_ends_at_the_first_speaker(text: str) -> None:
    """Who is cited speaks, not who cites."""
    found = read(text, "seized")
    assert found.speaker is not None
    assert found.speaker.text == "Teo Marr"


def test_nouns_of_saying() -> None:
    """ "Issued an acknowledgement of", "X's claim that" and "a statement by" say as much as a verb."""
    issued = read("On Monday the Sudrian army issued an acknowledgement of a retreat from Elmford.", "retreat")
    assert issued.speaker is not None
    assert issued.speaker.text == "the Sudrian army"
    claimed = read("Observers doubt Sudria's claim that its men seized Elmford.", "seized")
    assert claimed.speaker is not None
    assert (claimed.speaker.text, claimed.speaker_side) == ("Sudria", "S")


def test_both_sides_accuse_each_other() -> None:
    """The one who says that Sudria shelled is Norland."""
    text = "Norlandic and Sudrian officials accused each other of shelling Oakham."
    assert read(text, "shelling", kind=Kind.FIRE, side="S").speaker_side == "N"
    assert read(text, "shelling", kind=Kind.FIRE, side="N").speaker_side == "S"


def test_what_the_writer_infers_is_the_writers() -> None:
    """ "... , indicating that" hangs the report's own conclusion on what somebody said."""
    text = "The General Staff reported heavy losses at Elmford, indicating that Sudrian troops seized the bridge."
    assert read(text, "seized").speaker is None


def test_the_author_of_a_post() -> None:
    """An embedded post is its author's word."""
    text = "Troops seized Elmford today.\n\n— Pat Reed (@patreed) September 14, 2021"
    part = Part(kind=PartKind.POST, start=0, end=len(text), author="Pat Reed", handle="patreed")
    found = read(text, "seized", parts=(part,))
    assert found.speaker is not None
    assert (found.speaker.text, found.speaker_side) == ("Pat Reed", None)
    unmarked = read(text, "seized")
    assert unmarked.speaker is not None
    assert unmarked.speaker.text == "Pat Reed"


def test_who_publishes_the_picture_speaks() -> None:
    """Footage is no speaker; its publisher is."""
    found = read("Footage published by the Sudrian army shows troops entering Elmford.", "entering", kind=Kind.ENTER)
    assert found.speaker is not None
    assert found.speaker.text == "the Sudrian army"
    assert read("Footage shows troops entering Elmford.", "entering", kind=Kind.ENTER).speaker is None


@pytest.mark.parametrize(
    ("text", "trigger", "speaker"),
    [
        (
            "Officials in Oakham noted that troops left and confirmed the loss of Elmford.",
            "loss",
            "Officials in Oakham",
        ),
        ("State news agency Volna reported that troops seized Elmford.", "seized", "Volna"),
        ("The adviser to the mayor of Oakham Ole Dahl said troops had seized Elmford.", "seized", "Ole Dahl"),
        ("Head of the Oakham Regional Administration Ole Dahl said troops seized Elmford.", "seized", "Ole Dahl"),
        ("Two men died as troops seized Elmford, said the doctor, who was not named.", "seized", "the doctor"),
        ("Teo Marr said in a video that troops had seized Elmford.", "seized", "Teo Marr"),
    ],
)
def test_the_words_that_name_best(text: str, trigger: str, speaker: str) -> None:
    """Second verbs, descriptions, advisers, heads, inverted speakers and videos."""
    found = read(text, trigger)
    assert found.speaker is not None
    assert found.speaker.text in {speaker, speaker.split(" in ", maxsplit=1)[0]}


def test_who_is_introduced_by_somebody_else_is_not_quoted() -> None:
    """Words quoted out of a resolution are not the last speaker's."""
    text = "Teo Marr said he was glad. The assembly passed a text “deploring the attacks on the town of Elmford”."
    assert read(text, "attacks", kind=Kind.ATTACK).speaker is None


def test_forces_that_threaten_say_nothing() -> None:
    """An army that threatens to take a town is no speaker; a ministry that does is."""
    army = read("Sudrian troops took the ridge, threatening to seize Elmford.", "seize")
    ministry = read("The Sudrian Defence Ministry threatens to seize Elmford.", "seize")
    assert army.speaker is None
    assert ministry.speaker is not None


def test_the_body_names_the_office_beside_the_headline() -> None:
    """ "- authorities" is the governor whom the body names."""
    text = "Troops seize Elmford – authorities. The town fell at dawn, Governor Ole Dahl has said."
    found = read(text, "seize")
    assert found.speaker is not None
    assert found.speaker.text == "Ole Dahl"


@pytest.mark.parametrize("gap", ["\n", " "])
def test_a_quotation_over_several_lines(gap: str) -> None:
    """Feeds print a sentence a line: the quotation goes on until it is closed, and its speaker stands there."""
    text = f'"They shelled the port all day.{gap}It has become revenge," said Ole Dahl, a fighter.'
    found = read(text, "shelled", kind=Kind.FIRE)
    assert found.speaker is not None
    assert found.speaker.text == "Ole Dahl"


def test_the_speaker_stands_behind_the_quotation() -> None:
    """A noun inside the quotation is no speaker, whatever the parser hung on it."""
    text = '"Troops seized Elmford, killing seven people," a rebel spokesman, who gave no name, told us.'
    found = read(text, "seized")
    assert found.speaker is not None
    assert found.speaker.text == "a rebel spokesman"


def test_a_speaker_in_the_midst_of_a_sentence_says_the_rest_too() -> None:
    """ ", X said, but ..." goes on in X's words."""
    text = "Rebels entered Elmford, the monitor said, but planes hit back with strikes on the mill."
    found = read(text, "strikes", kind=Kind.FIRE)
    assert found.speaker is not None
    assert found.speaker.text == "the monitor"


def test_a_quotation_behind_the_words_of_saying() -> None:
    """'..., X said, "to save lives".' is X's word from its start."""
    text = 'Sudrian troops have left Elmford, the General Staff said, "to save lives and guns".'
    found = read(text, "left", kind=Kind.LEAVE)
    assert found.speaker is not None
    assert found.speaker.text == "the General Staff"


def test_who_declares_war_says_nothing() -> None:
    """An act of state done by declaring it is the report's word and has its day; victory is only claimed."""
    text = "Sudria declared martial law and general mobilisation on Sunday."
    found = read(text, "mobilisation", kind=Kind.ESCALATE)
    assert (found.speaker, str(found.date)) == (None, "2021-09-12")
    assert read("Sudria declared the capture of Elmford.", "capture").speaker is not None


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "failed", "side"),
    [
        ("The men took Elmford, the Ministry of Defence said.", "took", Kind.GAIN, False, "S"),
        ("The men took Elmford, field commanders said.", "took", Kind.GAIN, False, "S"),
        ("An attack on Elmford was repelled, the defence ministry said.", "attack", Kind.ATTACK, True, "N"),
        ("The men shelled Elmford, field commanders said.", "shelled", Kind.FIRE, False, None),
        ("The men took Elmford, residents said.", "took", Kind.GAIN, False, None),
        ("The men took Elmford, the French defence ministry said.", "took", Kind.GAIN, False, None),
    ],
)
def test_an_unnamed_arm_boasts_of_its_own(text: str, trigger: str, kind: Kind, failed: bool, side: str | None) -> None:
    """Whose "the ministry" is follows from the gain or repelled attack it tells; nothing follows from fire."""
    assert read(text, trigger, kind=kind, failed=failed).speaker_side == side


def test_a_spokesman_for_the_group() -> None:
    """ "The group" is the one told of before."""
    text = "Red Falcons fighters took Elmford on Monday, a spokesman for the group said."
    assert read(text, "took").speaker_side == "S"


def test_who_has_not_confirmed_says_nothing() -> None:
    """ "X, which had held Y, has not confirmed the loss": nobody says that it held."""
    text = "Sudria, which had held Elmford since March, has not confirmed the loss."
    assert read(text, "held", kind=Kind.HOLD).speaker is None


def test_his_men_are_of_his_side() -> None:
    """A commander nobody knows is on the side of "his men"."""
    text = "Colonel Ole Dahl, a commander in the area, said that his men still held Elmford."
    assert read(text, "held", kind=Kind.HOLD, side="N").speaker_side == "N"
    other = "Colonel Ole Dahl, a commander in the area, said that Sudrian men still held Elmford."
    assert read(other, "held", kind=Kind.HOLD, side="S").speaker_side is None
