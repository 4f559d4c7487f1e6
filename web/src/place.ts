// One place: its status in words, its probability over time, and the claims for and against.

import type { ControlSeries } from "./control";
import type { Claim, Meta } from "./data";
import { el, longDay, percent, shortDay } from "./dom";
import type { ViewState } from "./state";

const BASIS = ["a report names it", "inferred from its surroundings", "nothing new; carried from before"];
const CONTESTED = "#8c8c8c";

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

export function claimCard(claim: Claim, state: ViewState): HTMLElement {
  const said = [
    claim.failed ? `failed ${claim.kind}` : claim.kind,
    claim.side ? `by ${claim.side}` : "",
    claim.stance === "asserted" ? "" : claim.stance,
    claim.hedged ? "with doubt" : "",
    claim.evidence === "statement" ? "" : claim.evidence,
  ].filter(Boolean).join(", ");
  const who = claim.speaker ? `${claim.speaker}, in ${claim.outlet}` : claim.outlet;
  return el("article", { class: "claim", id: claim.id },
    markedSentence(claim),
    el("p", { class: "meta" }, el("strong", {}, said), ` · ${who} · ${shortDay(claim.valid_day)} · known ${shortDay(claim.known_day)} · `,
      el("a", { href: state.link({ report: claim.report }) }, "open report")));
}

/** Stacked probabilities over the days, drawn as SVG. */
function chart(series: ControlSeries, meta: Meta, place: number, day: number): SVGSVGElement {
  const NS = "http://www.w3.org/2000/svg";
  const width = 320;
  const height = 90;
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Probability of each status over time");
  const colours = [...meta.sides.map((side) => side.colour), CONTESTED];
  const rows = series.history(place);
  const n = Math.max(1, series.days.length);
  rows.forEach((row, i) => {
    const x0 = (row.day / n) * width;
    const x1 = ((rows[i + 1]?.day ?? n) / n) * width;
    let y = height;
    row.p.forEach((p, s) => {
      const rect = document.createElementNS(NS, "rect");
      y -= p * height;
      for (const [key, value] of Object.entries({ x: x0, y, width: Math.max(0.5, x1 - x0), height: p * height, fill: colours[s] ?? CONTESTED }))
        rect.setAttribute(key, String(value));
      svg.append(rect);
    });
  });
  const line = document.createElementNS(NS, "line");
  const x = ((day + 0.5) / n) * width;
  for (const [key, value] of Object.entries({ x1: x, x2: x, y1: 0, y2: height, class: "now" })) line.setAttribute(key, String(value));
  svg.append(line);
  return svg;
}

export function placePanel(host: HTMLElement, meta: Meta, series: ControlSeries, claims: Claim[], state: ViewState): void {
  const about = new Map<number, Claim[]>();
  for (const claim of claims) {
    for (const { place } of claim.places) {
      if (place === null) continue;
      const known = about.get(place);
      if (known) known.push(claim);
      else about.set(place, [claim]);
    }
  }
  const names = [...meta.sides.map((side) => side.name), "contested"];
  const draw = (): void => {
    const place = state.current.place;
    host.replaceChildren();
    if (place === null) return;
    const day = series.dayIndex(state.current.day);
    const row = series.at(place, day);
    const { name, other_names, admin, id } = series.places;
    const own = (about.get(place) ?? []).filter((c) => c.known_day <= meta.known_day);
    own.sort((a, b) => b.valid_day.localeCompare(a.valid_day));
    const status = names[row.best] === "contested" ? "Contested" : `Held by ${names[row.best] ?? "?"}`;
    const close = el("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
    close.addEventListener("click", () => state.set({ place: null }));
    host.append(
      el("header", {}, el("h2", {}, name[place] ?? ""), close),
      el("p", { class: "meta" }, [admin[place], other_names[place]].filter(Boolean).join(" · "), ` · ${id[place] ?? ""}`),
      el("p", { class: "status" }, el("strong", {}, `${status}, ${percent(row.sure)}`), ` on ${longDay(series.days[day] ?? "")}`),
      el("p", { class: "why" }, `Basis: ${BASIS[row.basis] ?? ""}. `, row.claims ? `${row.claims} claims bear on it.` : "No claim names it."),
      chart(series, meta, place, day) as unknown as HTMLElement,
      own.length ? el("h3", {}, `Claims about ${name[place] ?? ""}`) : null as never,
    );
    for (const claim of own.slice(0, 60)) host.append(claimCard(claim, state));
  };
  state.listen((view, before) => { if (view.place !== before.place || view.day !== before.day) draw(); });
  draw();
}
