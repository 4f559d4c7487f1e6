// The ledgers beside the map: contradictions, counts and distances, rumours, movements, speakers, echoes.

import type { Ledgers, Said } from "./data";
import { count, el, percent, shortDay } from "./dom";
import { claimCard } from "./place";
import { claimLink, filters, lead, note, paged, placeNamed, select, table, unique, type Draw, type Shown } from "./rows";
import type { ViewState } from "./state";
import { DISPUTES, groupName, KIND_NAMES, meaningName, outcomeName, STANCES } from "./words";

const newest = <T>(rows: T[], day: (row: T) => string): T[] => [...rows].sort((a, b) => day(b).localeCompare(day(a)));

const camp = (shown: Shown, state: ViewState, said: Said[]): HTMLElement => {
  const first = said[0];
  if (!first) return el("span", {}, "?");
  const stance = first.stance === "asserted" ? "" : `, ${STANCES[first.stance] ?? first.stance}`;
  return el("span", {}, claimLink(shown, state, first.claim, first.speaker), `: ${shown.about.did(first.side, first.kind)} (“${first.words}”${stance}, ${shortDay(first.day)})`, said.length > 1 ? ` and ${said.length - 1} more` : "");
};

/** One contradiction: the place, what is disputed and how it stands, what each camp says. */
export function disputeCard(shown: Shown, state: ViewState, c: Ledgers["contradictions"][number]): HTMLElement {
  const ended = c.outcome ? outcomeName(c.outcome, (key) => shown.about.sideName(key)) : c.standing;
  return el("article", { class: "claim" },
    el("p", { class: "says" }, el("strong", {}, placeNamed(shown, state, Number(c.place), c.place_name)), el("span", { class: "flag" }, DISPUTES[c.dispute] ?? c.dispute),
      c.closed ? el("span", { class: "effect" }, `${ended}, ${shortDay(c.closed)}`) : el("span", { class: "doubt" }, c.standing)),
    el("p", {}, camp(shown, state, c.one_says)), el("p", {}, camp(shown, state, c.other_says)),
    el("p", { class: "meta" }, `open since ${shortDay(c.opened)}`, c.settled_by ? el("span", {}, "; closed by the word of ", claimLink(shown, state, c.settled_by)) : c.settled_by_map ? "; closed by a map" : ""));
}

export const disputes: Draw = (host, shown, state) => {
  lead(host, "Claims that cannot both hold, and accounts of one event that differ.");
  const f = state.current.filters;
  const all = shown.ledgers.contradictions;
  host.append(filters(select(state, "dispute", "question", unique(all.map((c) => c.dispute)), DISPUTES), select(state, "state", "standing", unique(all.map((c) => c.standing)))));
  const found = all.filter((c) => (!f["dispute"] || c.dispute === f["dispute"]) && (!f["state"] || f["state"] === c.standing));
  if (!found.length) note(host, all.length ? "None with these filters." : "None was found.");
  paged(host, newest(found, (c) => c.opened), (part) => part.map((c) => disputeCard(shown, state, c)));
};

export const counts: Draw = (host, shown, state) => {
  lead(host, "Numbers of places claimed, against the places named.");
  note(host, "Named: places anybody had named as taken by that day. Map: how many came to the side since the offensive began: of the places with people enough for the word, and of all; with 90% intervals.");
  const { counts: rows, distances } = shown.ledgers;
  if (rows.length) {
    host.append(table(["day", "who says", "claimed", "named", "map"], newest(rows, (c) => c.known_day).map((c) => [
      shortDay(c.known_day), el("span", {}, claimLink(shown, state, c.claim_id, c.speaker), c.region ? el("small", {}, ` ${c.region}`) : null), `${c.claimed} ${c.unit}`,
      names(c.named), el("span", {}, c.comparable === null ? null : `${between(c.comparable, c.comparable_low, c.comparable_high)}; `, `of all ${between(c.estimate, c.low, c.high)} since ${shortDay(c.since)}`),
    ])));
  } else note(host, "Nobody claimed a number.");
  host.append(el("h2", {}, "Distances claimed and computed"));
  if (!distances.length) note(host, "Nobody claimed a distance to a border.");
  else {
    host.append(table(["day", "who says", "claimed", "on the map"], newest(distances, (d) => d.day).map((d) => [
      shortDay(d.day), claimLink(shown, state, d.claim_id, d.speaker), `${d.claimed_km} km ${d.to ? `of ${d.to}` : ""}`,
      d.computed_km === null ? `not computed: ${d.unchecked ?? "unknown"}` : `${d.computed_km.toFixed(1)} km${d.nearest ? ` at ${d.nearest}` : ""}${d.first_day ? `, first within it ${shortDay(d.first_day)}` : ""}`,
    ])));
  }
};

/** A number with its interval. */
const between = (middle: number, low: number | null, high: number | null): string => `${Math.round(middle)} (${Math.round(low ?? 0)} to ${Math.round(high ?? 0)})`;

