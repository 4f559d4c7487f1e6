// Search over names in any script, and words in the sentences of claims.

import type { ControlSeries } from "./control";
import { el } from "./dom";
import type { ViewState } from "./state";

/** Words without case, accents, apostrophes and hyphens, as they are compared. */
export const fold = (words: string): string => words.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’ʼ-]/g, "");

export function search(box: HTMLInputElement, found: HTMLElement, series: ControlSeries, other_names: string[], state: ViewState): void {
  const { name, admin } = series.places;
  const keys = name.map((n, i) => fold(`${n} ${other_names[i] ?? ""}`));
  const draw = (): void => {
    const wanted = fold(box.value.trim());
    found.replaceChildren();
    found.hidden = wanted.length < 2;
    if (found.hidden) return;
    const hits: number[] = [];
    for (let i = 0; i < keys.length && hits.length < 8; i++) if (keys[i]?.startsWith(wanted) || keys[i]?.includes(` ${wanted}`)) hits.push(i);
    for (const place of hits) {
      const link = el("a", { href: state.link({ place }) }, name[place] ?? "", el("small", {}, ` ${admin[place] ?? ""}`));
      link.addEventListener("click", () => { found.hidden = true; });
      found.append(el("li", {}, link));
    }
    const words = el("a", { href: state.link({ tab: "claims", place: null, filters: { q: box.value.trim() } }) }, `claims with “${box.value.trim()}”`);
    const reports = el("a", { href: state.link({ tab: "reports", place: null, filters: { q: box.value.trim() } }) }, `reports with “${box.value.trim()}”`);
    for (const link of [words, reports]) {
      link.addEventListener("click", () => { found.hidden = true; });
      found.append(el("li", {}, link));
    }
  };
  found.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "Escape") { found.hidden = true; box.focus(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    (links[at + (event.key === "ArrowDown" ? 1 : -1)] ?? box).focus();
  });
  document.addEventListener("click", (event) => { if (!(event.target as Element).closest(".tools")) found.hidden = true; });
  box.addEventListener("input", draw);
  box.addEventListener("focus", () => { if (box.value) draw(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") found.querySelector("a")?.click();
    if (event.key === "Escape") found.hidden = true;
    if (event.key === "ArrowDown") { event.preventDefault(); found.querySelector("a")?.focus(); }
  });
}
