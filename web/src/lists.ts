// The lists beside the map, each with filters that live in the address.

import type { About } from "./about";
import type { ControlSeries } from "./control";
import { load, loadFronts, type Brief, type Claim, type Ledgers, type Meta, type ReportRow, type Said } from "./data";
import { desk } from "./desk";
import { count, el, km2, longDay, percent, shortDay } from "./dom";
import { claimCard } from "./place";
import type { ViewState } from "./state";

const PAGE = 60;
/** The slider rests when it has not moved for so long [ms]. */
const REST_MS = 120;
export const TABS: [string, string][] = [
  ["changes", "What changed"], ["front", "Ground"], ["brief", "Brief"], ["claims", "Claims"], ["disputes", "Contradictions"],
  ["counts", "Counts"], ["rumours", "Rumours"], ["movements", "Movements"], ["speakers", "Speakers"],
  ["echoes", "Echoes"], ["reports", "Reports"], ["desk", "To judge"],
];

export interface Shown { meta: Meta; series: ControlSeries; claims: Claim[]; reports: ReportRow[]; ledgers: Ledgers; brief: Brief; about: About }

/** Ledgers and brief are fetched when a list first needs them. */
export type Loading = Omit<Shown, "ledgers" | "brief"> & { ledgers: Ledgers | null; brief: Brief | null };
const LEDGERS = new Set(["disputes", "counts", "rumours", "movements", "speakers", "echoes"]);

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

const claimLink = (shown: Shown, state: ViewState, id: string, words?: string): HTMLElement => {
  const claim = shown.about.byId.get(id);
  if (!claim) return el("span", {}, words ?? "");
  return el("a", { href: state.link({ report: claim.report }), title: claim.sentence }, words ?? claim.speaker ?? claim.outlet);
};

/** Rows of a list, a page of them; a button brings the next. */
function paged<T>(host: HTMLElement, rows: T[], draw: (rows: T[]) => HTMLElement[]): void {
  let at = 0;
  const more = el("button", { type: "button", class: "more" }, "Show more");
  const next = (): void => {
    const part = rows.slice(at, at + PAGE);
    at += part.length;
    more.before(...draw(part));
    more.hidden = at >= rows.length;
  };
  host.append(more);
  more.addEventListener("click", next);
  next();
}

const empty = (host: HTMLElement, words: string): void => { host.append(el("p", { class: "meta" }, words)); };

const changes: Draw = (host, shown, state) => {
  const { series, about } = shown;
  const until = series.dayIndex(state.current.day);
  const since = series.dayIndex(state.current.since ?? series.days[0] ?? "");
  const [from, to] = [Math.min(since, until), Math.max(since, until)];
  const f = state.current.filters;
  const all = [...series.changes(from, to)].sort((a, b) => b.day - a.day || b.km2 - a.km2);
  const [start, end] = [longDay(series.days[from] ?? ""), longDay(series.days[to] ?? "")];
  if (!all.length) { empty(host, `Nothing changed hands between ${start} and ${end}. Move either slider under the map.`); return; }
  const pairs = new Map<string, { n: number; area: number }>();
  for (const change of all) {
    const key = `${change.from}>${change.to}`;
    const sum = pairs.get(key) ?? { n: 0, area: 0 };
    pairs.set(key, { n: sum.n + 1, area: sum.area + change.km2 });
  }
  host.append(el("p", { class: "lead" }, `From ${start} to ${end}`));
  const tally = el("ul", { class: "tally" });
  for (const [key, { n, area }] of [...pairs].sort((a, b) => b[1].n - a[1].n)) {
    const [a, b] = key.split(">").map(Number);
    tally.append(el("li", {}, el("i", { style: `background:${colourOf(shown.meta, b ?? 0)}` }),
      el("strong", {}, count(n, "place")), ` (${km2(area)}) from ${about.names[a ?? 0] ?? ""} to ${about.names[b ?? 0] ?? ""}`));
  }
  const dated = all.map((change) => ({ change, word: about.word(change.place, change.to, series.days[to] ?? "", series.at(change.place, to).sure) }))
    .filter(({ word }) => f["inferred"] || word.claim !== null);
  const box = el("input", { type: "checkbox", ...(f["inferred"] ? { checked: "" } : {}) });
  const also = el("label", { class: "check" }, box, f["inferred"] ? "also places that no report names" : `also the ${count(all.length - dated.length, "place")} that no report names (inferred)`);
  box.addEventListener("change", () => state.set({ filters: { ...f, inferred: f["inferred"] ? "" : "1" } }));
  host.append(tally, also);
  if (!dated.length) empty(host, "No report names any of them.");
  paged(host, dated, (part) => [el("ul", { class: "rows" }, ...part.map(({ change, word }) => el("li", {},
    el("span", { class: "when" }, shortDay(series.days[change.day] ?? "")),
    el("span", {}, placeLink(shown, state, change.place), el("small", {}, ` ${series.places.admin[change.place] ?? ""}`),
      el("br"), el("i", { style: `background:${colourOf(shown.meta, change.to)}` }), `${about.names[change.to] ?? ""}, ${percent(series.at(change.place, to).sure)}`,
      word.words ? el("span", { class: "word" }, " · ", word.claim ? claimLink(shown, state, word.claim.id, word.words) : word.words) : null,
      " ", ...word.doubts.map((doubt) => el("span", { class: "doubt" }, doubt))))))]);
};

