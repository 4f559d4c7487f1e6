// What the page shows, and where it comes from: a server's /data/NAME.json, or data/NAME.js of a published site.
// Both hold the same objects (made by whoholds.serve.bundle; columns in docs/reference/explorer-data.md).

export interface Side { key: string; name: string; colour: string }

export interface Meta {
  title: string;
  theatre: string;
  sides: Side[];
  days: string[];
  /** Every day of the run, also where the days end earlier because they are told as known on one of them. */
  run_days?: string[];
  known_day: string;
  /** What was asked for: a known day, "each" for each day as known on that day, or null for all that is known. */
  known: string | null;
  /** A published site: whether it has the series of each day as known on that day. */
  each?: boolean;
  bounds: [number, number, number, number];
  attribution: string[];
  published: boolean;
  tiles: { url: string; attribution: string } | null;
  /** Whether this server keeps verdicts of analysts, and whether it takes new ones. */
  desk?: boolean;
  writable?: boolean;
  /** Whether areas with intervals, the front's length, pockets and borders can be asked for. */
  fronts?: boolean;
  /** Whether what became known after a day can be asked for. */
  digest?: boolean;
  counts: { reports: number; claims: number; places: number; changes: number };
}

/** Columns, one entry a place. */
export interface Places {
  id: number[];
  name: string[];
  lon: number[];
  lat: number[];
  admin: string[];
}

/**
 * Control, run-length by place: the rows of place i are `first[i]` to `first[i + 1]`, each holding from day `day[row]`
 * on; `p` holds one byte a state (sides in order, then contested; 255 is certain), `basis` 0 observed, 1 inferred,
 * 2 carried. The columns travel as base64 of little-endian numbers.
 */
export interface Packed { first: string; day: string; p: string; basis: string; n_claims: string }

export interface Control { first: Uint32Array; day: Uint16Array; p: Uint8Array; basis: Uint8Array; n_claims: Uint16Array }

function bytes(column: string): Uint8Array<ArrayBuffer> {
  const text = atob(column);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

export function unpacked(packed: Packed): Control {
  return {
    first: new Uint32Array(bytes(packed.first).buffer),
    day: new Uint16Array(bytes(packed.day).buffer),
    p: bytes(packed.p),
    basis: bytes(packed.basis),
    n_claims: new Uint16Array(bytes(packed.n_claims).buffer),
  };
}

/**
 * Cells that change are drawn one by one (`place` is the index into Places), as triangles: numbers of points counted
 * through the rings; none for a convex cell. The others are joined, by status and how sure it is.
 */
export interface Cells {
  moving: { place: number; km2: number; rings: number[][]; triangles: number[] }[];
  steady: { state: number; sure: number; rings: number[][]; triangles: number[] }[];
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

export interface Said { claim: string; speaker: string; kind: string; side: string | null; stance: string; words: string; day: string }

export interface Ledgers {
  contradictions: {
    place: string; place_name: string; dispute: string; opened: string; closed: string | null; outcome: string | null;
    settled_by: string | null; settled_by_map: string | null; standing: string; in_words: string; one_says: Said[]; other_says: Said[];
  }[];
  counts: {
    claim_id: string; speaker: string; side: string; kind: string; region: string; known_day: string; claimed: number;
    unit: string; named: string[]; unnamed: number; estimate: number; low: number; high: number;
    since: string; comparable: number | null; comparable_low: number | null; comparable_high: number | null;
  }[];
  distances: {
    claim_id: string; speaker: string; side: string | null; day: string; claimed_km: number; to: string;
    computed_km: number | null; nearest: string | null; first_day: string | null; unchecked: string | null;
  }[];
  outlook: {
    claim_ids: string[]; stance: string; kind: string; side: string | null; what: string; speakers: string[];
    opened: string; resolved: string; by_claim: string | null; days: number | null;
  }[];
  movements: { claim_id: string; side: string | null; place: string; place_id: number | null; day: string; speaker: string; stance: string; weight: string | null }[];
  records: {
    who: string; what: string; side: string | null; claims: number; held: number; share: number; low: number; high: number;
    lead_days: number | null; against_interest: number;
  }[];
  echoes: { what: string; first: string; outlets: string[]; known_day: string; members: string[]; said: string }[];
  reliability: { group: string; meaning: string; scope: string; relation: string; reliability: number; low: number; high: number; n_claims: number }[];
}

export interface Brief {
  title: string;
  lead: string[];
  parts: { heading: string; lines: { text: string; claims: string[] }[] }[];
  notes: string[];
}

/** Ground and front of a day, compared with an earlier one (whoholds.pipeline.fronts.fronts_record). */
export interface Fronts {
  day: string;
  since: string;
  areas: { status: string; area_km2: number; low_km2: number; high_km2: number; places: number }[];
  areas_since: { status: string; area_km2: number }[];
  front: { between: string[]; length_km: number }[];
  pockets: { status: string; area_km2: number; places: number; names: string[] }[];
  salients: { status: string; area_km2: number; depth_km: number; places: number; names: string[] }[];
  gains: { before: string; after: string; area_km2: number; places: number; names: string[] }[];
  borders: { border: string; side: string; nearest: { name: string; km: number } | null; newly: { name: string; km: number } | null; first_day_within: Record<string, string | null> }[];
}

/** What became known after a day (whoholds.pipeline.digest.digest_record). */
export interface Digest {
  since: string;
  until: string;
  reports: number;
  claims: number;
  late_claims: { id: string }[];
  revised: { id: number; name: string; then: string; now: string; probability: number }[];
  contradictions_opened: Ledgers["contradictions"];
  contradictions_closed: Ledgers["contradictions"];
  forecasts_resolved: Ledgers["outlook"];
  edited: string[];
  removed: string[];
  judged: string[];
  by_hand: string[];
}

/** Why a place has its status (a server only): each claim, and where asked what it adds to that status's probability. */
export interface Why {
  status: string;
  basis: string;
  start?: { from: string | null; day: string | null; probabilities: Record<string, number> };
  evidence: { id: string; route: string; meaning: string; distance_km: number; reliability: number; change?: number }[];
  maps?: { maker: string; day: string; status: string; feature: string | null; change: number }[];
}

export interface Chunks {
  meta: Meta;
  places: Places;
  control: Packed;
  cells: Cells;
  front: Front;
  outlines: Outlines;
  names: { other_names: string[] };
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

/** As known when: "" for all that is known, a day, or "each" for each day as known on that day. */
export const known = new URLSearchParams(location.hash.slice(1)).get("known") ?? "";
const asked = known ? `?known=${encodeURIComponent(known)}` : "";
/** What a published site holds twice. */
const TWICE = new Set(["meta", "control", "cells", "front"]);

/** An answer, or why there is none in the server's own words. */
async function ask(address: string): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address);
  } catch {
    throw new Error("The server does not answer; start it again, then load this page anew.");
  }
  if (answer.ok) return answer;
  const said = (await answer.json().catch(() => ({}))) as { detail?: string; remedy?: string };
  throw new Error([said.detail ?? `The server answered ${answer.status}.`, said.remedy].filter(Boolean).join(" "));
}

