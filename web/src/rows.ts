// What every list is made of: what it is given, filters in the address, tables, links, and pages of rows.

import type { About } from "./about";
import type { ControlSeries } from "./control";
import type { Brief, Claim, Ledgers, Meta, ReportRow } from "./data";
import { el } from "./dom";
import type { ViewState } from "./state";

const PAGE = 60;

export interface Shown { meta: Meta; series: ControlSeries; claims: Claim[]; reports: ReportRow[]; names: string[]; ledgers: Ledgers; brief: Brief; about: About }

export type Draw = (host: HTMLElement, shown: Shown, state: ViewState) => void;

/** A filter that lives in the address; `words` says what its values mean. */
export function select(state: ViewState, key: string, label: string, values: string[], words: Record<string, string> = {}): HTMLElement {
  const box = el("select", { "aria-label": label }, el("option", { value: "" }, `any ${label}`));
  for (const value of values) box.append(el("option", { value, ...(state.current.filters[key] === value ? { selected: "" } : {}) }, words[value] ?? value));
  box.addEventListener("change", () => state.set({ filters: { ...state.current.filters, [key]: box.value } }));
  return box;
}

export const filters = (...boxes: HTMLElement[]): HTMLElement => el("div", { class: "filters" }, ...boxes);

export const unique = (values: (string | null)[]): string[] => [...new Set(values.filter((v): v is string => v !== null))].sort();

export function table(head: string[], rows: (Node | string)[][]): HTMLElement {
  const body = el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, cell)))));
  const made = el("table", {}, el("thead", {}, el("tr", {}, ...head.map((h) => el("th", { scope: "col" }, h)))), body);
  if (head[0] === "day") made.classList.add("dated");
  return made;
}

export const placeLink = (shown: Shown, state: ViewState, place: number): HTMLElement =>
  el("a", { href: state.link({ place }) }, shown.series.places.name[place] ?? "?");

/** A link to a place by its lasting id, or its name alone where the map has none. */
export function placeNamed(shown: Shown, state: ViewState, id: number | null, name: string): HTMLElement {
  const place = id === null ? -1 : shown.series.places.id.indexOf(id);
  return place >= 0 ? el("a", { href: state.link({ place }) }, name) : el("span", {}, name);
}

export const claimLink = (shown: Shown, state: ViewState, id: string, words?: string): HTMLElement => {
  const claim = shown.about.byId.get(id);
  if (!claim) return el("span", {}, words ?? "");
  return el("a", { href: state.link({ report: claim.report }), title: claim.sentence }, words ?? claim.speaker ?? claim.outlet);
};

/** Rows of a list, a page of them; a button brings the next. */
export function paged<T>(host: HTMLElement, rows: T[], draw: (rows: T[]) => HTMLElement[], page = PAGE): void {
  let at = 0;
  const more = el("button", { type: "button", class: "more" }, "Show more");
  const next = (): void => {
    const part = rows.slice(at, at + page);
    at += part.length;
    more.before(...draw(part));
    more.hidden = at >= rows.length;
    more.textContent = `Show more (${rows.length - at} left)`;
  };
  host.append(more);
  more.addEventListener("click", next);
  next();
}

export const lead = (host: HTMLElement, ...words: (Node | string)[]): void => { host.append(el("p", { class: "lead" }, ...words)); };
export const note = (host: HTMLElement, words: string): void => { host.append(el("p", { class: "meta" }, words)); };

export const colourOf = (meta: Meta, state: number): string => meta.sides[state]?.colour ?? "#8c8c8c";

/** The days compared, in order. */
export function spanOf(shown: Shown, state: ViewState): [number, number] {
  const { series } = shown;
  const days = [series.dayIndex(state.current.day), series.dayIndex(state.current.since ?? series.days[0] ?? "")];
  return [Math.min(...days), Math.max(...days)];
}
