// One place: its status in words, why, its probability over time, and the claims for and against.

import type { About } from "./about";
import type { ControlSeries } from "./control";
import { loadWhy, published, type Claim, type Meta, type Why } from "./data";
import { desk } from "./desk";
import { count, el, longDay, percent, shortDay } from "./dom";
import type { ViewState } from "./state";
import { doubt, EVIDENCE } from "./words";

const BASIS = ["Observed: a report names it", "Inferred: it follows places nearby or claims about its region", "Carried on: nothing new that day"];
const CONTESTED = "#8c8c8c";
const SHOWN = 30;
/** Who has looked at a place for so long [ms] wants to know more. */
const REST_MS = 400;

export function markedSentence(claim: Claim): HTMLElement {
  const quote = el("q", { class: "sentence" });
  // Offsets count code points, as everywhere; JavaScript strings count UTF-16 units.
  const points = Array.from(claim.sentence);
  const words = (from: number, to?: number): string => points.slice(from, to).join("");
  let at = 0;
  for (const [start, end, role] of [...claim.marks].sort((a, b) => a[0] - b[0])) {
    if (start < at) continue;
    quote.append(words(at, start), el("mark", { class: role, title: role }, words(start, end)));
    at = end;
  }
  quote.append(words(at));
  return quote;
}

export function claimCard(claim: Claim, about: About, state: ViewState, effect = ""): HTMLElement {
  const flags = [claim.hedged ? "told with doubt" : "", claim.evidence === "statement" ? "" : EVIDENCE[claim.evidence] ?? claim.evidence].filter(Boolean);
  const late = claim.known_day === claim.valid_day ? "" : `, known ${shortDay(claim.known_day)}`;
  return el("article", { class: "claim" },
    el("p", { class: "says" }, el("strong", {}, about.says(claim)), ...flags.map((flag) => el("span", { class: "flag" }, flag)), effect ? el("span", { class: "effect" }, effect) : null),
    markedSentence(claim),
    el("p", { class: "meta" }, `${about.who(claim)} · ${shortDay(claim.valid_day)}${late} · `,
      el("a", { href: state.link({ report: claim.report }) }, "read the report")),
    desk.open ? desk.beside(claim) : null);
}

