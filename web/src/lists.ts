// The lists beside the map, each with filters that live in the address.

import type { Word } from "./about";
import type { Change } from "./control";
import { load, loadFronts, published, reportsWith, type Brief, type Claim, type Ledgers, type ReportRow } from "./data";
import { desk } from "./desk";
import { digest } from "./digest";
import { count, el, km2, longDay, percent, shortDay } from "./dom";
import { counts, disputes, echoes, movements, rumours, speakers } from "./ledgers";
import { claimCard } from "./place";
import { claimLink, colourOf, filters, lead, note, paged, placeLink, select, spanOf, table, unique, type Draw, type Shown } from "./rows";
import { fold } from "./search";
import type { ViewState } from "./state";
import { doubt, EVIDENCE, KIND_NAMES, STANCES } from "./words";

/** The slider rests when it has not moved for so long [ms]. */
const REST_MS = 120;
/** Places listed that came nearest to changing hands. */
const MOST_NEAR = 12;
/** What makes one doubt a change, as filters; in the words of `About.word`. */
const DOUBTS = ["one witness", "disputed", "unsure"];
export const TABS: [string, string][] = [
  ["changes", "What changed"], ["digest", "Newly known"], ["brief", "Brief"], ["front", "Ground"], ["claims", "Claims"], ["reports", "Reports"],
  ["disputes", "Contradictions"], ["rumours", "Rumours"], ["counts", "Counts"], ["movements", "Movements"],
  ["speakers", "Speakers"], ["echoes", "Echoes"], ["desk", "To judge"],
];

/** Ledgers and brief are fetched when a list first needs them. */
export type Loading = Omit<Shown, "ledgers" | "brief"> & { ledgers: Ledgers | null; brief: Brief | null };
const LEDGERS = new Set(["disputes", "counts", "rumours", "movements", "speakers", "echoes"]);
/** Lists of what is between, or by, the days chosen. */
const DATED = new Set(["changes", "claims", "front", "digest"]);

interface Told { change: Change; word: Word }

const changeRow = (shown: Shown, state: ViewState, place: number, when: string, becomes: number, day: number, word: Word): HTMLElement => {
  const { series, about } = shown;
  return el("li", {}, el("span", { class: "when" }, when),
    el("span", {}, placeLink(shown, state, place), el("small", {}, ` ${series.places.admin[place] ?? ""}`),
      el("br"), el("i", { style: `background:${colourOf(shown.meta, becomes)}` }), `${about.names[becomes] ?? ""}, ${percent(series.at(place, day).sure)}`,
      word.words ? el("span", { class: "word" }, " · ", word.claim ? claimLink(shown, state, word.claim.id, word.words) : word.words) : null,
      " ", ...word.doubts.map(doubt)));
};

/** Where nothing changed hands: the places whose probability moved most. */
const nearly = (host: HTMLElement, shown: Shown, state: ViewState, from: number, to: number): void => {
  const { series, about } = shown;
  const moved = series.moving.map((place) => {
    const [before, now] = [series.at(place, from), series.at(place, to)];
    return { place, now, less: before.sure - (now.p[before.best] ?? 0) };
  }).filter((m) => Math.abs(m.less) >= 0.01).sort((a, b) => b.less - a.less || a.place - b.place).slice(0, MOST_NEAR);
  if (!moved.length) { note(host, "No probability moved by a hundredth or more either."); return; }
  host.append(el("h2", {}, "Probabilities that moved most, in percentage points"), el("ul", { class: "rows" }, ...moved.map(({ place, now, less }) =>
    changeRow(shown, state, place, `${less > 0 ? "−" : "+"}${Math.max(1, Math.round(100 * Math.abs(less)))}`, now.best, to, about.word(place, now.best, series.days[to] ?? "", now.sure)))));
};

