"""Who is said to say it: within the sentence by its parse, by quotation marks and headline habits, then across sentences.

The order of the rules (the first that answers decides; `Attribution.rule` names it):

1. the innermost verb or noun of saying above the trigger ("X said that ...", "X's claim that ...", "X told Y"),
2. the quotation the trigger stands in: the words after it, before it, or the speaker of the quotation before,
3. "according to X", ", X said" and "- X" at the end of a headline, "X: ..." at its start,
4. the author of an embedded post, the credit of a caption,
5. else nobody: the report says it in its own voice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract.clauses import SUBJECTS, agent_of, is_verb, own_subject, path_up, subject_of
from whoholds.extract.cues import Cues, english_cues
from whoholds.extract.headlines import headline_speaker, post_author
from whoholds.extract.passage import Passage
from whoholds.extract.speakers import Naming, Sides, around_name, name_speaker
from whoholds.model import PartKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from whoholds.extract.frame import Frame
    from whoholds.model import Part, Theatre

# How many sentences back a pronoun or a bare office looks for a name.
_SENTENCES_BACK = 6
_PERSONAL = frozenset({"he", "she"})
_OWN = frozenset({"i", "we"})
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "i", "we", "who", "which", "that", "this", "both", "some", "many", "others"}
)
_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "parataxis", "oprd", "advcl", "acl", "pcomp", "dep", "npadvmod", "attr", "intj"}
)
_NOUN_COMPLEMENTS = frozenset({"prep", "acl", "ccomp", "relcl", "appos", "compound", "amod"})
_OBJECTS = frozenset({"dobj", "obj", "oprd", "attr", "dative", "nsubj"})
# cues of speech that need the words "that" or a quotation after them before they say anything about events
_ABOUT = frozenset({"of", "about", "on", "over", "regarding", "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says it, on whose side they are, and the rule that found them.

    `verbs` are the indices in the doc of the words of saying above the trigger, the innermost first; `rumoured` is
    true where a report or rumour is said to exist and nobody is named.
    """

    speaker: Span | None
    speaker_side: str | None
    rule: str
    verbs: tuple[int, ...] = ()
    rumoured: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """One act of saying above a trigger: the word, who (a noun's head), and by which rule."""

    word: Token
    who: Token | None
    rule: str
    rumour: bool = False


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
        self.sides = Sides(theatre, cues=self.cues)
        self.theatre = theatre
        self._verbs = self.cues.say | self.cues.say_noun | self.cues.say_of | self.cues.show
        self._outlets = {
            alias.lower(): names
            for outlet in theatre.outlets
            for names in [frozenset(a.lower() for a in (outlet.name, *outlet.aliases))]
            for alias in (outlet.name, *outlet.aliases)
        }

    # ------------------------------------------------------------------ the way through

    def attribute(
        self,
        passage: Passage,
        frame: Frame,
        *,
        outlet: str = "",
        parts: Sequence[Part] = (),
    ) -> Attribution:
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
        trigger = frame.sent.doc[frame.i]
        said = list(self._above(trigger))
        verbs = tuple(i for s in said for i in ([s.word.i, s.word.head.i] if s.rule == "noun-cue" else [s.word.i]))
        index = passage.index_at(frame.start)
        quote = passage.quotation_at(frame.start)
        for act in said:
            at = act.word.idx
            if quote is not None and not quote.start <= at < quote.end:
                # the nearest act lies outside the quotation: the quotation's own rules see it too, and more
                break
            found = self._speaker(act, passage, index, outlet, frame)
            if found is not None:
                return self._named(found, act, verbs, passage, outlet, frame)
        if quote is not None:
            outside = [s for s in said if not quote.start <= s.word.idx < quote.end]
            for act in outside:
                found = self._speaker(act, passage, index, outlet, frame)
                if found is not None:
                    return self._named(found, act, verbs, passage, outlet, frame)
            around = self._around_quote(passage, quote.start, quote.end, index, outlet)
            if around is not None:
                span, rule, side = around
                return Attribution(speaker=span, speaker_side=side, rule=rule, verbs=verbs)
        if any(s.rumour for s in said):
            return Attribution(speaker=None, speaker_side=None, rule="rumour", verbs=verbs, rumoured=True)
        if said and said[0].rule in {"own-voice", "picture"}:
            publisher = self._publisher(said[0], verbs, passage, outlet, frame)
            if publisher is not None:
                return publisher
            if said[0].rule == "own-voice":
                return Attribution(speaker=None, speaker_side=None, rule="own-voice", verbs=verbs)
        after = self._beside(trigger, frame, passage, index, outlet)
        if after is not None:
            return after
        span = headline_speaker(passage.text, frame.start, passage.paragraph_at(frame.start), self.sides, self.cues)
        if span is not None and not self._is_own(span.text, outlet):
            side = self._side(span.text, span.text, passage, span.start, outlet)
            return Attribution(speaker=span, speaker_side=side, rule="headline", verbs=verbs)
        author = post_author(passage.text, frame.start, parts)
        if author is not None:
            return Attribution(
                speaker=author,
                speaker_side=self.sides.of(author.text, author.text, local=False),
                rule="post",
                verbs=verbs,
            )
        return Attribution(speaker=None, speaker_side=None, rule="own-voice", verbs=verbs)

    # ------------------------------------------------------------------ within the sentence

    def _above(self, trigger: Token) -> Iterator[_Said]:
        """The acts of saying on the way from the trigger to the root, innermost first."""
        cues = self.cues
        path = path_up(trigger)
        beside = False  # whether the way has left a relative or adverbial clause
        for child, node in zip(path, path[1:], strict=False):
            label, word = child.dep_, node.lower_
            beside = beside or label in {"relcl", "advcl"}
            if is_verb(node):
                hung = node.dep_ in {"advcl", "relcl"} or (node.tag_ == "VBG" and node.head.i != node.i)
                if word in cues.infer and hung and label in _COMPLEMENTS | _OBJECTS:
                    who = subject_of(node)
                    if who is None or who.lower_ not in cues.picture_nouns:
                        yield _Said(node, None, "own-voice")
                        return
                act = self._act_of_verb(child, node, label, word, beside=beside)
                if act is not None:
                    yield act
            elif (
                word in cues.saying_nouns or word.removesuffix("s") in cues.saying_nouns
            ) and label in _NOUN_COMPLEMENTS:
                if beside:
                    continue
                act = self._act_of_noun(node, label)
                if act is not None:
                    yield act
            elif word in cues.picture_nouns | cues.map_nouns and label in {"prep", "acl", "relcl", "appos"}:
                yield _Said(node, None, "picture")

    def _act_of_verb(self, child: Token, node: Token, label: str, word: str, *, beside: bool) -> _Said | None:
        """Whether a verb above the trigger says it, and who its speaker is."""
        cues = self.cues
        if word in cues.depict and label in {"ccomp", "dobj"}:
            who = subject_of(node)
            if who is not None and (
                who.lower_ in cues.picture_nouns or who.lower_ in cues.map_nouns or self._has_picture(who)
            ):
                return _Said(node, None, "picture")
        if word not in self._verbs:
            cue = next((c for c in node.children if c.dep_ == "dobj" and c.lower_ in cues.saying_nouns), None)
            if cue is not None and label == "ccomp":
                # "made the announcement it was sending ...": the clause hangs on the verb, the saying is in the noun
                return self._act_of_noun(cue, label)
            return None
        if (
            label in {"nsubjpass", "csubjpass"}
            or (label == "xcomp" and _is_passive(node))
            or (label in {"ccomp", "oprd"} and _is_passive(node) and self._is_impersonal(node))
        ):
            if word not in cues.say_noun | cues.say:
                return None
            if word in cues.plan and word not in {"report", "reported"}:
                return None
            agent = agent_of(node)
            if agent is not None:
                return _Said(node, agent, "passive-by")
            if word in {"reported", "rumored", "rumoured", "said", "claimed", "alleged"}:
                return _Said(node, None, "rumour", rumour=True)
            return None
        if label in SUBJECTS:
            return None
        who = subject_of(node)
        if label == "advcl":
            # "adding", "as it said": only a participle's own complement is said; a clause beside it is not
            return None
        if label == "conj":
            return self._act_of_conj(child, node, word, who)
        by_clause = label in _COMPLEMENTS and word in cues.say and (label != "xcomp" or word in cues.say_self)
        by_object = label in _OBJECTS and word in cues.say_noun | cues.show
        by_about = label in {"prep", "agent", "dative"} and child.lower_ in _ABOUT and word in cues.say_of
        if word in cues.show and word not in cues.say_noun and by_object and not self._has_picture(child):
            by_object = False
        if not by_clause and (beside or not (by_object or by_about)):
            # "dismissed a revolt that took the east": what is told of the revolt is not dismissed
            return None
        if _is_passive(node):
            agent = agent_of(node)
            return _Said(node, agent, "passive-by") if agent is not None else None
        if who is None:
            return None
        if who.lower_ in cues.picture_nouns or who.lower_ in cues.map_nouns:
            return _Said(node, who, "picture")
        return _Said(node, who, f"{word}-{label}")

    def _act_of_conj(self, child: Token, node: Token, word: str, who: Token | None) -> _Said | None:
        """A clause joined by "and" to the verb of saying, with a subject of its own: what is said goes on."""
        if word not in self.cues.say or who is None or not is_verb(child):
            return None
        own = own_subject(child)
        joined = [t.lower_ for t in child.doc[node.i : child.i] if t.dep_ == "cc" and t.head.i == node.i]
        complement = any(c.dep_ == "ccomp" and c.i < child.i for c in node.children)
        if not complement and word in {"say", "says", "said", "saying"}:
            # saying takes a clause: with none of its own, the joined one is it
            return _Said(node, who, "said-and")
        if own is None or not complement or joined != ["and"]:
            return None
        if own.lower_ in self.cues.picture_nouns or own.lower_ in {"isw"}:
            return None
        return _Said(node, who, "said-and")

    def _act_of_noun(self, node: Token, label: str) -> _Said | None:
        """Whose saying a noun of saying is: "X's claim", "a statement by X", "X issued an acknowledgement"."""
        for token in node.children:
            if token.dep_ == "poss":
                return _Said(node, token, "noun-of")
        for token in node.children:
            if token.dep_ in {"prep", "agent"} and token.lower_ in {"by", "from"}:
                who = next((c for c in token.children if c.dep_ == "pobj"), None)
                if who is not None and who.pos_ in {"PROPN", "NOUN"}:
                    return _Said(node, who, "noun-by")
        head = node.head
        if node.dep_ in {"dobj", "obj", "attr"} and is_verb(head):
            if _is_passive(head):
                agent = agent_of(head)
                return _Said(node, agent, "noun-cue") if agent is not None else None
            who = subject_of(head)
            if who is not None and who.lower_ not in {"there", "it"}:
                return _Said(node, who, "noun-cue")
        if node.lower_ in self.cues.rumour_nouns and label in {"prep", "acl", "ccomp"}:
            return _Said(node, None, "rumour", rumour=True)
        return None

    def _has_picture(self, token: Token) -> bool:
        """Whether a noun, or one joined to it, is a picture."""
        return token.lower_ in self.cues.picture_nouns or any(
            c.lower_ in self.cues.picture_nouns for c in token.children if c.dep_ in {"conj", "compound"}
        )

    def _is_impersonal(self, verb: Token) -> bool:
        """Whether the verb's subject is "it" or "there", or it has none."""
        who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        return who is None or who.lower_ in {"it", "there"}

    # ------------------------------------------------------------------ from the act to the name

    def _speaker(self, act: _Said, passage: Passage, index: int, outlet: str, frame: Frame) -> Naming | Span | None:
        """Who the act's subject is: named here, or by the sentences before; None where it names nobody."""
        who = act.who
        if who is None:
            return None
        if act.rule == "picture" or who.lower_ in self.cues.picture_nouns:
            return None
        if (
            who.lower_ in self.cues.rumour_nouns
            and who.lower_ not in {"report"}
            and not any(c.dep_ == "poss" for c in who.children)
        ):
            if who.lower_.startswith("rumo") and any(c.dep_ in {"compound", "amod"} for c in who.children):
                return name_speaker(who)
            return None
        if who.lower_ in self.cues.saying_nouns:
            owner = self._act_of_noun(who, "poss")
            if owner is not None and owner.who is not None and owner.rule in {"noun-of", "noun-by"}:
                who = owner.who
        if who.lower_ in _PRONOUNS or who.pos_ == "PRON":
            return self._antecedent(who, passage, index, outlet)
        naming = name_speaker(who)
        if naming.is_generic:
            earlier = self._last_named(passage, index, who.idx, outlet, person=None)
            if earlier is not None:
                return earlier
        return naming

    def _named(
        self,
        found: Naming | Span,
        act: _Said,
        verbs: tuple[int, ...],
        passage: Passage,
        outlet: str,
        frame: Frame,
    ) -> Attribution:
        """The attribution for a speaker found, with their side."""
        if isinstance(found, Span):
            side = self._side(found.text, found.text, passage, found.end, outlet)
            return Attribution(speaker=found, speaker_side=side, rule=act.rule + "-earlier", verbs=verbs)
        doc = act.word.doc
        span = _span(passage.text, doc, found.start, found.end)
        subjects = [c.left_edge.i for c in act.word.children if c.dep_ in SUBJECTS and c.i < found.start]
        around = doc[min([found.around_start, *subjects]) : found.around_end].text
        if self._is_own(span.text, outlet):
            return Attribution(speaker=None, speaker_side=None, rule="own-voice", verbs=verbs)
        side = self._side(span.text, around, passage, span.start, outlet)
        if side is None or "each other" in act.word.sent.text:
            side = self._each_other(act, around, frame, side)
        return Attribution(speaker=span, speaker_side=side, rule=act.rule, verbs=verbs)

    def _each_other(self, act: _Said, around: str, frame: Frame, side: str | None) -> str | None:
        """ "Both sides accused each other": the one who says it is the one who did not do it."""
        if frame.side is not None and "each other" in act.word.sent.text and act.word.lower_ in self.cues.say_of:
            return self.sides.enemy_of(frame.side)
        return side

    def _is_own(self, name: str, outlet: str) -> bool:
        """Whether the name is the report's own outlet."""
        low = re.sub(r"^(the|an?)\s", "", name.lower())
        own = self._outlets.get(outlet.lower(), frozenset({outlet.lower()}))
        return low in own

    def _side(self, name: str, around: str, passage: Passage, before: int, outlet: str) -> str | None:
        """The side of a speaker: by name and office here, by the words around the name before, by the outlet's own."""
        side = self.sides.of(name, around, local=False)
        if side is not None or self.sides.is_third(around):
            return side
        words = name.split()
        if self.sides.is_bare_office(name):
            return self._side_of_bare_office(passage, before, outlet)
        if words and words[-1][:1].isupper() and len(words[-1]) > 2:
            spots = [
                m.start() for m in re.finditer(r"(?<!\w)" + re.escape(words[-1]) + r"(?!\w)", passage.text[:before])
            ]
            for spot in reversed(spots[-4:]):
                earlier = around_name(passage.sentence(passage.index_at(spot)), name, before)
                side = self.sides.of(name, earlier) if earlier is not None else None
                if side is not None:
                    return side
        return self.sides.of(name, around)

    def _side_of_bare_office(self, passage: Passage, before: int, outlet: str) -> str | None:
        """Whose "the defense ministry" is: of the last speaker who had a side, else of an outlet that has one."""
        index = passage.index_at(before)
        for i in range(index - 1, max(-1, index - _SENTENCES_BACK), -1):
            spoken = [side for *_, side, _ in self._spoken(passage, i, outlet) if side is not None]
            if spoken:
                return spoken[-1]
        return self.sides.of_outlet(outlet)

    # ------------------------------------------------------------------ beside and around

    def _beside(self, trigger: Token, frame: Frame, passage: Passage, index: int, outlet: str) -> Attribution | None:
        """ "According to X" and ", X said" in the same sentence, wherever the parser hung them."""
        sent = frame.sent
        for token in sent:
            if token.lower_ == "according" and token.i + 1 < sent.end and token.nbor(1).lower_ == "to":
                who = next((c for c in token.nbor(1).children if c.dep_ == "pobj"), None) or next(
                    (c for c in token.children if c.dep_ == "pobj"), None
                )
                if who is None:
                    continue
                act = _Said(token, who, "according-to")
                found = self._speaker(act, passage, index, outlet, frame)
                if found is not None:
                    return self._named(found, act, (token.i,), passage, outlet, frame)
        for token in sent:
            if token.lower_ not in self.cues.quote or not is_verb(token) or token.tag_ in {"VBG", "VB"}:
                continue
            if token.i < trigger.i or not _ends_with_speech(token, sent, trigger):
                continue
            who = own_subject(token) or _inverted_subject(token)
            if who is None:
                continue
            act = _Said(token, who, "said-after")
            found = self._speaker(act, passage, index, outlet, frame)
            if found is not None:
                return self._named(found, act, (token.i,), passage, outlet, frame)
        return None

    def _around_quote(
        self, passage: Passage, start: int, end: int, index: int, outlet: str
    ) -> tuple[Span, str, str | None] | None:
        """The speaker of a quotation: named after it, before it, or of the quotation before in the paragraph."""
        para_start, para_end = passage.paragraph_at(start)
        last = passage.index_at(max(start, end - 1))
        # after: the words that follow the closing mark, in its sentence or the next
        for i in (last, last + 1):
            if i >= len(passage.bounds) or passage.bounds[i][0] >= para_end:
                break
            for at, span, side, _ in self._spoken(passage, i, outlet):
                if end <= at <= end + 160 and not _another_quote(passage.text[end:at]):
                    return span, "quote-after", side
            if passage.bounds[i][1] > end + 2:
                break
        # before: "X said: ...", or the speaker of what was quoted or said before in this paragraph
        first = passage.index_at(start)
        for i in range(first, max(-1, first - _SENTENCES_BACK), -1):
            if passage.bounds[i][1] <= para_start and i < first - 1:
                break
            spoken = [(at, span, side) for at, span, side, _ in self._spoken(passage, i, outlet) if at < start]
            if spoken:
                return spoken[-1][1], "quote-before", spoken[-1][2]
        return None

    def _spoken(self, passage: Passage, index: int, outlet: str) -> list[tuple[int, Span, str | None, Naming | None]]:
        """Everybody said to say something in one sentence outside its quotations: where, who, whose side."""
        sent = passage.sentence(index)
        found: list[tuple[int, Span, str | None, Naming | None]] = []
        for token in sent:
            if token.lower_ == "according" and token.i + 1 < sent.end and token.nbor(1).lower_ == "to":
                who = next((c for c in token.nbor(1).children if c.dep_ == "pobj"), None)
            elif token.lower_ in self.cues.say and is_verb(token) and not _is_passive(token):
                who = own_subject(token) or _inverted_subject(token) or subject_of(token)
            elif token.dep_ == "dobj" and token.lower_ in self.cues.saying_nouns:
                who = subject_of(token.head)
            else:
                continue
            if who is None or who.lower_ in {"it", "that", "this", "which", "there", "i", "we", "you"}:
                continue
            at = token.idx
            if passage.quotation_at(at) is not None:
                continue
            if who.lower_ in self.cues.picture_nouns | self.cues.map_nouns | self.cues.rumour_nouns:
                continue
            if who.pos_ == "PRON":
                earlier = self._antecedent(who, passage, index, outlet)
                if earlier is not None:
                    found.append(
                        (at, earlier, self._side(earlier.text, earlier.text, passage, earlier.end, outlet), None)
                    )
                continue
            naming = name_speaker(who)
            span = _span(passage.text, sent.doc, naming.start, naming.end)
            if self._is_own(span.text, outlet):
                continue
            around = sent.doc[naming.around_start : naming.around_end].text
            found.append((at, span, self._side(span.text, around, passage, span.start, outlet), naming))
        return found

    def _antecedent(self, pronoun: Token, passage: Passage, index: int, outlet: str) -> Span | None:
        """Whom a pronoun stands for: the last speaker before it that it can stand for."""
        word = pronoun.lower_
        if word in _OWN:
            quote = passage.quotation_at(pronoun.idx)
            around = self._around_quote(passage, quote.start, quote.end, index, outlet) if quote is not None else None
            return around[0] if around is not None else None
        if word not in {"he", "she", "they", "it"}:
            return None
        person = True if word in _PERSONAL else (False if word == "it" else None)
        return self._last_named(passage, index, pronoun.idx, outlet, person=person)

    def _last_named(
        self, passage: Passage, index: int, before: int, outlet: str, *, person: bool | None
    ) -> Span | None:
        """The last speaker named before a place in the text; `person` asks for a person, or for none."""
        for i in range(index, max(-1, index - _SENTENCES_BACK), -1):
            sent = passage.sentence(i)
            best: Span | None = None
            for token in sent:
                at = token.idx
                if at >= before:
                    break
                if token.lower_ not in self.cues.say or not is_verb(token) or passage.quotation_at(at) is not None:
                    continue
                who = own_subject(token) or _inverted_subject(token)
                if who is None or who.pos_ == "PRON" or who.idx >= before:
                    continue
                naming = name_speaker(who)
                if naming.is_generic or who.lower_ in self.cues.picture_nouns | self.cues.rumour_nouns:
                    continue
                if person is True and (
                    naming.is_plural or (not naming.is_person and _is_institution(sent.doc, naming, self.cues))
                ):
                    continue
                if person is False and naming.is_person:
                    continue
                span = _span(passage.text, sent.doc, naming.start, naming.end)
                if not self._is_own(span.text, outlet):
                    best = span
            if best is not None:
                return best
        return None

    def _publisher(
        self, act: _Said, verbs: tuple[int, ...], passage: Passage, outlet: str, frame: Frame
    ) -> Attribution | None:
        """Who published the picture: "footage posted by X shows", "X posted a video showing"."""
        if act.rule != "picture":
            return None
        picture = act.word if act.word.lower_ in self.cues.picture_nouns else (act.who or subject_of(act.word))
        if picture is None:
            return None
        who: Token | None = None
        for child in picture.children:
            if child.dep_ in {"acl", "relcl"} and child.lower_ in self.cues.show:
                who = agent_of(child) or who
            elif child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"} and who is None:
                obj = next((c for c in child.children if c.dep_ == "pobj"), None)
                who = (
                    obj
                    if obj is not None and obj.lower_ in self.cues.titles | self.cues.institutions | {"sources"}
                    else who
                )
        head = picture.head
        if who is None and picture.dep_ in {"dobj", "pobj", "conj"}:
            while head.i != head.head.i and not is_verb(head):
                head = head.head
            if head.lower_ in self.cues.show and not _is_passive(head):
                who = subject_of(head)
        if who is None or who.lower_ in self.cues.picture_nouns | _PRONOUNS:
            return None
        shown = _Said(act.word, who, "published")
        return self._named(name_speaker(who), shown, verbs, passage, outlet, frame)


