"""Whose deed it is where nobody says so: by who holds the place, who speaks, who flies, and the kind of force."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.frame_kit import extractor, mentions, report

pytestmark = pytest.mark.model

SYRIA, UKRAINE, LIBYA = "syria-2011", "ukraine-2022", "libya-2011"


def sides(text: str, theatre: str, day: date, outlet: str = "") -> set[tuple[str, str | None, str]]:
    """The claims of a text as (kind, side, place)."""
    found = extractor(theatre).extract(report(text, outlet, day), mentions(text))
    return {(c.kind.value, c.side, p.span.text) for c in found for p in c.places}


@pytest.mark.parametrize(
    ("text", "theatre", "day", "side"),
    [
        # a town whose holder was no question
        ("Missiles hit Sumy at dawn, wounding four people.", UKRAINE, date(2024, 5, 2), "RU"),
        ("Shelling of Kherson went on all night.", UKRAINE, date(2023, 5, 2), "RU"),
        # nobody's where its holder is not known for the day
        ("Shelling of Kherson went on all night.", UKRAINE, date(2022, 11, 11), None),
        # who flies depends on whose ground it is, and on the day
        ("Air strikes on Raqqa killed nine people, a doctor said.", SYRIA, date(2016, 5, 2), "US"),
        ("Air strikes on Idlib killed nine people, a doctor said.", SYRIA, date(2016, 5, 2), "GOV"),
        # as the text itself tells who holds it
        ("Rebels hold Aleppo. Mortar rounds hit Aleppo on Monday.", SYRIA, date(2014, 5, 2), "GOV"),
        # each blames the other: nobody's
        ("Each side accused the other of shelling Sumy.", UKRAINE, date(2024, 5, 2), None),
    ],
)
def test_fire_is_that_of_the_foe_of_who_holds_the_place(text: str, theatre: str, day: date, side: str | None) -> None:
    """Shelling that nobody is said to have done is the foe's, where the holder is known."""
    assert {s for kind, s, _ in sides(text, theatre, day) if kind == "fire"} == {side}


def test_what_hits_is_no_victim() -> None:
    """ "destroyed in their strikes": the strikes' side did it."""
    text = "A school in Kyiv has been destroyed in Russia's missile strikes."
    assert ("fire", "RU", "Kyiv") in sides(text, UKRAINE, date(2022, 5, 2), "ukrinform.net")


def test_a_raid_in_which_they_fired_is_theirs() -> None:
    """ "during another raid on X the enemy fired": both are the enemy's."""
    text = "During another air strike on Kyiv, the enemy fired two missiles."
    assert {s for _, s, _ in sides(text, UKRAINE, date(2022, 5, 2), "censor.net")} == {"RU"}


def test_liberated_is_what_the_speaker_before_means() -> None:
    """A second town "liberated" beside the gains of a ministry is the ministry's gain too."""
    text = "Russian troops seized Siversk, the Russian Defense Ministry said. Soledar has been liberated as well."
    assert ("gain", "RU", "Soledar") in sides(text, UKRAINE, date(2022, 7, 2))
    alone = "Soledar has been liberated."
    assert sides(alone, UKRAINE, date(2022, 7, 2)) == {("gain", "UA", "Soledar")}


def test_proxies_count_with_their_patron() -> None:
    """Rebels told of by Turkey, or named with its army, are Turkey's; those backed by the United States the SDF."""
    day = date(2018, 2, 1)
    assert sides("The Turkish army and rebels captured Kobani.", SYRIA, day) == {("gain", "TUR", "Kobani")}
    assert sides("Turkish-backed rebels entered Kobani. The rebels shelled Raqqa.", SYRIA, day) == {
        ("enter", "TUR", "Kobani"),
        ("fire", "TUR", "Raqqa"),
    }
    assert sides("Rebels captured Idlib.", SYRIA, day) == {("gain", "OPP", "Idlib")}
    assert sides("A US-backed alliance captured Raqqa.", SYRIA, day) == {("gain", "SDF", "Raqqa")}


def test_the_kind_of_a_force_tells_its_side_in_a_civil_war() -> None:
    """Tanks are the government's, fighters never: of two sides told of before, the fitting one."""
    day = date(2013, 5, 2)
    assert sides("Tanks shelled Aleppo, residents said.", SYRIA, day) == {("fire", "GOV", "Aleppo")}
    text = "Rebels entered Idlib. Government forces shelled Idlib until the fighters fled from Idlib."
    assert ("leave", "OPP", "Idlib") in sides(text, SYRIA, day)


