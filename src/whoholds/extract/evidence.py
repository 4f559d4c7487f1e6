"""What is shown for a claim: a picture, a map, or nothing but words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from whoholds.extract.clauses import path_up, subject_of
from whoholds.extract.cues import Cues, english_cues
from whoholds.model import EvidenceType, PartKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from whoholds.extract.attribution import Attribution
    from whoholds.extract.frame import Frame
    from whoholds.model import Part

_SATELLITE = re.compile(
    r"\b(?:satellite|geolocated|drone|combat|cctv|camera|thermal|body-cam)\s+(?:\w+\s){0,2}$", re.IGNORECASE
)
_SEEN = frozenset({"seen", "shown", "filmed", "pictured", "visible", "captured", "recorded", "photographed"})
_FLAG_SEEN = re.compile(
    r"\b(?:flags?|banners?|tricolou?rs?)\b[^.]{0,60}\b(?:seen|pictured|photographed|filmed)\b", re.IGNORECASE
)
_PICTURE_END = re.compile(r"[^.!?\n«]*?[.!?,]?\s*\(?\b(PHOTOS?|VIDEOS?|FOTO)\b")


def evidence_of(
    text: str, frame: Frame, attribution: Attribution, *, parts: Sequence[Part] = (), cues: Cues | None = None
) -> EvidenceType:
    """What is shown for the claim of a frame.

    Parameters
    ----------
    text
        The report's text.
    frame
        The claim's frame.
    attribution
        Who says it: "footage published by X" is found on the way.
    parts
        The report's parts: what a caption says is seen in its picture.
    """
    cues = cues or english_cues()
    if any(p.kind is PartKind.CAPTION and p.start <= frame.start < p.end for p in parts):
        return EvidenceType.VISUAL
    doc = frame.sent.doc
    trigger = doc[frame.i]
    seen = _on_the_way(trigger, cues)
    if seen is not None:
        return seen
    if _is_credited(text, frame, cues):
        return EvidenceType.VISUAL
    match = _PICTURE_END.match(text, frame.end)
    if match is not None and _same_headline(text, frame.end, match.start(1)):
        return EvidenceType.VISUAL
    if _FLAG_SEEN.search(frame.sent.text) and any(
        w in text[frame.start : frame.end].lower() for w in ("flag", "rais", "hoist", "banner")
    ):
        return EvidenceType.VISUAL
    return EvidenceType.STATEMENT


def _on_the_way(trigger: Token, cues: Cues) -> EvidenceType | None:
    """A picture or map that shows the event: its subject, its holder, or a clause joined to it."""
    path = path_up(trigger)
    own = subject_of(trigger) if trigger.lower_ in cues.depict else None
    if own is not None and _kind_of(own, cues) is not None:
        return _kind_of(own, cues)
    for child, node in pairwise(path):
        word = node.lower_
        if child.dep_ in {"nsubj", "nsubjpass", "advcl"}:
            # the event itself is shown: "the strike was confirmed by videos"; anything else is another matter
            if node.lower_ in cues.depict | _SEEN and _by_picture(node, cues) is not None:
                return _by_picture(node, cues)
            continue
        if node.pos_ in {"NOUN", "PROPN"}:
            spoken = node.dep_ == "pobj" and node.head.head.lower_ in cues.quote
            if (
                word in cues.picture_nouns
                and not spoken
                and child.dep_
                in {
                    "prep",
                    "acl",
                    "relcl",
                    "appos",
                    "ccomp",
                    "compound",
                    "nmod",
                }
            ):
                return EvidenceType.VISUAL
            if word in cues.map_nouns and child.dep_ in {"prep", "acl", "relcl"}:
                return EvidenceType.MAP
        subject = (
            subject_of(node)
            if node.pos_ in {"VERB", "AUX"} and child.dep_ in {"ccomp", "dobj", "xcomp", "conj", "prep", "acl", "pobj"}
            else None
        )
        if subject is not None and subject.i != trigger.i and word in cues.depict | cues.say | cues.show:
            kind = _kind_of(subject, cues)
            if kind is not None:
                return kind
        if word in cues.depict and node.dep_ in {"advcl", "acl"} and child.dep_ in {"ccomp", "dobj", "xcomp"}:
            # "posted a video, showing ..."
            beside = [c for c in node.head.children if c.dep_ == "dobj"]
            if node.head.lower_ in cues.show and any(c.lower_ in cues.picture_nouns for c in beside):
                return EvidenceType.VISUAL
        if word in cues.show and child.dep_ in {"prep", "xcomp", "advcl", "ccomp", "dobj"}:
            picture = next(
                (c for c in node.children if c.dep_ in {"dobj", "nsubjpass"} and c.lower_ in cues.picture_nouns), None
            )
            if picture is not None:
                return EvidenceType.VISUAL
    for node in path:
        if trigger.dep_ in {"nsubj", "nsubjpass"} and node.i != trigger.i:
            break
        found = _by_picture(node, cues) or _joined_picture(node, trigger, cues)
        if found is not None:
            return found
        if node.dep_ in {"relcl", "advcl"} and node.i != trigger.i:
            break
    return None


def _kind_of(noun: Token, cues: Cues) -> EvidenceType | None:
    """Whether a noun, or one joined to it, is a picture or a map."""
    nouns = [noun, *(c for c in noun.children if c.dep_ in {"conj", "compound"})]
    # "social media imagery analysis"
    if any(n.lower_ in cues.picture_nouns for n in nouns):
        return EvidenceType.VISUAL
    if any(n.lower_ in cues.map_nouns for n in nouns):
        return EvidenceType.MAP
    return None


def _by_picture(node: Token, cues: Cues) -> EvidenceType | None:
    """ "confirmed by videos", "seen in footage": a picture as the agent or place of a verb of the event."""
    for child in node.children:
        targets = [child]
        if child.dep_ in {"acl", "advcl", "conj"} and child.tag_ == "VBN" and child.lower_ in cues.depict | _SEEN:
            targets = list(child.children)
        for target in targets:
            where = {"by", "in", "on", "with"} if target.head.lower_ in _SEEN else {"by"}
            if target.dep_ in {"agent", "prep"} and target.lower_ in where:
                obj = next((c for c in target.children if c.dep_ == "pobj"), None)
                if obj is not None and _kind_of(obj, cues) is EvidenceType.VISUAL:
                    return EvidenceType.VISUAL
    return None


def _joined_picture(node: Token, trigger: Token, cues: Cues) -> EvidenceType | None:
    """ "... struck a substation, and footage depicts the damage": a clause joined to the event shows it."""
    for child in node.children:
        if child.dep_ in {"conj", "parataxis", "advcl"} and child.i > trigger.i and child.lower_ in cues.depict:
            subject = next((c for c in child.children if c.dep_ == "nsubj"), None)
            if subject is not None and _kind_of(subject, cues) is EvidenceType.VISUAL:
                return EvidenceType.VISUAL
    return None


def _is_credited(text: str, frame: Frame, cues: Cues) -> bool:
    """Whether the line begins with the credit of a picture agency: "AFP/Getty Images: ..."."""
    line = text[text.rfind("\n", 0, frame.start) + 1 : frame.start]
    head, colon, _ = line.partition(":")
    return bool(colon) and len(head) < 60 and any(part.strip().lower() in cues.credits for part in head.split("/"))


def _same_headline(text: str, start: int, mark: int) -> bool:
    """Whether a PHOTO or VIDEO mark belongs to the headline that the trigger stands in."""
    between = text[start:mark]
    return between.count(". ") <= 1 and "«" not in between and "\n" not in between
