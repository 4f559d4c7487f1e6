"""Who is said to say it: by the parse of the sentence, by quotation marks and headline habits, then across sentences.

The order of the rules (the first that answers decides; `Attribution.rule` names it):

1. the innermost verb or noun of saying above the trigger ("X said that ...", "X's claim that ...", "X told Y"),
2. the quotation the trigger stands in: the words after it, before it, or the speaker of the quotation before,
3. who published the picture that shows it,
4. "according to X" and ", X said" elsewhere in the sentence, wherever the parser hung them,
5. "- X" at the end of a headline, "X: ..." at its start, the credit of a caption, the author of an embedded post,
6. else nobody: the report says it in its own voice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whoholds.extract.acts import (
    Act,
    accorded,
    act_of_noun,
    acts_above,
    ends_with_speech,
    framing_subject,
    interrupts,
)
from whoholds.extract.allegiance import Allegiance
from whoholds.extract.chains import passed_on_by
from whoholds.extract.citing import cited_by
from whoholds.extract.clauses import SUBJECTS, agent_of, is_negated, is_passive, is_verb, subject_of
from whoholds.extract.cues import Cues, english_cues
from whoholds.extract.governing import is_untrue
from whoholds.extract.headlines import headline_speaker, post_author
from whoholds.extract.speakers import Naming, name_speaker
from whoholds.extract.voices import Voices
from whoholds.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from whoholds.extract.frame import Frame
    from whoholds.extract.passage import Passage
    from whoholds.model import Part, Theatre

# what one tells of one's own side with pride
_BOASTED = frozenset({Kind.GAIN, Kind.ENTER, Kind.ADVANCE})
# words of one clause from the rumour on: a name, then "to" and what is rumoured
_HEADLINE_RUMOUR = re.compile(
    r"\brumou?rs?\s(?:that\s)?(?:[\w’'-]+\s){1,4}(?:to|will|may)\s(?:[\w’'-]+\s){0,3}$", re.IGNORECASE
)
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "i", "we", "who", "which", "that", "this", "both", "some", "many", "others"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says it, on whose side they are, and the rule that found them.

    `verbs` are the indices in the doc of the words of saying above the trigger, the innermost first; `rumoured` is
    true where a report or rumour is said to exist and nobody is named; `via` is the outlet said to pass it on.
    """

    speaker: Span | None
    speaker_side: str | None
    rule: str
    verbs: tuple[int, ...] = ()
    rumoured: bool = False
    via: Span | None = None


