// The day shown: a slider with play and steps, and a second handle for the day to compare with.

import type { ControlSeries } from "./control";
import type { Meta } from "./data";
import { el, longDay, shortDay } from "./dom";
import type { ViewState } from "./state";

const STEP_MS = 450;

export function timeline(host: HTMLElement, meta: Meta, series: ControlSeries, state: ViewState): void {
  const last = series.days.length - 1;
  const slider = el("input", { type: "range", min: "0", max: String(last), step: "1", id: "day", "aria-label": "Day shown" });
  const since = el("input", { type: "range", min: "0", max: String(last), step: "1", id: "since", "aria-label": "Compare with day" });
  const back = el("button", { type: "button", "aria-label": "A day back" }, "‹");
  const play = el("button", { type: "button", "aria-label": "Play", id: "play" }, "▶");
  const forth = el("button", { type: "button", "aria-label": "A day forward" }, "›");
  const label = el("output", { for: "day", class: "day" });
  const sinceLabel = el("output", { for: "since", class: "since" });
  host.append(
    el("div", { class: "row" }, back, play, forth, slider, label),
    el("div", { class: "row compare" }, el("label", { for: "since" }, "changes since"), since, sinceLabel),
    meta.published ? eachDay(meta, state) : knownHandle(meta, state),
  );
  let timer: number | undefined;

  const stop = (): void => {
    window.clearInterval(timer);
    timer = undefined;
    play.textContent = "▶";
    play.setAttribute("aria-label", "Play");
  };
  const go = (day: number, keep = false): void =>
    state.set({ day: series.days[Math.min(last, Math.max(0, day))] ?? "" }, keep);
  const now = (): number => series.dayIndex(state.current.day);

  slider.addEventListener("input", () => { stop(); go(Number(slider.value), true); });
  since.addEventListener("input", () => state.set({ since: series.days[Number(since.value)] ?? null }, true));
  back.addEventListener("click", () => { stop(); go(now() - 1); });
  forth.addEventListener("click", () => { stop(); go(now() + 1); });
  play.addEventListener("click", () => {
    if (timer !== undefined) { stop(); return; }
    if (now() === last) go(0, true);
    play.textContent = "❚❚";
    play.setAttribute("aria-label", "Pause");
    timer = window.setInterval(() => {
      if (now() >= last) stop();
      else go(now() + 1, true);
    }, STEP_MS);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowLeft" || event.key === ",") go(now() - 1);
    else if (event.key === "ArrowRight" || event.key === ".") go(now() + 1);
    else if (event.key === " " && event.target === document.body) { event.preventDefault(); play.click(); }
  });

  const draw = (): void => {
    const day = now();
    const from = series.dayIndex(state.current.since ?? series.days[0] ?? "");
    slider.value = String(day);
    slider.setAttribute("aria-valuetext", longDay(series.days[day] ?? ""));
    since.value = String(from);
    since.setAttribute("aria-valuetext", longDay(series.days[from] ?? ""));
    label.textContent = longDay(series.days[day] ?? "");
    sinceLabel.textContent = shortDay(series.days[from] ?? "");
  };
  state.listen(draw);
  draw();
}

/** The second clock: leave out whatever became known after a day. Its last notch stands for everything known. */
function knownHandle(meta: Meta, state: ViewState): HTMLElement {
  // The days of the whole run: as known on an early day, the series itself ends there.
  const days = meta.run_days ?? meta.days;
  const all = days.length;
  const { known } = state.current;
  const at = known && known !== "each" && days.includes(known) ? days.indexOf(known) : all;
  const handle = el("input", { type: "range", min: "0", max: String(all), step: "1", id: "known", value: String(at), "aria-label": "As known on day" });
  const label = el("output", { for: "known", class: "since" });
  const draw = (): void => {
    const day = days[Number(handle.value)];
    label.textContent = day ? shortDay(day) : "all reports";
    handle.setAttribute("aria-valuetext", day ? longDay(day) : "everything known");
  };
  handle.addEventListener("input", draw);
  handle.addEventListener("change", () => state.set({ known: days[Number(handle.value)] ?? "" }));
  draw();
  return el("div", { class: "row compare" }, el("label", { for: "known" }, "as known on"), handle, label);
}

/** A published site has two series: all that is known, and each day as it was known that day. */
function eachDay(meta: Meta, state: ViewState): HTMLElement | string {
  if (!meta.each) return "";
  const box = el("input", { type: "checkbox", id: "known", ...(state.current.known === "each" ? { checked: "" } : {}) });
  box.addEventListener("change", () => state.set({ known: box.checked ? "each" : "" }));
  return el("label", { class: "row compare" }, box, "each day as it was known that day, nothing later");
}
