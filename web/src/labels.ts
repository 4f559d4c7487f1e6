// Names on the map as HTML elements: no font files are loaded from anywhere.

import { type Map as MapLibre, Marker } from "maplibre-gl";
import type { ControlSeries } from "./control";
import { el } from "./dom";

const MOST = 40;

/** Label the largest places in view (places come sorted by size), never two on top of each other. */
export class Labels {
  private shown: Marker[] = [];

  constructor(private readonly map: MapLibre, private readonly series: ControlSeries) {
    map.on("moveend", () => this.draw());
    map.on("load", () => this.draw());
  }

  private draw(): void {
    for (const marker of this.shown) marker.remove();
    this.shown = [];
    const { lon, lat, name } = this.series.places;
    const bounds = this.map.getBounds();
    const taken: [number, number, number, number][] = [];
    for (let i = 0; i < name.length && this.shown.length < MOST; i++) {
      const x = lon[i] ?? 0;
      const y = lat[i] ?? 0;
      if (!bounds.contains([x, y])) continue;
      const at = this.map.project([x, y]);
      const box: [number, number, number, number] = [at.x - 4, at.y - 12, at.x + 7 * (name[i]?.length ?? 0) + 12, at.y + 12];
      if (taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
      taken.push(box);
      const label = el("span", { class: "town", "aria-hidden": "true" }, name[i] ?? "");
      this.shown.push(new Marker({ element: label, anchor: "left", offset: [6, 0] }).setLngLat([x, y]).addTo(this.map));
    }
  }
}