const colourOf = (meta: Meta, state: number): string => meta.sides[state]?.colour ?? "#8c8c8c";

const claims: Draw = (host, shown, state) => {
  const f = state.current.filters;
  const clear = el("a", { href: state.link({ filters: {} }) }, "clear filters");
  host.append(el("div", { class: "filters" },
    select(state, "kind", "kind", unique(shown.claims.map((c) => c.kind))),
    select(state, "side", "side", unique(shown.claims.map((c) => c.side))),
    select(state, "stance", "stance", unique(shown.claims.map((c) => c.stance))),
    select(state, "evidence", "evidence", unique(shown.claims.map((c) => c.evidence))),
    select(state, "outlet", "outlet", unique(shown.claims.map((c) => c.outlet)))));
  const words = (f["q"] ?? "").toLowerCase();
  const found = shown.claims.filter((c) =>
    (!f["kind"] || c.kind === f["kind"]) && (!f["side"] || c.side === f["side"]) && (!f["stance"] || c.stance === f["stance"]) &&
    (!f["evidence"] || c.evidence === f["evidence"]) && (!f["outlet"] || c.outlet === f["outlet"]) &&
    (!words || c.sentence.toLowerCase().includes(words) || (c.speaker ?? "").toLowerCase().includes(words)) && c.known_day <= knownBy(shown, state));
  host.append(el("p", { class: "lead" }, `${count(found.length, "claim")} known by ${longDay(knownBy(shown, state))}${words ? ` with “${f["q"] ?? ""}”` : ""} `, Object.values(f).some(Boolean) ? clear : null));
  found.sort((a, b) => b.known_day.localeCompare(a.known_day));
  paged(host, found, (part) => part.map((claim) => claimCard(claim, shown.about, state)));
};

/** The last day of the slider stands for all that is known, what came in a day later included. */
const knownBy = (shown: Shown, state: ViewState): string =>
  state.current.day >= (shown.series.days[shown.series.days.length - 1] ?? "") ? shown.meta.known_day : state.current.day;

const camp = (shown: Shown, state: ViewState, said: Said[]): HTMLElement => {
  const first = said[0];
  if (!first) return el("span", {}, "?");
  return el("span", {}, claimLink(shown, state, first.claim, first.speaker), `: ${shown.about.did(first.side, first.kind)} (“${first.words}”)`, said.length > 1 ? ` and ${said.length - 1} more` : "");
};

const disputes: Draw = (host, shown, state) => {
  host.append(el("p", { class: "lead" }, "Claims that cannot both hold, and accounts of one event that differ."));
  const f = state.current.filters;
  host.append(el("div", { class: "filters" }, select(state, "dispute", "dispute", unique(shown.ledgers.contradictions.map((c) => c.dispute))), select(state, "state", "state", ["open", "settled"])));
  const found = shown.ledgers.contradictions.filter((c) => (!f["dispute"] || c.dispute === f["dispute"]) && (!f["state"] || (f["state"] === "open") === (c.closed === null)));
  if (!found.length) empty(host, "None.");
  found.sort((a, b) => b.opened.localeCompare(a.opened));
  paged(host, found, (part) => part.map((c) => el("article", { class: "claim" },
    el("p", { class: "says" }, el("strong", {}, c.place_name), el("span", { class: "flag" }, c.dispute), c.closed ? el("span", { class: "effect" }, `${c.outcome ?? "settled"}, ${shortDay(c.closed)}`) : el("span", { class: "doubt" }, "open")),
    el("p", {}, camp(shown, state, c.one_says)), el("p", {}, camp(shown, state, c.other_says)),
    el("p", { class: "meta" }, `opened ${shortDay(c.opened)}`, c.settled_by ? el("span", {}, "; settled by ", claimLink(shown, state, c.settled_by)) : null))));
};

