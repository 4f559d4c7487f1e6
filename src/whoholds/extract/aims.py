"""What is set as a goal is no claim: "Main effort: capture the region", "their aim is the liberation of the coast".

Headings, orders and summaries name aims without a verb that governs the deed, so the words before the trigger are read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE = 14
_AIM = (
    r"(?:objectives?|goals?|aims?|efforts?|tasks?|purposes?|intentions?|ambitions?|missions?|priorit(?:y|ies)|targets?)"
)
_LINK = r"(?:\s*(?:#\s*)?\d*\s*[-–—:]+[\s(]*|\s+(?:is|are|was|were|remains?|has been|had been|being|of|to|at|on)\s+)"
_FILLER = (
    r"(?:(?:to|be|the|a|an|its|their|his|on|at|fully?|complete(?:ly)?|entire|total|rapid(?:ly)?|quick(?:ly)?|also|still)"
    r"\s+)*"
)
_WHOSE = (
    r"(?:\s+(?:of|for)\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+)?"
    r"(?:\s+(?:at (?:the|this) (?:moment|time|stage)|now|currently|there))?"
)
_NAMED = re.compile(rf"\b{_AIM}{_WHOSE}{_LINK}{_FILLER}$", re.IGNORECASE)
_NEARER = re.compile(r"\b(?:closer?|nearer) (?:\w+ )?to (?:fully |completely )?$", re.IGNORECASE)
_LISTED = re.compile(rf"\b{_AIM}\s*:[^.;:]*\b(?:and|,)\s*$", re.IGNORECASE)


_CONSTRUE = frozenset(
    {
        "take",
        "see",
        "view",
        "interpret",
        "regard",
        "read",
        "portray",
        "present",
        "frame",
        "treat",
        "spin",
        "paint",
        "cast",
    }
)
_READING = frozenset(
    {"admission", "sign", "acknowledgement", "acknowledgment", "proof", "evidence", "confession", "signal"}
)


def is_construed(token: Token) -> bool:
    """Whether an event is what somebody makes of another's words: "took the statement as an admission of defeat"."""
    if token.dep_ != "pobj" or token.head.lower_ != "of" or token.head.head.lower_ not in _READING:
        return False
    noun = token.head.head
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "as" else None
    return over is not None and over.lemma_.lower() in _CONSTRUE


def is_aim(token: Token) -> bool:
    """Whether the words before a trigger make it an aim.

    Parameters
    ----------
    token : Token
        The trigger, in a parsed text.
    """
    sentence = token.sent
    start = max(sentence.start, token.i - _BEFORE)
    before = token.doc[start : token.i].text_with_ws
    if _NAMED.search(before) or _NEARER.search(before):
        return True
    # "(objective: hold the line and secure the rear)": the second deed of the same aim, in the form of an order.
    return token.tag_ in ("VB", "VBP", "NN", "NNP") and _LISTED.search(before) is not None