# ---------------------------------------------------------------------- small steps


def _span(text: str, doc, start: int, end: int) -> Span:  # type: ignore[no-untyped-def]
    """The report's span for tokens [start, end) of a doc."""
    last = doc[end - 1]
    begin, stop = doc[start].idx, last.idx + len(last.text)
    return Span.of(text, begin, stop)


def _is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive."""
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children) or (verb.tag_ == "VBN" and verb.dep_ == "acl")


def _inverted_subject(verb: Token) -> Token | None:
    """The noun right after the verb in "said Petrenko", where the parser took it for an object."""
    return next(
        (
            c
            for c in verb.rights
            if c.dep_ in {"nsubj", "dobj", "npadvmod", "attr", "oprd"}
            and c.pos_ in {"PROPN", "NOUN"}
            and c.tag_ != "CD"
        ),
        None,
    )


def _ends_with_speech(verb: Token, sent: Sentence, trigger: Token) -> bool:
    """Whether the verb closes the sentence as its frame (", X said on Monday."), with no clause of its own after it."""
    if _is_passive(verb) or any(c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i for c in verb.children):
        return False
    who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    begin = min([verb.i, *([who.left_edge.i] if who is not None and who.i < verb.i else [])])
    if begin <= trigger.i:
        return False
    before = sent.doc[begin - 1] if begin > sent.start else None
    return before is not None and before.text in {",", "”", '"', "-", "–", "—", "''", "?", "!"}


def _another_quote(between: str) -> bool:
    """Whether another quotation opens between a quotation and the words of saying."""
    return bool(re.search(r'[“"]\w', between[1:]))


def _is_institution(doc, naming: Naming, cues: Cues) -> bool:  # type: ignore[no-untyped-def]
    """Whether the words name an institution."""
    return any(doc[i].lower_ in cues.institutions for i in range(naming.start, naming.end))


__all__ = ["Attribution", "Attributor", "PartKind"]