const counts: Draw = (host, shown, state) => {
  host.append(el("p", { class: "lead" }, "Numbers of places claimed, against the places anybody named and the estimate: of places of known population, and of all."));
  host.append(table(["day", "who says", "claimed", "named", "estimate", "of all places"], shown.ledgers.counts.map((c) => [
    shortDay(c.known_day), el("span", {}, claimLink(shown, state, c.claim_id, c.speaker), c.region ? el("small", {}, ` ${c.region}`) : null), `${c.claimed} ${c.unit}`,
    el("span", { title: c.named.join(", ") }, String(c.named.length)),
    c.comparable === null ? "" : `${Math.round(c.comparable)} (${Math.round(c.comparable_low ?? 0)} to ${Math.round(c.comparable_high ?? 0)}) since ${shortDay(c.since)}`, `${Math.round(c.estimate)} (${Math.round(c.low)} to ${Math.round(c.high)})`,
  ])));
  host.append(el("h3", {}, "Distances claimed and computed"));
  host.append(table(["day", "who says", "claimed", "computed"], shown.ledgers.distances.map((d) => [
    shortDay(d.day), claimLink(shown, state, d.claim_id, d.speaker), `${d.claimed_km} km ${d.to ? `of ${d.to}` : ""}`,
    d.computed_km === null ? d.unchecked ?? "not computed" : `${d.computed_km.toFixed(1)} km${d.nearest ? ` at ${d.nearest}` : ""}${d.first_day ? `, first within it ${shortDay(d.first_day)}` : ""}`,
  ])));
};

const rumours: Draw = (host, shown, state) => {
  host.append(el("p", { class: "lead" }, "Rumours, predictions and announced intentions, open until something resolves them."));
  const f = state.current.filters;
  host.append(el("div", { class: "filters" }, select(state, "stance", "stance", unique(shown.ledgers.outlook.map((r) => r.stance))), select(state, "resolved", "outcome", unique(shown.ledgers.outlook.map((r) => r.resolved)))));
  const found = shown.ledgers.outlook.filter((r) => (!f["stance"] || r.stance === f["stance"]) && (!f["resolved"] || r.resolved === f["resolved"])).sort((a, b) => b.opened.localeCompare(a.opened));
  if (!found.length) empty(host, "None.");
  paged(host, found, (part) => [table(["day", "what", "who", "outcome"], part.map((r) => [
    shortDay(r.opened), el("span", {}, r.what, el("small", {}, ` ${r.stance}`)), claimLink(shown, state, r.claim_ids[0] ?? "", r.speakers[0] ?? "?"),
    el("span", {}, r.by_claim ? claimLink(shown, state, r.by_claim, r.resolved) : r.resolved, r.days === null ? "" : ` after ${count(r.days, "day")}`),
  ]))]);
};

const movements: Draw = (host, shown, state) => {
  host.append(el("p", { class: "lead" }, "Forces sent, and places said to carry an army's supply."));
  const rows = [...shown.ledgers.movements].sort((a, b) => b.day.localeCompare(a.day));
  if (!rows.length) empty(host, "None.");
  paged(host, rows, (part) => [table(["day", "side", "place", "who says"], part.map((m) => [
    shortDay(m.day), shown.about.sideName(m.side), el("span", {}, m.place, m.weight ? el("small", {}, ` ${m.weight}`) : null), claimLink(shown, state, m.claim_id, m.speaker),
  ]))]);
};

const speakers: Draw = (host, shown) => {
  host.append(el("p", { class: "lead" }, "Speakers and outlets: how often what they said of control held up."));
  host.append(table(["who", "claims", "held up", "between", "lead"], shown.ledgers.records.map((r) => [
    el("span", {}, r.who, r.against_interest ? el("small", {}, ` ${r.against_interest} against interest`) : null), String(r.claims), percent(r.share), `${percent(r.low)} and ${percent(r.high)}`,
    r.lead_days === null ? "" : `${r.lead_days > 0 ? "+" : ""}${r.lead_days} d`,
  ])));
  host.append(el("h3", {}, "Reliability learned of each group of speakers"));
  host.append(table(["group", "what it says", "claims", "reliability", "between"], shown.ledgers.reliability.slice(0, 120).map((s) => [
    s.group, `${s.meaning} (${s.scope})`, String(Math.round(s.n_claims)), percent(s.reliability), `${percent(s.low)} and ${percent(s.high)}`,
  ])));
};