class Attributor:
    """Finds the speaker of a frame. Pure: the same passage and frame give the same answer.

    Parameters
    ----------
    theatre
        Whose people, offices, forces, outlets and groups belong to which side.
    cues
        The words of saying; the packaged English ones by default.
    """

    def __init__(self, theatre: Theatre, *, cues: Cues | None = None) -> None:
        self.cues = cues or english_cues()
        self.sides = Allegiance(theatre, cues=self.cues)

    def attribute(self, passage: Passage, frame: Frame, *, outlet: str = "", parts: Sequence[Part] = ()) -> Attribution:
        """The speaker of a frame.

        Parameters
        ----------
        passage
            The text, its sentences and the parser to call on them.
        frame
            What is said.
        outlet
            Who publishes the report: its own voice is nobody's.
        parts
            The report's parts, for authors of embedded posts and credits of captions.
        """
        voices = self.voices(passage, outlet)
        acts = list(acts_above(frame.sent.doc[frame.i], self.cues))
        found = self._found(voices, frame, acts, parts)
        if found.speaker is None:
            return found
        via = passed_on_by(voices, frame, acts, found.speaker, self.cues)
        return replace(found, via=via) if via is not None else found

    def _found(self, voices: Voices, frame: Frame, acts: Sequence[Act], parts: Sequence[Part]) -> Attribution:
        """The speaker by the first rule that answers."""
        verbs = tuple(_words_of(acts, self.cues))
        spoken = self._spoken(voices, frame, acts, verbs)
        if spoken is not None:
            return spoken
        if any(a.rumour for a in acts) or _is_headline_rumour(frame):
            return Attribution(speaker=None, speaker_side=None, rule="rumour", verbs=verbs, rumoured=True)
        own = Attribution(speaker=None, speaker_side=None, rule="own-voice", verbs=verbs)
        if acts and acts[0].rule == "own-voice":
            return own
        published = self._published(voices, frame, acts[0], verbs) if acts and acts[0].rule == "picture" else None
        heard = published or self._beside(voices, frame) or self._outside(voices, frame, verbs, parts)
        return heard or self._going_on(voices, frame, verbs) or own

    def voices(self, passage: Passage, outlet: str) -> Voices:
        """The speakers of a passage that an outlet published."""
        return Voices(passage, outlet, self.sides, self.cues)

    # ------------------------------------------------------------------ in the sentence and its quotation

    def _spoken(self, voices: Voices, frame: Frame, acts: Sequence[Act], verbs: tuple[int, ...]) -> Attribution | None:
        """The nearest act that names somebody; inside a quotation those within it come first."""
        quote = voices.passage.quotation_at(frame.start)
        inside = [a for a in acts if quote is None or quote.start <= a.word.idx < quote.end]
        outside = [a for a in acts if a not in inside]
        if len(acts) > 1 and acts[0].word.dep_ in SUBJECTS and is_untrue(acts[0].word.head, self.cues):
            inside = [a for a in inside if a is not acts[0]]  # who calls a claim a lie says that it is not so
        for act in (*inside, *outside):
            found = self._who(voices, act, frame)
            if found is not None:
                return self._named(voices, found, act, verbs, frame)
        around = voices.around_quote(quote) if quote is not None else None
        if around is None:
            return None
        voice, rule = around
        return Attribution(speaker=voice.span, speaker_side=voice.side, rule=rule, verbs=verbs)

    def _who(self, voices: Voices, act: Act, frame: Frame) -> Naming | Span | None:
        """Who an act's speaker is: named here, or by the sentences before; None where it names nobody."""
        who, cues = act.who, self.cues
        if who is None or act.rule == "picture" or who.lower_ in cues.picture_nouns:
            return None
        if who.lower_ in cues.rumour_nouns and who.lower_ != "report" and not _has(who, {"poss"}):
            # "media rumors say" names somebody, "reports say" nobody
            is_named = who.lower_.startswith("rumo") and _has(who, {"compound", "amod"})
            return name_speaker(who) if is_named else None
        if who.lower_ in cues.information | cues.happenings:
            return None
        if who.lower_ in cues.saying_nouns:
            owner = act_of_noun(who, "poss", cues)
            if owner is not None and owner.who is not None and owner.rule in {"noun-of", "noun-by"}:
                who = owner.who
        index = voices.passage.index_at(frame.start)
        if who.lower_ in _PRONOUNS or who.pos_ == "PRON":
            return voices.antecedent(who, index)
        cited = cited_by(act.word, who, cues)
        if cited is not None:
            return name_speaker(cited)
        naming = name_speaker(who)
        if naming.is_generic:
            person = False if who.lower_ in cues.bodies_told_of else None
            return voices.last_named(index, who.idx, person=person) or naming
        return naming

    def _named(
        self, voices: Voices, found: Naming | Span, act: Act, verbs: tuple[int, ...], frame: Frame
    ) -> Attribution:
        """The attribution for a speaker found, with their side."""
        if isinstance(found, Span):
            side = voices.side(found.text, found.text, found.end)
            return Attribution(speaker=found, speaker_side=side, rule=act.rule + "-earlier", verbs=verbs)
        doc = act.word.doc
        span = voices.span(doc, found.start, found.end)
        if voices.is_own(span.text):
            return Attribution(speaker=None, speaker_side=None, rule="own-voice", verbs=verbs)
        subjects = [c.left_edge.i for c in act.word.children if c.dep_ in SUBJECTS and c.i < found.start]
        around = doc[min([found.around_start, *subjects]) : found.around_end].text
        side = voices.side(span.text, around, span.start)
        if side is None and frame.side is not None:
            side = frame.side if _tells_of_own(frame, found) else None
        if side is None and frame.side is not None and self.sides.is_unnamed_arm(span.text):
            side = self._boasting(frame)
        if frame.side is not None and act.word.lower_ in self.cues.say_of and "each other" in act.word.sent.text:
            # both sides accuse each other: the one who says it is the one who did not do it
            side = self.sides.enemy_of(frame.side)
        return Attribution(speaker=span, speaker_side=side, rule=act.rule, verbs=verbs)

    def _boasting(self, frame: Frame) -> str | None:
        """Whose "the ministry" or "a commander" is, by what they tell: their own gains, repelled attacks."""
        if frame.side is None or frame.negated:
            return None
        if frame.failed:
            return self.sides.enemy_of(frame.side) if len(self.sides.theatre.side_keys) == 2 else None
        return frame.side if frame.kind in _BOASTED else None

    # ------------------------------------------------------------------ beside and outside the grammar

    def _published(self, voices: Voices, frame: Frame, act: Act, verbs: tuple[int, ...]) -> Attribution | None:
        """Who published the picture: "footage posted by X shows", "X posted a video showing"."""
        cues = self.cues
        shown_by = act.word.head if act.word.dep_ in {"advcl", "acl"} else None
        if shown_by is not None and shown_by.lower_ in cues.show and is_verb(shown_by) and not is_passive(shown_by):
            poster = subject_of(shown_by)
            if poster is not None and poster.lower_ not in cues.picture_nouns | _PRONOUNS:
                shown = Act(act.word, poster, "published")
                return self._named(voices, name_speaker(poster), shown, verbs, frame)
        picture = act.word if act.word.lower_ in cues.picture_nouns else (act.who or subject_of(act.word))
        if picture is None:
            return None
        who: Token | None = None
        for child in picture.children:
            if child.dep_ in {"acl", "relcl"} and child.lower_ in cues.show:
                who = agent_of(child) or who
            elif child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"} and who is None:
                obj = next((c for c in child.children if c.dep_ == "pobj"), None)
                known = cues.titles | cues.institutions | {"sources"}
                who = obj if obj is not None and obj.lower_ in known else who
        head = picture.head
        if who is None and picture.dep_ in {"dobj", "pobj", "conj"}:
            while head.i != head.head.i and not is_verb(head):
                head = head.head
            if head.lower_ in cues.show and not is_passive(head):
                who = subject_of(head)
        if who is None or who.lower_ in cues.picture_nouns | _PRONOUNS:
            return None
        return self._named(voices, name_speaker(who), Act(act.word, who, "published"), verbs, frame)

    def _beside(self, voices: Voices, frame: Frame) -> Attribution | None:
        """ "According to X" and ", X said" in the same sentence, wherever the parser hung them."""
        sent, trigger = frame.sent, frame.sent.doc[frame.i]
        candidates: list[Act] = []
        for token in sent:
            who = accorded(token, sent)
            if who is not None:
                candidates.append(Act(token, who, "according-to"))
        for token in sent:
            if token.lower_ not in self.cues.quote or not is_verb(token) or token.tag_ in {"VBG", "VB"}:
                continue
            if is_negated(token):
                # "X, which had held Y, has not confirmed the loss"
                continue
            if ends_with_speech(token, sent, trigger) if token.i > trigger.i else interrupts(token, sent, trigger):
                candidates.append(Act(token, framing_subject(token), "said-after"))
        for act in candidates:
            found = self._who(voices, act, frame)
            if found is not None:
                return self._named(voices, found, act, (act.word.i,), frame)
        return None

    def _going_on(self, voices: Voices, frame: Frame, verbs: tuple[int, ...]) -> Attribution | None:
        """Who goes on speaking, where no outlet takes sides: "also liberated" is said by who spoke before."""
        if self.sides.of_outlet(voices.outlet) is not None or not _is_one_more(frame):
            return None
        index = voices.passage.index_at(frame.start)
        paragraph, _ = voices.passage.paragraph_at(frame.start)
        if index == 0 or voices.passage.bounds[index - 1][0] < paragraph:
            return None
        before = voices.spoken(index - 1)
        if not before or before[-1].side is None:
            return None
        return Attribution(speaker=before[-1].span, speaker_side=before[-1].side, rule="goes-on", verbs=verbs)

    def _outside(
        self, voices: Voices, frame: Frame, verbs: tuple[int, ...], parts: Sequence[Part]
    ) -> Attribution | None:
        """The speaker beside a headline, the credit of a caption, the author of a post."""
        text = voices.passage.text
        paragraph = voices.passage.paragraph_at(frame.start)
        span = headline_speaker(text, frame.start, paragraph, self.sides, self.cues)
        if span is not None and not voices.is_own(span.text):
            named = voices.named_later(span)
            if named is not None:
                return Attribution(speaker=named.span, speaker_side=named.side, rule="headline-body", verbs=verbs)
            side = voices.side(span.text, span.text, span.start)
            return Attribution(speaker=span, speaker_side=side, rule="headline", verbs=verbs)
        author = post_author(text, frame.start, parts)
        if author is None:
            return None
        side = self.sides.of(author.text, author.text, local=False)
        return Attribution(speaker=author, speaker_side=side, rule="post", verbs=verbs)


