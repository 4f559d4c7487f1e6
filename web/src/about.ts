// What claims say about a place: for a side, against it, and how much that is worth, in words.

import type { Claim, Meta } from "./data";
import { INTENDED, KINDS, STANCES } from "./words";

const MOST_NAMED = 4;

/** The word that says what was done. */
function trigger(claim: Claim): string {
  const mark = claim.marks.find(([, , role]) => role === "trigger");
  return mark ? Array.from(claim.sentence).slice(mark[0], mark[1]).join("") : "";
}

/** On whose word a place has a status, and what makes one doubt it. */
export interface Word { words: string; doubts: string[]; claim: Claim | null; pro: number; contra: number }

export class About {
  private readonly byPlace = new Map<number, Claim[]>();
  readonly byId = new Map<string, Claim>();
  /** Names of the states: the sides in order, then contested. */
  readonly names: string[];
  private readonly keys: string[];

  constructor(meta: Meta, claims: Claim[]) {
    this.names = [...meta.sides.map((side) => side.name), "contested"];
    this.keys = meta.sides.map((side) => side.key);
    for (const claim of claims) {
      this.byId.set(claim.id, claim);
      for (const place of new Set(claim.places.map((p) => p.place))) {
        if (place === null) continue;
        const known = this.byPlace.get(place);
        if (known) known.push(claim);
        else this.byPlace.set(place, [claim]);
      }
    }
  }

  of(place: number): Claim[] {
    return this.byPlace.get(place) ?? [];
  }

  sideName(key: string | null): string {
    const at = key === null ? -1 : this.keys.indexOf(key);
    return at >= 0 ? this.names[at] ?? key ?? "" : key ?? "An unnamed side";
  }

  /** 1 where the claim says the side holds the place, -1 where it says it does not, 0 where it says neither. */
  bears(claim: Claim, state: number): number {
    const side = this.keys[state];
    const idle = claim.stance === "predicted" || claim.stance === "denied";
    if (side === undefined || claim.side === null || idle) return 0;
    const holds = claim.kind === "gain" || claim.kind === "enter" || claim.kind === "hold";
    if (holds) return claim.failed ? (claim.side === side ? -1 : 1) : claim.side === side ? 1 : -1;
    if (claim.kind === "leave") return claim.side === side ? -1 : 1;
    if (claim.kind === "attack" && claim.failed) return claim.side === side ? -1 : 1;
    return 0;
  }

  /** What a side is said to have done, in a few plain words. */
  did(side: string | null, kind: string): string {
    const it = ["gain", "hold", "fire", "leave", "enter"].includes(kind) ? " it" : "";
    return `${this.sideName(side)}${kind === "escalate" ? ": " : " "}${KINDS[kind] ?? kind}${it}`;
  }

  /** What a claim says, and of which places: "Rumoured: Russia left Kreminna". */
  says(claim: Claim): string {
    const stance = claim.stance === "asserted" ? "" : STANCES[claim.stance] ?? claim.stance;
    const said = this.act(claim);
    return stance ? `${stance.charAt(0).toUpperCase()}${stance.slice(1)}: ${said}` : said;
  }

  private act(claim: Claim): string {
    const side = this.sideName(claim.side);
    const names = [...new Set(claim.places.map((place) => place.text))];
    const more = names.length - MOST_NAMED;
    const where = more > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more` : names.join(", ");
    if (claim.kind === "escalate") return `${side}: ${trigger(claim) || KINDS["escalate"] || ""}${where ? ` (${where})` : ""}`;
    if (claim.kind === "gain" && claim.failed) return `${side} ${claim.stance === "predicted" ? "to try" : "tried"} to take ${where || "ground"}, without success`;
    // Of these the text says what was done, and names places; not how the two go together.
    const loose = claim.kind === "advance" || claim.kind === "deploy";
    const did = claim.stance === "predicted" ? INTENDED : KINDS;
    const done = `${side} ${did[claim.kind] ?? claim.kind}${where ? (loose ? ` (${where})` : ` ${where}`) : " (no place named)"}`;
    return claim.failed ? `${done}, without success` : done;
  }

  who(claim: Claim): string {
    return claim.speaker ? `${claim.speaker}, in ${claim.outlet}` : claim.outlet;
  }

  /** Concessions first, then pictures, then plain statements, then hedged ones. */
  private rank(claim: Claim): number {
    if (claim.stance === "acknowledged") return 0;
    if (claim.evidence === "visual") return 1;
    return claim.hedged || claim.stance === "rumoured" ? 3 : 2;
  }

  /** On whose word a place has a status by a day, and what makes one doubt it. */
  word(place: number, state: number, until: string, sure: number): Word {
    const known = this.of(place).filter((c) => c.valid_day <= until);
    const pro = known.filter((c) => this.bears(c, state) > 0).sort((a, b) => this.rank(a) - this.rank(b));
    const contra = known.filter((c) => this.bears(c, state) < 0 && c.valid_day >= (pro[0]?.valid_day ?? until));
    const witnesses = new Set(pro.map((c) => c.witness || c.id)).size;
    const doubts: string[] = [];
    const best = pro[0];
    if (!best) doubts.push("no report names it: inferred");
    else if (witnesses === 1) doubts.push("one witness");
    if (contra.length) doubts.push("disputed");
    if (sure < 0.8) doubts.push("unsure");
    const counts = { pro: pro.length, contra: known.filter((c) => this.bears(c, state) < 0).length };
    if (!best) return { words: "", doubts, claim: null, ...counts };
    const how = best.stance === "acknowledged" ? "conceded by " : best.evidence === "visual" ? "pictures from " : "";
    return { words: `${how}${this.who(best)}${witnesses > 1 ? ` and ${witnesses - 1} more` : ""}`, doubts, claim: best, ...counts };
  }
}
