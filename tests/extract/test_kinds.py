"""Golden sentences of our own on the right kind and side: backgrounds, efforts, sieges, denials, parts, losses."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import claims, told

pytestmark = pytest.mark.model

Item = tuple[str, "str | None", bool, str]

# What is told, theatre, the claims in it.
SENTENCES: dict[str, tuple[str, str, set[Item]]] = {
    "months of a takeover are background": (
        "The mood rose after months of the steady Russian takeover of eastern Ukraine.",
        "ukraine-2022",
        set(),
    ),
    "months of fighting are background": (
        "Russian troops seized Siversk after eleven months of fighting.",
        "ukraine-2022",
        {("gain", "RU", False, "Siversk")},
    ),
    "fighting for the liberation": (
        "The battle for the liberation of Kherson goes on.",
        "ukraine-2022",
        {("attack", None, False, "Kherson")},
    ),
    "operations that have finished": ("Military operations in Raqqa have finished.", "syria-2011", set()),
    "fighting that has ended": ("Fighting in Raqqa has ended, the Observatory said.", "syria-2011", set()),
    "what a capture would do": (
        "The capture of Siversk would make it possible to cut supply lines.",
        "ukraine-2022",
        set(),
    ),
    "a city that would be lost": (
        "If it falls, Idlib would be the second provincial capital lost by the government.",
        "syria-2011",
        set(),
    ),
    "a refusal to leave": (
        "Rebels refused to leave Raqqa.",
        "syria-2011",
        {("leave", "OPP", False, "Raqqa")},
    ),
    "a force that is encircled": (
        "The Russian garrison was encircled in Siversk.",
        "ukraine-2022",
        {("advance", "UA", False, "Siversk")},
    ),
    "a withdrawal that the speaker calls his own": (
        'Government troops entered Raqqa. "It is a tactical withdrawal," said a rebel commander.',
        "syria-2011",
        {("enter", "GOV", False, "Raqqa"), ("leave", "OPP", False, "Raqqa")},
    ),
    "the fall of a town to those who took it": (
        "Rebels captured Idlib on Saturday. The fall of Idlib leaves the highway exposed.",
        "syria-2011",
        {("gain", "OPP", False, "Idlib")},
    ),
    "an operation to establish control is an attack": (
        "Russian troops continue an offensive operation to establish full control over Luhansk Oblast.",
        "ukraine-2022",
        {("attack", "RU", False, "Luhansk Oblast")},
    ),
    "hindered efforts to consolidate": (
        "Ukrainian raids slowed Russian efforts to consolidate control of Kherson Oblast.",
        "ukraine-2022",
        set(),
    ),
    "an army's control is control": (
        "Hadrut remains under the control of the Armenian army.",
        "karabakh-2020",
        {("hold", "ARM", False, "Hadrut")},
    ),
    "footage that shows troops in a place": (
        "Footage posted on Friday shows Ukrainian troops at the southern entrance of Lyman and in Dolyna.",
        "ukraine-2022",
        {("enter", "UA", False, "Lyman"), ("enter", "UA", False, "Dolyna")},
    ),
    "footage that shows troops near a place": (
        "Footage shows Ukrainian troops near Lyman.",
        "ukraine-2022",
        set(),
    ),
    "control of what is no place": (
        "The general will take over unified control of Ukrainian operations around Kyiv.",
        "ukraine-2022",
        set(),
    ),
    "much of their strength is no place": (
        "Russian forces around Kyiv have lost much of their combat power.",
        "ukraine-2022",
        set(),
    ),
    "half of a town is one": (
        "Ukrainian forces lost half of Soledar.",
        "ukraine-2022",
        {("leave", "UA", False, "Soledar")},
    ),
    "casualties": ("Ukrainian troops inflicted losses on the enemy near Dolyna.", "ukraine-2022", set()),
    "a referendum is not held on to": (
        "They plan to hold a referendum on September 11 in Kherson.",
        "ukraine-2022",
        set(),
    ),
    "taking part": (
        "A Turkish helicopter was taking part in the operation near Kobani.",
        "syria-2011",
        set(),
    ),
    "the centre of a town": (
        "Russian forces captured central Mariupol.",
        "ukraine-2022",
        {("enter", "RU", False, "Mariupol")},
    ),
    "a district of a town": (
        "Rebels took control of a district of Aleppo.",
        "syria-2011",
        {("enter", "OPP", False, "Aleppo")},
    ),
    "the district of that name": (
        "Rebels took control of the district of Idlib.",
        "syria-2011",
        {("gain", "OPP", False, "Idlib")},
    ),
    "a town occupied since yesterday was taken": (
        "Izyum has been occupied by Russian troops.",
        "ukraine-2022",
        {("gain", "RU", False, "Izyum")},
    ),
    "routed from": (
        "Rebels advanced after routing government fighters from Aleppo.",
        "syria-2011",
        {("leave", "GOV", False, "Aleppo")},
    ),
    "the attackers are who attacked": (
        "Russian troops stormed Lyman. The attackers were driven out of Lyman, the mayor said.",
        "ukraine-2022",
        {("attack", "RU", False, "Lyman"), ("leave", "RU", False, "Lyman")},
    ),
    "a siege broken is the foe's": (
        "Armenian forces broke the siege of Hadrut.",
        "karabakh-2020",
        {("attack", "AZ", False, "Hadrut")},
    ),
    "a siege broken where many fight": (
        "The Syrian Army broke the siege of Aleppo by Islamic State.",
        "syria-2011",
        {("attack", "IS", False, "Aleppo")},
    ),
    "a coalition of rebels": (
        "Idlib fell on Saturday to a coalition of rebel groups.",
        "syria-2011",
        {("gain", "OPP", False, "Idlib")},
    ),
    "it fell on a day, the second capital to do so": (
        "Raqqa fell to the rebels on Monday, the first capital they took.",
        "syria-2011",
        {("gain", "OPP", False, "Raqqa")},
    ),
    "ruled": (
        "Islamic State, which has ruled Raqqa since 2014, dug trenches.",
        "syria-2011",
        {("hold", "IS", False, "Raqqa")},
    ),
    "clings to": (
        "Islamic State fighters are clinging to Raqqa.",
        "syria-2011",
        {("hold", "IS", False, "Raqqa")},
    ),
    "a foothold won": (
        "Russian troops gained a foothold in Siversk.",
        "ukraine-2022",
        {("enter", "RU", False, "Siversk")},
    ),
    "the UN is no force": (
        "Russian troops shelled Izyum. After the UN convoy left Kherson, the guns fell silent.",
        "ukraine-2022",
        {("fire", "RU", False, "Izyum")},
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_kind_and_side(case: str) -> None:
    text, theatre, items = SENTENCES[case]
    assert told(text, theatre=theatre) == items


def test_who_denies_a_capture_did_not_do_it() -> None:
    (claim,) = claims("Armenian officials denied that Hadrut had been captured.", theatre="karabakh-2020")
    assert (claim.kind.value, claim.side, claim.stance.value) == ("gain", "AZ", "denied")


def test_have_yet_to_is_a_denial() -> None:
    (claim,) = claims("Russian troops have yet to capture Soledar.")
    assert (claim.kind.value, claim.side, claim.stance.value) == ("gain", "RU", "denied")


def test_what_comes_after_a_capture_to_come_is_no_capture() -> None:
    assert not claims("They may set conditions for a push after Russian forces take Mariupol.")


# How places pass from hand to hand, where troops are, and whose shells fall.
HANDS: dict[str, tuple[str, str, set[Item]]] = {
    "in the hands of": (
        "Lyman remains in the hands of Ukrainian forces.",
        "ukraine-2022",
        {("hold", "UA", False, "Lyman")},
    ),
    "in somebody's hands": ("Lyman is in Russian hands.", "ukraine-2022", {("hold", "RU", False, "Lyman")}),
    "out of control": (
        "Shusha is completely out of our control, the president of Artsakh said.",
        "karabakh-2020",
        {("leave", "ARM", False, "Shusha")},
    ),
    "handed to": (
        "Shusha was handed over to Azerbaijan on Wednesday.",
        "karabakh-2020",
        {("gain", "AZ", False, "Shusha")},
    ),
    "handed over by": ("Lyman was handed over by Ukrainian forces.", "ukraine-2022", {("leave", "UA", False, "Lyman")}),
    "returned to": ("Hadrut was returned to Azerbaijan.", "karabakh-2020", {("gain", "AZ", False, "Hadrut")}),
    "refugees return": ("Refugees returned to Kherson.", "ukraine-2022", set()),
    "a town returns to": ("Kherson returned to normal life, Russian officials said.", "ukraine-2022", set()),
    "evacuated fighters": (
        "Opposition fighters were evacuated from Aleppo under a deal.",
        "syria-2011",
        {("leave", "OPP", False, "Aleppo")},
    ),
    "evacuated wounded": ("The wounded were evacuated from Lyman.", "ukraine-2022", set()),
    "bussed out": ("The rebels were bussed out of Idlib.", "syria-2011", {("leave", "OPP", False, "Idlib")}),
    "pushed back from": (
        "Ukrainian marines pushed the enemy back from positions near Lyman.",
        "ukraine-2022",
        {("leave", "RU", False, "Lyman")},
    ),
    "remain in": ("Russian units remain in Kherson.", "ukraine-2022", {("hold", "RU", False, "Kherson")}),
    "on the outskirts": (
        "Russian units are on the outskirts of Lyman.",
        "ukraine-2022",
        {("enter", "RU", False, "Lyman")},
    ),
    "will be on the outskirts": ("Russian units would be on the outskirts of Lyman.", "ukraine-2022", set()),
    "advanced in a part": (
        "Russian forces advanced in western Lyman.",
        "ukraine-2022",
        {("enter", "RU", False, "Lyman")},
    ),
    "across a border": (
        "Russian troops crossed the border north of Sumy.",
        "ukraine-2022",
        {("enter", "RU", False, "north of Sumy")},
    ),
    "most of a town": ("Rebels captured most of Idlib.", "syria-2011", {("enter", "OPP", False, "Idlib")}),
    "occupied in a past month": (
        "The recapture of Izyum, occupied in early April, ended that hope.",
        "ukraine-2022",
        {("gain", "UA", False, "Izyum"), ("gain", "RU", False, "Izyum")},
    ),
    "behind the comma stands who says so": (
        "Russian troops took Izyum, Lyman's mayor said.",
        "ukraine-2022",
        {("gain", "RU", False, "Izyum")},
    ),
    "who flies in Syria": ("Warplanes pounded Idlib.", "syria-2011", {("fire", "GOV", False, "Idlib")}),
    "whose planes are named": ("US warplanes pounded Raqqa.", "syria-2011", {("fire", "US", False, "Raqqa")}),
    "planes over whom both bomb": (
        "Unidentified aircraft bombed Islamic State positions in Raqqa.",
        "syria-2011",
        {("fire", None, False, "Raqqa")},
    ),
    "a force by whom it fires at": (
        "The artillery units destroyed rebel positions in Idlib.",
        "syria-2011",
        {("fire", "GOV", False, "Idlib")},
    ),
    "a label leaves the place to the verb": (
        "Rockets hit the rebel-held town of Idlib.",
        "syria-2011",
        {("fire", "GOV", False, "Idlib"), ("hold", "OPP", False, "Idlib")},
    ),
}


@pytest.mark.parametrize("case", HANDS)
def test_hands_and_shells(case: str) -> None:
    text, theatre, items = HANDS[case]
    assert told(text, theatre=theatre) == items


def test_no_longer_under_control_is_a_loss_that_is_told() -> None:
    (claim,) = claims("Kherson was no longer under Russian control.")
    assert (claim.kind.value, claim.side, claim.stance.value) == ("leave", "RU", "asserted")


def test_a_number_of_border_villages_is_counted() -> None:
    found = claims("They fought near Vovchansk. Russia says it has captured ten border settlements in Kharkiv Oblast.")
    assert [c.count.min for c in found if c.count is not None] == [10]


# What is wanted, labelled or held otherwise is no taking of a place.
NOTHING: dict[str, tuple[str, set[Item]]] = {
    "a priority": ("The capture of Soledar is their main priority, Russian officials said.", set()),
    "prioritised": ("Russian forces continued to prioritize the capture of Soledar.", set()),
    "insisted on": ("The minister insisted on the Russian withdrawal from Kherson.", set()),
    "hypothetical": ("Why capturing Lyman is important for Russia", set()),
    "in case": ("A puppet mayor was ready in case Kyiv was seized.", set()),
    "a label before a name": ("In occupied Kherson there was an explosion near a police station.", set()),
    "a label before a noun": ("Kherson, Izyum: rallies held in temporarily occupied towns.", set()),
    "taking place": ("Russian exercises are taking place in Kherson.", set()),
    "vehicles driven": ("Russian soldiers drove their vehicles through Lyman.", set()),
    "people held": ("Ukrainian sailors from Mariupol, who are held by Russian forces, wrote home.", set()),
    "not a building left": ("There is not a single building left in Mariupol, Russian officials said.", set()),
    "mines cleared": ("Izyum is free of shells: Ukrainian mine clearance in Izyum goes on.", set()),
    "an objective at the moment": ("The main Russian objective at the moment is to seize Siversk.", set()),
    "fixated on": ("The Russian fixation on the capture of Bakhmut cost them dearly.", set()),
    "an effort focused on": (
        "The main Russian effort remains focused on the capture of Bakhmut.",
        {("attack", "RU", False, "Bakhmut")},
    ),
    "a state": ("Russian forces occupy about half of Kherson Oblast.", {("hold", "RU", False, "Kherson Oblast")}),
    "a deed": ("Russian forces occupied Kherson.", {("gain", "RU", False, "Kherson")}),
    "a subject hung on its auxiliary": (
        "The Ukrainian mayor of Irpin reported that the Russians have consolidated control over towns around Irpin.",
        {("hold", "RU", False, "Irpin")},
    ),
}


@pytest.mark.parametrize("case", NOTHING)
def test_labels_and_wishes(case: str) -> None:
    text, items = NOTHING[case]
    assert told(text) == items


def test_not_a_single_town_is_a_denial() -> None:
    (claim,) = claims("The front holds, but not a single town in Luhansk Oblast has been liberated.")
    assert (claim.kind.value, claim.stance.value) == ("gain", "denied")


def test_after_capturing_is_planned_where_the_rest_is() -> None:
    found = claims("Russian forces intended to advance on Lyman after capturing Siversk.")
    assert {c.stance.value for c in found} == {"predicted"}


def test_one_denial_of_two_gains_is_two_claims_with_ids_of_their_own() -> None:
    found = claims(
        "The Russian ministry said its troops had captured Lyman and had seized Izyum. The Ukrainian army denied it."
    )
    assert len(found) == 4
    assert len({c.id for c in found}) == 4
