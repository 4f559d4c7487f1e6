// The desk: verdicts of analysts shown beside their claims, and given by who holds the server's token. Verdicts stand
// beside claims, never in them; the map follows with the next run, and the page says so.

import { published, type Claim, type Meta, type Places } from "./data";
import { el, shortDay } from "./dom";
import { EVIDENCE, KIND_NAMES, STANCES, VERDICTS } from "./words";

export interface Verdict { claim: string; verdict: "accept" | "reject" | "correct" | "undo"; by: string; at: string; note: string; place: number | null; kind: string | null }

export interface Queued { claim: string; worth: number; reasons: string[] }

export const KINDS = ["gain", "enter", "hold", "leave", "attack", "fire", "advance", "deploy"];
const LATER = "The map and the probabilities follow with the next run of whoholds.";

async function problem(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => ({}))) as { detail?: string; remedy?: string };
  return [body.detail ?? `The server answered ${answer.status}.`, body.remedy].filter(Boolean).join(" ");
}

class Desk {
  private meta: Meta | null = null;
  private places: Places | null = null;
  private readonly stacks = new Map<string, Verdict[]>();

  /** Whether verdicts can be read here, and whether they can be given. */
  get open(): boolean { return this.meta?.desk === true && !published; }
  get writable(): boolean { return this.open && this.meta?.writable === true; }

  async load(meta: Meta, places: Places): Promise<void> {
    this.meta = meta;
    this.places = places;
    if (!this.open) return;
    for (let offset: number | null = 0; offset !== null;) {
      const answer: Response = await fetch(`api/judgements?offset=${offset}`);
      if (!answer.ok) return;
      const page = (await answer.json()) as { rows: Verdict[]; next: number | null };
      page.rows.forEach((row) => this.take(row));
      offset = page.next;
    }
  }

  async queue(): Promise<Queued[]> {
    const answer = await fetch("api/queue?limit=60");
    return answer.ok ? ((await answer.json()) as { rows: Queued[] }).rows : [];
  }

  /** The verdict that counts: the latest not undone. */
  standing(claim: string): Verdict | null {
    const stack = this.stacks.get(claim) ?? [];
    return stack[stack.length - 1] ?? null;
  }

  private take(verdict: Verdict): void {
    const stack = this.stacks.get(verdict.claim) ?? [];
    if (verdict.verdict === "undo") stack.pop();
    else stack.push(verdict);
    this.stacks.set(verdict.claim, stack);
  }

  /** The verdict on a claim in words, and where allowed the means to give one. */
  beside(claim: Claim): HTMLElement {
    const box = el("div", { class: "desk" });
    this.draw(box, claim);
    return box;
  }

  private draw(box: HTMLElement, claim: Claim, said = ""): void {
    box.replaceChildren();
    const verdict = this.standing(claim.id);
    if (verdict) box.append(el("p", { class: "verdict" }, el("strong", {}, `${VERDICTS[verdict.verdict] ?? verdict.verdict} by ${verdict.by}`), ` ${shortDay(verdict.at.slice(0, 10))}${this.corrected(verdict)}${verdict.note ? `: ${verdict.note}` : ""}. `, el("small", {}, LATER)));
    if (said) box.append(el("p", { class: "meta", role: "status" }, said));
    if (!this.writable) return;
    const judge = el("button", { type: "button", class: "small" }, "Judge");
    judge.addEventListener("click", () => judge.replaceWith(this.form(box, claim)));
    box.append(judge);
    if (!verdict) return;
    const undo = el("button", { type: "button", class: "small" }, "Undo this verdict");
    undo.addEventListener("click", () => undo.replaceWith(this.form(box, claim, true)));
    box.append(" ", undo);
  }

  private corrected(verdict: Verdict): string {
    const at = verdict.place === null ? -1 : this.places?.id.indexOf(verdict.place) ?? -1;
    const name = at >= 0 ? this.places?.name[at] : verdict.place === null ? "" : `place ${verdict.place}`;
    const parts = [name ? `place: ${name}` : "", verdict.kind ? `what was done: ${KIND_NAMES[verdict.kind] ?? verdict.kind}` : ""].filter(Boolean).join(", ");
    return parts ? ` (${parts})` : "";
  }