def test_who_attacks_stands_behind_of() -> None:
    """ "the onslaught of the occupiers" is theirs."""
    text = "Our men restrain the onslaught of the occupiers in Bakhmut."
    assert ("attack", "RU", "Bakhmut") in sides(text, UKRAINE, date(2022, 9, 2), "censor.net")


def test_a_commander_is_of_the_side_that_spoke_before() -> None:
    """ "We", says a commander: of the force that the text told of before."""
    text = 'The SDF said its fighters had entered Raqqa. "We are advancing on Kobani," a commander said.'
    assert ("advance", "SDF", "Kobani") in sides(text, SYRIA, date(2017, 6, 8))


def test_a_governor_is_of_the_land_he_speaks_of() -> None:
    """ "Drones attacked Belgorod, the governor said": Russia's governor."""
    text = "Drones attacked Sumy and flew on to Belgorod, the governor said."
    heard = extractor(UKRAINE).extract(report(text, day=date(2024, 7, 3)), mentions(text))
    assert {c.speaker_side for c in heard} == {"RU"}


@pytest.mark.parametrize(
    ("text", "theatre", "items"),
    [
        ("Russian missiles kill four in Sumy", UKRAINE, {("fire", "RU", "Sumy")}),
        ("Kyiv under fire", UKRAINE, {("fire", "RU", "Kyiv")}),
        ("Kobani back in Kurdish hands", SYRIA, {("gain", "SDF", "Kobani")}),
        ("Idlib retaken by rebels", SYRIA, {("gain", "OPP", "Idlib")}),
        ("Russian troops just 4 km from Siversk", UKRAINE, {("advance", "RU", "Siversk")}),
        ("A hospital 4 km from Siversk treats the wounded", UKRAINE, set()),
        # what flies and is brought down near a town: nobody fired at the town
        ("Two Russian jets destroyed near Bakhmut", UKRAINE, set()),
        # civilians take and leave nothing
        ("Kherson locals flee Kherson", UKRAINE, set()),
        # a third party's raid is no side's
        ("Israeli jets struck targets near Damascus overnight", SYRIA, {("fire", None, "Damascus")}),
    ],
)
def test_headlines(text: str, theatre: str, items: set[tuple[str, str | None, str]]) -> None:
    """What headlines leave out, and who is meant."""
    assert sides(text, theatre, date(2022, 5, 2)) == items


def test_speakers_behind_a_headline() -> None:
    """A dash without a space, or a colon, before who says it."""
    for tail, who in ((" -Ukrainian official", "Ukrainian official"), (": Ukrainian officials", "Ukrainian officials")):
        text = f"Russian forces enter Lyman{tail}"
        (claim,) = extractor(UKRAINE).extract(report(text, day=date(2022, 5, 27)), mentions(text))
        assert claim.speaker is not None
        assert (claim.speaker.text, claim.speaker_side) == (who, "UA")


def test_attacked_and_retreated_with_losses() -> None:
    """An attack that ends in losses and retreat has failed, and is no withdrawal from the place."""
    text = "The enemy attacked near Bakhmut, suffered losses and retreated."
    found = extractor(UKRAINE).extract(report(text, "ukrinform.net"), mentions(text))
    assert [(c.kind.value, c.side, c.failed) for c in found] == [("attack", "RU", True)]


