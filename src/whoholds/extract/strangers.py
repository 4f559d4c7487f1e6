"""Names that no gazetteer knows but that stand where only a place can.

"took Bin Jawad", "clashes outside Brega Gate".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from whoholds.extract.spelled import FAR
from whoholds.extract.syntax import is_verb
from whoholds.extract.texts import columns_of, text_of
from whoholds.extract.triggers import Lexicon
from whoholds.model import Kind, Mention, PlaceType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AT = frozenset({"in", "near", "outside", "into", "towards", "toward", "around", "at", "from", "of"})
_TOWARDS = frozenset({"to", "towards", "toward"})
# After these a name is one of a place, whatever stands before.
_BESIDE = frozenset({"near", "outside", "inside", "around"})
_ON = frozenset({"on"})
_STRUCK = frozenset({"shell", "bombard", "pound", "storm", "besiege", "surround", "encircle", "strafe"})
# What a side of the war holds, leaves or loses by a name of its own is a place.
_HELD = frozenset({
    "lose", "abandon", "evacuate", "vacate", "hold", "control", "leave", "quit", "desert", "attack", "assault", "raid",
})  # fmt: skip
_MOVING = frozenset({
    "press", "push", "move", "head", "drive", "march", "advance", "retreat", "withdraw", "flee", "race", "roll", "edge",
    "inch", "creep", "run", "go", "break", "fight", "thrust", "surge", "stream", "road", "way", "direction",
})  # fmt: skip
_GOING = frozenset({Kind.ADVANCE, Kind.DEPLOY, Kind.ENTER})
_TAKING = frozenset({Kind.GAIN, Kind.ENTER, Kind.LEAVE, Kind.HOLD, Kind.ATTACK, Kind.FIRE})
_NO_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|Parliament|Congress|Senate|Twitter|Facebook|Telegram|Reuters|CNN|BBC|Sky|God|Islam|Ramadan|English|Arabic|T-\d\d|BMP|Kalashnikov|World|War|Internet|Army|Ministry|Council|President|Head|Chief|Governor|Mayor|Commander|Director|Deputy|Spokes\w+|Christmas|Easter|UN|EU|NATO|US|U\.S\."
    r"|(?:\w+ )*(?:Division|Brigade|Regiment|Corps|Battalion|Fleet|Group|Guard))\b"
)

_ARTICLE = re.compile(r"(?<![\w-])[AEae][lshdtnrz]-$")
_SETTLED = frozenset({
    "town", "village", "city", "settlement", "outskirts", "suburb", "hamlet", "neighborhood", "neighbourhood", "fort",
    "resident",
})  # fmt: skip
# "the fall of X": as often a ruler as a town
_OF_RULERS = frozenset({"fall", "defeat", "ouster", "overthrow", "loss", "expulsion"})


def strangers(doc: Doc, mentions: Sequence[Mention], sides: Mapping[int, str], lexicon: Lexicon) -> list[Mention]:
    """Mentions of unknown names in the places of a parsed text, every occurrence of each.

    Parameters
    ----------
    sides
        Token index → side, for words that name one: they are no places.
    """
    text = text_of(doc)
    taken = [(m.span.start, m.span.end) for m in mentions]
    within = bytearray(len(text))  # characters of known names and of those found so far
    for a, b in taken:
        within[a:b] = b"\1" * (b - a)
    names: set[str] = set()
    new: list[tuple[int, int]] = []  # unknown names so far: what is listed with them is one, too
    words = columns_of(doc)
    for i, (pos, tag) in enumerate(zip(words.pos, words.tag, strict=True)):
        if pos not in ("PROPN", "ADJ") or tag == "NNPS" or i in sides:
            continue
        token = doc[i]
        if pos == "ADJ" and not (token.dep_ in ("nsubj", "nsubjpass") and _heads_names(token)):
            continue
        if len(token.text) < 3 or not token.text[:1].isupper() or token.text.isupper():
            continue
        if within[token.idx] or not (_slot(token, lexicon, sides) or _listed(token, [*taken, *new], text)):
            continue
        name = _name(token, sides, text)
        if (
            name
            and not _NO_PLACE.search(name)
            and name.lower() not in FAR
            and name.lower() not in lexicon.nouns
            and name.lower() not in lexicon.words["place_nouns"]
        ):
            names.add(name)
            at = text.find(name, max(0, token.idx - len(name)))
            new.append((at, at + len(name)))
            within[at : at + len(name)] = b"\1" * len(name)
    out: list[Mention] = []
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                out.append(Mention(span=Span.of(text, *match.span()), type=PlaceType.SETTLEMENT, name=name))
    return out


def _listed(token: Token, taken: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether the name stands in a list before a known name: "in the X and Y directions"."""
    end = token.idx + len(token.text)
    text = text_of(token.doc)
    begin = (
        token.idx - len(article[0])
        if (article := _ARTICLE.search(text, max(0, token.idx - 3), token.idx))
        else token.idx
    )
    listed = re.search(
        r"(?:\b(?:in|near|of|on|around|at|between)(?: the)?|,|\band) (?:[A-Z][\w’'-]+ )?$",
        text[max(0, begin - 40) : begin],
    )
    if token.dep_ == "conj" and any(a <= token.head.idx < b for a, b in taken):
        if text[max(0, begin - 5) : begin] in (" and ", " and"):
            return True
        if text[begin - 2 : begin] == ", " and re.match(r"(?:, (?:and )?| and )[A-Z]", text[end : end + 7]):
            return True  # amid a list
    if listed is None:
        return False
    match = re.match(r"(?:, and |, | and |-)(?:the )?", text[end : end + 10])
    if match is not None and any(a == end + match.end() for a, _ in taken):
        return True
    before = re.search(r"(?:, and |, | and )(?:the )?$", text[max(0, token.idx - 10) : token.idx])
    tail = re.match(r" (?:districts|directions|areas|regions|raions|axes|villages)\b", text[end : end + 14])
    return before is not None and tail is not None and any(b == token.idx - len(before[0]) for _, b in taken)


