"""Districts that are called by the name behind them, and so are whole places and no part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUARTERS = frozenset({"suburb", "district", "neighborhood", "neighbourhood", "quarter"})


def are_named(noun: Token) -> bool:
    """Whether districts are called by the names behind them: "the districts of X and Y", but "two districts of X"."""
    return (
        noun.tag_ == "NNS" and noun.lemma_.lower() in _QUARTERS and not any(c.dep_ == "nummod" for c in noun.children)
    )


def names_itself(noun: Token, *, unknown: bool) -> bool:
    """Whether a district is called by the name behind it: "the district of X", "the western district of X", where no
    town is called X.
    """
    if noun.lower_ not in ("district", "quarter", "neighborhood", "neighbourhood", "suburb", "area", "sector"):
        return False
    own = [c for c in noun.children if c.dep_ in ("amod", "compound", "nummod", "nmod", "det", "poss")]
    of = any(c.lower_ == "of" for c in noun.children)
    return of and (own[0].lower_ if own else "") == "the" and (len(own) == 1 or (unknown and noun.lower_ in _QUARTERS))
