// What became known after a day: not what changed on the ground, but what changed in what is held of it.

import { loadDigest, published } from "./data";
import { count, el, longDay, percent, shortDay } from "./dom";
import { cards, disputeCard } from "./ledgers";
import { lead, note, paged, placeNamed, spanOf, type Draw } from "./rows";

/** Rows of a heading shown at first: there are several headings. */
const AT_ONCE = 12;

export const digest: Draw = (host, shown, state) => {
  const [since, until] = spanOf(shown, state).map((at) => shown.series.days[at] ?? "") as [string, string];
  const wait = el("p", { class: "meta", role: "status" }, "Gathering ...");
  host.append(wait);
  void loadDigest(since, until).catch(() => null).then((found) => {
    if (!wait.isConnected) return;
    wait.remove();
    if (!found) { note(host, "What became known could not be gathered: the server gave no answer for these days."); return; }
    const { about } = shown;
    lead(host, `What became known after ${longDay(found.since)}, up to ${longDay(found.until)}`);
    note(host, `${count(found.reports, "report")} and ${count(found.claims, "claim")}. ${published ? "A published site tells the whole run." : "Choose the days with the handles under the map."}`);
    let said = 0;
    const whole = <T>(title: string, rows: T[], draw: (part: T[]) => HTMLElement[], what = ""): void => {
      if (!rows.length) return;
      said++;
      const box = el("div", {});
      host.append(el("h2", {}, `${title} (${rows.length.toLocaleString("en-GB")})`), what ? el("p", { class: "meta" }, what) : "", box);
      paged(box, rows, draw, AT_ONCE);
    };
    const section = <T>(title: string, what: string, rows: T[], draw: (row: T) => (Node | string | null)[]): void =>
      whole(title, rows, (part) => [el("ul", { class: "brief" }, ...part.map((row) => el("li", {}, ...draw(row))))], what);
    section("Held otherwise now", `Places whose status on ${longDay(found.since)} is held to be another now than was known that day.`, found.revised, (r) => [
      placeNamed(shown, state, r.id, r.name), `: then ${about.sideName(r.then)}, now ${about.sideName(r.now)}, ${percent(r.probability)}`]);
    for (const [title, rows] of [["opened", found.contradictions_opened], ["closed", found.contradictions_closed]] as const) {
      whole(`Contradictions ${title}`, rows, (part) => part.map((c) => disputeCard(shown, state, c)));
    }
    section("Rumours and forecasts resolved", "", found.forecasts_resolved, (r) => {
      const claim = about.byId.get(r.claim_ids[0] ?? "");
      return [`${claim ? about.says(claim) : r.what}: ${r.resolved}${r.days === null ? "" : ` after ${count(r.days, "day")}`}`];
    });
    section("Reports edited", "", found.edited, (line) => [line]);
    section("Reports taken out", "", found.removed, (line) => [line]);
    section("Entered by hand", "", found.by_hand, (line) => [line]);
    if (found.judged.length) {
      said++;
      host.append(el("h2", {}, `Verdicts (${found.judged.length})`));
      note(host, "They stand beside their claims, under Claims and in each place.");
    }
    whole(`New claims about days before ${shortDay(found.since)}`, found.late_claims, (part) => cards(shown, state, part.map((claim) => claim.id)));
    if (!said) note(host, "Nothing that changes what was held before. New claims are under Claims, new changes under What changed.");
  });
};
