"""Golden sentences of our own: who did what where, phenomenon by phenomenon."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import claims, told

pytestmark = pytest.mark.model

Item = tuple[str, "str | None", bool, str]


def one(kind: str, side: str | None, *places: str, failed: bool = False) -> set[Item]:
    """Items of one claim."""
    return {(kind, side, failed, place) for place in places}


SINGLE: dict[str, tuple[str, set[Item]]] = {
    "active": ("Ukrainian forces recaptured Kupiansk on Saturday.", one("gain", "UA", "Kupiansk")),
    "passive with agent": ("Lyman was captured by Russian troops last week.", one("gain", "RU", "Lyman")),
    "passive without agent": ("The town of Balakliya has been liberated.", one("gain", "UA", "Balakliya")),
    "participial clause": ("Russian units, having seized Soledar, rested.", one("gain", "RU", "Soledar")),
    "relative clause": ("Ukrainian troops who liberated Izyum were tired.", one("gain", "UA", "Izyum")),
    "list with locations": (
        "Russian forces shelled Siversk, Dolyna (8 km southeast of Lyman), and Kodema.",
        one("fire", "RU", "Siversk", "Dolyna", "Kodema"),
    ),
    "apposed location": (
        "Russian troops seized Zaitseve, about 12 km south of Bakhmut.",
        one("gain", "RU", "Zaitseve"),
    ),
    "coordinated verbs": (
        "Russian forces shelled and stormed Soledar.",
        one("fire", "RU", "Soledar") | one("attack", "RU", "Soledar"),
    ),
    "nominal gain": ("The liberation of Izyum by Ukrainian forces surprised them.", one("gain", "UA", "Izyum")),
    "nominal loss": ("The loss of Lyman hurt the Russian army.", one("leave", "RU", "Lyman")),
    "nominal withdrawal": ("The Russian withdrawal from Balakliya continued.", one("leave", "RU", "Balakliya")),
    "light verb": ("Russian forces conducted ground attacks near Siversk.", one("attack", "RU", "Siversk")),
    "headline, present": ("Russians shell Vovchansk overnight", one("fire", "RU", "Vovchansk")),
    "headline, capitals": (
        "Ukrainian Troops Enter Kupiansk After Weeks Of Heavy Losses",
        one("enter", "UA", "Kupiansk"),
    ),
    "bullet": ("- Russian forces captured Kodema.", one("gain", "RU", "Kodema")),
    "attempt": ("Russian troops attempted to advance on Bakhmut.", one("attack", "RU", "Bakhmut")),
    "try to storm": ("Russian troops tried to storm Soledar.", one("attack", "RU", "Soledar")),
    "efforts to capture": ("Russian forces continued efforts to capture Bakhmut.", one("attack", "RU", "Bakhmut")),
    "failed to": ("Russian forces failed to advance near Dolyna.", one("attack", "RU", "Dolyna", failed=True)),
    "unsuccessful": (
        "Russian forces launched an unsuccessful assault on Zaitseve.",
        one("attack", "RU", "Zaitseve", failed=True),
    ),
    "repelled": (
        "Ukrainian troops repelled Russian attacks near Siversk.",
        one("attack", "RU", "Siversk", failed=True),
    ),
    "repelled, enemy of the other": (
        "Ukrainian defenders repulsed an assault on Bakhmut.",
        one("attack", "RU", "Bakhmut", failed=True),
    ),
    "but retreated": (
        "Russian troops attacked Dolyna but retreated after an hour.",
        one("attack", "RU", "Dolyna", failed=True),
    ),
    "direction": (
        "Russian forces attacked in the direction of Bakhmut.",
        one("attack", "RU", "the direction of Bakhmut"),
    ),
    "compass": ("Russian forces conducted an assault southwest of Izyum.", one("attack", "RU", "southwest of Izyum")),
    "advance towards": ("Ukrainian units advanced toward Lyman.", one("advance", "UA", "Lyman")),
    "advance in a region": (
        "Ukrainian troops are advancing in Kherson Oblast.",
        one("advance", "UA", "Kherson Oblast"),
    ),
    "encircled": ("Russian forces encircled Mariupol.", one("advance", "RU", "Mariupol")),
    "part of a place": (
        "Russian troops took control of the northern part of Zaitseve.",
        one("enter", "RU", "Zaitseve"),
    ),
    "outskirts": ("Russian soldiers seized positions on the outskirts of Soledar.", one("enter", "RU", "Soledar")),
    "control kept": ("Ukrainian forces maintain control of Siversk.", one("hold", "UA", "Siversk")),
    "control lost": ("Russian forces lost control of Kupiansk.", one("leave", "RU", "Kupiansk")),
    "under control": ("Mariupol is under Russian control.", one("hold", "RU", "Mariupol")),
    "held": ("The Russian-held town of Izyum was quiet.", one("hold", "RU", "Izyum")),
    "flag": ("Ukrainian flags are flying in Balakliya.", one("hold", "UA", "Balakliya")),
    "driven out": ("Ukrainian troops drove Russian forces out of Izyum.", one("leave", "RU", "Izyum")),
    "forced to": ("Ukrainian troops forced the invaders to retreat from Lyman.", one("leave", "RU", "Lyman")),
    "pulled out": ("Russian troops have pulled out of Sumy.", one("leave", "RU", "Sumy")),
    "deployed": ("Russia sent reserves to Kherson Oblast.", one("deploy", "RU", "Kherson Oblast")),
    "redeployed": ("Russian forces redeployed a brigade from Izyum to Lyman.", one("deploy", "RU", "Lyman")),
    "clashes": ("Heavy clashes broke out near Bakhmut.", one("attack", None, "Bakhmut")),
    "weapons make fire": ("Russian aircraft attacked Siversk.", one("fire", "RU", "Siversk")),
    "missiles": ("Russian troops fired missiles at Vovchansk.", one("fire", "RU", "Vovchansk")),
    "under fire": ("Vovchansk came under Russian artillery fire.", one("fire", "RU", "Vovchansk")),
    "unnamed attacker": ("The shelling of Ukrainian positions near Dolyna went on.", one("fire", "RU", "Dolyna")),
    "siege": ("Russian forces laid siege to Mariupol.", one("attack", "RU", "Mariupol")),
    "annexation": ("The Kremlin announced the annexation of Kherson Oblast.", one("escalate", "RU", "Kherson Oblast")),
    "mobilisation": ("Putin declared a partial mobilization in Russia.", {("escalate", "RU", False, "-")}),
    "district of a region": ("Russian forces shelled Siversk in Luhansk Oblast.", one("fire", "RU", "Siversk")),
}


@pytest.mark.parametrize("name", sorted(SINGLE))
def test_a_sentence_gives_exactly_its_claims(name: str) -> None:
    """One phenomenon a sentence."""
    text, expected = SINGLE[name]
    assert told(text) == expected


NONE = {
    "label": "Life goes on in occupied Kherson.",
    "captured people": "Ukrainian troops captured forty Russian soldiers near no village at all in Lyman prison.",
    "captured weapons": "Soldiers showed captured Russian tanks in Kyiv.",
    "purpose": "Residents left early in order to capture the sunrise over Kyiv.",
    "condition": "If Russian forces take Bakhmut, the road is open.",
    "wish": "Ukraine should liberate Mariupol.",
    "counterfactual": "Russian forces could have taken Kyiv.",
    "no war": "The mayor of Kyiv opened a school.",
    "cyber": "A cyber attack hit a bank in Kyiv.",
    "fight for a cause": "Students in Kyiv are fighting for clean air.",
}


@pytest.mark.parametrize("name", sorted(NONE))
def test_what_is_no_claim_gives_none(name: str) -> None:
    """Labels, people, weapons, purposes, conditions, wishes and other uses of the words."""
    assert told(NONE[name]) == set()


def test_the_city_stands_for_the_place_named_before() -> None:
    """The span of an anaphor is the name's."""
    text = "Ukrainian forces reached Lyman on Friday. Russian troops left the city on Saturday."
    found = [c for c in claims(text) if c.kind == "leave"]
    assert [p.span.text for c in found for p in c.places] == ["Lyman"]
    assert found[0].places[0].span.start == text.index("Lyman")


