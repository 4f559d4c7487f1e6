"""Which language a text is in, where its format does not say."""

from __future__ import annotations

from functools import cache
from typing import Any

UNDETERMINED = "und"
#: Characters looked at: enough for a sure answer, and long reports stay cheap.
LOOKED_AT = 600


def language_of(text: str) -> str:
    """ISO 639-1 tag of a text, `und` where it has no words.

    >>> language_of("12:30 / 7")
    'und'
    """
    sample = text[:LOOKED_AT]
    if not any(c.isalpha() for c in sample):
        return UNDETERMINED
    found = _detector().detect_language_of(sample)
    return UNDETERMINED if found is None else str(found.iso_code_639_1.name.lower())


@cache
def _detector() -> Any:
    """The languages of the packaged theatres and of those who report on them; loaded when first asked."""
    from lingua import Language as L
    from lingua import LanguageDetectorBuilder

    languages = (
        L.ENGLISH, L.UKRAINIAN, L.RUSSIAN, L.BELARUSIAN, L.ARABIC, L.PERSIAN, L.TURKISH, L.ARMENIAN, L.AZERBAIJANI,
        L.GEORGIAN, L.HEBREW, L.FRENCH, L.GERMAN, L.SPANISH, L.ITALIAN, L.POLISH,
    )  # fmt: skip
    return LanguageDetectorBuilder.from_languages(*languages).with_low_accuracy_mode().build()
