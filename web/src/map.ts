// The map: cells and places coloured by status, pale where unsure, hatched where contested, with the front line.

import {
  Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl,
  type ExpressionSpecification, type GeoJSONSource, type PointLike, type SourceSpecification, type StyleSpecification,
} from "maplibre-gl";
import workerCode from "maplibre-gl/dist/maplibre-gl-worker.mjs?raw";
import "maplibre-gl/dist/maplibre-gl.css";
import type { ControlSeries } from "./control";
import type { Cells, Front, Meta, Outlines } from "./data";

// The worker's code travels inside the page, since a page opened from disk may not load a worker file.
setWorkerUrl(URL.createObjectURL(new Blob([workerCode], { type: "text/javascript" })));

const CONTESTED = "#8c8c8c";
type Polygon = { type: "Feature"; id: number; properties: Record<string, number>; geometry: { type: "Polygon"; coordinates: number[][][] } };

const ring = (flat: number[]): number[][] => {
  const points: number[][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) points.push([flat[i] ?? 0, flat[i + 1] ?? 0]);
  return points;
};

const polygon = (id: number, rings: number[][], properties: Record<string, number>): Polygon => ({
  type: "Feature", id, properties, geometry: { type: "Polygon", coordinates: rings.map(ring) },
});

const collection = (features: unknown[]): GeoJSON.FeatureCollection =>
  ({ type: "FeatureCollection", features }) as GeoJSON.FeatureCollection;

/** Diagonal stripes, drawn once: the mark of contested ground. */
function hatch(): { width: number; height: number; data: Uint8Array } {
  const size = 12;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if ((x + y) % size < 3) data.set([40, 40, 40, 190], 4 * (y * size + x));
  }
  return { width: size, height: size, data };
}

export class ControlMap {
  readonly map: MapLibre;
  private shown: { best: number; sure: number }[] = [];
  private day = 0;
  private compared = new Set<number>();
  private readonly colours: string[];

  constructor(
    container: HTMLElement,
    meta: Meta,
    private readonly series: ControlSeries,
    private readonly cells: Cells,
    private readonly front: Front,
    outlines: Outlines,
    onPlace: (place: number) => void,
    dark: boolean,
  ) {
    this.colours = [...meta.sides.map((side) => side.colour), CONTESTED];
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
    // The style may ask for the stripes before it has loaded.
    this.map.setMissingStyleImageResolver((id) => { if (id === "hatch" && !this.map.hasImage(id)) this.map.addImage(id, hatch()); });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
    this.map.on("load", () => {
      this.ready = true;
      this.paint();
      if (this.span) this.compare(...this.span);
    });
    this.map.on("click", (event) => {
      const box: [PointLike, PointLike] = [[event.point.x - 8, event.point.y - 8], [event.point.x + 8, event.point.y + 8]];
      const hit = this.map.queryRenderedFeatures(box, { layers: ["places"] })[0]
        ?? this.map.queryRenderedFeatures(event.point, { layers: ["cells"] })[0];
      if (hit?.id !== undefined) onPlace(Number(hit.id));
      else onPlace(this.nearest(event.lngLat.lng, event.lngLat.lat));
    });
    this.map.on("mouseenter", "places", () => { this.map.getCanvas().style.cursor = "pointer"; });
    this.map.on("mouseleave", "places", () => { this.map.getCanvas().style.cursor = ""; });
  }

  /** Colour the map for a day; only what differs from the day before is touched. */
  show(day: number): void {
    this.day = day;
    if (this.ready) this.paint();
  }

  /** Outline the ground that changed hands between two days. */
  compare(since: number, until: number): void {
    this.span = [since, until];
    if (!this.ready) return;
    const now = new Map(this.series.changes(Math.min(since, until), Math.max(since, until)).map((c) => [c.place, c.to]));
    for (const place of this.compared) if (!now.has(place)) this.map.setFeatureState({ source: "cells", id: place }, { won: -1 });
    for (const [place, to] of now) this.map.setFeatureState({ source: "cells", id: place }, { won: to });
    this.compared = new Set(now.keys());
  }

  private ready = false;
  private span: [number, number] | null = null;

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

