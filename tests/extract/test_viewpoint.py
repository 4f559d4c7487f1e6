"""Whose troops, whose enemy: what has no name belongs to who speaks of it."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import told

pytestmark = pytest.mark.model


def test_troops_without_a_name_are_the_speakers_own() -> None:
    """Not the last that were told of."""
    text = "Rebels attacked Idlib on Friday. A Syrian military source said that troops had entered Aleppo."
    assert ("enter", "GOV", False, "Aleppo") in told(text, theatre="syria-2011")


def test_a_numbered_unit_is_not_the_speakers() -> None:
    """Staffs report on the units of the other side by their numbers."""
    text = (
        "Russian forces shelled Siversk. "
        "The Ukrainian General Staff said that elements of the 64th Brigade withdrew from Dolyna."
    )
    assert ("leave", "RU", False, "Dolyna") in told(text)


def test_the_enemy_is_the_speakers_enemy() -> None:
    """A Russian official's enemy is Ukraine."""
    text = 'The Russian Defense Ministry said that "the enemy withdrew from Lyman after heavy fighting."'
    assert ("leave", "UA", False, "Lyman") in told(text)


def test_units_pulled_back_are_who_leaves() -> None:
    """In the passive the subject is who goes."""
    text = "Armenian official Ara Petrosyan said that units had been pulled back from Hadrut."
    assert told(text, theatre="karabakh-2020") == {("leave", "ARM", False, "Hadrut")}


def test_a_place_that_came_under_fire_was_shelled_by_the_speakers_enemy() -> None:
    """Nobody says so of their own guns."""
    assert told("Siversk came under heavy shelling, the Ukrainian General Staff reported.") == {
        ("fire", "RU", False, "Siversk")
    }


def test_attacks_beaten_back_are_the_speakers_enemys() -> None:
    """Neither side is named, but one of them speaks."""
    text = (
        "The Ukrainian General Staff reported that Siversk was calm. "
        "It added that assaults near Dolyna had been beaten back."
    )
    assert told(text) == {("attack", "RU", True, "Dolyna")}


def test_thousands_of_soldiers_are_a_force() -> None:
    """A number stands before what is counted."""
    text = "Government spokesman Adel Salman said thousands of soldiers were still defending Aleppo."
    assert ("hold", "GOV", False, "Aleppo") in told(text, theatre="syria-2011")


def test_who_denies_or_admits_a_capture_did_not_make_it() -> None:
    """Nobody denies or admits a gain of their own, where no taker is named."""
    assert told("Armenian officials denied that Shusha had been captured.", theatre="karabakh-2020") == {
        ("gain", "AZ", False, "Shusha")
    }


def test_who_pulls_back_to_reinforce_does_both() -> None:
    """However many sides the sentence names."""
    text = "Kyiv took it as a defeat: Russian troops were withdrawn from Balakliya to reinforce Lyman, the army said."
    assert told(text) >= {("leave", "RU", False, "Balakliya"), ("deploy", "RU", False, "Lyman")}


def test_rockets_are_of_who_fired_them() -> None:
    """Not of the foe of who is named beside them."""
    text = "Three rockets fired by rebels hit a school in Aleppo, a reporter said."
    assert told(text, theatre="syria-2011") == {("fire", "OPP", False, "Aleppo")}