const changes: Draw = (host, shown, state) => {
  const { series, about } = shown;
  const [from, to] = spanOf(shown, state);
  const f = state.current.filters;
  const all = [...series.changes(from, to)].sort((a, b) => b.day - a.day || b.km2 - a.km2);
  const [start, end] = [longDay(series.days[from] ?? ""), longDay(series.days[to] ?? "")];
  if (!all.length) {
    lead(host, `Nothing changed hands between ${start} and ${end}.`);
    note(host, `${count(shown.meta.counts.reports, "report")} and ${count(shown.meta.counts.claims, "claim")} were read. Move either handle under the map to compare other days.`);
    nearly(host, shown, state, from, to);
    return;
  }
  const pairs = new Map<string, { n: number; area: number }>();
  for (const change of all) {
    const key = `${change.from}>${change.to}`;
    const sum = pairs.get(key) ?? { n: 0, area: 0 };
    pairs.set(key, { n: sum.n + 1, area: sum.area + change.km2 });
  }
  lead(host, `From ${start} to ${end}`);
  const tally = el("ul", { class: "tally" });
  for (const [key, { n, area }] of [...pairs].sort((a, b) => b[1].n - a[1].n)) {
    const [a, b] = key.split(">").map(Number);
    tally.append(el("li", {}, el("i", { style: `background:${colourOf(shown.meta, b ?? 0)}` }),
      el("strong", {}, count(n, "place")), ` (${km2(area)}) from ${about.names[a ?? 0] ?? ""} to ${about.names[b ?? 0] ?? ""}`));
  }
  const told = all.map((change): Told => ({ change, word: about.word(change.place, change.to, series.days[to] ?? "", series.at(change.place, to).sure) }));
  const named = told.filter(({ word }) => word.claim !== null);
  host.append(tally, doubtful(state, told, named));
  const listed = f["doubt"] ? named.filter(({ word }) => word.doubts.includes(f["doubt"] ?? "")) : f["inferred"] ? told : named;
  if (!listed.length) note(host, f["doubt"] ? "None of them." : "No report names any of them.");
  paged(host, listed, (part) => [el("ul", { class: "rows" }, ...part.map(({ change, word }) =>
    changeRow(shown, state, change.place, shortDay(series.days[change.day] ?? ""), change.to, to, word)))]);
};

/** What is doubtful among the changes: how many of each kind, as filters. */
function doubtful(state: ViewState, told: Told[], named: Told[]): HTMLElement {
  const f = state.current.filters;
  const chip = (words: string, on: boolean, filter: Record<string, string>): HTMLElement => {
    const button = el("button", { type: "button", class: "chip", "aria-pressed": String(on) }, words);
    button.addEventListener("click", () => state.set({ filters: { ...f, doubt: "", inferred: "", ...filter } }));
    return button;
  };
  const plain = !f["doubt"] && !f["inferred"];
  return el("p", { class: "chips" }, chip(`named by a report: ${named.length}`, plain, {}),
    ...DOUBTS.map((key) => [key, named.filter(({ word }) => word.doubts.includes(key)).length] as const).filter(([, n]) => n)
      .map(([key, n]) => chip(`${key}: ${n}`, f["doubt"] === key, { doubt: key })),
    told.length > named.length ? chip(`all, also inferred: ${told.length}`, Boolean(f["inferred"]) && !f["doubt"], { inferred: "1" }) : null);
}

const claims: Draw = (host, shown, state) => {
  const f = state.current.filters;
  const sides = Object.fromEntries(shown.meta.sides.map((side) => [side.key, side.name]));
  host.append(filters(
    select(state, "kind", "kind", unique(shown.claims.map((c) => c.kind)), KIND_NAMES),
    select(state, "side", "side", unique(shown.claims.map((c) => c.side)), sides),
    select(state, "stance", "stance", unique(shown.claims.map((c) => c.stance)), STANCES),
    select(state, "evidence", "evidence", unique(shown.claims.map((c) => c.evidence)), EVIDENCE),
    select(state, "outlet", "outlet", unique(shown.claims.map((c) => c.outlet)))));
  const by = knownBy(shown, state);
  const holds = wordsIn(shown, f["q"] ?? "");
  const found = shown.claims.filter((c) =>
    (!f["kind"] || c.kind === f["kind"]) && (!f["side"] || c.side === f["side"]) && (!f["stance"] || c.stance === f["stance"]) &&
    (!f["evidence"] || c.evidence === f["evidence"]) && (!f["outlet"] || c.outlet === f["outlet"]) && c.known_day <= by && holds(c));
  const clear = el("a", { href: state.link({ filters: {} }) }, "clear filters");
  lead(host, `${count(found.length, "claim")} known by ${longDay(by)}${f["q"] ? ` with “${f["q"]}”` : ""} `, Object.values(f).some(Boolean) ? clear : "");
  found.sort((a, b) => b.known_day.localeCompare(a.known_day));
  paged(host, found, (part) => part.map((claim) => claimCard(claim, shown.about, state)));
};

