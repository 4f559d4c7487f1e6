"""A report told again in another language is known by its places and figures, in whatever script."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from whoholds.corroborate import DatedText, Repeats, is_translation, marks_of, report_echoes

DAY = date(2022, 9, 10)
MARKS = ("1", "#120", "2", "3", "#45", "4")


def dated(name: str, lang: str, marks: tuple[str, ...] = MARKS, lag: int = 0) -> DatedText:
    return DatedText(
        report_id=name, known_day=DAY + timedelta(days=lag), text=f"text of {name}", outlet=name, lang=lang,
        marks=marks,
    )  # fmt: skip


def test_numbers_are_one_in_every_way_of_writing_them() -> None:
    written = ("12,500 men, 3 guns, 7.5 km", "12 500 men, 3 guns, 7,5 km", "12.500 men, 3 guns, 7.5 km", "١٢٥٠٠ و ٧.٥")
    assert {marks_of(text, []) for text in written} == {("#12500", "#7.5")}


def test_marks_stand_in_the_order_of_the_text() -> None:
    text = "At Millford 40 men, at Oakhill 12."
    places = [(text.index("Oakhill"), "b"), (text.index("Millford"), "a")]
    assert marks_of(text, places) == ("a", "#40", "b", "#12")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (MARKS, True),
        (MARKS[:4], True),  # an end cut off
        (("1", "#120", "9", "2", "3", "#45", "8", "4"), True),  # two names found in one language alone
        (tuple(reversed(MARKS)), False),  # the same names in another order
        (MARKS[:3], False),  # too few to tell
        (("1", "7", "2", "8", "3", "9", "4", "#1999", "5", "6", "#77", "#66", "#55"), False),  # news of the same front
        ((), False),
    ],
)
def test_most_of_both_sequences_must_be_common(other: tuple[str, ...], expected: bool) -> None:
    assert is_translation(MARKS, other) is expected


def test_a_translation_joins_the_family_of_what_it_translates() -> None:
    first, later = dated("a", "uk"), dated("b", "en", lag=1)
    echo = report_echoes([later, first])["b"]
    assert (echo.family, echo.of, echo.how) == ("a", "a", Repeats.TRANSLATION)


def test_two_translations_of_one_report_are_one_family() -> None:
    """Neither was copied from the other; a third language binds them."""
    found = report_echoes([dated("a", "uk"), dated("b", "en"), dated("c", "en", MARKS[:5])])
    assert {echo.family for echo in found.values()} == {"a"}


@pytest.mark.parametrize("other", [dated("b", "uk"), dated("b", "en", lag=4), dated("b", "en", ())])
def test_not_of_one_language_nor_days_later_nor_without_marks(other: DatedText) -> None:
    assert report_echoes([dated("a", "uk"), other])["b"].how is None