def test_there_and_they_are_read_from_the_sentence_before() -> None:
    """A pronoun takes the side of the last subject, an adverb the last place."""
    text = "Russian soldiers took Soledar at dawn. They withdrew from there by noon."
    assert ("leave", "RU", False, "Soledar") in told(text)


def test_a_claim_without_a_place_takes_that_of_the_claim_before() -> None:
    """ "but later withdrew" says from where by what stands before."""
    assert ("leave", "RU", False, "Siversk") in told("Russian troops first took Siversk on Monday, but later withdrew.")


def test_a_name_that_no_gazetteer_has_is_a_place_where_only_a_place_can_stand() -> None:
    """The verb asks for a place, so the name is one."""
    assert told("Ukrainian forces liberated Novotarkivske on Monday.") == one("gain", "UA", "Novotarkivske")


def test_a_number_of_unnamed_places_is_counted() -> None:
    """The count stands beside the region."""
    (claim,) = claims("Ukrainian forces liberated more than 40 settlements in Kharkiv Oblast.")
    assert claim.count is not None
    assert (claim.count.min, claim.count.unit) == (40, "settlements")  # type: ignore[union-attr]
    assert [p.span.text for p in claim.places] == ["Kharkiv Oblast"]


def test_a_distance_is_kept_in_kilometres() -> None:
    """Miles are turned into kilometres."""
    (claim,) = claims("Ukrainian troops advanced in Kharkiv Oblast to within 10 miles of the Russian border.")
    assert claim.count is not None
    assert claim.count.distance_km == pytest.approx(16.09, abs=0.01)  # type: ignore[union-attr]


def test_a_headline_told_again_by_the_body_comes_out_once() -> None:
    """One fact is one claim."""
    text = "Russians shell Vovchansk. Russian troops shelled Vovchansk on Sunday morning. Nobody was hurt."
    assert [c.kind for c in claims(text)] == ["fire"]


def test_an_attacker_nobody_names_is_the_outlets_enemy() -> None:
    """Shelling reported by a Ukrainian outlet is the other side's."""
    text = "Shelling of Vovchansk: two houses burned down."
    assert told(text, outlet="ukrinform.net") == one("fire", "RU", "Vovchansk")


def test_other_wars_have_their_own_sides() -> None:
    """The same words, the sides of another theatre."""
    assert told("Syrian army troops recaptured Aleppo.", theatre="syria-2011") == one("gain", "GOV", "Aleppo")
    assert told("Rebels seized Idlib after clashes.", theatre="syria-2011") >= one("gain", "OPP", "Idlib")
    assert told("Kurdish fighters drove Islamic State out of Kobani.", theatre="syria-2011") == one(
        "leave", "IS", "Kobani"
    )
    assert told("Azerbaijani forces captured Hadrut.", theatre="karabakh-2020") == one("gain", "AZ", "Hadrut")
    assert told("Armenian forces shelled Shusha.", theatre="karabakh-2020") == one("fire", "ARM", "Shusha")


def test_every_claim_says_which_pattern_made_it() -> None:
    """`rule` names kind and word, then how the speaker was found."""
    (claim,) = claims("Ukrainian forces recaptured Kupiansk.")
    assert claim.rule.startswith("gain:recapture")
