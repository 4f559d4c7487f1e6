"""Words that stand for a place named before: "the city", "the area", "there"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from whoholds.extract.spelled import with_spelled
from whoholds.extract.texts import AnyWord, columns_of
from whoholds.extract.triggers import Lexicon
from whoholds.model import Mention, PlaceType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMELESS = re.compile(
    r"\b(?:[Mm]any|[Ss]everal|[Aa] number of(?: other)?|[Oo]ther(?: major| large)?|[Nn]umerous) (?:major "
    r"|large |other |nearby |Ukrainian |frontline )?(?:cities|towns|villages|settlements|localities"
    r"|communities)(?: in [A-Z]\w+)?\b(?! (?:throughout|across|near|along|around|in|of|such) )|"
    r"(?<=\bto )the (?:north|south|east|west)\w* and (?:north|south|east|west)\w*\b|"
    r"\bthe county['’]s (?:north|south|east|west)\w*\b|\bthe surrounding (?:region|area|villages|countryside)\b|"
    r"(?<!the )\b(?:immediately |just )?(?:north|south|east|west)\w* of the (?:city|town|village|capital"
    r"|settlement|airport)\b|"
    r"\bthe (?:north|south|east|west)\w* (?:section|sector|part|stretch|flank) of the front(?: ?lines?)?\b|"
    r"(?:[Tt]emporarily )?\b[Oo]ccupied (?:areas|territor(?:y|ies)|regions|Ukrainian territor(?:y"
    r"|ies))(?: of Ukraine)?\b|(?<=\w and )the region\b|(?<=\w and )surrounding (?:settlements|villages|towns|areas)\b"
    r"|(?<=\btoward )the (?:international|state|Russian|Ukrainian|Belarusian|Turkish|Tunisian|Iranian) border\b"
    r"|(?<=\btowards )the (?:international|state|Russian|Ukrainian|Belarusian|Turkish|Tunisian|Iranian) border\b"
    r"|\bthe (?:entire |former )?(?:line of (?:contact"
    r"|combat contact|engagement|demarcation)|contact line|demarcation line)\b|\bthe (?:Ukrainian|Libyan"
    r"|Syrian|Azerbaijani|Armenian) capital\b"
)
# One of these is in all that the expression finds.
_NAMELESS_HAS = AnyWord([
    "cities", "towns", "villages", "settlements", "localities", "communities", "to the ", "county", "surrounding",
    "of the city", "of the town", "of the village", "of the capital", "of the settlement", "of the airport",
    "of the front", "and surrounding ", "toward the ", "towards the ", "ccupied ", "and the region", "line of ",
    "contact line", "demarcation line", "n capital", "i capital",
])  # fmt: skip
# What happens to a place that is told of by "its".
_DONE_TO_TOWNS = frozenset({
    "shell", "bomb", "bombard", "pound", "besiege", "storm", "surround", "encircle", "siege", "control", "attack",
    "assault", "lay", "%", "percent", "most", "part", "half", "all", "rest",
})  # fmt: skip
_ITS = frozenset({
    "capture", "recapture", "liberation", "seizure", "occupation", "fall", "encirclement", "siege", "surrender",
    "shelling", "bombardment", "reconquest",
})  # fmt: skip
_MEASURED = re.compile(r"(?:\bkm|miles|kilomet\w+|\))\s$")
# "Bucha, a suburb of Kyiv": Kyiv only says where.
_ASIDE = re.compile(
    r"\b(?:Times|University|Bank|leader|president|suburb|suburbs|km|miles|kilometers|kilometres|hours|north"
    r"|south|east|west)\w* (?:of|from) (?:the )?$|\bvia (?:the )?$"
)
_NOUNS = ("NOUN", "PROPN")
_OFFICES = frozenset(
    {"administration", "council", "mayor", "governor", "authority", "official", "head", "leader", "chief"}
)
# "X, a town in Y": Y only says where X is.
_APPOSED = re.compile(
    r",? (?:(?:an?|the|its|which is an?|where the) [^.;:()]{0,60}?)?\b"
    r"(?:in|of|near|above|outside|inside|on|from|off)(?: the)? $"
)
# "by phone from Y", "said a fighter at the gate of Y": where the speaker is.
_SPEAKER_AT = re.compile(
    r"\b(?:said|says|told|added|reached)\b(?:(?!\b(?:was|were|is|are|had|have|has|been|there|that|he|she|they|it|its|their"
    r"|forces|troops|fighters) )[^.;\"”]){0,70}\b(?:in|from|at|near|outside)(?: the (?:\w+ ){1,3}(?:of )?)? ?$"
)
# "fell back to positions near Y", "on the road to Y", "towards Y": Y is where somebody goes, or another place's mark.
_BEYOND = re.compile(
    r"\b(?:such as(?: [A-Z][^.;]{0,30})?|positions? (?:near|at|in|around|outside)"
    r"|(?:road|way|route|highway) to|towards?|(?:high |just )?(?:above|overlooking))"
    r"(?: the)? $"
)
# "KYIV, Ukraine (AP) —": where the report was written.
_DATELINE = re.compile(
    r"(?:\\?/[A-Z]+)?(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?)?,? "
    r"(?:\((?:CNN|Reuters|REUTERS|AP|AFP|BBC|Xinhua|TASS|Interfax)\)"
    r" ?(?:--|-|–|—) |(?:--|–|—) (?=[A-Z]))"
)
_STOPS = (". ", "! ", "? ", '." ', ".” ", "\n")
REACH = 700  # [characters] how far back the name may stand: about four sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor:
    """A stretch of text and the mention it stands for; `part` where the words name a part of it ("its outskirts")."""

    span: Span
    stands_for: Mention
    part: bool = False


def with_nameless(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with names told by their spelling and places that have no name but need none.

    "The line of contact", "X and the region".

    >>> with_nameless("They shelled villages along the line of contact.", [])[0].span.text
    'the line of contact'
    """
    mentions = with_spelled(text, mentions)
    extra = [
        Mention(
            span=Span.of(text, *match.span()),
            type=PlaceType.DIRECTION
            if any(words in match[0] for words in ("line", "of the front", " of the ", " border"))
            else PlaceType.REGION,
            name=match[0],
        )
        for match in (_NAMELESS.finditer(text) if text in _NAMELESS_HAS else ())
        if not any(
            m.span.start < match.end() and match.start() < m.span.end and not _within(m, match) for m in mentions
        )
        and not _MEASURED.search(text, max(0, match.start() - 12), match.start())
    ]
    pairs = _between(text, mentions)
    swallowed = [
        m for m in mentions if any(e.span.start <= m.span.start and m.span.end <= e.span.end for e in (*extra, *pairs))
    ]
    return sorted([*(m for m in mentions if m not in swallowed), *extra, *pairs], key=lambda m: m.span.start)


