// What is being looked at. It lives in the address, so that every view is a link.

export interface View {
  day: string;
  since: string | null;
  place: number | null;
  report: string | null;
  tab: string;
  known: string;
  filters: Record<string, string>;
}

const FIXED = new Set(["day", "since", "place", "report", "tab", "known"]);

/** The address names places by their lasting ids; in memory they are indices into the columns. */
let ids: number[] = [];

export function readView(lastDay: string): View {
  const q = new URLSearchParams(location.hash.slice(1));
  const filters: Record<string, string> = {};
  for (const [key, value] of q) if (!FIXED.has(key) && value) filters[key] = value;
  const place = q.get("place");
  return {
    day: q.get("day") ?? lastDay,
    since: q.get("since"),
    place: place === null || !ids.includes(Number(place)) ? null : ids.indexOf(Number(place)),
    report: q.get("report"),
    tab: q.get("tab") ?? "changes",
    known: q.get("known") ?? "",
    filters,
  };
}

function written(view: View): string {
  const q = new URLSearchParams();
  q.set("day", view.day);
  if (view.since) q.set("since", view.since);
  if (view.place !== null) q.set("place", String(ids[view.place] ?? ""));
  if (view.report) q.set("report", view.report);
  q.set("tab", view.tab);
  if (view.known) q.set("known", view.known);
  for (const [key, value] of Object.entries(view.filters)) if (value) q.set(key, value);
  return `#${q.toString()}`;
}

type Listener = (view: View, before: View) => void;

/** The one place that holds the view; parts of the page listen and never talk to each other. */
export class ViewState {
  private listeners: Listener[] = [];
  current: View;

  constructor(lastDay: string, placeIds: number[]) {
    ids = placeIds;
    this.current = readView(lastDay);
    window.addEventListener("hashchange", () => {
      if (location.hash !== written(this.current)) this.apply(readView(lastDay));
    });
  }

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Change part of the view; `keep` leaves no step in the history (for a moving slider). */
  set(change: Partial<View>, keep = false): void {
    const next = { ...this.current, ...change };
    const url = written(next);
    if (url === written(this.current)) return;
    if (keep) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    this.apply(next);
  }

  link(change: Partial<View>): string {
    return written({ ...this.current, ...change });
  }

  private apply(next: View): void {
    const before = this.current;
    // The same filters are the same object: who listens compares them.
    if (JSON.stringify(next.filters) === JSON.stringify(before.filters)) next.filters = before.filters;
    this.current = next;
    // Another known day is another set of data: the page starts anew, and the address brings everything else back.
    if (next.known !== before.known) { location.reload(); return; }
    for (const listener of this.listeners) listener(next, before);
  }
}
