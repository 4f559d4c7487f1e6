// The lists beside the map, each with filters that live in the address.

import type { ControlSeries } from "./control";
import type { Brief, Claim, Ledgers, Meta, ReportRow } from "./data";
import { el, longDay, percent, shortDay } from "./dom";
import { claimCard } from "./place";
import type { ViewState } from "./state";

const PAGE = 60;
export const TABS: [string, string][] = [
  ["changes", "Changes"], ["brief", "Brief"], ["claims", "Claims"], ["disputes", "Contradictions"],
  ["counts", "Counts"], ["rumours", "Rumours"], ["speakers", "Speakers"], ["reports", "Reports"],
];

export interface Shown { meta: Meta; series: ControlSeries; claims: Claim[]; reports: ReportRow[]; ledgers: Ledgers; brief: Brief }

type Draw = (host: HTMLElement, shown: Shown, state: ViewState) => void;

function select(state: ViewState, key: string, label: string, values: string[]): HTMLElement {
  const box = el("select", { "aria-label": label }, el("option", { value: "" }, `any ${label}`));
  for (const value of values) box.append(el("option", { value, ...(state.current.filters[key] === value ? { selected: "" } : {}) }, value));
  box.addEventListener("change", () => state.set({ filters: { ...state.current.filters, [key]: box.value } }));
  return box;
}

const unique = (values: (string | null)[]): string[] => [...new Set(values.filter((v): v is string => v !== null))].sort();

function table(head: string[], rows: (Node | string)[][]): HTMLElement {
  const body = el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, cell)))));
  return el("table", {}, el("thead", {}, el("tr", {}, ...head.map((h) => el("th", { scope: "col" }, h)))), body);
}

const placeLink = (shown: Shown, state: ViewState, place: number): HTMLElement =>
  el("a", { href: state.link({ place }) }, shown.series.places.name[place] ?? "?");

const claimLink = (shown: Shown, state: ViewState, id: string): HTMLElement => {
  const claim = shown.claims.find((c) => c.id === id);
  if (!claim) return el("span", {}, id);
  return el("a", { href: state.link({ report: claim.report }), title: claim.sentence }, claim.speaker ?? claim.outlet);
};

const changes: Draw = (host, shown, state) => {
  const { series, meta } = shown;
  const until = series.dayIndex(state.current.day);
  const since = series.dayIndex(state.current.since ?? series.days[0] ?? "");
  const names = [...meta.sides.map((s) => s.name), "contested"];
  const all = series.changes(Math.min(since, until), Math.max(since, until)).sort((a, b) => b.day - a.day);
  host.append(el("p", { class: "lead" }, `${all.length} places changed from ${longDay(series.days[since] ?? "")} to ${longDay(series.days[until] ?? "")}.`));
  const totals = new Map<number, number>();
  for (const change of all) totals.set(change.to, (totals.get(change.to) ?? 0) + 1);
  if (totals.size) host.append(el("p", {}, [...totals].map(([to, n]) => `${n} to ${names[to] ?? "?"}`).join("; ")));
  host.append(table(["day", "place", "from", "to", "sure"], all.slice(0, 400).map((c) => [
    shortDay(series.days[c.day] ?? ""), placeLink(shown, state, c.place), names[c.from] ?? "", names[c.to] ?? "", percent(series.at(c.place, until).sure),
  ])));
};

const claims: Draw = (host, shown, state) => {
  const f = state.current.filters;
  host.append(el("div", { class: "filters" },
    select(state, "kind", "kind", unique(shown.claims.map((c) => c.kind))),
    select(state, "side", "side", unique(shown.claims.map((c) => c.side))),
    select(state, "stance", "stance", unique(shown.claims.map((c) => c.stance))),
    select(state, "outlet", "outlet", unique(shown.claims.map((c) => c.outlet)))));
  const found = shown.claims.filter((c) =>
    (!f["kind"] || c.kind === f["kind"]) && (!f["side"] || c.side === f["side"]) && (!f["stance"] || c.stance === f["stance"]) &&
    (!f["outlet"] || c.outlet === f["outlet"]) && (!f["q"] || c.sentence.toLowerCase().includes(f["q"].toLowerCase())) && c.known_day <= state.current.day);
  host.append(el("p", { class: "lead" }, `${found.length} claims known by ${longDay(state.current.day)}`));
  found.sort((a, b) => b.known_day.localeCompare(a.known_day));
  for (const claim of found.slice(0, PAGE)) host.append(claimCard(claim, state));
  if (found.length > PAGE) host.append(el("p", { class: "meta" }, `The newest ${PAGE} are shown; filter to see others.`));
};

