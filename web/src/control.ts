// The control series in memory: the row of any place on any day, and what changed between two days.

import { unpacked, type Cells, type Control, type Meta, type Packed, type Places } from "./data";

export interface Row { p: number[]; best: number; sure: number; basis: number; claims: number; day: number }

export interface Change { place: number; from: number; to: number; day: number; km2: number }

export class ControlSeries {
  readonly days: string[];
  readonly states: number;
  /** Places that ever change their most likely status. */
  readonly flipping: number[] = [];
  /** Places with more than one row. */
  readonly moving: number[] = [];

  private readonly control: Control;
  /** The most likely status of each row. */
  private readonly best: Uint8Array;
  private readonly km2 = new Map<number, number>();
  private last: { since: number; until: number; found: Change[] } | null = null;

  constructor(packed: Packed, meta: Meta, readonly places: Places, cells: Cells) {
    this.control = unpacked(packed);
    for (const cell of cells.moving) this.km2.set(cell.place, cell.km2);
    this.days = meta.days;
    this.states = meta.sides.length + 1;
    const { p, day, first } = this.control;
    this.best = new Uint8Array(day.length);
    for (let row = 0; row < day.length; row++) {
      let best = 0;
      for (let s = 1; s < this.states; s++) if ((p[row * this.states + s] ?? 0) > (p[row * this.states + best] ?? 0)) best = s;
      this.best[row] = best;
    }
    for (let i = 0; i < places.id.length; i++) {
      const [start, end] = [first[i] ?? 0, first[i + 1] ?? 0];
      if (end - start <= 1) continue;
      this.moving.push(i);
      for (let row = start + 1; row < end; row++) if (this.best[row] !== this.best[start]) { this.flipping.push(i); break; }
    }
  }

  /** Index of a day; the nearest there is. */
  dayIndex(day: string): number {
    const found = this.days.indexOf(day);
    if (found >= 0) return found;
    return day < (this.days[0] ?? "") ? 0 : this.days.length - 1;
  }

  at(place: number, day: number): Row {
    return this.row(this.rowAt(place, day));
  }

  /** The row that holds for a place on a day, by halving. */
  rowAt(place: number, day: number): number {
    let low = this.control.first[place] ?? 0;
    let high = (this.control.first[place + 1] ?? low + 1) - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.control.day[middle] ?? 0) <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The most likely status of a row of the series, how sure it is (0 to 255), and its basis. */
  bestOf(row: number): number { return this.best[row] ?? 0; }
  sureOf(row: number): number { return this.control.p[row * this.states + (this.best[row] ?? 0)] ?? 0; }
  basisOf(row: number): number { return this.control.basis[row] ?? 2; }

  /** Every row of a place, oldest first. */
  history(place: number): Row[] {
    const rows: Row[] = [];
    for (let row = this.control.first[place] ?? 0; row < (this.control.first[place + 1] ?? 0); row++) rows.push(this.row(row));
    return rows;
  }

  /** Places whose most likely status differs between two days, with the day each took its last status. */
  changes(since: number, until: number): Change[] {
    if (this.last?.since === since && this.last.until === until) return this.last.found;
    const found: Change[] = [];
    for (const place of this.flipping) {
      const from = this.bestOf(this.rowAt(place, since));
      const to = this.bestOf(this.rowAt(place, until));
      if (from !== to) found.push({ place, from, to, day: this.since(place, until), km2: this.km2.get(place) ?? 0 });
    }
    this.last = { since, until, found };
    return found;
  }

  /** The day from which a place has had the status it has on a day. */
  since(place: number, day: number): number {
    let row = this.rowAt(place, day);
    const status = this.best[row];
    while (row > (this.control.first[place] ?? 0) && this.best[row - 1] === status) row--;
    return this.control.day[row] ?? 0;
  }

  private row(index: number): Row {
    const p = Array.from(this.control.p.subarray(index * this.states, (index + 1) * this.states), (byte) => byte / 255);
    const best = this.bestOf(index);
    return {
      p,
      best,
      sure: p[best] ?? 0,
      basis: this.basisOf(index),
      claims: this.control.n_claims[index] ?? 0,
      day: this.control.day[index] ?? 0,
    };
  }
}