const echoes: Draw = (host, shown) => {
  host.append(el("p", { class: "lead" }, "Reports and claims that pass on one origin: each family is one witness."));
  if (!shown.ledgers.echoes.length) empty(host, "None.");
  paged(host, shown.ledgers.echoes, (part) => [table(["day", "what is passed on", "by"], part.map((e) => [
    shortDay(e.known_day), el("span", {}, e.said.slice(0, 160), el("small", {}, ` ${count(e.members.length, e.what)}`)), e.outlets.join(", "),
  ]))]);
};

const reports: Draw = (host, shown, state) => {
  const f = state.current.filters;
  host.append(el("div", { class: "filters" }, select(state, "outlet", "outlet", unique(shown.reports.map((r) => r.outlet)))));
  const found = shown.reports.filter((r) => (!f["outlet"] || r.outlet === f["outlet"]) && (!f["q"] || r.title.toLowerCase().includes(f["q"].toLowerCase())) && (!shown.meta.published || r.claims))
    .sort((a, b) => b.day.localeCompare(a.day) || b.claims - a.claims);
  host.append(el("p", { class: "lead" }, count(found.length, "report")));
  paged(host, found, (part) => [table(["day", "outlet", "report", "claims"], part.map((r) => [
    shortDay(r.day), r.outlet, el("a", { href: state.link({ report: r.id }) }, r.title || r.id), String(r.claims),
  ]))]);
};

const brief: Draw = (host, shown, state) => {
  const { title, lead, parts, notes } = shown.brief;
  const print = el("button", { type: "button", class: "print" }, "Print");
  print.addEventListener("click", () => window.print());
  const cited: string[] = [];
  const number = (id: string): string => String(cited.includes(id) ? cited.indexOf(id) + 1 : cited.push(id));
  host.append(el("div", { class: "brief" }, print, el("h2", {}, title), ...lead.map((line) => el("p", {}, line)),
    ...parts.flatMap((part) => [el("h3", {}, part.heading), el("ul", {}, ...part.lines.map((line) => el("li", {}, line.text, ...line.claims.map((id) => el("sup", {}, claimLink(shown, state, id, number(id)))))))]),
    ...notes.map((note) => el("p", { class: "meta" }, note)),
    el("h3", {}, "Claims"), el("ol", { class: "cited" }, ...cited.map((id) => {
      const claim = shown.about.byId.get(id);
      return el("li", {}, claim ? el("span", {}, claim.sentence, el("small", {}, ` ${shown.about.who(claim)}, ${longDay(claim.valid_day)}`)) : id);
    }))));
};

const ground: Draw = (host, shown, state) => {
  const days = [shown.series.dayIndex(state.current.day), shown.series.dayIndex(state.current.since ?? shown.series.days[0] ?? "")];
  const [since, day] = [shown.series.days[Math.min(...days)] ?? "", shown.series.days[Math.max(...days)] ?? ""];
  const wait = el("p", { class: "meta" }, "Measuring ...");
  host.append(wait);
  void loadFronts(day, since).then((found) => {
    if (!wait.isConnected) return;
    wait.remove();
    if (!found) { empty(host, "Not measured: choose days within the run."); return; }
    const name = (key: string): string => shown.about.sideName(key);
    const before = new Map(found.areas_since.map((a) => [a.status, a.area_km2]));
    const signed = (area: number): string => `${area < 0 ? "−" : "+"}${km2(Math.abs(area))}`;
    const names = (list: string[], n: number): string => `${list.slice(0, 4).join(", ")}${n > Math.min(4, list.length) ? ` and ${n - Math.min(4, list.length)} more` : ""}`;
    host.append(el("p", { class: "lead" }, `Ground on ${longDay(found.day)}, and what changed since ${longDay(found.since)}`),
      table(["status", "ground", "90 % sure between", "since"], found.areas.map((a) => [name(a.status), km2(a.area_km2), `${km2(a.low_km2)} and ${km2(a.high_km2)}`, signed(a.area_km2 - (before.get(a.status) ?? 0))])),
      el("p", { class: "meta" }, found.front.map((f) => `The line between ${f.between.map(name).join(" and ")} is ${Math.round(f.length_km).toLocaleString("en-GB")} km long.`).join(" ")));
    const section = (title: string, what: string, rows: (Node | string)[][], head: string[]): void => {
      if (rows.length) host.append(el("h3", {}, title), el("p", { class: "meta" }, what), table(head, rows));
    };
    section("Ground gained", "", found.gains.slice(0, 12).map((g) => [`${name(g.before)} to ${name(g.after)}`, km2(g.area_km2), names(g.names, g.places)]), ["from and to", "ground", "places"]);
    section("Pockets", "Ground of one side enclosed by the other's.", found.pockets.slice(0, 12).map((p) => [name(p.status), km2(p.area_km2), names(p.names, p.places)]), ["side", "ground", "places"]);
    section("Salients", "Ground that juts out into the other side's.", found.salients.slice(0, 12).map((s) => [name(s.status), `${km2(s.area_km2)}, ${Math.round(s.depth_km)} km deep`, names(s.names, s.places)]), ["side", "ground", "places"]);
    section("Nearest to a border", "", found.borders.map((b) => [`${name(b.side)}, ${b.border}`, b.nearest ? `${b.nearest.name}, ${Math.round(b.nearest.km)} km` : "none", b.newly ? `${b.newly.name}, ${Math.round(b.newly.km)} km` : "none"]), ["side and border", "nearest place held", "nearest newly held"]);
  });
};

