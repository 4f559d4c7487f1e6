"""Case forms of Ukrainian and Russian place names, by ending.

Inflecting the gazetteer is cheaper and surer than lemmatising text: the names are known and the text is not. Rules
over-generate on purpose (a name in -не is declined both as an adjective and as a noun): a form that nobody writes
costs a few bytes, a form that is missing costs a village.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

CASES = ("gen", "dat", "acc", "ins", "loc")
Forms = tuple[tuple[str, ...], ...]
_KEEP = re.compile(r"^(?:на|над|під|под|и|і|та|у|в|при|\d.*)$", re.IGNORECASE)
_VOWELS = "аеиоуіїєюя"
_HUSH_UK = "жчшщ"
_VELAR = {"к": "ц", "г": "з", "х": "с"}


def _uk_adjective(word: str) -> Forms | None:
    """Adjectival endings: -ий, -ій, -а, -я, -е, -є, -і."""
    stem, last = word[:-2], word[-2:]
    if last == "ий":
        return ((stem + "ого",), (stem + "ому",), (word, stem + "ого"), (stem + "им",), (stem + "ому", stem + "ім"))
    if last == "ій":
        return ((stem + "ього",), (stem + "ьому",), (word,), (stem + "ім",), (stem + "ьому", stem + "ім"))
    stem, last = word[:-1], word[-1:]
    if last == "а" and stem[-1:] in "нвкгхлрстдбмпшжчщ":
        return ((stem + "ої",), (stem + "ій",), (stem + "у",), (stem + "ою",), (stem + "ій",))
    if last == "я" and stem[-1:] == "н":
        return ((stem + "ьої",), (stem + "ій",), (stem + "ю",), (stem + "ьою",), (stem + "ій",))
    if last == "е":
        return ((stem + "ого",), (stem + "ому",), (word,), (stem + "им",), (stem + "ому", stem + "ім"))
    if last == "є":
        return ((stem + "ього",), (stem + "ьому",), (word,), (stem + "ім",), (stem + "ьому", stem + "ім"))
    if last == "і":
        return ((stem + "их",), (stem + "им",), (word, stem + "их"), (stem + "ими",), (stem + "их",))
    return None


def _fleeting(stem: str, letters: dict[str, str]) -> tuple[str, ...]:
    """Stems whose last vowel changes or drops before an ending (Ріг-Рогу, Ірпінь-Ірпеня, Донець-Дінця)."""
    match = re.search(r"([а-яіїєґ])([^аеиоуіїєюяёыэ]{1,2})$", stem)
    if match is None or match[1] not in letters:
        return ()
    head, tail = stem[: match.start()], match[2]
    return tuple(head + v + tail for v in letters[match[1]].split("|"))


def _plural_genitive(stem: str, ending: str, uk: bool) -> tuple[str, ...]:
    """Zero endings, with a vowel put in where two consonants meet (Ровеньки-Ровеньок, Великие Луки-Лук)."""
    base = stem.rstrip("ь")
    if uk:
        out = [base + ("їв" if ending == "ї" else "ів"), base]
    else:
        out = [base + ("ев" if ending == "и" or base.endswith("ц") else "ов"), base, base + "ов", base + "ей"]
    if len(base) > 2 and base[-1] not in _VOWELS and base[-2] not in _VOWELS:
        inner = base[:-1].rstrip("ь")
        out += [i + v + base[-1] for v in ("оеі" if uk else "ое") for i in dict.fromkeys((inner, base[:-1]))]
        if base[-1] == "ц":
            out.append(inner + "ець" if uk else inner + "ец")
    return tuple(dict.fromkeys(out))


def _uk_noun(word: str) -> Forms:
    """Noun endings of Ukrainian."""
    stem, last = word[:-1], word[-1:]
    if last == "а":
        soft = stem[:-1] + _VELAR[stem[-1]] if stem[-1:] in _VELAR else stem
        hush = stem[-1:] in _HUSH_UK
        singular = stem + ("і" if hush else "и")
        return ((singular,), (soft + "і",), (stem + "у",), (stem + ("ею" if hush else "ою"),), (soft + "і",))
    if last == "я":
        vowel = stem[-1:] in "аеиоуіїєюя'’"
        i, ins = ("ї", "єю") if vowel else ("і", "ею")
        neuter = (stem + "ю", stem + "ям")
        return (
            (stem + i, word),
            (stem + i, neuter[0]),
            (stem + "ю", word),
            (stem + ins, neuter[1]),
            (stem + i, neuter[0]),
        )
    if last in "иі":
        a = "я" if last == "і" and stem[-1:] not in _HUSH_UK else "а"
        return (
            _plural_genitive(stem, last, True),
            (stem + a + "м",),
            (word,),
            (stem + a + "ми",),
            (stem + a + "х",),
        )
    if last == "ї":
        return ((stem + "їв", stem + "й"), (stem + "ям",), (word,), (stem + "ями",), (stem + "ях",))
    if last == "о":
        return ((stem + "а",), (stem + "у",), (word,), (stem + "ом",), (stem + "і", stem + "у", word))
    if last == "е":
        a, u = ("я", "ю") if stem[-1:] not in _HUSH_UK + "ц" else ("а", "у")
        return ((stem + a,), (stem + u,), (word,), (stem + "ем",), (stem + "і", stem + u))
    if last == "ь":
        stems = (stem, *_fleeting(stem, {"і": "о|е", "е": "|і"}))
        gen = tuple(s + e for s in stems for e in ("я", "і"))
        return (
            gen,
            tuple(s + e for s in stems for e in ("ю", "і")),
            (word, *(s + "я" for s in stems)),
            (*(s + "ем" for s in stems), word + "ю", stem + stem[-1:] + "ю"),
            tuple(s + e for s in stems for e in ("і", "ю")),
        )
    if last == "й":
        return ((stem + "я", stem + "ю"), (stem + "ю",), (word,), (stem + "єм",), (stem + "ї", stem + "ю"))
    keep = () if re.search(r"[ії]в$", word) else (word,)
    stems = tuple(dict.fromkeys((*keep, *_fleeting(word, {"і": "о|е", "ї": "є|ї", "о": "", "е": ""}))))
    return (
        tuple(s + e for s in stems for e in ("а", "у")),
        tuple(s + e for s in stems for e in ("у", "ові")),
        (word,),
        tuple(s + e for s in stems for e in ("ом",)),
        tuple(s[:-1] + _VELAR[s[-1]] + "і" for s in stems if s[-1:] in _VELAR)
        + tuple(s + e for s in stems for e in ("і", "у", "ові")),
    )


def _ru_adjective(word: str) -> Forms | None:
    """Adjectival endings: -ый, -ий, -ой, -ая, -яя, -ое, -ее, -ые, -ие."""
    stem, last = word[:-2], word[-2:]
    soft = last in ("ий", "ее", "яя", "ие") and stem[-1:] == "н"
    o = "е" if soft or (last == "ее") else "о"
    y = "и" if soft or stem[-1:] in "кгхжчшщ" else "ы"
    if last in ("ый", "ий", "ой", "ое", "ее"):
        prep = stem + ("ем" if o == "е" else "ом")
        return ((stem + o + "го",), (stem + o + "му",), (word,), (stem + y + "м",), (prep,))
    if last in ("ая", "яя"):
        end = stem + ("ей" if soft else "ой")
        return ((end,), (end,), (stem + ("юю" if soft else "ую"),), (end,), (end,))
    if last in ("ые", "ие"):
        return ((stem + y + "х",), (stem + y + "м",), (word,), (stem + y + "ми",), (stem + y + "х",))
    return None


def _ru_noun(word: str) -> Forms:
    """Noun endings of Russian."""
    stem, last = word[:-1], word[-1:]
    if last == "а":
        y = "и" if stem[-1:] in "кгхжчшщ" else "ы"
        ins = ("ей", "ой") if stem[-1:] in "жчшщц" else ("ой",)
        return ((stem + y,), (stem + "е",), (stem + "у",), tuple(stem + i for i in ins), (stem + "е",))
    if last == "я":
        e = "и" if stem[-1:] == "и" else "е"
        return ((stem + "и",), (stem + e,), (stem + "ю",), (stem + "ей", stem + "ёй"), (stem + e,))
    if last in "ыи":
        a = "я" if last == "и" and stem[-1:] not in "кгхжчшщ" else "а"
        return (_plural_genitive(stem, last, False), (stem + a + "м",), (word,), (stem + a + "ми",), (stem + a + "х",))
    if last == "о":
        return ((stem + "а",), (stem + "у",), (word,), (stem + "ом",), (stem + "е", word))
    if last == "е":
        a, u = ("я", "ю") if stem[-1:] not in "жчшщц" else ("а", "у")
        return ((stem + a,), (stem + u,), (word,), (stem + "ем",), (stem + "и", word))
    if last == "ь":
        stems = (stem, *_fleeting(stem, {"е": "", "о": ""}))
        return (
            tuple(s + e for s in stems for e in ("я", "и")),
            tuple(s + e for s in stems for e in ("ю", "и")),
            (word,),
            (*(s + "ем" for s in stems), *(s + "ём" for s in stems), word + "ю"),
            tuple(s + e for s in stems for e in ("е", "и")),
        )
    if last == "й":
        return ((stem + "я",), (stem + "ю",), (word,), (stem + "ем",), (stem + "е", stem + "и"))
    stems = (word, *_fleeting(word, {"е": "|ь", "о": ""}))
    ins = ("ем", "ом") if last in "жчшщц" else ("ом", "ым") if word.endswith(("ов", "ев", "ин")) else ("ом",)
    return (
        tuple(s + "а" for s in stems),
        tuple(s + "у" for s in stems),
        (word,),
        tuple(s + i for s in stems for i in ins),
        tuple(s + "е" for s in stems),
    )


def _merge(first: Forms | None, second: Forms) -> Forms:
    """The forms of two paradigms, case by case."""
    if first is None:
        return second
    return tuple(tuple(dict.fromkeys((*a, *b))) for a, b in zip(first, second, strict=True))


def _plain(word: str) -> Forms:
    """The word unchanged in every case."""
    return ((word,),) * len(CASES)


def _word_forms(word: str, lang: str) -> Forms:
    """The forms of one word, hyphenated or not."""
    if _KEEP.match(word) or len(word) < 2 or word.isupper():
        return _plain(word)
    adjective: Callable[[str], Forms | None]
    adjective, noun = (_uk_adjective, _uk_noun) if lang == "uk" else (_ru_adjective, _ru_noun)
    if "-" in word:
        parts = word.split("-")
        if any(_KEEP.match(p) for p in parts[1:-1]):
            head = _word_forms(parts[0], lang)
            rest = "-" + "-".join(parts[1:])
            return tuple(tuple(f + rest for f in case) for case in head)
        last = _word_forms(parts[-1], lang)
        before = "-".join(parts[:-1]) + "-"
        forms: Forms = tuple(tuple(before + f for f in case) for case in last)
        if not parts[0].endswith(("о", "е")) and len(parts) == 2:
            head = _word_forms(parts[0], lang)
            both = tuple(tuple(f"{a}-{b}" for a, b in product(h, c)) for h, c in zip(head, last, strict=True))
            forms = _merge(forms, both)
        return forms
    if lang == "ru":
        found = adjective(word)
        return found if found is not None else noun(word)
    if word.endswith(("ий", "ій")):
        found = adjective(word)
        return found if found is not None else noun(word)
    return _merge(adjective(word), noun(word))


def inflections(name: str, lang: str) -> frozenset[str]:
    """The oblique forms of a Cyrillic place name in "uk" or "ru".

    >>> "Липцями" in inflections("Липці", "uk"), "Куп'янська" in inflections("Куп'янськ", "uk")
    (True, True)
    >>> "Часового Яру" in inflections("Часів Яр", "uk"), "Кривому Розі" in inflections("Кривий Ріг", "uk")
    (True, True)
    >>> "Харькова" in inflections("Харьков", "ru"), "Малой Даниловкой" in inflections("Малая Даниловка", "ru")
    (True, True)
    """
    words = name.split(" ")
    if len(words) > 3:
        return frozenset()
    tables = [_word_forms(w, lang) for w in words]
    if len(words) > 1 and lang == "uk" and words[0].endswith(("ів", "їв")):
        # A possessive adjective: Часів Яр, Часового Яру.
        stem = words[0][:-2] + ("ов" if words[0].endswith("ів") else "єв")
        tables[0] = tuple((stem + e,) if e else (words[0],) for e in ("ого", "ому", "", "им", "ому"))
    out: set[str] = set()
    for case in range(len(CASES)):
        choices = [t[case][: 12 if len(words) == 1 else 6] for t in tables]
        out.update(" ".join(c) for c in product(*choices))
    out.discard(name)
    return frozenset(out)