/** Whether a claim has the words in its sentence or speaker, or is about a place of that name in any script. */
function wordsIn(shown: Shown, q: string): (claim: Claim) => boolean {
  const wanted = fold(q);
  if (!wanted) return () => true;
  const { name } = shown.series.places;
  const named = new Set<number>();
  name.forEach((n, i) => { if (` ${fold(`${n}, ${shown.names[i] ?? ""}`).replace(/,/g, " ,")} `.includes(` ${wanted} `)) named.add(i); });
  return (c) => fold(c.sentence).includes(wanted) || fold(c.speaker ?? "").includes(wanted) || c.places.some((p) => p.place !== null && named.has(p.place));
}

/** The last day of the slider stands for all that is known, what came in a day later included. */
const knownBy = (shown: Shown, state: ViewState): string =>
  state.current.day >= (shown.series.days[shown.series.days.length - 1] ?? "") ? shown.meta.known_day : state.current.day;

const reports: Draw = (host, shown, state) => {
  const f = state.current.filters;
  const q = f["q"] ?? "";
  host.append(filters(select(state, "outlet", "outlet", unique(shown.reports.map((r) => r.outlet)))));
  const list = el("div", {});
  host.append(list);
  const wanted = fold(q);
  // A report also counts that has a claim with the words, or of a place of that name in another script.
  const holds = wordsIn(shown, q);
  const claimed = new Set(wanted ? shown.claims.filter(holds).map((c) => c.report) : []);
  const draw = (texts: Set<string> | null): void => {
    const found = shown.reports.filter((r) => (!f["outlet"] || r.outlet === f["outlet"]) && (!wanted || fold(r.title).includes(wanted) || claimed.has(r.id) || (texts?.has(r.id) ?? false)) && (!shown.meta.published || r.claims))
      .sort((a, b) => b.day.localeCompare(a.day) || b.claims - a.claims);
    const where = q ? ` with “${q}” in ${texts ? "title, text or claims" : "title or claims"} ` : " ";
    list.replaceChildren();
    lead(list, count(found.length, "report"), where, Object.values(f).some(Boolean) ? el("a", { href: state.link({ filters: {} }) }, "clear filters") : "");
    if (found.length) paged(list, found, (part) => [table(["day", "outlet", "report", "claims"], part.map((r: ReportRow) => [
      shortDay(r.day), r.outlet, el("a", { href: state.link({ report: r.id }) }, r.title || r.id), String(r.claims),
    ]))]);
  };
  draw(null);
  if (q && !published) void reportsWith(q).then((texts) => { if (texts && list.isConnected) draw(texts); });
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
  const [since, day] = spanOf(shown, state).map((at) => shown.series.days[at] ?? "") as [string, string];
  const wait = el("p", { class: "meta", role: "status" }, "Measuring ...");
  host.append(wait);
  void loadFronts(day, since).catch(() => null).then((found) => {
    if (!wait.isConnected) return;
    wait.remove();
    if (!found) { note(host, "The ground could not be measured: the server gave no answer for these days."); return; }
    const name = (key: string): string => shown.about.sideName(key);
    const before = new Map(found.areas_since.map((a) => [a.status, a.area_km2]));
    const signed = (area: number): string => `${area < 0 ? "−" : "+"}${km2(Math.abs(area))}`;
    const names = (list: string[], n: number): string => `${list.slice(0, 4).join(", ")}${n > Math.min(4, list.length) ? ` and ${n - Math.min(4, list.length)} more` : ""}`;
    host.append(el("p", { class: "lead" }, `Ground on ${longDay(found.day)}, and what changed since ${longDay(found.since)}`),
      table(["status", "ground", "90 % sure between", "since"], found.areas.map((a) => [name(a.status), km2(a.area_km2), `${km2(a.low_km2)} and ${km2(a.high_km2)}`, signed(a.area_km2 - (before.get(a.status) ?? 0))])),
      el("p", { class: "meta" }, found.front.map((f) => `The line between ${f.between.map(name).join(" and ")} is ${Math.round(f.length_km).toLocaleString("en-GB")} km long.`).join(" ")));
    const section = (title: string, what: string, rows: (Node | string)[][], head: string[]): void => {
      if (rows.length) host.append(el("h2", {}, title), el("p", { class: "meta" }, what), table(head, rows));
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
  if (!desk.writable) note(host, "This server only shows verdicts; started with a token (whoholds serve --token-file FILE) it takes them too.");
  const list = el("div", {}, el("p", { class: "meta", role: "status" }, "Loading ..."));
  host.append(list);
  if (desk.writable) host.append(el("h2", {}, "Enter a claim by hand"), desk.handForm());
  void desk.queue().then((rows) => {
    list.replaceChildren();
    const found = rows.filter((row) => shown.about.byId.has(row.claim) && !desk.standing(row.claim));
    if (!found.length) note(list, "No claim waits for a look.");
    paged(list, found, (part) => part.map((row) => {
      const claim = shown.about.byId.get(row.claim) as Claim;
      const places = [...new Set(claim.places.map((p) => p.place))].filter((p): p is number => p !== null);
      const card = claimCard(claim, shown.about, state);
      card.prepend(el("p", { class: "meta" }, ...places.flatMap((p) => [placeLink(shown, state, p), " "]), ...row.reasons.map(doubt)));
      return card;
    }));
  });
};

const DRAW: Record<string, Draw> = { desk: toJudge, front: ground, changes, digest, brief, claims, disputes, counts, rumours, movements, speakers, echoes, reports };

export function lists(nav: HTMLElement, host: HTMLElement, shown: Loading, state: ViewState): void {
  const panel = nav.parentElement;
  const current = (): string => (DRAW[state.current.tab] ? state.current.tab : "changes");
  const there = TABS.filter(([key]) => (key !== "desk" || desk.open) && (key !== "front" || shown.meta.fronts) && (key !== "digest" || shown.meta.digest));
  const buttons = there.map(([key, title]) => {
    const button = el("button", { type: "button", role: "tab", "aria-controls": "list", id: `tab-${key}` }, title);
    button.addEventListener("click", () => state.set({ tab: key, place: null }));
    return button;
  });
  nav.replaceChildren(...buttons);
  // As everywhere: one tab stop for all tabs, arrows go between them (and do not step the day meanwhile).
  nav.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = buttons[(to + buttons.length) % buttons.length];
    next?.click();
    next?.focus();
  });
  /** A place opened stands where the list was; the list keeps its position for the way back. */
  let top = 0;
  const front = (): void => {
    const open = state.current.place !== null;
    if (open && !host.hidden) top = panel?.scrollTop ?? 0;
    const back = !open && host.hidden;
    host.hidden = open;
    if (panel && open) panel.scrollTop = 0;
    if (panel && back) panel.scrollTop = top;
    const tab = current();
    buttons.forEach((button, i) => {
      const on = there[i]?.[0] === tab;
      button.setAttribute("aria-selected", String(on && !open));
      button.tabIndex = on ? 0 : -1;
    });
  };
  const draw = (): void => {
    const tab = current();
    host.setAttribute("aria-labelledby", `tab-${tab}`);
    host.replaceChildren();
    front();
    // On a narrow screen the tabs are one row to push along; the page itself stays where it is.
    const chosen = buttons[there.findIndex(([key]) => key === tab)];
    if (chosen && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = chosen.offsetLeft - nav.clientWidth / 3;
    void fill(tab).catch((error: unknown) => {
      if (current() !== tab) return;
      host.replaceChildren(el("p", { class: "meta", role: "alert" }, `This list could not be loaded. ${error instanceof Error ? error.message : String(error)}`));
    });
  };
  const fill = async (tab: string): Promise<void> => {
    if ((LEDGERS.has(tab) && !shown.ledgers) || (tab === "brief" && !shown.brief)) {
      host.append(el("p", { class: "meta", role: "status" }, "Loading ..."));
      if (tab === "brief") shown.brief = await load("brief");
      else shown.ledgers = await load("ledgers");
      if (current() !== tab) return;
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
    const dated = DATED.has(view.tab) && (view.day !== before.day || view.since !== before.since);
    if (view.tab !== before.tab || view.filters !== before.filters) draw();
    else if (dated) later();
    if (view.place !== before.place) front();
  });
  draw();
}
