"""Who does it: subject, agent, modifiers, the verb that carries a noun, or who it must have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.cues import english_cues
from whoholds.extract.drafts import MUTUAL, OF_ONLY, SUBJECT_OF, Draft
from whoholds.extract.fallen import Fallen
from whoholds.extract.syntax import child, is_passive, is_verb, subject
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token


_ATTACKERS = frozenset({"attackers", "assailants", "besiegers", "assaulters"})
_TRAVEL = frozenset({"reach", "enter", "arrive", "leave", "flee", "depart", "escape", "quit", "move"})
_PROCLAIM = frozenset({"announce", "declare", "proclaim", "claim", "hail", "celebrate"})
_BY_FORCES = frozenset({Kind.LEAVE, Kind.ENTER, Kind.GAIN, Kind.DEPLOY, Kind.HOLD})
_CIVILIANS = frozenset({
    "resident", "local", "civilian", "family", "refugee", "villager", "evacuee", "people", "inhabitant", "worker",
    "employee", "migrant", "passenger", "student", "woman", "child", "tourist", "foreigner", "citizen", "protester",
    "patient", "pensioner", "journalist", "diplomat", "monitor", "teacher", "doctor", "national", "bus",
})  # fmt: skip
# Whose subject the fire or attack happens to.
_UNDERGOING = frozenset({
    "come", "be", "remain", "live", "suffer", "face", "endure", "sustain", "undergo", "experience", "witness",
    "fear", "die", "survive", "lie",
})  # fmt: skip
# That tell of an event, and nothing of who did it.
_TELLING = frozenset({
    "say", "report", "claim", "note", "state", "confirm", "announce", "describe", "condemn", "discuss",
    "document", "acknowledge", "deny", "hail", "celebrate", "warn", "expect", "tell", "recognize", "call",
    "see", "show", "verify", "observe", "monitor", "publish", "post",
})  # fmt: skip
# Whose subject fights, where both sides do.
_WAGING = frozenset({
    "continue", "conduct", "launch", "participate", "engage", "start", "begin", "intensify", "resume", "join",
    "wage", "lead",
})  # fmt: skip
_RINGING = frozenset({"encircle", "surround", "envelop", "ring", "cut_off", "outflank", "trap", "hem_in"})
# Who annexes a land is not the side whose land it is.
_ANNEXING = frozenset({"referendum", "referenda", "annexation"})
# What fighters have that others attack.
_THEIRS = frozenset({"stronghold", "bastion", "foothold", "enclave", "pocket", "redoubt", "holdout"})
_HITTING = frozenset({Kind.ATTACK, Kind.FIRE})
# "the onslaught of the occupiers": who does it stands behind "of", as nobody attacks an attacker's name.
_ONSLAUGHT = frozenset({
    "attack", "assault", "onslaught", "offensive", "counterattack", "counter-attack", "counteroffensive",
    "counter-offensive", "push",
})  # fmt: skip


class Doers(Fallen):
    """The side of a trigger."""

    def _side(self, token: Token, draft: Draft) -> str | None:
        """Who does it."""
        trigger = draft.trigger
        if trigger.noun:
            return self._noun_side(token, draft)
        if trigger.side == "keeper":
            return self._keeper(token)
        if trigger.side == "owner":
            return self._owner(child(token, "acomp", "attr"))
        if trigger.subject == "place" or trigger.side == "to":
            return self._fallen_to(token)
        if trigger.side == "object":
            obj = self.parts.spotter.object_of(token)
            if trigger.lemma == "order_out" and self.sides.of(obj) is None:
                return self.sides.of(subject(token))  # a commander orders his own
            if obj is not None and not self.sides.all_of(obj) and self._force(obj):
                named = self.parts.sides
                own = self.sides.of(subject(token)) if named.only_two_fight else None
                return named.opponent(own) or self._unnamed_force(obj, token)  # "snipers drove the fighters out"
            return self.sides.of(obj) or (
                self._attackers(token) if obj is not None and obj.lower_ in _ATTACKERS else None
            )
        if trigger.lemma in ("hole_up", "dig_in", "entrench") and is_passive(token):
            return self.sides.of(self.parts.spotter.object_of(token))
        if self._moved_by_nobody(token, draft):
            moved = self.parts.spotter.object_of(token)
            side = self.sides.of(moved)
            if side is None and moved is not None and not self.sides.all_of(moved) and self._force(moved):
                side = self._unnamed_force(moved, token)
            return side
        who = subject(token)
        if who is None and trigger.lemma in _RINGING and is_passive(token):
            ringed = self.parts.spotter.object_of(token)
            if ringed is not None and ringed.i not in self.inside and (side := self.sides.of(ringed)) is not None:
                return self.parts.sides.opponent(side)  # "the garrison was encircled"
        if who is not None and (self._foreign(who) or self._flees(who, trigger.kind)):
            return None
        if who is None and trigger.kind is Kind.ADVANCE and trigger.object == "force":
            # "troops were pushed back near X": it is their foe who advances
            return self.parts.sides.opponent(self.sides.of(self.parts.spotter.object_of(token)))
        if who is not None and trigger.lemma in MUTUAL and len(self.sides.all_of(who)) > 1:
            return None  # "X's and Y's troops clashed"
        if who is not None and trigger.lemma in _TRAVEL and self.parts.sides.is_person(who):
            return None  # a leader who arrives is no force
        side = self.sides.of(who) if who is not None else None
        if who is not None and who.text in ("we", "We", "us") and self.outlet_side is None:
            draft.why = draft.why or "we"
        if side is None and who is not None and not self.sides.all_of(who) and self._force(who):
            side = self._foe_of_victims(token, draft) or self._unnamed_force(who, token)
        if side is None and who is not None:
            side = self._shooter(who)
        if side is None and trigger.object == "troops":
            side = self.sides.of(child(token, "dobj"))
        if side is None and who is None and trigger.object == "weapon":
            side = self.sides.of(self.parts.spotter.object_of(token))  # "Y's rockets were fired at X"
        if side is None and who is None and trigger.lemma == "lose":
            to = [n for c in token.children if c.lower_ == "to" for n in c.children]
            winners = {s for n in to for s in self.sides.all_of(n)}
            side = self._foe_of(winners) if len(winners) == 1 else None
        if side is None and trigger.kind is Kind.LEAVE:
            obj = self.parts.spotter.object_of(token)
            if obj is not None and obj.i not in self.inside:
                side = self.sides.of(obj)
                if side is None and token.dep_ == "acl" and obj.i == token.head.i and self._force(obj):
                    side = self._last_side(token)  # "servicemen withdrawn from X"
        if side is None and trigger.kind is Kind.LEAVE and who is not None and who.pos_ == "PRON":
            side = self._driven(token)
        if side is None and (who is None or not self.sides.all_of(who)):
            side = self._implied(token, draft, who)
        return side

    def _driven(self, verb: Token) -> str | None:
        """Whom somebody makes leave: "the army stopped the enemy and forced him to retreat"."""
        over = verb.head
        if verb.dep_ not in ("xcomp", "ccomp") or over.lemma_.lower() not in ("force", "compel", "oblige", "make"):
            return None
        return self.parts.sides.opponent(self.sides.of(subject(over)))

    @staticmethod
    def _flees(who: Token, kind: Kind) -> bool:
        """Whether who leaves or comes are civilians: "locals flee X"."""
        return kind in _BY_FORCES and who.lemma_.lower() in _CIVILIANS

    def _foreign(self, noun: Token) -> bool:
        """Whether a third party is named: "an Israeli air strike" in a war that Israel is no side of."""
        near = (noun, *(c for c in noun.children if c.dep_ in ("amod", "compound", "poss", "nmod")))
        foreign = english_cues().third_parties - self.parts.sides.parts
        named = any(t.lower_ in foreign and t.i not in self.sides.at for t in near)
        named = named or any(f"{t.lower_} {noun.lower_}" in foreign for t in near)  # "the United States"
        return named and not self.sides.all_of(noun)

    def _owner(self, whose: Token | None) -> str | None:
        """Whose a place is said to be: "is Ukrainian again", "is ours"."""
        if whose is None:
            return None
        if whose.lower_ == "ours":
            return self.viewpoint.of(whose)
        if whose.lower_ == "loyal":
            to = [n for c in whose.children if c.lower_ == "to" for n in c.children]
            return next((side for n in to if (side := self.sides.of(n)) is not None), None)
        if whose.lower_ == "theirs" and whose.head.dep_ == "ccomp":
            teller = subject(whose.head.head)  # "the rebels say X is theirs"
            if teller is not None and (side := self.sides.of(teller)) is not None:
                return side
        if whose.lower_ == "theirs":
            return self.parts.sides.opponent(self.viewpoint.of(whose))
        return self.sides.of(whose)

    def _shooter(self, weapon: Token) -> str | None:
        """Who fired what hits: "rockets fired by X", "a shell launched from X's positions"."""
        for verb in weapon.children:
            if verb.dep_ == "acl" and verb.lemma_.lower() in ("fire", "launch", "drop", "shoot"):
                for prep in verb.children:
                    if prep.lower_ in ("by", "from"):
                        named = {side for n in prep.children if n.i not in self.inside for side in self.sides.all_of(n)}
                        if len(named) == 1:
                            return next(iter(named))
        return None

    def _moved_by_nobody(self, verb: Token, draft: Draft) -> bool:
        """Whether the subject of a passive is who goes: "units were pulled back"."""
        if not is_passive(verb) or child(verb, "agent") is not None or verb.dep_ == "acl":
            return False
        moved = self.parts.spotter.object_of(verb)
        leaves = draft.trigger.kind in (Kind.LEAVE, Kind.DEPLOY)
        return draft.trigger.object == "troops" or (leaves and moved is not None and self._force(moved))

    def _noun_side(self, noun: Token, draft: Draft) -> str | None:
        """The side behind an event named by a noun: its own modifiers, then the verb that carries it."""
        lemma, kind = draft.trigger.lemma, draft.trigger.kind
        own: set[str] = set()
        node = noun
        if lemma in ("control", "hands") and noun.dep_ == "pobj" and noun.head.lower_ in ("under", "in", "into"):
            # "under the control of Y", "in the hands of Y", where Y is a land
            holders = [p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
            own = {side for p in holders for side in (self.sides.all_of(p) or self._governs(p))}
        for _ in range(3):
            for c in (*node.children, *_by_beside(node)):
                if c.lower_ == "its" and lemma in OF_ONLY:
                    continue  # "ended with its capture by Y"
                if c.dep_ in ("amod", "compound", "poss", "nmod"):
                    if c.i in self.sides.places and c.dep_ != "poss":
                        continue
                    foe = self._last_named(c) if c.lower_ == "their" and lemma in _THEIRS else None
                    own |= {foe} if foe else self.sides.all_of(c) if c.dep_ == "poss" else self._modifier_side(c)
                elif (
                    (c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from", "between", "among"))
                    or self._weapon_of(c)
                    or (
                        c.dep_ == "prep"
                        and c.lower_ == "of"
                        and (lemma in SUBJECT_OF or lemma in _ONSLAUGHT or lemma == "flag" or _is_under(noun))
                    )
                ):
                    for p in c.children:
                        if p.dep_ == "pobj" and p.i not in self.inside:
                            own |= self.sides.all_of(p)
                elif c.dep_ in ("nsubj", "dep") and c.i == noun.i - 1 and c.i in self.sides.at and not is_verb(noun):
                    own.add(self.sides.at[c.i])  # "an Azerbaijani push", misread as a subject
                elif c.dep_ == "acl" and c.tag_ == "VBN":
                    agent = child(c, "agent")
                    if agent is not None:
                        own |= self.sides.all_of(child(agent, "pobj"))
            if own or node.dep_ not in ("conj", "compound") or is_verb(node.head) or node.head.i in self.inside:
                break
            node = node.head
        if not own and draft.host is not None and kind in _HITTING:
            # "came under fire from their positions"
            froms = [c for c in self.doc[draft.host].children if c.lower_ == "from" and c.i > noun.i]
            named = [p for c in froms for p in c.children if p.dep_ == "pobj" and p.i not in self.inside]
            own = {side for p in named for side in self.sides.all_of(p)}
        if len(own) == 1:
            return next(iter(own))
        if len(own) > 1 or (not own and self._foreign(noun)):
            return None
        if kind in _HITTING and noun.dep_ == "pobj" and noun.head.dep_ == "agent":
            # "the Turkish convoy was halted by a strike": whoever strikes, it is not who is struck
            verb = noun.head.head
            struck = verb.head if verb.dep_ == "acl" else child(verb, "nsubjpass", "nsubj")
            victims = self.sides.all_of(struck) if struck is not None and struck.i not in self.inside else set()
            if len(victims) == 1:
                return self._foe(noun, draft, next(iter(victims)))
        host = self.doc[draft.host] if draft.host is not None else None
        if kind is Kind.LEAVE and _is_it(noun) and (speaker := self.viewpoint.speaker(noun)) is not None:
            return speaker  # "it is a tactical withdrawal"
        if lemma == "occupation":
            return self.parts.sides.opponent(self.viewpoint.of(noun))
        if host is not None and kind is Kind.GAIN and host.lemma_.lower() in _PROCLAIM and lemma in OF_ONLY:
            who = subject(host)
            return self.sides.of(who) if who is not None else None
        if host is not None:
            hosted = self._hosted_side(noun, host, draft)
            if hosted != "":
                return hosted
        if lemma in MUTUAL:
            return None
        if lemma == "fall" and (taker := self._who_took_it(draft)) is not None:
            return taker
        implied = self._implied(noun, draft, None)
        if lemma in _ANNEXING and implied == self.parts.sides.theatre.default_side and len(self.parts.sides.keys) == 2:
            return self.parts.sides.opponent(implied)
        return implied

    def _last_named(self, whose: Token) -> str | None:
        """The side of the fighters named last before "their": "advanced on militants in their last stronghold"."""
        near = [t for t in self.doc[whose.sent.start : whose.i] if t.i in self.sides.at and t.tag_ in ("NNS", "NNPS")]
        return self.sides.of(near[-1]) if near else None

    def _governs(self, name: Token) -> set[str]:
        """The side whose land has that name, where it is no town."""
        number = self.inside.get(name.i)
        land = number is not None and (self.mentions[number].area or "").startswith("country:")
        if name.i in self.sides.at and (land or name.i not in self.sides.places):
            return {self.sides.at[name.i]}
        first = next((t for t in name.subtree if t.i in self.sides.at), None) if land else None
        return {self.sides.at[first.i]} if first is not None else set()

    def _besieger(self, noun: Token, breaker: str | None) -> str | None:
        """Who laid the siege that a side broke: its only foe, or the one other side that the sentence names."""
        if len(self.parts.sides.keys) == 2:
            return self.parts.sides.opponent(breaker)
        others = {self.sides.at[t.i] for t in noun.sent if t.i in self.sides.at and t.i not in self.sides.places} - {
            breaker
        }
        return next(iter(others)) if len(others) == 1 else self.parts.sides.opponent(breaker)

    def _weapon_of(self, prep: Token) -> bool:
        """ "an attack of a Ukrainian drone": the weapon's side does it."""
        return (
            prep.dep_ == "prep"
            and prep.lower_ == "of"
            and any(n.lemma_.lower() in self.words["weapons"] for n in prep.children if n.dep_ == "pobj")
        )

    def _modifier_side(self, token: Token) -> set[str]:
        """The side a modifier names, coordination included."""
        out: set[str] = set()
        for t in (token, *(c for c in token.children if c.dep_ in ("conj", "compound", "amod", "nmod"))):
            if t.i in self.sides.at and t.i not in self.sides.places:
                out.add(self.sides.at[t.i])
            else:
                key = self.sides.by_view(t)
                if key:
                    out.add(key)
        return out

    def _hosted_side(self, noun: Token, host: Token, draft: Draft) -> str | None:
        """The side by the verb that carries the noun; "" where the verb does not tell."""
        # "the mayor reported shelling": what carries it is the verb above
        own = host.i == noun.i and noun.dep_ == "xcomp"
        lemma = (noun.head if own else host).lemma_.lower()
        if noun.dep_ == "nsubj" or (noun.dep_ == "conj" and noun.head.dep_ == "nsubj"):
            return ""
        if noun.dep_ == "pobj" and noun.head.dep_ == "agent":
            return ""  # "the convoy was halted by a strike"
        over = self.triggers.get(host.i)
        if noun.dep_ == "pobj" and noun.head.lower_ in ("during", "in") and over is not None and over.kind in _HITTING:
            who = subject(host)
            return (self.sides.of(who) or "") if who is not None else ""  # "during a raid on X they fired"
        who = subject(host)
        if who is not None and who.i == noun.i:
            return ""
        side = self.sides.of(who) if who is not None else None
        if side is None and who is not None and not self.sides.all_of(who) and self._force(who):
            side = self._unnamed_force(who, noun)
        if lemma in ("accuse", "blame") and child(host, "dobj", "nsubjpass") is not None:
            return self.sides.of(child(host, "dobj", "nsubjpass"))
        taker = child(host, "dative") if lemma == "give" and draft.trigger.kind is Kind.GAIN else None
        if taker is not None:
            return self.sides.of(taker) or next(iter(self._governs(taker)), "")  # "the fall of X gave Y a port"
        if draft.failed and self.parts.operators.repels(host):
            # "the assaults were beaten back": by those who say so
            nobody = who is None or who.i in self.inside  # "the city repelled an assault"
            foe = self.parts.sides.opponent(side or (self.viewpoint.speaker(noun) if nobody else None))
            before = self._attackers(noun) if side is not None or who is None else None
            return foe or (before if before != side else None)
        if side is None:
            return ""
        prep = noun.head.lower_ if noun.dep_ == "pobj" else ""
        if lemma == "warn" and draft.trigger.kind in _HITTING and draft.trigger.lemma not in MUTUAL:
            # who warns of attacks on its own ground fears them, on the foe's it threatens them
            foe = self.parts.sides.opponent(side)
            held = {self._holder(noun, self._place_words(k)) for k in draft.links}
            return side if foe is not None and held == {foe} else foe
        if draft.trigger.lemma in ("siege", "blockade", "encirclement") and lemma in (
            "break",
            "lift",
            "end",
            "relieve",
        ):
            return self._besieger(noun, side)
        if lemma in ("keep", "put", "place", "hold", "bring", "lay", "maintain") or prep == "on":
            return side  # "kept X under siege", "have been on the offensive"
        made = child(host, "dobj") if prep in ("amid", "during") and over is None else None
        if made is not None and made.i in self.triggers:
            over = self.triggers[made.i]  # "made gains during offensive operations"
        if prep in ("amid", "during") and over is not None and over.kind in (Kind.GAIN, Kind.ENTER, Kind.ADVANCE):
            return side  # "seized X amid continued offensive operations"
        suffered = lemma in _UNDERGOING and not (
            lemma == "sustain" and draft.trigger.lemma in ("operation", "offensive")
        )
        if suffered or (
            prep in ("under", "despite", "after", "amid", "against", "during", "following", "from")
            and draft.trigger.kind in (Kind.ATTACK, Kind.FIRE)
        ):
            if draft.trigger.kind in (Kind.ATTACK, Kind.FIRE) and draft.trigger.lemma not in MUTUAL:
                return self.parts.sides.opponent(side)
            return (
                ""
                if draft.trigger.lemma in MUTUAL or prep in ("after", "amid", "during", "despite", "following")
                else side
            )
        if lemma in _TELLING:
            return ""
        if draft.trigger.lemma in MUTUAL and lemma not in _WAGING:
            return None
        return side


def _is_it(noun: Token) -> bool:
    """Whether a noun only says what "it" or "this" is."""
    if noun.dep_ != "attr" or noun.head.lemma_ != "be":
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in ("it", "this", "that") for c in noun.head.children)


def _is_under(noun: Token) -> bool:
    """Whether a place is under it: "under fire of the occupiers" is theirs."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "under"


def _by_beside(noun: Token) -> list[Token]:
    """The "by" that the parser hangs on the noun above or below: "under cover of air strikes by X", "the shelling of
    villages by Y".
    """
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    around = [over] if over is not None and over.pos_ == "NOUN" else []
    around += [p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    return [c for t in around for c in t.children if c.dep_ == "prep" and c.lower_ == "by" and c.i > noun.i]