const disputes: Draw = (host, shown, state) => {
  host.append(el("p", { class: "lead" }, "Claims that cannot both hold, and accounts of one event that differ."));
  host.append(table(["opened", "about", "place", "one says", "another says", "outcome"], shown.ledgers.contradictions.map((c) => [
    shortDay(c.opened), c.dispute, c.place, el("span", {}, ...c.one.slice(0, 3).flatMap((id) => [claimLink(shown, state, id), " "])),
    el("span", {}, ...c.other.slice(0, 3).flatMap((id) => [claimLink(shown, state, id), " "])), c.outcome ? `${c.outcome}, ${shortDay(c.closed ?? c.opened)}` : "open",
  ])));
};

const counts: Draw = (host, shown, state) => {
  host.append(el("p", { class: "lead" }, "Numbers of places claimed, against the places anybody named and the estimate."));
  host.append(table(["day", "speaker", "region", "claimed", "named", "estimate"], shown.ledgers.counts.map((c) => [
    shortDay(c.day), claimLink(shown, state, c.claim), c.region, `${c.claimed} ${c.unit}`, String(c.named), String(Math.round(c.estimate)),
  ])));
  host.append(el("h3", {}, "Distances claimed and computed"));
  host.append(table(["day", "claim", "claimed", "computed"], shown.ledgers.distances.map((d) => [
    shortDay(d.day), d.what, `${d.claimed_km} km`, d.computed_km === null ? "not computed" : `${d.computed_km.toFixed(1)} km`,
  ])));
};

const rumours: Draw = (host, shown, state) => {
  host.append(el("p", { class: "lead" }, "Rumours, predictions and announced intentions, open until something resolves them."));
  host.append(table(["day", "what", "who", "status"], shown.ledgers.rumours.map((r) => [shortDay(r.day), r.what, claimLink(shown, state, r.claim), r.status])));
};

const speakers: Draw = (host, shown) => {
  host.append(el("p", { class: "lead" }, "How often the claims of each group of speakers held, as learned from these reports."));
  host.append(table(["group", "claims", "held", "interval"], shown.ledgers.speakers.map((s) => [
    s.group, String(s.claims), percent(s.reliability), `${percent(s.low)} to ${percent(s.high)}`,
  ])));
};

const reports: Draw = (host, shown, state) => {
  const f = state.current.filters;
  host.append(el("div", { class: "filters" }, select(state, "outlet", "outlet", unique(shown.reports.map((r) => r.outlet)))));
  const found = shown.reports.filter((r) => (!f["outlet"] || r.outlet === f["outlet"]) && (!f["q"] || r.title.toLowerCase().includes(f["q"].toLowerCase())));
  host.append(table(["day", "outlet", "report", "claims"], found.slice(0, 300).map((r) => [
    shortDay(r.day), r.outlet, el("a", { href: state.link({ report: r.id }) }, r.title || r.id), String(r.claims),
  ])));
};

const brief: Draw = (host, shown) => {
  // The brief is made by our own templates, which escape everything that came out of a report.
  const frame = el("div", { class: "brief" });
  frame.innerHTML = shown.brief.html;
  host.append(frame);
};

const DRAW: Record<string, Draw> = { changes, brief, claims, disputes, counts, rumours, speakers, reports };

export function lists(nav: HTMLElement, host: HTMLElement, shown: Shown, state: ViewState): void {
  const draw = (): void => {
    const tab = DRAW[state.current.tab] ? state.current.tab : "changes";
    nav.replaceChildren(...TABS.map(([key, title]) => {
      const button = el("button", { type: "button", role: "tab", "aria-selected": String(key === tab), "aria-controls": "list", id: `tab-${key}` }, title);
      button.addEventListener("click", () => state.set({ tab: key }));
      return button;
    }));
    host.setAttribute("aria-labelledby", `tab-${tab}`);
    host.replaceChildren();
    DRAW[tab]?.(host, shown, state);
  };
  state.listen((view, before) => {
    const dated = ["changes", "claims"].includes(view.tab) && (view.day !== before.day || view.since !== before.since);
    if (dated || view.tab !== before.tab || view.filters !== before.filters) draw();
  });
  draw();
}
