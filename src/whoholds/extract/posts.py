"""Where those stand who do something: the place of a subject, of a garrison, of what a deed is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.drafts import AT, Draft
from whoholds.extract.links import Link
from whoholds.extract.surroundings import Surroundings
from whoholds.extract.syntax import child, is_passive, subject
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK = frozenset({"withdraw", "retreat", "fall_back", "pull_back", "pull_out"})


class Posts(Surroundings):
    """The places of those who do something, where the clause itself names none."""

    def _beside_subject(self, draft: Draft) -> None:
        """Where the subject is: "forces northwest of X were limited to shelling positions"."""
        token = self.doc[draft.i]
        if draft.trigger.kind is Kind.LEAVE or draft.trigger.lemma in ("hold_firm", "stand_firm", "hold_out"):
            self._at_their_post(draft)
        back = draft.trigger.lemma in _BACK and not draft.links
        if (
            draft.trigger.kind in (Kind.GAIN, Kind.ENTER, Kind.HOLD, Kind.DEPLOY, Kind.ESCALATE)
            or (draft.trigger.kind is Kind.LEAVE and (draft.trigger.noun or not back))
            or draft.trigger.object == "label"
        ):
            return
        who = (
            subject(self.doc[draft.host])
            if draft.host is not None
            else (None if draft.trigger.noun else subject(token))
        )
        if who is None or who.i in self.inside:
            return
        inside = {t.i for t in who.subtree if t.i < token.i}
        for number, top in self.tops.items():
            if top.i not in inside or self.mentions[number].role == "anchor":
                continue
            if self._too_wide(self.mentions[number], draft.trigger.kind, None):
                continue
            if (top.dep_ == "pobj" and top.head.lower_ in AT | {"from"}) or top.dep_ in ("prep", "advmod", "npadvmod"):
                draft.links.append(Link(number, draft.i, "subj"))
                draft.why = "place of the subject"
        draft.links = self._specific(draft.links)

    def _at_their_post(self, draft: Draft) -> None:
        """Where those who leave or hold firm are: "the defenders of X had to withdraw", "its defenders held firm"."""
        who = None if draft.trigger.noun else subject(self.doc[draft.i])
        if who is None and is_passive(self.doc[draft.i].head):
            who = child(self.doc[draft.i].head, "nsubjpass")
        if who is None or who.lemma_.lower() not in ("defender", "garrison"):
            return
        names = [n for c in who.children if c.lower_ in ("of", "in") for n in c.children if n.i in self.inside]
        names += [c for c in who.children if c.dep_ == "poss" and c.i in self.inside]
        draft.links = [Link(self.inside[n.i], draft.i, "subj") for n in names]
        draft.why = "place of the subject"

    def _serves_elsewhere(self, verb: Token) -> bool:
        """Whether what a deed is for names a place of its own: "conducted strikes to support attacks on Y"."""
        aims = [c for c in verb.children if c.dep_ == "advcl" and any(t.tag_ == "TO" for t in c.children)]
        return any(t.i in self.inside for aim in aims for t in aim.subtree)

    def _names_town(self, token: Token) -> bool:
        """Whether the sentence of a word names a place."""
        sent = token.sent
        return any(sent.start_char <= m.span.start < sent.end_char for m in self.mentions if m.role == "name")
