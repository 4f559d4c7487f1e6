// The page: loads the data, then hands each part its piece. Parts share only the view state.

import "./style.css";
import { ControlSeries } from "./control";
import { load, type Meta } from "./data";
import { byId, el, longDay } from "./dom";
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
    el("span", {}, el("i", { class: "contested" }), "contested"),
    el("span", {}, el("i", { class: "pale" }), "pale: unsure"),
    el("span", {}, el("i", { class: "dot" }), "reported"),
    el("span", {}, el("i", { class: "circle" }), "inferred"),
  );
}

function headline(host: HTMLElement, meta: Meta, series: ControlSeries, state: ViewState): void {
  const draw = (): void => {
    const until = series.dayIndex(state.current.day);
    const since = series.dayIndex(state.current.since ?? series.days[0] ?? "");
    const n = series.changes(Math.min(since, until), Math.max(since, until)).length;
    host.textContent = `${meta.theatre}, ${longDay(series.days[until] ?? "")}, as known on ${longDay(meta.known_day)}: ${n} places changed since ${longDay(series.days[since] ?? "")}`;
  };
  state.listen(draw);
  draw();
}

async function start(): Promise<void> {
  const [meta, places, control, cells, front, outlines] = await Promise.all([
    load("meta"), load("places"), load("control"), load("cells"), load("front"), load("outlines"),
  ]);
  document.title = meta.title;
  byId("title").textContent = meta.title;
  const series = new ControlSeries(control, meta, places).indexMoving();
  const state = new ViewState(meta.days[meta.days.length - 1] ?? "");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const map = new ControlMap(byId("map"), meta, series, cells, front, outlines, (place) => state.set({ place }), dark);
  new Labels(map.map, series);
  legend(byId("legend"), meta);
  timeline(byId("timeline"), series, state);
  headline(byId("headline"), meta, series, state);
  map.show(series.dayIndex(state.current.day));
  state.listen((view, before) => {
    if (view.day !== before.day) map.show(series.dayIndex(view.day));
    if (view.place !== before.place) {
      map.mark(view.place);
      if (view.place !== null) map.fly(view.place);
    }
  });
  map.map.on("load", () => {
    map.mark(state.current.place);
    performance.mark("map-ready");
    document.documentElement.dataset["ready"] = "map";
  });
  const [claims, reports, ledgers, brief] = await Promise.all([load("claims"), load("reports"), load("ledgers"), load("brief")]);
  placePanel(byId("place"), meta, series, claims, state);
  lists(byId("tabs"), byId("list"), { meta, series, claims, reports, ledgers, brief }, state);
  reader(byId("reader") as HTMLDialogElement, claims, reports, state);
  search(byId("search") as HTMLInputElement, byId("found"), series, state);
  document.documentElement.dataset["lists"] = "ready";
}

start().catch((error: unknown) => {
  byId("headline").textContent = `The page could not load its data: ${error instanceof Error ? error.message : String(error)}`;
});