def _is_one_more(frame: Frame) -> bool:
    """Whether one more place is said to be freed, by nobody: "X was also liberated"."""
    trigger = frame.sent.doc[frame.i]
    around = {c.lower_ for c in trigger.children}
    return trigger.lower_ in ("liberated", "freed") and "by" not in around and not around.isdisjoint({"also", "too"})


def _is_headline_rumour(frame: Frame) -> bool:
    """Whether a headline without "that" hangs the event on a rumour: "... Amid Rumours X To Do Y"."""
    before = frame.sent.text[: max(0, frame.start - frame.sent.start_char)]
    return _HEADLINE_RUMOUR.search(before) is not None


def _tells_of_own(frame: Frame, speaker: Naming) -> bool:
    """Whether the doers are the speaker's own: "a commander said his men had left"."""
    who = subject_of(frame.sent.doc[frame.verb])
    if who is None or who.i < speaker.start:
        return False
    owned = next((c for c in who.children if c.dep_ == "poss"), None)
    return owned is not None and owned.lower_ in {"his", "her", "their"} and owned.i > speaker.end - 1


def _has(token: Token, labels: set[str]) -> bool:
    """Whether a word of one of these labels hangs on the token."""
    return any(c.dep_ in labels for c in token.children)


def _words_of(acts: Iterable[Act], cues: Cues) -> Iterable[int]:
    """The words of saying: of "issued an acknowledgement" the verb too, as a day hangs on it."""
    for act in acts:
        yield act.word.i
        verb = act.word
        if act.rule == "noun-cue":
            verb = act.word.head
            yield verb.i
        if verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.lower_ in cues.quote and is_verb(verb.head):
            # "said on Thursday, denying that": one statement, one day
            yield verb.head.i