def _heads_names(token: Token) -> bool:
    """Whether names follow in a list that a word begins: the tagger takes its first for an adjective."""
    return any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in token.children)


def _slot(token: Token, lexicon: Lexicon, sides: Mapping[int, str]) -> bool:
    """Whether only a place stands where the token stands."""
    head = token.head
    if token.dep_ in ("dobj", "nsubjpass") and is_verb(head):
        lemma = head.lemma_.lower()
        if lemma in _HELD and token.dep_ == "dobj":
            if any(c.dep_ in ("det", "nummod", "amod") for c in token.children):
                return False  # "raided the Service"
            return any(t.i in sides for c in head.children if c.dep_ == "nsubj" for t in c.subtree)
        return lemma in _STRUCK or any(
            t.kind in (Kind.GAIN, Kind.ENTER) and t.object == "place" for t in lexicon.verbs.get(lemma, ())
        )
    if token.dep_ == "compound" and head.dep_ == "ROOT" and head.lower_ in ("shelling", "bombing", "bombardment"):
        return head.i == token.i + 1  # the topic of a headline
    if token.dep_ != "pobj" or head.lower_ not in _AT | _TOWARDS | _ON | {"for"} or head.dep_ not in ("prep", "dative"):
        return False
    over = head.head
    if head.lower_ == "for" and over.lemma_.lower() in ("battle", "fight"):
        return True
    if head.lower_ in _BESIDE or (head.lower_ in _TOWARDS and over.lemma_.lower() in _MOVING):
        return True
    if head.lower_ in _ON:
        events = (
            lexicon.verbs.get(over.lemma_.lower(), ()) if is_verb(over) else (lexicon.nouns.get(over.lemma_.lower()),)
        )
        return any(t is not None and t.kind in (Kind.FIRE, Kind.ATTACK) for t in events)
    if head.lower_ == "of" and over.lower_ == "out":
        over = over.head  # "pulled out of X"
        return any(t.kind is Kind.LEAVE for t in lexicon.verbs.get(f"{over.lemma_.lower()}_out", ()))
    lemma = over.lemma_.lower()
    tails = (head.lower_, *(c.lower_ for c in over.children if c.dep_ == "prt"))
    if any(t.kind in _TAKING | _GOING for tail in tails for t in lexicon.verbs.get(f"{lemma}_{tail}", ())):
        return True  # "swept into X", "blew up a depot in X"
    if head.lower_ == "of" and lemma == "control" and over.head.lower_ in ("under", "within"):
        return False  # "under the control of the X Front": whose it is
    if head.lower_ == "of" and lemma == "control" and over.dep_ in ("dobj", "pobj", "nsubj"):
        return True
    if lemma in _SETTLED or (head.lower_ != "of" and (lemma == "position" or lemma in lexicon.words["landmarks"])):
        return True
    if is_verb(over) and head.lower_ in ("in", "near", "around", "outside") and _happens(over, lexicon):
        return True  # "clashes broke out in X"
    if is_verb(over):
        if head.lower_ == "of":
            return False
        if head.lower_ in _TOWARDS:
            return any(t.kind in _GOING for t in lexicon.verbs.get(lemma, ()))
        return any(t.kind in _TAKING for t in lexicon.verbs.get(lemma, ())) and (
            head.lower_ != "from" or any(t.kind is Kind.LEAVE for t in lexicon.verbs.get(lemma, ()))
        )
    found = lexicon.nouns.get(lemma) or lexicon.nouns.get(over.lower_)
    if lemma in _OF_RULERS and head.lower_ == "of":
        return False
    return found is not None and found.kind in _TAKING and head.lower_ != "from"


def _happens(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb tells of an event of war that it happens: "clashes broke out", "shelling continued"."""
    subjects = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
    events = (lexicon.nouns.get(c.lemma_.lower()) or lexicon.nouns.get(c.lower_) for c in subjects)
    return any(t is not None and t.kind in (Kind.ATTACK, Kind.FIRE) for t in events)


def _name(token: Token, sides: Mapping[int, str], text: str) -> str:
    """The whole name: the word with the capitalised words before it that belong to it."""
    first = token
    while first.i > token.sent.start:
        before = first.nbor(-1)
        if (
            before.dep_ == "compound"
            and before.text[:1].isupper()
            and before.i not in sides
            and before.head.i in (token.i, first.i)
        ):
            first = before
        elif before.text == "-" and before.i - 1 >= token.sent.start and before.nbor(-1).text[:1].isalpha():
            first = before.nbor(-1)
        else:
            break
    if any(c.dep_ in ("appos", "nummod") for c in token.children) and any(c.dep_ == "nummod" for c in token.children):
        return ""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if (
        after is not None
        and after.pos_ == "PROPN"
        and after.head.i != token.i
        and after.text[:1].isupper()
        and token.dep_ == "compound"
    ):
        return ""
    return str(text_of(token.doc)[first.idx : token.idx + len(token.text)])
