// The page: loads the data, then hands each part its piece. Parts share only the view state.

import "./style.css";
import { About } from "./about";
import { ControlSeries } from "./control";
import { load, type Meta } from "./data";
import { desk } from "./desk";
import { byId, count, el, km2, longDay } from "./dom";
import { Labels } from "./labels";
import { lists } from "./lists";
import { ControlMap } from "./map";
import { placePanel } from "./place";
import { reader } from "./reader";
import { search } from "./search";
import { ViewState } from "./state";
import { timeline } from "./timeline";

function legend(host: HTMLElement, meta: Meta): void {
  for (const side of meta.sides) host.append(el("span", {}, el("i", { style: `background:${side.colour}` }), side.name));
  host.append(
    el("span", {}, el("i", { class: "won" }), "changed hands"),
    el("span", {}, el("i", { class: "contested" }), "contested"),
    el("span", {}, el("i", { class: "pale" }), "pale: unsure"),
    el("span", {}, el("i", { class: "dot" }), "reported"),
    el("span", {}, el("i", { class: "circle" }), "inferred"),
  );
}

/** The news in one sentence. */
function headline(host: HTMLElement, meta: Meta, series: ControlSeries, state: ViewState): void {
  const draw = (): void => {
    const days = [series.dayIndex(state.current.day), series.dayIndex(state.current.since ?? series.days[0] ?? "")];
    const [since, until] = [Math.min(...days), Math.max(...days)];
    const won = meta.sides.map((side, s) => ({ side, all: series.changes(since, until).filter((c) => c.to === s) })).filter((w) => w.all.length);
    const news = won.map((w) => `${count(w.all.length, "place")} (${km2(w.all.reduce((sum, c) => sum + c.km2, 0))}) came under ${w.side.name}`);
    const contested = series.changes(since, until).filter((c) => c.to === meta.sides.length).length;
    if (contested) news.push(`${count(contested, "place")} became contested`);
    const when = meta.known === "each" ? "each day as known that day" : meta.known ? `as known on ${longDay(meta.known)}` : `from ${count(meta.counts.reports, "report")}`;
    host.textContent = `By ${longDay(series.days[until] ?? "")}: ${news.length ? news.join(", ") : "nothing changed hands"} since ${longDay(series.days[since] ?? "")} (${when}).`;
  };
  state.listen((view, before) => { if (view.day !== before.day || view.since !== before.since) draw(); });
  draw();
}

async function start(): Promise<void> {
  const [meta, places, control, cells, front, outlines] = await Promise.all([
    load("meta"), load("places"), load("control"), load("cells"), load("front"), load("outlines"),
  ]);
  document.title = `${meta.theatre} · whoholds`;
  byId("title").textContent = meta.theatre;
  const series = new ControlSeries(control, meta, places, cells);
  const state = new ViewState(meta.days[meta.days.length - 1] ?? "", places.id);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const map = new ControlMap(byId("map"), meta, series, cells, front, outlines, (place) => state.set({ place }), dark);
  new Labels(map.map, series);
  legend(byId("legend"), meta);
  timeline(byId("timeline"), meta, series, state);
  headline(byId("headline"), meta, series, state);
  map.show(series.dayIndex(state.current.day));
  const compare = (): void => map.compare(series.dayIndex(state.current.since ?? series.days[0] ?? ""), series.dayIndex(state.current.day));
  compare();
  state.listen((view, before) => {
    if (view.day !== before.day || view.since !== before.since) compare();
    if (view.day !== before.day) map.show(series.dayIndex(view.day));
    if (view.place !== before.place) {
      map.mark(view.place);
      if (view.place !== null) map.fly(view.place);
    }
  });
  // The lists' data are many times the map's: they wait until the map is drawn.
  await new Promise<void>((drawn) => map.map.once("load", () => drawn()));
  map.mark(state.current.place);
  if (state.current.place !== null) map.fly(state.current.place);
  performance.mark("map-ready");
  document.documentElement.dataset["ready"] = "map";
  const [claims, reports, names] = await Promise.all([load("claims"), load("reports"), load("names"), desk.load(meta, places)]);
  const about = new About(meta, claims);
  placePanel(byId("place"), meta, series, about, state);
  reader(byId("reader") as HTMLDialogElement, about, reports, state);
  search(byId("search") as HTMLInputElement, byId("found"), series, names.other_names, state);
  const shown = { meta, series, claims, reports, names: names.other_names, about, ledgers: null, brief: null };
  lists(byId("tabs"), byId("list"), shown, state);
  document.documentElement.dataset["lists"] = "ready";
}

start().catch((error: unknown) => {
  byId("headline").textContent = `The page could not load its data. ${error instanceof Error ? error.message : String(error)}`;
  document.documentElement.dataset["ready"] = "failed";
});
