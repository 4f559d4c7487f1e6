"""Names fold over scripts and romanisations, and are declined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.locate.build import same_name
from whoholds.locate.cyrillic import adjective_stems
from whoholds.locate.inflect import inflections
from whoholds.locate.names import apostrophe_forms, fold, languages_of, romanisations, to_ukrainian
from whoholds.locate.surfaces import Surfaces


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kupiansk", "Kupyansk", "Kup'yansk", "Kup’yansk", "Куп'янськ", "Купянск"),
        ("Balakliya", "Balakliia", "Balaklija", "Балаклія"),
        ("Izyum", "Izium", "Ізюм", "Изюм"),
        ("Vysokopillya", "Vysokopillia", "Високопілля"),
        ("Zaporizhzhia", "Zaporizhia", "Zaporizhzhya", "Запоріжжя"),
        ("Ivano-Frankivsk", "Ivano Frankivsk", "Івано-Франківськ"),
    ],
)
def test_spellings_of_one_name_fold_alike(spellings: tuple[str, ...]) -> None:
    assert len({fold(s) for s in spellings}) == 1


def test_different_names_fold_apart() -> None:
    names = ("Kharkiv", "Kherson", "Lyman", "Lypsti", "Izyum", "Irpin", "Nova Kakhovka", "Kakhovka")
    assert len({fold(n) for n in names}) == len(names)


@given(st.text(alphabet="абвгдежзиклмнопрстуфхцчшщьюяєіїйґ'", min_size=3, max_size=12))
def test_folding_twice_changes_nothing_that_matters(name: str) -> None:
    assert fold(name) == fold(name.capitalize()) == fold(name.upper())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Липці", "Lyptsi"),
        ("Миколаїв", "Mykolaiv"),
        ("Миколаїв", "Mykolayiv"),
        ("Запоріжжя", "Zaporizhia"),
        ("Згурівка", "Zghurivka"),
        ("Красный Лиман", "Krasny Liman"),
        ("Луганськ", "Luhans'k"),
    ],
)
def test_romanisations_people_write(name: str, expected: str) -> None:
    assert expected in romanisations(name)


@pytest.mark.parametrize(
    ("name", "lang", "form"),
    [
        ("Липці", "uk", "Липців"),
        ("Липці", "uk", "Липцями"),
        ("Часів Яр", "uk", "Часового Яру"),
        ("Кривий Ріг", "uk", "Кривому Розі"),
        ("Київ", "uk", "Києва"),
        ("Ірпінь", "uk", "Ірпеня"),
        ("Боровеньки", "uk", "Боровеньок"),
        ("Мала Токмачка", "uk", "Малій Токмачці"),
        ("Гуляйполе", "uk", "Гуляйполя"),
        ("Запоріжжя", "uk", "Запоріжжю"),
        ("Дворічне", "uk", "Дворічного"),
        ("Івано-Франківськ", "uk", "Івано-Франківську"),
        ("Ростов-на-Дону", "ru", "Ростове-на-Дону"),
        ("Нижний Новгород", "ru", "Нижнем Новгороде"),
        ("Сватово", "ru", "Сватова"),
        ("Сумы", "ru", "Сумах"),
        ("Славянск", "ru", "Славянском"),
    ],
)
def test_case_forms(name: str, lang: str, form: str) -> None:
    assert form in inflections(name, lang)


def test_a_long_name_is_not_declined() -> None:
    assert inflections("Село імені Якогось Дуже Діяча", "uk") == frozenset()


def test_apostrophes_are_kept_turned_and_dropped() -> None:
    assert apostrophe_forms("Kup'yansk") == ("Kup'yansk", "Kup’yansk", "Kupyansk")
    assert apostrophe_forms("Lyman") == ("Lyman",)


def test_languages_are_told_by_their_letters() -> None:
    assert languages_of("Куп'янськ") == ("uk",)
    assert languages_of("Сумы") == ("ru",)
    assert languages_of("Херсон") == ("uk", "ru")


def test_a_translation_is_the_same_name_and_an_old_name_is_not() -> None:
    assert same_name("Николаевка", "Mykolaivka")
    assert not same_name("Kronau", "Vysokopillya")


def test_a_lost_ukrainian_spelling_is_found_again() -> None:
    assert to_ukrainian("Donetsk") == "Донецьк"
    assert to_ukrainian("Drobysheve") == "Дробишеве"


@pytest.mark.parametrize(
    ("name", "stem"), [("Авдіївка", "авдіївськ"), ("Харьков", "харьковск"), ("Кривий Ріг", "кривий різьк")]
)
def test_adjectives_of_places(name: str, stem: str) -> None:
    assert stem in adjective_stems(name)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1), unique=True))
def test_packed_spellings_are_found_again(names: list[str]) -> None:
    ordered = sorted(names)
    packed = Surfaces.pack(ordered)
    assert list(packed) == ordered
    assert [packed.find(n) for n in ordered] == list(range(len(ordered)))
    assert packed.find("\x00 no such name") is None
