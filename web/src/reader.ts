// A report as text, with what was read in it: hover or focus a mark to see the claim.

import type { About } from "./about";
import { loadReport, published, type Claim, type ReportRow, type ReportText } from "./data";
import { el, longDay } from "./dom";
import type { ViewState } from "./state";
import { EVIDENCE, STANCES } from "./words";

type Part = ReportText["parts"][number];

export function reader(dialog: HTMLDialogElement, about: About, reports: ReportRow[], state: ViewState): void {
  dialog.addEventListener("close", () => state.set({ report: null }));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  const draw = async (id: string): Promise<void> => {
    const row = reports.find((r) => r.id === id);
    const close = el("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
    close.addEventListener("click", () => dialog.close());
    const refuse = (words: string): void => {
      dialog.replaceChildren(el("header", {}, el("h2", {}, row?.title || id), close), el("p", { role: "alert" }, words));
      if (!dialog.open) dialog.showModal();
    };
    if (!row) { refuse("There is no report with this id here: it was removed, or became known only later."); return; }
    let report: ReportText;
    try {
      report = await loadReport(row);
    } catch (error) {
      refuse(`The report could not be loaded. ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    if (state.current.report !== id) return;
    const text = el("div", { class: "text" });
    const cuts = new Set<number>([0, report.text.length]);
    for (const mark of report.marks) { cuts.add(mark.start); cuts.add(mark.end); }
    for (const part of report.parts) { cuts.add(part.start); cuts.add(part.end); }
    const order = [...cuts].sort((a, b) => a - b);
    // Offsets count code points, as everywhere; JavaScript strings count UTF-16 units.
    const points = Array.from(report.text);
    // What stands in a post or caption goes into one box, that it be seen as such.
    let inside: Part | undefined;
    let box: HTMLElement = text;
    for (let i = 0; i + 1 < order.length; i++) {
      const [start, end] = [order[i] ?? 0, order[i + 1] ?? 0];
      const words = points.slice(start, end).join("");
      const mark = report.marks.find((m) => m.start <= start && end <= m.end);
      const part = report.parts.find((p) => p.start <= start && end <= p.end && p.kind !== "body");
      const claim = mark ? about.byId.get(mark.claim) : undefined;
      const title = claim ? read(about, claim) : undefined;
      if (part !== inside) {
        inside = part;
        box = part ? el("span", { class: part.kind, "data-label": labelOf(part) }) : text;
        if (box !== text) text.append(box);
      }
      box.append(mark ? el("mark", { class: mark.role, tabindex: "0", title }, words) : words);
    }
    dialog.replaceChildren(
      el("header", {}, el("h2", {}, report.title || report.id), close),
      el("p", { class: "meta" }, [report.outlet, report.author, longDay(report.day)].filter(Boolean).join(" · "), " ",
        report.url && /^https?:/.test(report.url) ? el("a", { href: report.url, rel: "noopener noreferrer nofollow" }, "at the outlet") : null, " ",
        published ? null : el("a", { href: `data/original/${report.file}` }, "download the original bytes")),
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

/** Whose words an embedded part is; nothing for the title. */
function labelOf(part: Part): string | undefined {
  if (part.kind === "title") return undefined;
  const who = [part.author, part.handle].filter(Boolean).join(", ");
  return [part.kind === "post" ? "Embedded post" : part.kind === "caption" ? "Caption" : part.kind, who, part.day ? longDay(part.day) : ""].filter(Boolean).join(" · ");
}

/** What was read at a mark, in words. */
function read(about: About, claim: Claim): string {
  const flags = [STANCES[claim.stance] ?? claim.stance, claim.hedged ? "told with doubt" : "", EVIDENCE[claim.evidence] ?? claim.evidence].filter(Boolean).join(", ");
  return `${about.says(claim)}. ${claim.speaker ? `Said by ${claim.speaker}` : "The report's own words"}, about ${longDay(claim.valid_day)}; ${flags}.`;
}