async function fetched(name: string): Promise<unknown> {
  return (await ask(`data/${name}.json${asked}`)).json();
}

function scripted(name: string): Promise<unknown> {
  const file = known === "each" && TWICE.has(name) ? `each/${name}` : name;
  return new Promise((resolve, reject) => {
    waiting.set(file, resolve);
    const script = document.createElement("script");
    script.src = `data/${file}.js`;
    script.onerror = () => reject(new Error(`data/${file}.js is missing: publish the site again`));
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

/** Ground and front of a day; a published site has the last day against the first. */
export async function loadFronts(day: string, since: string): Promise<Fronts | null> {
  if (published) return (await scripted("fronts")) as Fronts;
  const on = known && known !== "each" ? `&as_known_on=${encodeURIComponent(known)}` : "";
  const answer = await fetch(`api/fronts?day=${day}&since=${since}${on}`);
  return answer.ok ? ((await answer.json()) as Fronts) : null;
}

/** What became known after a day; a published site has the whole run. */
export async function loadDigest(since: string, until: string): Promise<Digest | null> {
  if (published) return (await scripted("digest")) as Digest;
  const on = known && known !== "each" ? `&as_known_on=${encodeURIComponent(known)}` : "";
  const answer = await fetch(`api/digest?since=${since}&until=${until}${on}`);
  return answer.ok ? ((await answer.json()) as Digest) : null;
}

/** The ids of reports with the words in their title or text, which only a server can search; null where it gives none. */
export async function reportsWith(words: string): Promise<Set<string> | null> {
  const ids = new Set<string>();
  for (let offset: number | null = 0; offset !== null;) {
    const answer: Response | null = await fetch(`api/reports?q=${encodeURIComponent(words)}&limit=1000&offset=${offset}`).catch(() => null);
    if (!answer?.ok) return null;
    const page = (await answer.json()) as { rows: { id: string }[]; next: number | null };
    page.rows.forEach((row) => ids.add(row.id));
    offset = page.next;
  }
  return ids;
}

/** The explanation of a place on a day, at once or with what each claim changes; null where no server computes one. */
export async function loadWhy(day: string, id: number, effects: boolean): Promise<Why | null> {
  if (published || known === "each") return null;
  const answer = await fetch(`api/explain/${id}?day=${day}&effects=${String(effects)}${known ? `&as_known_on=${encodeURIComponent(known)}` : ""}`);
  return answer.ok ? ((await answer.json()) as Why) : null;
}
