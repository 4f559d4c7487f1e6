// A report as text, with what was read in it: hover or focus a mark to see the claim.

import type { About } from "./about";
import { loadReport, published, type Claim, type ReportRow } from "./data";
import { el, longDay } from "./dom";
import type { ViewState } from "./state";

export function reader(dialog: HTMLDialogElement, about: About, reports: ReportRow[], state: ViewState): void {
  dialog.addEventListener("close", () => state.set({ report: null }));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  const draw = async (id: string): Promise<void> => {
    const row = reports.find((r) => r.id === id);
    if (!row) return;
    const report = await loadReport(row);
    const text = el("div", { class: "text" });
    const cuts = new Set<number>([0, report.text.length]);
    for (const mark of report.marks) { cuts.add(mark.start); cuts.add(mark.end); }
    for (const part of report.parts) { cuts.add(part.start); cuts.add(part.end); }
    const order = [...cuts].sort((a, b) => a - b);
    // Offsets count code points, as everywhere; JavaScript strings count UTF-16 units.
    const points = Array.from(report.text);
    for (let i = 0; i + 1 < order.length; i++) {
      const [start, end] = [order[i] ?? 0, order[i + 1] ?? 0];
      const words = points.slice(start, end).join("");
      const mark = report.marks.find((m) => m.start <= start && end <= m.end);
      const part = report.parts.find((p) => p.start <= start && end <= p.end && p.kind !== "body");
      const claim = mark ? about.byId.get(mark.claim) : undefined;
      const title = claim ? read(about, claim) : undefined;
      text.append(mark
        ? el("mark", { class: `${mark.role} ${part?.kind ?? ""}`, tabindex: "0", title }, words)
        : el("span", { class: part?.kind ?? "body" }, words));
    }
    const close = el("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(
      el("header", {}, el("h2", {}, report.title || report.id), close),
      el("p", { class: "meta" }, [report.outlet, report.author, longDay(report.day)].filter(Boolean).join(" · "), " ",
        report.url && /^https?:/.test(report.url) ? el("a", { href: report.url, rel: "noopener noreferrer nofollow" }, "at the outlet") : null, " ",
        published ? null : el("a", { href: `data/original/${report.file}` }, "original bytes")),
      text,
    );
    const said = el("p", { class: "said", role: "status" }, report.marks.length ? "Point at a marked word, or tab to it, to see what was read there." : "No claim was read in this report.");
    text.before(said);
    const show = (event: Event): void => {
      const mark = (event.target as Element).closest("mark");
      if (mark?.title) said.textContent = mark.title;
    };
    text.addEventListener("pointerover", show);
    text.addEventListener("focusin", show);
    if (!dialog.open) dialog.showModal();
  };
  const follow = (id: string | null): void => {
    if (id) void draw(id);
    else if (dialog.open) dialog.close();
  };
  state.listen((view, before) => { if (view.report !== before.report) follow(view.report); });
  follow(state.current.report);
}

/** What was read at a mark, in words. */
function read(about: About, claim: Claim): string {
  const places = claim.places.map((place) => place.text).join(", ");
  const flags = [claim.stance, claim.hedged ? "hedged" : "", claim.evidence === "statement" ? "" : claim.evidence].filter(Boolean).join(", ");
  return `${about.says(claim)}${places ? ` (${places})` : ""}: ${flags}; ${claim.speaker ? `said by ${claim.speaker}` : "the report's own words"}; about ${longDay(claim.valid_day)}`;
}
