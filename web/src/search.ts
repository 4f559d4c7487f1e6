// Search over names in any script, and words in the sentences of claims.

import type { ControlSeries } from "./control";
import { el } from "./dom";
import type { ViewState } from "./state";

const fold = (words: string): string => words.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’ʼ-]/g, "");

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
    const words = el("a", { href: state.link({ tab: "claims", filters: { ...state.current.filters, q: box.value.trim() } }) }, `claims with “${box.value.trim()}”`);
    words.addEventListener("click", () => { found.hidden = true; });
    found.append(el("li", {}, words));
  };
  box.addEventListener("input", draw);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") found.querySelector("a")?.click();
    if (event.key === "Escape") found.hidden = true;
  });
}