@pytest.mark.parametrize(
    ("text", "theatre", "day", "item"),
    [
        # troops in a civil war are a state's, and none of a side that only flies
        ("The jihadists control Idlib after troops left Idlib.", SYRIA, date(2015, 5, 21), ("leave", "GOV", "Idlib")),
        ("NATO jets bombed Kyiv. Troops entered Sumy.", LIBYA, date(2011, 5, 2), ("enter", "GOV", "Sumy")),
        # "the militants" are those told of last
        ("Islamic State lost Raqqa. The militants shelled Raqqa.", SYRIA, date(2017, 11, 1), ("fire", "IS", "Raqqa")),
        ("Fighters attacked Aleppo.", SYRIA, date(2012, 8, 1), ("attack", "OPP", "Aleppo")),
        ("Anti-regime forces hold Aleppo.", SYRIA, date(2012, 8, 1), ("hold", "OPP", "Aleppo")),
        # who is pushed back is not who advances
        ("Ukrainian troops were pushed back near Siversk.", UKRAINE, date(2023, 6, 5), ("advance", "RU", "Siversk")),
        ("Russian troops were pushed back from Siversk.", UKRAINE, date(2023, 6, 5), ("leave", "RU", "Siversk")),
        (
            "Turkey's president said allied Syrian fighters captured Kobani.",
            SYRIA,
            date(2018, 3, 18),
            ("gain", "TUR", "Kobani"),
        ),
    ],
)
def test_forces_without_a_name(text: str, theatre: str, day: date, item: tuple[str, str | None, str]) -> None:
    """Troops, fighters and militants of nobody told, by kind, by what the text told before, and by who speaks."""
    assert item in sides(text, theatre, day)


@pytest.mark.parametrize(
    ("text", "theatre", "day", "item"),
    [
        # the verb of the sentence hangs on what backs the force
        (
            "Kurdish-led forces backed by U.S.-led air strikes captured Raqqa from Islamic State.",
            SYRIA,
            date(2017, 6, 16),
            ("gain", "SDF", "Raqqa"),
        ),
        # who pulls out of a town that has fallen to one side is the other
        (
            "Lyman fell to the Russian army. A spokesman for the 110th Brigade said its men pulled out of Lyman.",
            UKRAINE,
            date(2022, 5, 27),
            ("leave", "UA", "Lyman"),
        ),
    ],
)
def test_who_took_and_who_left(text: str, theatre: str, day: date, item: tuple[str, str | None, str]) -> None:
    """Sides through a misread sentence, and by what became of the town."""
    assert item in sides(text, theatre, day)


def test_an_opening_noun_is_no_name() -> None:
    """ "Warplanes pounded ...": what opens a sentence with a capital flies all the same."""
    text = "The army took Aleppo. Warplanes pounded Idlib."
    assert ("fire", "GOV", "Idlib") in sides(text, SYRIA, date(2016, 12, 8))


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian forces thwarted Russian attempts to capture Bakhmut.",
        "Ukraine's army said it had stopped Russian groups trying to break through near Bakhmut.",
    ],
)
def test_what_is_thwarted_has_failed(text: str) -> None:
    """Attempts that a verb over them repels."""
    found = extractor(UKRAINE).extract(report(text, day=date(2022, 9, 8)), mentions(text))
    assert [(c.kind.value, c.side, c.failed) for c in found] == [("attack", "RU", True)]


def test_who_says_it_behind_a_comma() -> None:
    """ "took X, the Observatory for Y said": the observatory, which is no part of X."""
    text = "The army has taken Aleppo, the Syrian Observatory for Human Rights said."
    (claim,) = extractor(SYRIA).extract(report(text, day=date(2016, 12, 8)), mentions(text))
    assert claim.speaker is not None
    assert claim.speaker.text == "the Syrian Observatory for Human Rights"


def test_a_claim_called_a_lie_is_of_the_other_side() -> None:
    """Who calls it a lie is who would have lost."""
    text = "The spokeswoman of Ukraine's army said the claim that Lyman had been captured was a lie."
    assert sides(text, UKRAINE, date(2022, 5, 8)) == {("gain", "RU", "Lyman")}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Russia warned of strikes on Kyiv.", ("fire", "RU", "Kyiv")),
        ("Ukraine warned of strikes on Kyiv.", ("fire", "RU", "Kyiv")),
        ("Kherson came under fire of the occupiers.", ("fire", "RU", "Kherson")),
    ],
)
def test_warned_of_and_under_fire_of(text: str, item: tuple[str, str | None, str]) -> None:
    """Who threatens and who fears, by whose ground it is; "under fire of" those who fire."""
    assert item in sides(text, UKRAINE, date(2022, 9, 8))


def test_who_rings_a_town_is_who_attacked_it() -> None:
    """Nobody says who surrounds it; the sentence before says who fights for it."""
    text = "Russian troops attacked Lyman on Monday. By nightfall the city was surrounded."
    assert ("advance", "RU", "Lyman") in sides(text, UKRAINE, date(2022, 9, 12))
