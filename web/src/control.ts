// The control series in memory: the row of any place on any day, and what changed between two days.

import type { Control, Meta, Places } from "./data";

export interface Row { p: number[]; best: number; sure: number; basis: number; claims: number; day: number }

export interface Change { place: number; from: number; to: number; day: number }

export class ControlSeries {
  /** Where each place's rows begin in the columns; rows of a place are in order of days. */
  private readonly first: Int32Array;
  readonly days: string[];
  readonly states: number;

  constructor(private readonly control: Control, meta: Meta, readonly places: Places) {
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
    let row = this.first[place] ?? 0;
    const end = this.first[place + 1] ?? row + 1;
    while (row + 1 < end && (this.control.day[row + 1] ?? 0) <= day) row++;
    return this.row(row);
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
    for (const place of this.moving) {
      const from = this.at(place, since).best;
      const to = this.at(place, until).best;
      if (from === to) continue;
      let day = until;
      for (const row of this.history(place)) if (row.day > since && row.day <= until && row.best === to) { day = row.day; break; }
      found.push({ place, from, to, day });
    }
    return found;
  }

  /** Places with more than one row. */
  readonly moving: number[] = [];

  indexMoving(): this {
    for (let i = 0; i < this.places.id.length; i++) {
      if ((this.first[i + 1] ?? 0) - (this.first[i] ?? 0) > 1) this.moving.push(i);
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
