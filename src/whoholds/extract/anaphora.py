"""Words that stand for a place named before: "the city", "the area", "there"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from whoholds.extract.anchored import with_anchors
from whoholds.extract.spelled import with_spelled
from whoholds.extract.texts import AnyWord, columns_of
from whoholds.extract.triggers import Lexicon
from whoholds.model import Kind, Mention, PlaceType, Span

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
    r"|(?:(?<=\bof )|(?<=\balong )|(?<=\bacross )|(?<=\bto )|(?<=reached ))"
    r"the (?:state |international )?border(?: area| region)? with [A-Z][a-z]+(?! and [A-Z])"
    r"|\bthe [A-Z][a-z]+[-–][A-Z][a-z]+ border\b"
    r"|\bthe (?:entire |former )?(?:line of (?:contact"
    r"|combat contact|engagement|demarcation)|contact line|demarcation line)\b|\bthe (?:Ukrainian|Libyan"
    r"|Syrian|Azerbaijani|Armenian) capital\b"
)
# One of these is in all that the expression finds.
_NAMELESS_HAS = AnyWord([
    "cities", "towns", "villages", "settlements", "localities", "communities", "to the ", "county", "surrounding",
    "of the city", "of the town", "of the village", "of the capital", "of the settlement", "of the airport",
    "of the front", "and surrounding ", "toward the ", "towards the ", "ccupied ", "and the region", "line of ",
    "contact line", "demarcation line", "n capital", "i capital", "border with ",
    "n border", "a border", "y border", "e border",
    "border area with ", "border region with ",
])  # fmt: skip
# What happens to a place that is told of by "its".
_DONE_TO_TOWNS = frozenset({
    "shell", "bomb", "bombard", "pound", "besiege", "storm", "surround", "encircle", "siege", "control", "attack",
    "assault", "lay", "%", "percent", "most", "part", "half", "all", "rest",
})  # fmt: skip
_ITS = frozenset({
    "defender",
    "capture", "recapture", "liberation", "seizure", "occupation", "fall", "encirclement", "siege", "surrender",
    "shelling", "bombardment", "reconquest",
})  # fmt: skip
_MEASURED = re.compile(r"(?:(?:\b|\d)km|miles?|kilomet\w+|\))\s(?:of |from )?$")
# "Bucha, a suburb of Kyiv": Kyiv only says where.
_ASIDE = re.compile(
    r"\b(?:Times|University|Bank|leader|president|suburb|suburbs|km|miles|kilometers|kilometres|hours|north"
    r"|south|east|west)\w* (?:of|from) (?:the )?$|\bvia (?:the )?$|, through (?:the )?$"
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
# "X, a village south of Y", "X south of Y"
_CALLED = re.compile(
    r",? (?:(?:an?|the|which is|about|some|just|a few) [^.;:()]{0,60}?)?"
    r"(?:\d[\d.]* ?(?:km|miles|kilomet\w+) )?(?:just )?"
)
# "Moscow's first success": who is told of, and no town
_OWNS = re.compile(
    r"['’]s (?!(?:\w+ ){0,2}(?:city|town|airport|outskirts|streets?|suburbs?|centre|center|port|districts?|residents?"
    r"|mayor|governor|administration|council|authorities|defenders))"
)
_BELOW = re.compile(r"\b(?:of|in|from|near|at|for) (?:the )?$")
# "Moscow says": who speaks, and no town
_SPEAKS = re.compile(
    r"(?: and [A-Z][a-z]+)? (?:has |had |have )?(?:said|says?|announced?|den(?:y|ies|ied)|accuse[sd]?|claim(?:s|ed)?"
    r"|insist(?:s|ed)?|warn(?:s|ed)?)\b"
)
# "north of X", "the direction of X"
_OF_TOWN = re.compile(r"\bof (?:the )?([A-Z].*)$")
# "by phone from Y", "said a fighter at the gate of Y": where the speaker is.
_SPEAKER_AT = re.compile(
    r"\b(?:said|says|told|added|reached)\b(?:(?!\b(?:was|were|is|are|had|have|has|been|there|that|he|she|they|it|its|their"
    r"|forces|troops|fighters) )[^.;\"”]){0,70}\b(?:in|from|at|near|outside)(?: the (?:\w+ ){1,3}(?:of )?)? ?$"
)
# "fell back to positions near Y", "on the road to Y", "towards Y": Y is where somebody goes, or another place's mark.
_BEYOND = re.compile(
    r"\b(?:such as(?: [A-Z][^.;]{0,30})?|positions? (?:near|at|in|around|outside)"
    r"|(?:road|way|route|highway) to|towards?|(?:high |just )?(?:above|overlooking|overlooks?)"
    r"|link(?:s|ing) [^.;]{2,40} (?:with|to|and)|connect(?:s|ing) [^.;]{2,40} (?:with|to|and)|border(?:s|ing)"
    r"|adjacent to|next to|opposite|not far from)"
    r"(?: the)?(?: [a-z]+)?(?: (?:capital|city|town|village|enclave|ruins|site)(?: of)?)? $"
    r"|\b(?:first|second|third|last|largest|only) [^.;]{0,60},? after (?:the )?$"
)
# "KYIV, Ukraine (AP) —": where the report was written.
_DATELINE = re.compile(
    r"(?:\\?/[A-Z]+)?(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?)?,? "
    r"(?:\((?:CNN|Reuters|REUTERS|AP|AFP|BBC|Xinhua|TASS|Interfax)\)"
    r" ?(?:--|-|–|—) |(?:--|–|—) (?=[A-Z]))"
)
_STOPS = (". ", "! ", "? ", '." ', ".” ", "\n")
_ENCLAVE = re.compile(r"\benclave of (?:the )?$")
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
            if any(words in match[0] for words in ("line", "of the front", " of the ")) or match[0].endswith(" border")
            else PlaceType.FEATURE
            if "border" in match[0]
            else PlaceType.REGION,
            name=match[0],
        )
        for match in (_NAMELESS.finditer(text) if text in _NAMELESS_HAS else ())
        if not any(
            m.span.start < match.end() and match.start() < m.span.end and not _within(m, match) for m in mentions
        )
        and not _MEASURED.search(text, max(0, match.start() - 16), match.start())
    ]
    pairs = _between(text, mentions)
    swallowed = [
        m for m in mentions if any(e.span.start <= m.span.start and m.span.end <= e.span.end for e in (*extra, *pairs))
    ]
    found = sorted([*(m for m in mentions if m not in swallowed), *extra, *pairs], key=lambda m: m.span.start)
    return with_anchors(text, found)


def _within(mention: Mention, match: re.Match[str]) -> bool:
    """Whether a country's name stands at the end of unnamed places: "many cities in X"."""
    return (
        (mention.area or "").startswith("country:")
        and match.start() <= mention.span.start
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
        if lower == "enclave":
            fitting = [m for m in fitting if _ENCLAVE.search(text, max(0, m.span.start - 16), m.span.start)] or fitting
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
        if before is not None and m.type is PlaceType.DIRECTION and _CALLED.fullmatch(text, before.span.end, start):
            apposed |= {start, *(town.span.start for town in _towns_within((m,)))}
        if before is not None and (_OWNS.match(text, m.span.end) or _speaks(text, m)):
            apposed.add(start)
        lead = max(text.rfind("\n", 0, start) + 1, start - 110)
        if is_dateline(text, m) or _SPEAKER_AT.search(text, lead, start) or _BEYOND.search(text, lead, start):
            elsewhere.add(start)
    return apposed, elsewhere


def _speaks(text: str, mention: Mention) -> bool:
    """Whether a name is who speaks: "Moscow says", but not "the mayor of X said"."""
    start = mention.span.start
    return _SPEAKS.match(text, mention.span.end) is not None and not _BELOW.search(text, max(0, start - 12), start)


def _towns_within(names: Sequence[Mention]) -> list[Mention]:
    """The towns in directions that are told by one: "the city" after "north of X" is X."""
    return [town for m in names if m.type is PlaceType.DIRECTION and (town := town_within(m)) is not None]


def town_within(direction: Mention) -> Mention | None:
    """The town that a direction is told by: of "north of X" X."""
    town = _OF_TOWN.search(direction.span.text)
    if town is None:
        return None
    start = direction.span.start + town.start(1)
    span = Span(start=start, end=start + len(town[1]), text=town[1])
    return Mention(span=span, type=PlaceType.SETTLEMENT, name=town[1])


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
        if token.head.lemma_.lower() == "remain" and any(c.dep_ == "acomp" and c.is_title for c in token.head.children):
            return (PlaceType.SETTLEMENT,)  # "it remained Armenian"
        under = any(c.dep_ == "prep" and c.lower_ == "under" for c in token.head.children)
        return (PlaceType.SETTLEMENT,) if under and token.head.lemma_.lower() in ("be", "come", "remain") else None
    if token.lower_ == "it" and token.dep_ in ("dobj", "pobj", "nsubjpass"):
        verb = token.head if token.dep_ != "pobj" else token.head.head
        if verb.dep_ == "prt" or verb.pos_ == "ADP":
            verb = verb.head
        lemma = verb.lemma_.lower()
        event = lexicon.nouns.get(verb.lower_) or lexicon.nouns.get(lemma)
        if token.dep_ == "pobj" and token.head.lower_ in ("around", "near") and event is not None:
            return (PlaceType.SETTLEMENT,) if event.kind in (Kind.ATTACK, Kind.FIRE) else None  # "fighting around it"
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
    if word == "enclave":
        return (PlaceType.SETTLEMENT, PlaceType.REGION)
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
