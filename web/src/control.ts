// The control series in memory: the row of any place on any day, and what changed between two days.

import type { Cells, Control, Meta, Places } from "./data";

export interface Row { p: number[]; best: number; sure: number; basis: number; claims: number; day: number }

export interface Change { place: number; from: number; to: number; day: number; km2: number }

export class ControlSeries {
  /** Where each place's rows begin in the columns; rows of a place are in order of days. */
  private readonly first: Int32Array;
  readonly days: string[];
  readonly states: number;

  private readonly km2 = new Map<number, number>();

  constructor(private readonly control: Control, meta: Meta, readonly places: Places, cells: Cells) {
    for (const cell of cells.moving) this.km2.set(cell.place, cell.km2);
    this.days = meta.days;
    this.states = meta.sides.length + 1;
    this.first = new Int32Array(places.id.length + 1).fill(-1);
    control.place.forEach((place, row) => {
      if (this.first[place] === -1) this.first[place] = row;
    });
    this.first[places.id.length] = control.place.length;
    for (let i = places.id.length - 1; i >= 0; i--) if (this.first[i] === -1) this.first[i] = this.first[i + 1] ?? 0;
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

  /** The row that holds for a place on a day. */
  rowAt(place: number, day: number): number {
    let row = this.first[place] ?? 0;
    const end = this.first[place + 1] ?? row + 1;
    while (row + 1 < end && (this.control.day[row + 1] ?? 0) <= day) row++;
    return row;
  }

  private best(row: number): number {
    const p = this.control.p[row] ?? [];
    let best = 0;
    for (let s = 1; s < p.length; s++) if ((p[s] ?? 0) > (p[best] ?? 0)) best = s;
    return best;
  }

  /** Every row of a place, oldest first. */
  history(place: number): Row[] {
    const rows: Row[] = [];
    for (let row = this.first[place] ?? 0; row < (this.first[place + 1] ?? 0); row++) rows.push(this.row(row));
    return rows;
  }

  /** Places whose most likely status differs between two days, with the day each took its last status. */
  changes(since: number, until: number): Change[] {
    const found: Change[] = [];
    for (const place of this.flipping) {
      const from = this.best(this.rowAt(place, since));
      const to = this.best(this.rowAt(place, until));
      if (from !== to) found.push({ place, from, to, day: this.since(place, until), km2: this.km2.get(place) ?? 0 });
    }
    return found;
  }

  /** The day from which a place has had the status it has on a day. */
  since(place: number, day: number): number {
    let row = this.rowAt(place, day);
    const status = this.best(row);
    while (row > (this.first[place] ?? 0) && this.best(row - 1) === status) row--;
    return this.control.day[row] ?? 0;
  }

  /** The most likely status of a place on a day. */
  bestAt(place: number, day: number): number {
    return this.best(this.rowAt(place, day));
  }

  /** Places that ever change their most likely status. */
  readonly flipping: number[] = [];

  /** Places with more than one row. */
  readonly moving: number[] = [];

  indexMoving(): this {
    for (let i = 0; i < this.places.id.length; i++) {
      const [start, end] = [this.first[i] ?? 0, this.first[i + 1] ?? 0];
      if (end - start <= 1) continue;
      this.moving.push(i);
      const status = this.best(start);
      for (let row = start + 1; row < end; row++) if (this.best(row) !== status) { this.flipping.push(i); break; }
    }
    return this;
  }

  private row(index: number): Row {
    const p = (this.control.p[index] ?? []).map((byte) => byte / 255);
    let best = 0;
    for (let s = 1; s < p.length; s++) if ((p[s] ?? 0) > (p[best] ?? 0)) best = s;
    return {
      p,
      best,
      sure: p[best] ?? 0,
      basis: this.control.basis[index] ?? 2,
      claims: this.control.n_claims[index] ?? 0,
      day: this.control.day[index] ?? 0,
    };
  }
}