/** A number that opens into the names behind it. */
function names(list: string[]): HTMLElement | string {
  if (!list.length) return "0";
  return el("details", {}, el("summary", {}, String(list.length)), list.join(", "));
}

export const rumours: Draw = (host, shown, state) => {
  lead(host, "Rumours, predictions and announced intentions, open until something resolves them.");
  const f = state.current.filters;
  const all = shown.ledgers.outlook;
  host.append(filters(select(state, "stance", "stance", unique(all.map((r) => r.stance)), STANCES), select(state, "resolved", "outcome", unique(all.map((r) => r.resolved)))));
  const found = all.filter((r) => (!f["stance"] || r.stance === f["stance"]) && (!f["resolved"] || r.resolved === f["resolved"]));
  if (!found.length) note(host, all.length ? "None with these filters." : "None was found.");
  paged(host, newest(found, (r) => r.opened), (part) => [table(["day", "what", "who", "outcome"], part.map((r) => {
    const claim = shown.about.byId.get(r.claim_ids[0] ?? "");
    const what = claim ? shown.about.says(claim) : `${STANCES[r.stance] ?? r.stance}: ${r.what}`;
    return [
      shortDay(r.opened), what,
      el("span", {}, claimLink(shown, state, r.claim_ids[0] ?? "", r.speakers[0] ?? "?"), r.speakers.length > 1 ? ` and ${r.speakers.length - 1} more` : ""),
      el("span", {}, r.by_claim ? claimLink(shown, state, r.by_claim, r.resolved) : r.resolved, r.days === null ? "" : ` after ${count(r.days, "day")}`),
    ];
  }))]);
};

export const movements: Draw = (host, shown, state) => {
  lead(host, "Forces sent, and places said to carry an army's supply.");
  const rows = newest(shown.ledgers.movements, (m) => m.day);
  if (!rows.length) note(host, "None was found.");
  paged(host, rows, (part) => [table(["day", "whose", "place", "what is said", "who says"], part.map((m) => [
    shortDay(m.day), shown.about.sideName(m.side), placeNamed(shown, state, m.place_id, m.place),
    m.weight ?? KIND_NAMES["deploy"] ?? "", claimLink(shown, state, m.claim_id, m.speaker),
  ]))]);
};

export const speakers: Draw = (host, shown) => {
  lead(host, "Speakers and outlets: how often what they said of control held up.");
  note(host, "Held up: of their claims of control, how many the map bears out; the share with its 95% interval. Days ahead: the median lead over the map's own change, minus where they came later. Against interest: claims by which their own side loses.");
  const { records, reliability } = shown.ledgers;
  if (records.length) {
    host.append(table(["who", "held up", "share", "days ahead"], records.map((r) => [
      el("span", {}, r.who, el("small", {}, ` ${r.what}${r.against_interest ? `, ${r.against_interest} against interest` : ""}`)), `${r.held} of ${r.claims}`,
      el("span", {}, percent(r.share), el("small", {}, ` ${percent(r.low)} to ${percent(r.high)}`)),
      r.lead_days === null ? "" : r.lead_days > 0 ? `+${r.lead_days}` : String(r.lead_days).replace("-", "−"),
    ])));
  } else note(host, "Nobody has made enough claims of control to be measured.");
  host.append(el("h2", {}, "Reliability learned of each group of speakers"));
  note(host, "How much a claim counts, by who makes it, what it says, and whose gain it tells. Most are learned from few claims: then the interval is wide.");
  paged(host, reliability, (part) => [table(["who", "what they say", "claims", "reliability"], part.map((s) => [
    groupName(s.group, (key) => shown.about.sideName(key)), meaningName(s.meaning, s.scope, s.relation), String(Math.round(s.n_claims)),
    el("span", {}, percent(s.reliability), el("small", {}, ` ${percent(s.low)} to ${percent(s.high)}`)),
  ]))]);
};

export const echoes: Draw = (host, shown, state) => {
  lead(host, "Reports and claims that pass on one origin: each family is one witness.");
  if (!shown.ledgers.echoes.length) note(host, "None was found.");
  paged(host, newest(shown.ledgers.echoes, (e) => e.known_day), (part) => [table(["day", "what is passed on", "by"], part.map((e) => {
    const words = e.said.length > 160 ? `${e.said.slice(0, 160)} ...` : e.said;
    const report = e.what === "report" ? el("a", { href: state.link({ report: e.first }) }, words) : claimLink(shown, state, e.first, words);
    return [shortDay(e.known_day), el("span", {}, report, el("small", {}, ` ${count(e.members.length, e.what)}`)), e.outlets.join(", ")];
  }))]);
};

/** Claims as cards, for the lists that show some of them. */
export const cards = (shown: Shown, state: ViewState, ids: string[]): HTMLElement[] =>
  ids.flatMap((id) => { const claim = shown.about.byId.get(id); return claim ? [claimCard(claim, shown.about, state)] : []; });
