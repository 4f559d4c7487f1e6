// The map: cells and places coloured by status, pale where unsure, hatched where contested, with the front line.

import {
  Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl,
  type GeoJSONSource, type SourceSpecification, type StyleSpecification,
} from "maplibre-gl";
import workerCode from "maplibre-gl/dist/maplibre-gl-worker.mjs?raw";
import "maplibre-gl/dist/maplibre-gl.css";
import type { ControlSeries } from "./control";
import type { Cells, Front, Meta, Outlines } from "./data";
import { el, percent } from "./dom";
import { FrontLayer } from "./frontline";
import { CellLayer, DotLayer, Look } from "./paint";

// The worker's code travels inside the page, since a page opened from disk may not load a worker file.
setWorkerUrl(URL.createObjectURL(new Blob([workerCode], { type: "text/javascript" })));

const CONTESTED = "#8c8c8c";

const ring = (flat: number[]): number[][] => {
  const points: number[][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) points.push([flat[i] ?? 0, flat[i + 1] ?? 0]);
  return points;
};

const collection = (features: unknown[]): GeoJSON.FeatureCollection =>
  ({ type: "FeatureCollection", features }) as GeoJSON.FeatureCollection;

export class ControlMap {
  readonly map: MapLibre;
  private readonly look: Look;
  private day = 0;
  private compared = new Set<number>();
  private readonly colours: string[];
  private readonly line: FrontLayer;

  constructor(
    container: HTMLElement,
    meta: Meta,
    private readonly series: ControlSeries,
    cells: Cells,
    private readonly front: Front,
    outlines: Outlines,
    onPlace: (place: number) => void,
    dark: boolean,
  ) {
    this.colours = [...meta.sides.map((side) => side.colour), CONTESTED];
    this.names = [...meta.sides.map((side) => side.name), "contested"];
    this.look = new Look(series.places.id.length + cells.steady.length, this.colours);
    this.line = dark ? new FrontLayer("#ffffff", "#000000") : new FrontLayer("#111111", "#ffffff");
    for (let place = 0; place < series.places.id.length; place++) this.draw(place);
    const [west, south, east, north] = meta.bounds;
    this.map = new MapLibre({
      container,
      style: this.style(meta, outlines, dark),
      bounds: [[west, south], [east, north]],
      fitBoundsOptions: { padding: 20 },
      attributionControl: { compact: true, customAttribution: meta.attribution.join(" | ") },
      dragRotate: false,
      pitchWithRotate: false,
      maxZoom: 13,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new ScaleControl({ unit: "metric" }), "top-left");
    this.map.on("style.load", () => {
      this.map.addLayer(new CellLayer(this.look, cells, series.places.id.length), "regions");
      this.map.addLayer(this.line, "marked");
      this.map.addLayer(new DotLayer(this.look, series.places), "marked");
    });
    this.map.on("click", (event) => onPlace(this.nearest(event.lngLat.lng, event.lngLat.lat)));
    this.hover(container);
  }

  /** Colour the map for a day; only what differs from the day before is touched. */
  show(day: number): void {
    this.day = day;
    for (const place of this.series.moving) this.draw(place);
    this.line.show(this.front.lines[day] ?? []);
    this.map.triggerRepaint();
  }

  /** Mark the ground that changed hands between two days. */
  compare(since: number, until: number): void {
    const now = new Map(this.series.changes(Math.min(since, until), Math.max(since, until)).map((c) => [c.place, c.to]));
    for (const place of this.compared) if (!now.has(place)) this.look.won(place, -1);
    for (const [place, to] of now) this.look.won(place, to);
    this.compared = new Set(now.keys());
    this.map.triggerRepaint();
  }

  private readonly names: string[];

  /** The name and status of the place under the pointer. */
  private hover(container: HTMLElement): void {
    const tip = el("div", { class: "tip", "aria-hidden": "true", hidden: "" });
    container.append(tip);
    this.map.on("mousemove", (event) => {
      const place = this.nearest(event.lngLat.lng, event.lngLat.lat);
      const row = this.series.at(place, this.day);
      tip.textContent = `${this.series.places.name[place] ?? ""}: ${this.names[row.best] ?? ""}, ${percent(row.sure)}`;
      tip.style.transform = `translate(${event.point.x + 14}px, ${event.point.y + 14}px)`;
      tip.hidden = false;
    });
    this.map.on("mouseout", () => { tip.hidden = true; });
    this.map.on("dragstart", () => { tip.hidden = true; });
  }

  fly(place: number): void {
    const { lon, lat } = this.series.places;
    this.map.easeTo({ center: [lon[place] ?? 0, lat[place] ?? 0], zoom: Math.max(this.map.getZoom(), 9) });
  }

  mark(place: number | null): void {
    const source = this.map.getSource<GeoJSONSource>("marked");
    const { lon, lat } = this.series.places;
    const point = place === null ? [] : [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [lon[place], lat[place]] } }];
    source?.setData(collection(point));
  }

  private nearest(x: number, y: number): number {
    const { lon, lat } = this.series.places;
    const scale = Math.cos((y * Math.PI) / 180);
    let best = 0;
    let least = Infinity;
    for (let i = 0; i < lon.length; i++) {
      const d = ((lon[i] ?? 0) - x) ** 2 * scale * scale + ((lat[i] ?? 0) - y) ** 2;
      if (d < least) { least = d; best = i; }
    }
    return best;
  }

  private draw(place: number): void {
    const row = this.series.rowAt(place, this.day);
    this.look.set(place, this.series.bestOf(row), this.series.sureOf(row), this.series.basisOf(row) === 0);
  }

  private style(meta: Meta, outlines: Outlines, dark: boolean): StyleSpecification {
    const borders = outlines.countries.map((line) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring(line) } }));
    const regions = outlines.regions.flatMap((r) => r.rings.map((line) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring(line) } })));
    const geojson = (features: unknown[]) => ({ type: "geojson" as const, data: collection(features) });
    const tiles: Record<string, SourceSpecification> = meta.tiles ? { tiles: { type: "raster" as const, tiles: [meta.tiles.url], tileSize: 256, attribution: meta.tiles.attribution } } : {};
    return {
      version: 8,
      sources: {
        ...tiles,
        marked: geojson([]),
        borders: geojson(borders),
        regions: geojson(regions),
      },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": dark ? "#16181c" : "#f4f2ee" } },
        ...(meta.tiles ? [{ id: "tiles", type: "raster" as const, source: "tiles", paint: { "raster-opacity": 0.6 } }] : []),
        { id: "regions", type: "line", source: "regions", paint: { "line-color": dark ? "#555b66" : "#b8b2a6", "line-width": 0.7, "line-dasharray": [3, 2] } },
        { id: "borders", type: "line", source: "borders", paint: { "line-color": dark ? "#c9ccd2" : "#4a4a4a", "line-width": 1.4 } },
        { id: "marked", type: "circle", source: "marked", paint: { "circle-radius": 11, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": dark ? "#ffd23f" : "#111111", "circle-stroke-width": 2.5 } },
      ],
    };
  }
}