/** Stacked probabilities over the days, drawn as SVG. */
function chart(series: ControlSeries, meta: Meta, place: number, day: number): HTMLElement {
  const NS = "http://www.w3.org/2000/svg";
  const [width, height] = [320, 80];
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  // Else a seam of the ground shows between two days.
  svg.setAttribute("shape-rendering", "crispEdges");
  const colours = [...meta.sides.map((side) => side.colour), CONTESTED];
  const rows = series.history(place);
  const n = Math.max(1, series.days.length);
  const last = rows[rows.length - 1];
  const names = [...meta.sides.map((side) => side.name), "contested"];
  svg.setAttribute("aria-label", `Probability over time, from ${percent(rows[0]?.sure ?? 0)} ${names[rows[0]?.best ?? 0] ?? ""} to ${percent(last?.sure ?? 0)} ${names[last?.best ?? 0] ?? ""}`);
  const add = (tag: string, attributes: Record<string, string | number>): void => {
    const node = document.createElementNS(NS, tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    svg.append(node);
  };
  rows.forEach((row, i) => {
    const x0 = (row.day / n) * width;
    const x1 = ((rows[i + 1]?.day ?? n) / n) * width;
    let y = height;
    row.p.forEach((p, s) => {
      y -= p * height;
      add("rect", { x: x0, y, width: Math.max(0.5, x1 - x0), height: p * height, fill: colours[s] ?? CONTESTED });
    });
  });
  const x = ((day + 0.5) / n) * width;
  add("line", { x1: x, x2: x, y1: 0, y2: height, class: "now" });
  return el("figure", {}, svg,
    el("figcaption", {}, el("span", {}, shortDay(series.days[0] ?? "")), el("span", {}, "probability of each status, 0 to 100%"), el("span", {}, shortDay(series.days[n - 1] ?? ""))));
}

export function placePanel(host: HTMLElement, meta: Meta, series: ControlSeries, about: About, state: ViewState): void {
  const { names } = about;

  const group = (title: string, claims: Claim[], effects: Map<string, string>): HTMLElement | null => {
    if (!claims.length) return null;
    const box = el("section", {}, el("h3", {}, `${title} (${claims.length})`));
    for (const claim of claims.slice(0, SHOWN)) box.append(claimCard(claim, about, state, effects.get(claim.id) ?? ""));
    return box;
  };

  const evidence = (place: number, best: number, day: string, why: Why | null): HTMLElement => {
    const own = about.of(place).filter((c) => c.valid_day <= day).sort((a, b) => b.valid_day.localeCompare(a.valid_day));
    const named = new Set(own.map((c) => c.id));
    const effects = new Map<string, string>();
    const around: Claim[] = [];
    for (const e of why?.evidence ?? []) {
      const points = 100 * (e.change ?? 0);
      const size = Math.abs(points) < 1 ? Math.abs(points).toFixed(1) : String(Math.round(Math.abs(points)));
      if (size !== "0.0") effects.set(e.id, `${points > 0 ? "+" : "−"}${size} ${size === "1" ? "point" : "points"}`);
      const claim = about.byId.get(e.id);
      if (claim && !named.has(e.id) && around.length < SHOWN) around.push(claim);
    }
    const state1 = names[best] ?? "";
    const contested = best === names.length - 1;
    const rest = own.filter((c) => contested || about.bears(c, best) === 0);
    const out = el("div", { class: "evidence" });
    if (!contested) {
      out.append(...[group(`For ${state1}`, own.filter((c) => about.bears(c, best) > 0), effects),
        group(`Against ${state1}`, own.filter((c) => about.bears(c, best) < 0), effects)].filter((n): n is HTMLElement => n !== null));
    }
    out.append(...[group("Other claims about this place", rest, effects), group("Claims about the region or places nearby", around, effects)].filter((n): n is HTMLElement => n !== null));
    return out;
  };

  /** What the map says that the run began with. */
  const startWords = (start: NonNullable<Why["start"]>): string => {
    const [key, p] = Object.entries(start.probabilities).sort((a, b) => b[1] - a[1])[0] ?? ["", 0];
    return `${about.sideName(key)} ${percent(p)}, from the map “${start.from ?? ""}”${start.day ? ` of ${longDay(start.day)}` : ""}`;
  };

  let asked = 0;
  const draw = (): void => {
    const place = state.current.place;
    host.replaceChildren();
    if (place === null) return;
    const day = series.dayIndex(state.current.day);
    const date = series.days[day] ?? "";
    const row = series.at(place, day);
    const { name, admin, id } = series.places;
    const contested = row.best === names.length - 1;
    const status = contested ? "Contested" : `Held by ${names[row.best] ?? "?"}`;
    const word = about.word(place, row.best, date, row.sure);
    const first = series.at(place, 0);
    const since = series.since(place, day);
    const turned = first.best === row.best ? `, as on ${shortDay(series.days[0] ?? "")}` : `, since ${shortDay(series.days[since] ?? "")} (before: ${names[first.best] ?? ""})`;
    const close = el("button", { type: "button", class: "close", "aria-label": `Close ${name[place] ?? ""}, back to the list` }, "×");
    close.addEventListener("click", () => state.set({ place: null }));
    const reasons = el("p", { class: "why" }, el("strong", {}, "Why? "), `${BASIS[row.basis] ?? ""}. `,
      word.words ? `On whose word: ${word.words}. ` : "",
      !contested && word.pro + word.contra ? `${count(word.pro, "claim")} for it, ${word.contra || "none"} against. ` : "",
      ...(row.basis === 2 && !word.words ? [] : word.doubts).map(doubt));
    const list = el("div", {});
    host.append(
      el("header", {}, el("h2", {}, name[place] ?? ""), close),
      el("p", { class: "meta" }, `${[admin[place], `GeoNames ${id[place] ?? ""}`].filter(Boolean).join(" · ")}`),
      el("p", { class: "status" }, el("strong", {}, `${status}, ${percent(row.sure)}`), ` on ${longDay(date)}${turned}`),
      reasons, chart(series, meta, place, day), list,
    );
    list.append(evidence(place, row.best, date, null));
    const turn = ++asked;
    if (published) return;
    const note = el("span", { class: "meta", role: "status" });
    reasons.append(" ", note);
    const fill = (why: Why | null): boolean => {
      if (!why || turn !== asked) return false;
      list.replaceChildren(evidence(place, row.best, date, why));
      return true;
    };
    void (async () => {
      if (!fill(await loadWhy(date, id[place] ?? 0, false))) return;
      note.textContent = "Working out what each claim adds ...";
      // Whoever only steps through places or days does not keep the server busy with it.
      await new Promise((rested) => setTimeout(rested, REST_MS));
      if (turn !== asked) return;
      const why = await loadWhy(date, id[place] ?? 0, true);
      if (!fill(why) || !why) return;
      const maps = (why.maps ?? []).map((m) => `The map of ${m.maker} of ${shortDay(m.day)} shows ${about.sideName(m.status)}. `).join("");
      const start = why.start?.from ? `At the start: ${startWords(why.start)}. ` : "";
      note.textContent = `${maps}${start}${why.evidence.length ? "The points beside a claim are what it adds to this probability." : ""}`;
      host.dataset["why"] = String(place);
    })();
  };
  state.listen((view, before) => { if (view.place !== before.place || view.day !== before.day) draw(); });
  draw();
}