  private paint(): void {
    for (const place of this.series.moving) {
      const row = this.series.at(place, this.day);
      const before = this.shown[place];
      if (before && before.best === row.best && Math.abs(before.sure - row.sure) < 0.02) continue;
      this.shown[place] = { best: row.best, sure: row.sure };
      const state = { best: row.best, sure: row.sure, basis: row.basis };
      this.map.setFeatureState({ source: "cells", id: place }, state);
      this.map.setFeatureState({ source: "places", id: place }, state);
    }
    const lines = (this.front.lines[this.day] ?? []).map(ring);
    this.map.getSource<GeoJSONSource>("front")?.setData(
      collection([{ type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines } }]),
    );
  }

  private style(meta: Meta, outlines: Outlines, dark: boolean): StyleSpecification {
    const { series, cells, colours } = this;
    const first = (place: number): Record<string, number> => {
      const row = series.at(place, this.day);
      return { best: row.best, sure: row.sure, basis: row.basis };
    };
    const contested = colours.length - 1;
    const now = (key: string): ExpressionSpecification => ["coalesce", ["feature-state", key], ["get", key]] as ExpressionSpecification;
    const colour = (of: ExpressionSpecification): ExpressionSpecification =>
      ["match", of, ...colours.flatMap((c, i) => [i, c]), CONTESTED] as unknown as ExpressionSpecification;
    const pale = (of: ExpressionSpecification): ExpressionSpecification =>
      ["interpolate", ["linear"], of, 0.34, 0.12, 0.6, 0.28, 0.9, 0.62] as ExpressionSpecification;
    const points = series.places.id.map((_, i) => ({
      type: "Feature", id: i, properties: first(i),
      geometry: { type: "Point", coordinates: [series.places.lon[i], series.places.lat[i]] },
    }));
    const borders = outlines.countries.map((line) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring(line) } }));
    const regions = outlines.regions.flatMap((r) => r.rings.map((line) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring(line) } })));
    const geojson = (features: unknown[]) => ({ type: "geojson" as const, data: collection(features) });
    const exact = (features: unknown[]) => ({ ...geojson(features), tolerance: 0 });
    const tiles: Record<string, SourceSpecification> = meta.tiles ? { tiles: { type: "raster" as const, tiles: [meta.tiles.url], tileSize: 256, attribution: meta.tiles.attribution } } : {};
    return {
      version: 8,
      sources: {
        ...tiles,
        // Nothing simplified: cells drawn one by one would come apart, and small ones vanish.
        steady: exact(cells.steady.map((c, i) => polygon(i, c.rings, { best: c.state, sure: c.sure }))),
        cells: exact(cells.moving.map((c) => polygon(c.place, c.rings, first(c.place)))),
        places: geojson(points),
        front: geojson([]),
        marked: geojson([]),
        borders: geojson(borders),
        regions: geojson(regions),
      },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": dark ? "#16181c" : "#f4f2ee" } },
        ...(meta.tiles ? [{ id: "tiles", type: "raster" as const, source: "tiles", paint: { "raster-opacity": 0.6 } }] : []),
        { id: "steady", type: "fill", source: "steady", paint: { "fill-antialias": false, "fill-color": colour(["get", "best"]), "fill-opacity": pale(["get", "sure"]) } },
        { id: "cells", type: "fill", source: "cells", paint: { "fill-antialias": false, "fill-color": colour(now("best")), "fill-opacity": pale(now("sure")) } },
        { id: "contested", type: "fill", source: "cells", paint: { "fill-pattern": "hatch", "fill-opacity": ["case", ["==", now("best"), contested], 0.6, 0] as ExpressionSpecification } },
        { id: "won", type: "fill", source: "cells", paint: { "fill-antialias": false, "fill-color": colour(["coalesce", ["feature-state", "won"], -1] as ExpressionSpecification), "fill-opacity": ["case", [">=", ["coalesce", ["feature-state", "won"], -1], 0], 0.35, 0] as ExpressionSpecification } },
        { id: "regions", type: "line", source: "regions", paint: { "line-color": dark ? "#555b66" : "#b8b2a6", "line-width": 0.7, "line-dasharray": [3, 2] } },
        { id: "borders", type: "line", source: "borders", paint: { "line-color": dark ? "#c9ccd2" : "#4a4a4a", "line-width": 1.4 } },
        { id: "front-edge", type: "line", source: "front", layout: { "line-join": "round" }, paint: { "line-color": dark ? "#000000" : "#ffffff", "line-width": ["interpolate", ["linear"], ["zoom"], 4, 3, 10, 6] as ExpressionSpecification, "line-opacity": 0.8 } },
        { id: "front", type: "line", source: "front", layout: { "line-join": "round" }, paint: { "line-color": dark ? "#ffffff" : "#111111", "line-width": ["interpolate", ["linear"], ["zoom"], 4, 1.4, 10, 3] as ExpressionSpecification } },
        {
          id: "places", type: "circle", source: "places", minzoom: 7.2,
          paint: {
            "circle-radius": ["interpolate", ["linear"], ["zoom"], 7, 1.2, 10, 3.5, 13, 7] as ExpressionSpecification,
            "circle-color": ["case", ["==", now("basis"), 0], colour(now("best")), "rgba(255,255,255,0.35)"] as ExpressionSpecification,
            "circle-stroke-color": colour(now("best")),
            "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 7, 0.4, 12, 1.5] as ExpressionSpecification,
          },
        },
        { id: "marked", type: "circle", source: "marked", paint: { "circle-radius": 11, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": dark ? "#ffd23f" : "#111111", "circle-stroke-width": 2.5 } },
      ],
    };
  }
}
