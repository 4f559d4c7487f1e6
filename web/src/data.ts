// What the page shows, and where it comes from: a server's /data/NAME.json, or data/NAME.js of a published site.
// Both hold the same objects (made by whoholds.serve.bundle; columns in docs/reference/explorer-data.md).

export interface Side { key: string; name: string; colour: string }

export interface Meta {
  title: string;
  theatre: string;
  sides: Side[];
  days: string[];
  known_day: string;
  bounds: [number, number, number, number];
  attribution: string[];
  published: boolean;
  tiles: { url: string; attribution: string } | null;
  counts: { reports: number; claims: number; places: number; changes: number };
}

/** Columns, one entry a place. */
export interface Places {
  id: number[];
  name: string[];
  other_names: string[];
  lon: number[];
  lat: number[];
  admin: string[];
}

/**
 * Control, run-length by place: row r is place `place[r]` from day `day[r]` on; `p` holds one byte a state
 * (sides in order, then contested; 255 is certain), `basis` 0 observed, 1 inferred, 2 carried.
 */
export interface Control { place: number[]; day: number[]; p: number[][]; basis: number[]; n_claims: number[] }

/** Cells that change are drawn one by one (`place` is the index into Places); the others once, by status. */
export interface Cells {
  moving: { place: number; rings: number[][] }[];
  steady: { state: number; sure: number; rings: number[][] }[];
}

/** The line between cells of different status, a list of lines a day: [lon, lat, lon, lat, ...]. */
export interface Front { lines: number[][][] }

export interface Outlines { countries: number[][]; regions: { name: string; at: [number, number]; rings: number[][] }[] }

export interface Claim {
  id: string;
  report: string;
  outlet: string;
  kind: string;
  side: string | null;
  places: { text: string; place: number | null; area: string | null }[];
  stance: string;
  hedged: boolean;
  failed: boolean;
  speaker: string | null;
  speaker_side: string | null;
  date: string | null;
  valid_day: string;
  known_day: string;
  evidence: string;
  rule: string;
  sentence: string;
  marks: [number, number, string][];
  witness: string;
}

export interface ReportRow { id: string; file: string; title: string; outlet: string; day: string; claims: number }

export interface ReportText extends ReportRow {
  author: string | null;
  url: string | null;
  text: string;
  parts: { kind: string; start: number; end: number; author: string | null; handle: string | null; day: string | null }[];
  marks: { start: number; end: number; claim: string; role: string }[];
}

export interface Ledgers {
  contradictions: { place: string; dispute: string; opened: string; closed: string | null; outcome: string | null; one: string[]; other: string[] }[];
  counts: { speaker: string; region: string; day: string; claimed: number; unit: string; named: number; estimate: number; claim: string }[];
  rumours: { what: string; speaker: string | null; day: string; status: string; claim: string }[];
  distances: { what: string; day: string; claimed_km: number; computed_km: number | null; claim: string }[];
  speakers: { group: string; claims: number; reliability: number; low: number; high: number }[];
}

export interface Brief { html: string }

export interface Chunks {
  meta: Meta;
  places: Places;
  control: Control;
  cells: Cells;
  front: Front;
  outlines: Outlines;
  claims: Claim[];
  reports: ReportRow[];
  ledgers: Ledgers;
  brief: Brief;
}

declare global {
  interface Window { whoholds?: (name: string, value: unknown) => void }
}

const waiting = new Map<string, (value: unknown) => void>();
window.whoholds = (name, value) => waiting.get(name)?.(value);

/** Whether this page was published as files: then data come as scripts, which a page opened from disk may load. */
export const published = document.documentElement.dataset["published"] === "yes";

async function fetched(name: string): Promise<unknown> {
  const answer = await fetch(`data/${name}.json`);
  if (!answer.ok) throw new Error(`${name}: the server answered ${answer.status}`);
  return answer.json();
}

function scripted(name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `data/${name}.js`;
    script.onerror = () => reject(new Error(`data/${name}.js is missing: publish the site again`));
    document.head.append(script);
  });
}

export async function load<K extends keyof Chunks>(name: K): Promise<Chunks[K]> {
  return (await (published ? scripted(name) : fetched(name))) as Chunks[K];
}

export async function loadReport(row: ReportRow): Promise<ReportText> {
  const name = `report/${row.file}`;
  return (await (published ? scripted(name) : fetched(name))) as ReportText;
}