def _within(mention: Mention, match: re.Match[str]) -> bool:
    """Whether a country's name stands at the end of unnamed places: "many cities in X"."""
    return (
        (mention.area or "").startswith("country:")
        and match.start() < mention.span.start
        and mention.span.end <= match.end()
    )


def _between(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """ "between X and Y" is one place, a direction."""
    out: list[Mention] = []
    for a, b in pairwise(mentions):
        if a.role != "name" or b.role != "name" or text[a.span.end : b.span.start] != " and ":
            continue
        lead = re.search(
            r"(?:(?:the )?(?:area|line|road|highway|border|sector|front) )?between (?:the )?$",
            text[max(0, a.span.start - 30) : a.span.start],
        )
        if (
            lead is None
            or (lead[0].lower().startswith("between") and b.span.text.endswith(("blasts", "egions", "rovinces")))
            or PlaceType.DIRECTION in (a.type, b.type)
            or re.search(
                r"(?:clash\w*|fighting|war|battles?|conflict|talks|negotiations|relations|agreement|border) $",
                text[max(0, a.span.start - 30) : a.span.start - len(lead[0])],
            )
        ):
            continue
        start = a.span.start - len(lead[0])
        span = Span.of(text, start, b.span.end)
        out.append(Mention(span=span, type=PlaceType.DIRECTION, name=span.text))
    return out


def anaphors(doc: Doc, text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Anaphor]:
    """The anaphors of a Doc that have a name before them in the report's text to stand for."""
    covered = [(m.span.start, m.span.end) for m in mentions]
    # "the mayor of X said that the city ...": what only names an office can still be what "the city" stands for
    names = [m for m in mentions if m.role in ("name", "office") and not (m.area or "").startswith("country:")]
    names = [m for m in names if not _ASIDE.search(text, max(0, m.span.start - 24), m.span.start)]
    apposed, elsewhere = secondary(text, names)
    names = sorted([*names, *_towns_within(names)], key=lambda m: m.span.start)
    out: list[Anaphor] = []
    words = columns_of(doc)
    for i, (lower, pos, lemma) in enumerate(zip(words.lower, words.pos, words.lemma, strict=True)):
        if (
            lower not in ("it", "its")
            and lower not in lexicon.words["spot"]
            and (pos not in _NOUNS or not _common(lemma, lexicon))
        ):
            continue
        token = doc[i]
        wanted, part = _wanted(token, lexicon), False
        if wanted is None and _part(token, lexicon):
            wanted, part = (PlaceType.SETTLEMENT,), True
        if wanted is None or any(a <= token.idx < b for a, b in covered):
            continue
        if token.dep_ == "poss" and token.head.lemma_.lower() in _OFFICES:
            continue  # "the head of the city's administration said"
        if _named(token, covered) or (part and any(a <= t.idx < b for t in token.subtree for a, b in covered)):
            continue
        fitting = [m for m in names if m.span.end <= token.idx and token.idx - m.span.end <= REACH and m.type in wanted]
        if lower == "capital" and not any(c.dep_ in ("amod", "compound", "poss") for c in token.children):
            capitals = [m for m in names if m.name.lower() in lexicon.words["capitals"]]
            fitting = [m for m in capitals if m.span.end <= token.idx]
        if not fitting:
            continue
        begun = max(text.rfind(stop, 0, token.idx) for stop in _STOPS)
        first = [
            m
            for m in fitting
            if m.span.start not in apposed and (m.span.start not in elsewhere or m.span.start >= begun)
        ]
        det = next((c for c in token.children if c.dep_ in ("det", "poss") and c.i < token.i), None)
        start = det.idx if det is not None else token.idx
        end = token.idx + len(token.text)
        out.append(
            Anaphor(span=Span(start=start, end=end, text=text[start:end]), stands_for=(first or fitting)[-1], part=part)
        )
    return out


def _common(lemma: str, lexicon: Lexicon) -> bool:
    """Whether the noun is one that can stand for a place."""
    noun = lemma.lower()
    return noun == "area" or any(
        noun in lexicon.words[group] for group in ("settlements", "regions", "others", "quarters")
    )


def secondary(text: str, names: Sequence[Mention]) -> tuple[set[int], set[int]]:
    """Starts of the names that only say where another place is, and of those where a speaker or a destination is.

    Words that stand for a place rather stand for one that something is told of; a destination is told of in its own
    sentence, but hardly in the next.
    """
    apposed: set[int] = set()
    elsewhere: set[int] = set()
    for before, m in pairwise((None, *names)):
        assert m is not None
        start = m.span.start
        if before is not None and _APPOSED.fullmatch(text, before.span.end, start):
            apposed.add(start)
        lead = max(text.rfind("\n", 0, start) + 1, start - 110)
        if is_dateline(text, m) or _SPEAKER_AT.search(text, lead, start) or _BEYOND.search(text, lead, start):
            elsewhere.add(start)
    return apposed, elsewhere


def _towns_within(names: Sequence[Mention]) -> list[Mention]:
    """The towns in directions that are told by one: "the city" after "north of X" is X."""
    out: list[Mention] = []
    for m in names:
        at = m.span.text.rfind(f"of {m.name}")
        if m.type is PlaceType.DIRECTION and m.name[:1].isupper() and at >= 0:
            start = m.span.start + at + 3
            span = Span(start=start, end=start + len(m.name), text=m.name)
            out.append(Mention(span=span, type=PlaceType.SETTLEMENT, name=m.name))
    return out


def is_dateline(text: str, mention: Mention) -> bool:
    """Whether a name is where the report was written."""
    begins = mention.span.start == 0 or text[mention.span.start - 1] == "\n" or mention.span.text.isupper()
    match = _DATELINE.match(text, mention.span.end)
    return match is not None and (begins or "(" in match[0])


def _part(token: Token, lexicon: Lexicon) -> bool:
    """Whether the words name a part of a place that goes without its name: "its outskirts", "the western suburbs"."""
    word = token.lemma_.lower()
    if word not in lexicon.words["quarters"] or token.pos_ not in ("NOUN", "PROPN") or token.text[:1].isupper():
        return False
    if token.dep_ not in ("pobj", "dobj", "nsubj", "nsubjpass", "conj"):
        return False
    return any(c.dep_ in ("det", "poss") and c.lower_ in ("the", "its") for c in token.children) and not any(
        c.dep_ == "prep" and c.lower_ in ("of", "in", "outside") for c in token.children
    )


def _wanted(token: Token, lexicon: Lexicon) -> tuple[PlaceType, ...] | None:
    """The types of place a word can stand for, None where it stands for none."""
    word = token.lemma_.lower()
    if token.lower_ == "it" and token.dep_ == "nsubj":
        # "said that it was under fire"
        under = any(c.dep_ == "prep" and c.lower_ == "under" for c in token.head.children)
        return (PlaceType.SETTLEMENT,) if under and token.head.lemma_.lower() in ("be", "come", "remain") else None
    if token.lower_ == "it" and token.dep_ in ("dobj", "pobj", "nsubjpass"):
        verb = token.head if token.dep_ != "pobj" else token.head.head
        if verb.dep_ == "prt" or verb.pos_ == "ADP":
            verb = verb.head
        lemma = verb.lemma_.lower()
        takes = lemma in _DONE_TO_TOWNS or any(
            t.object == "place" or t.lemma.startswith("hold") for t in lexicon.verbs.get(lemma, ())
        )
        if not takes:
            return None
        return (PlaceType.SETTLEMENT, PlaceType.FEATURE) if token.dep_ == "dobj" else (PlaceType.SETTLEMENT,)
    if token.lower_ == "its":
        # "bypassed X before its capture by them", but "its capture of X"
        of = any(c.lower_ == "of" for c in token.head.children)
        return (PlaceType.SETTLEMENT,) if token.head.lemma_.lower() in _ITS and not of else None
    if token.lower_ in lexicon.words["spot"]:
        if token.dep_ in ("advmod", "pcomp"):
            return (PlaceType.SETTLEMENT, PlaceType.REGION, PlaceType.FEATURE, PlaceType.DIRECTION)
        return None
    if token.pos_ not in ("NOUN", "PROPN") or token.tag_ in ("NNS", "NNPS") or token.text[:1].isupper():
        return None
    det = next((c for c in token.children if c.dep_ in ("det", "poss")), None)
    bare = det is None and token.dep_ in ("nsubj", "nsubjpass") and _opens(token)
    if not bare and (det is None or det.lower_ not in ("the", "this", "that", "our")):
        return None
    if token.dep_ in ("compound", "nmod"):
        return None
    if word in lexicon.words["settlements"]:
        return (PlaceType.SETTLEMENT,)
    if word == "area":
        return (PlaceType.SETTLEMENT, PlaceType.REGION, PlaceType.FEATURE, PlaceType.DIRECTION)
    if word in lexicon.words["regions"]:
        return (PlaceType.REGION, PlaceType.DIRECTION)
    if word in lexicon.words["others"]:
        return (PlaceType.FEATURE,)
    return None


def _opens(noun: Token) -> bool:
    """Whether a noun with its modifiers opens a sentence: "Strategic island had been held for months"."""
    first = min(t.i for t in noun.subtree)
    return first == noun.sent.start and noun.i - first <= 2 and noun.doc[first].is_title


def _named(token: Token, covered: Sequence[tuple[int, int]]) -> bool:
    """Whether the noun has a name of its own ("the city of X", "the Russian-held city")."""
    for c in token.children:
        if c.dep_ in ("compound", "nmod", "appos") and c.pos_ == "PROPN":
            return True
        if (
            c.dep_ == "prep"
            and c.lower_ == "of"
            and any(n.pos_ == "PROPN" or n.idx in {a for a, _ in covered} for n in c.children)
        ):
            return True
        if c.dep_ == "amod" and c.lower_ in ("other", "same", "neighboring", "nearby", "entire_other", "next"):
            return True
        if c.dep_ == "appos" and any(a <= c.idx < b for a, b in covered):
            return True
    return False
