// What claims say about a place: for a side, against it, and how much that is worth, in words.

import type { Claim, Meta } from "./data";

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
    return at >= 0 ? this.names[at] ?? key ?? "" : key ?? "somebody";
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
    const acts: Record<string, string> = {
      gain: "took it", enter: "entered", hold: "holds it", leave: "left", attack: "attacked", fire: "fired on it",
      advance: "advanced", deploy: "sent forces", escalate: "act of state",
    };
    return `${this.sideName(side)} ${acts[kind] ?? kind}`;
  }

  /** What a claim says. */
  says(claim: Claim): string {
    return claim.failed ? `${this.did(claim.side, claim.kind)}, without success` : this.did(claim.side, claim.kind);
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
  word(place: number, state: number, until: string, sure: number): { words: string; doubts: string[]; claim: Claim | null } {
    const known = this.of(place).filter((c) => c.valid_day <= until);
    const pro = known.filter((c) => this.bears(c, state) > 0).sort((a, b) => this.rank(a) - this.rank(b));
    const contra = known.filter((c) => this.bears(c, state) < 0 && c.valid_day >= (pro[0]?.valid_day ?? until));
    const witnesses = new Set(pro.map((c) => c.witness || c.id)).size;
    const doubts: string[] = [];
    const best = pro[0];
    if (!best) doubts.push("nobody names it: inferred");
    else if (witnesses === 1) doubts.push("one witness");
    if (contra.length) doubts.push("disputed");
    if (sure < 0.8) doubts.push("unsure");
    if (!best) return { words: "", doubts, claim: null };
    const how = best.stance === "acknowledged" ? "conceded by " : best.evidence === "visual" ? "pictures from " : "";
    return { words: `${how}${this.who(best)}${witnesses > 1 ? ` and ${witnesses - 1} more` : ""}`, doubts, claim: best };
  }
}