  private form(box: HTMLElement, claim: Claim, undo = false): HTMLElement {
    const verdict = options("verdict", ["accept", "reject", "correct"]);
    const kind = options("right kind", ["", ...KINDS], KIND_NAMES, "kind as read");
    const place = placeInput(this.places);
    const [who, token, note] = signature();
    const form = el("form", { class: "judge" }, ...(undo ? [] : [verdict, place, kind]), note, who, token, el("button", { type: "submit" }, undo ? "Undo" : "Keep"));
    if (!undo) {
      // What is hidden is disabled too: a half-filled field nobody sees would hold the form back.
      const mend = (): void => { place.hidden = kind.hidden = place.disabled = kind.disabled = verdict.value !== "correct"; };
      verdict.addEventListener("change", mend);
      mend();
    }
    const said = el("p", { class: "meta", role: "alert" });
    form.append(said);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const right = verdict.value === "correct" && !undo;
      void this.send("api/judgements", {
        claim: claim.id, verdict: undo ? "undo" : verdict.value, by: who.value.trim(), note: note.value.trim(),
        ...(right && place.value ? { place: Number(place.value.split(" ").pop()) } : {}), ...(right && kind.value ? { kind: kind.value } : {}),
      }, token.value).then((answer) => {
        if (typeof answer === "string") { said.textContent = answer; return; }
        this.take(answer as Verdict);
        this.draw(box, claim, undo ? "Undone." : "Kept.");
      });
    });
    return form;
  }

  /** A form for a claim that no report holds: a phone call, a paper map. */
  handForm(): HTMLElement {
    const meta = this.meta;
    const sides = meta?.sides ?? [];
    const side = el("select", { "aria-label": "side" }, ...sides.map((s) => el("option", { value: s.key }, s.name)));
    const kind = options("what it did", KINDS, KIND_NAMES);
    const stance = options("stance", ["asserted", "acknowledged", "denied", "rumoured", "predicted"], STANCES);
    const evidence = options("evidence", ["statement", "visual"], EVIDENCE);
    const place = placeInput(this.places);
    place.required = true;
    const day = el("input", { type: "date", "aria-label": "day it was so", required: "", value: meta?.days[meta.days.length - 1] ?? "" });
    const speaker = el("input", { "aria-label": "whose word", placeholder: "whose word it is", maxlength: "200" });
    const [who, token, note] = signature();
    const said = el("p", { class: "meta", role: "alert" });
    const form = el("form", { class: "judge" }, side, kind, place, day, stance, evidence, speaker, note, who, token, el("button", { type: "submit" }, "Enter"), said);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send("api/claims", {
        kind: kind.value, side: side.value, place: Number(place.value.split(" ").pop()), day: day.value, author: who.value.trim(),
        stance: stance.value, evidence: evidence.value, note: note.value.trim(), ...(speaker.value.trim() ? { speaker: speaker.value.trim() } : {}),
      }, token.value).then((answer) => {
        said.textContent = typeof answer === "string" ? answer : `Kept as ${(answer as { claim: string }).claim}. It joins the lists and the map with the next run of whoholds.`;
      });
    });
    return form;
  }

  /** The answer, or what went wrong in words. */
  private async send(path: string, body: unknown, token: string): Promise<unknown> {
    sessionStorage.setItem("whoholds-token", token);
    const answer = await fetch(path, {
      method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Authorization: `Bearer ${token.trim()}` },
    });
    return answer.ok ? (answer.json() as Promise<unknown>) : problem(answer);
  }
}

const options = (label: string, values: string[], words: Record<string, string> = {}, first = ""): HTMLSelectElement =>
  el("select", { "aria-label": label }, ...values.map((value) => el("option", { value }, value ? words[value] ?? value : first)));

/** Who signs: the name is remembered, the token only as long as this tab is open. */
function signature(): [HTMLInputElement, HTMLInputElement, HTMLInputElement] {
  const who = el("input", { "aria-label": "your name", placeholder: "your name", required: "", maxlength: "120", value: localStorage.getItem("whoholds-name") ?? "", autocomplete: "name" });
  who.addEventListener("change", () => localStorage.setItem("whoholds-name", who.value.trim()));
  const token = el("input", { type: "password", "aria-label": "token", placeholder: "token", required: "", value: sessionStorage.getItem("whoholds-token") ?? "", autocomplete: "off" });
  const note = el("input", { "aria-label": "why", placeholder: "why", maxlength: "2000" });
  return [who, token, note];
}

let listed = 0;

/** A place by name: the browser offers what fits, and the number at the end says which place it is. */
function placeInput(places: Places | null): HTMLInputElement {
  const offered = el("datalist", { id: `places-${++listed}` });
  const input = el("input", { "aria-label": "right place", placeholder: "place", list: offered.id, autocomplete: "off", pattern: ".*-?\\d+", title: "Choose a place of the list" });
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    if (wanted.length < 2 || !places) return;
    const found: number[] = [];
    for (let i = 0; i < places.name.length && found.length < 12; i++) if (places.name[i]?.toLowerCase().startsWith(wanted)) found.push(i);
    offered.replaceChildren(...found.map((i) => el("option", { value: `${places.name[i] ?? ""}, ${places.admin[i] ?? ""} ${places.id[i] ?? ""}` })));
  });
  queueMicrotask(() => input.after(offered));
  return input;
}

export const desk = new Desk();
