// What the keys of the data mean, in the words the page shows: a reader never meets a key.

import { el } from "./dom";

export const KINDS: Record<string, string> = {
  gain: "took", enter: "entered", hold: "holds", leave: "left", attack: "attacked", fire: "fired on", advance: "advanced",
  deploy: "sent forces", escalate: "act of state",
};

/** The same of what has yet to be: "Ukraine to take Lyman". */
export const INTENDED: Record<string, string> = {
  gain: "to take", enter: "to enter", hold: "to hold", leave: "to leave", attack: "to attack", fire: "to fire on", advance: "to advance",
  deploy: "to send forces", escalate: "act of state",
};

/** Kinds in the words of a filter: what any side may do. */
export const KIND_NAMES: Record<string, string> = {
  gain: "took a place", enter: "entered a place", hold: "holds a place", leave: "left a place", attack: "ground attack",
  fire: "shelling and strikes", advance: "advance", deploy: "forces sent", escalate: "acts of state",
};

export const STANCES: Record<string, string> = {
  asserted: "asserted", acknowledged: "conceded", denied: "denied", rumoured: "rumoured", predicted: "foretold or intended",
};

export const EVIDENCE: Record<string, string> = { statement: "words only", visual: "pictures or video", map: "a map" };

export const DISPUTES: Record<string, string> = { control: "who holds it", account: "accounts of one event differ" };

export const VERDICTS: Record<string, string> = { accept: "accepted", reject: "rejected", correct: "corrected" };

const GROUPS: Record<string, string> = {
  state: "officials", press: "press", agency: "news agencies", "think-tank": "analysts", statement: "", visual: "with pictures or video", map: "with a map",
};
const MEANINGS: Record<string, string> = {
  took: "took", left: "left", holds: "holds", fires: "fired on", attacks: "attacked", inside: "is inside", deploys: "sent forces to",
  failed: "attacked without success", denied: "does not hold", not_yet: "does not hold yet", drawn: "drawn on",
};
const SCOPES: Record<string, string> = {
  place: "a place", map: "a map", feature: "a river bank or the like", bank: "a river bank", admin1: "a whole region", district: "a whole district",
  "some admin1": "part of a region", "some district": "part of a district", "some from": "places in a direction",
};
const RELATIONS: Record<string, string> = { announces: "to their own side’s gain", observes: "told as a third party", concedes: "to their own side’s loss" };

const spaced = (key: string): string => key.replace(/[_/]/g, " ");

/** A group of speakers, from a key like UA/press/statement. */
export function groupName(key: string, side: (key: string) => string): string {
  const [whose = "", who = "", how = ""] = key.split("/");
  return [whose === "none" ? "" : `${side(whose)}:`, GROUPS[who] ?? spaced(who), GROUPS[how] ?? spaced(how)].filter(Boolean).join(" ");
}

/** What a group says, and in whose favour: "took a place, told as a third party". */
export const meaningName = (meaning: string, scope: string, relation: string): string =>
  `${MEANINGS[meaning] ?? spaced(meaning)} ${SCOPES[scope] ?? spaced(scope)}, ${RELATIONS[relation] ?? spaced(relation)}`;

/** A settled dispute's outcome, which begins with a side's key: "UA took it". */
export const outcomeName = (outcome: string, side: (key: string) => string): string =>
  outcome.replace(/^\S+/, (key) => side(key));

/** A note of doubt, with the colour of one. */
export const doubt = (words: string): HTMLElement => el("span", { class: "doubt" }, words);