/** What an analyst's look is most worth; claims no report holds are entered below. */
const toJudge: Draw = (host, shown, state) => {
  host.append(el("p", { class: "lead" }, "Claims most worth a look: doubtful ones about places whose status moved most."));
  if (!desk.writable) empty(host, "This server only shows verdicts; started with a token (whoholds serve --token-file FILE) it takes them too.");
  const list = el("div", {}, el("p", { class: "meta" }, "Loading ..."));
  host.append(list);
  if (desk.writable) host.append(el("h3", {}, "Enter a claim by hand"), desk.handForm());
  void desk.queue().then((rows) => {
    list.replaceChildren();
    const found = rows.filter((row) => shown.about.byId.has(row.claim) && !desk.standing(row.claim));
    if (!found.length) empty(list, "No claim waits for a look.");
    paged(list, found, (part) => part.map((row) => {
      const claim = shown.about.byId.get(row.claim) as Claim;
      const places = [...new Set(claim.places.map((p) => p.place))].filter((p): p is number => p !== null);
      const card = claimCard(claim, shown.about, state);
      card.prepend(el("p", { class: "meta" }, ...places.flatMap((p) => [placeLink(shown, state, p), " "]), ...row.reasons.map((reason) => el("span", { class: "doubt" }, reason))));
      return card;
    }));
  });
};

const DRAW: Record<string, Draw> = { desk: toJudge, front: ground, changes, brief, claims, disputes, counts, rumours, movements, speakers, echoes, reports };

export function lists(nav: HTMLElement, host: HTMLElement, shown: Loading, state: ViewState): void {
  const draw = (): void => {
    const tab = DRAW[state.current.tab] ? state.current.tab : "changes";
    nav.replaceChildren(...TABS.filter(([key]) => (key !== "desk" || desk.open) && (key !== "front" || shown.meta.fronts)).map(([key, title]) => {
      const button = el("button", { type: "button", role: "tab", "aria-selected": String(key === tab), "aria-controls": "list", id: `tab-${key}` }, title);
      button.addEventListener("click", () => state.set({ tab: key }));
      return button;
    }));
    host.setAttribute("aria-labelledby", `tab-${tab}`);
    host.replaceChildren();
    void fill(tab);
  };
  const fill = async (tab: string): Promise<void> => {
    if ((LEDGERS.has(tab) && !shown.ledgers) || (tab === "brief" && !shown.brief)) {
      host.append(el("p", { class: "meta" }, "Loading ..."));
      if (tab === "brief") shown.brief = await load("brief");
      else shown.ledgers = await load("ledgers");
      if (state.current.tab !== tab) return;
      host.replaceChildren();
    }
    DRAW[tab]?.(host, shown as Shown, state);
    host.dataset["tab"] = tab;
  };
  // While the slider moves, the map comes first: the list follows when it rests.
  let waiting: number | undefined;
  const later = (): void => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(draw, REST_MS);
  };
  state.listen((view, before) => {
    const dated = ["changes", "claims", "front"].includes(view.tab) && (view.day !== before.day || view.since !== before.since);
    if (view.tab !== before.tab || view.filters !== before.filters) draw();
    else if (dated) later();
  });
  draw();
}
