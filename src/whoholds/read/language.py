"""Which language a text is in, among those reports come in."""

from __future__ import annotations

from functools import lru_cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

_TAGS = {
    Language.ENGLISH: "en", Language.UKRAINIAN: "uk", Language.RUSSIAN: "ru", Language.ARABIC: "ar",
    Language.AZERBAIJANI: "az", Language.ARMENIAN: "hy", Language.TURKISH: "tr", Language.FRENCH: "fr",
    Language.GERMAN: "de", Language.SPANISH: "es",
}  # fmt: skip
# The first characters decide; whole books do not make it surer.
ENOUGH = 2000


def language_of(text: str) -> str:
    """The ISO 639-1 tag of a text's language; `und` where nothing tells.

    >>> language_of("Residents returned to the town on Friday.")
    'en'
    """
    found = _detector().detect_language_of(text[:ENOUGH])
    return _TAGS[found] if found is not None else "und"


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    """Made once, on first use: its models take half a second to load."""
    return LanguageDetectorBuilder.from_languages(*_TAGS).with_low_accuracy_mode().build()
