// How many records lie in each town or zone: shapes filled by count, or a disc where only the
// centre is known; the figure is written on both.
import type { FilterSpecification, GeoJSONSource, Map as GlMap } from "maplibre-gl";
import { LABELS_BELOW } from "../map/base";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";
import { figure, isChinese } from "../parts/words";
import { blend, type Mode } from "./records";

export const AREA_FILL = "choropleth-fill";
export const AREA_DISC = "choropleth-disc";
const SOURCE_ID = "choropleth";
const TEXT = "choropleth-text";
const LINE = "choropleth-line";
const KINDS: Record<"towns" | "zones", readonly string[]> = {
  towns: ["town"],
  zones: ["zone", "park", "cluster"],
};
const HAS_SHAPE: FilterSpecification = ["!=", ["geometry-type"], "Point"];
const IS_POINT: FilterSpecification = ["==", ["geometry-type"], "Point"];

interface Properties {
  code: string;
  kind: string;
  name: string;
  name_en?: string;
}

export class Choropleth {
  private counts: Record<string, number> = {};
  private mode: Mode = "records";

  constructor(
    private readonly map: GlMap,
    private readonly areas: GeoJSON.FeatureCollection,
  ) {
    const empty: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
    map.addSource(SOURCE_ID, { type: "geojson", data: empty });
    map.addLayer(
      { id: AREA_FILL, type: "fill", source: SOURCE_ID, filter: HAS_SHAPE },
      LABELS_BELOW,
    );
    map.addLayer(
      { id: LINE, type: "line", source: SOURCE_ID, filter: HAS_SHAPE, paint: { "line-width": 1.5 } },
      LABELS_BELOW,
    );
    map.addLayer({
      id: AREA_DISC,
      type: "circle",
      source: SOURCE_ID,
      filter: IS_POINT,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["get", "share"], 0, 8, 1, 30],
        "circle-stroke-width": 1.5,
      },
    });
    map.addLayer({
      id: TEXT,
      type: "symbol",
      source: SOURCE_ID,
      layout: {
        "text-field": ["get", "text"],
        "text-font": ["Noto Sans SC Variable", "sans-serif"],
        "text-size": 13,
        "text-line-height": 1.15,
        "text-allow-overlap": false,
        // Beside its disc where another name stands on it.
        "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
        "text-radial-offset": 0.6,
        "text-padding": 2,
        "symbol-sort-key": ["-", ["get", "count"]],
      },
      paint: { "text-halo-width": 1.6 },
    });
    this.repaint();
    onThemeChange(() => this.repaint());
  }

  update(counts: Record<string, number>): void {
    this.counts = counts;
    this.draw();
  }

  show(mode: Mode): void {
    this.mode = mode;
    this.draw();
  }

  private draw(): void {
    const features = this.mode === "towns" || this.mode === "zones" ? this.features(this.mode) : [];
    (this.map.getSource(SOURCE_ID) as GeoJSONSource).setData({
      type: "FeatureCollection",
      features,
    });
  }

  private features(mode: "towns" | "zones"): GeoJSON.Feature[] {
    const mine = this.areas.features.filter((each) =>
      KINDS[mode].includes((each.properties as Properties).kind),
    );
    const countOf = (each: GeoJSON.Feature) =>
      this.counts[(each.properties as Properties).code] ?? 0;
    const most = Math.max(1, ...mine.map(countOf));
    return mine.map((each) => {
      const known = each.properties as Properties;
      const count = countOf(each);
      const name = isChinese ? known.name : known.name_en || known.name;
      return {
        type: "Feature",
        geometry: each.geometry,
        properties: {
          code: known.code,
          name,
          count,
          share: Math.sqrt(count / most),
          text: `${name}\n${figure(count)}`,
        },
      };
    });
  }

  private repaint(): void {
    const { accent, surface, sunken, ink, lineStrong } = coloursNow();
    const ramp = [
      "interpolate",
      ["linear"],
      ["get", "share"],
      0, sunken,
      0.02, blend(surface, accent, 0.18),
      1, blend(surface, accent, 0.85),
    ] as never;
    this.map.setPaintProperty(AREA_FILL, "fill-color", ramp);
    this.map.setPaintProperty(AREA_FILL, "fill-opacity", 0.8);
    this.map.setPaintProperty(LINE, "line-color", lineStrong);
    this.map.setPaintProperty(AREA_DISC, "circle-color", ramp);
    this.map.setPaintProperty(AREA_DISC, "circle-opacity", 0.9);
    this.map.setPaintProperty(AREA_DISC, "circle-stroke-color", lineStrong);
    this.map.setPaintProperty(TEXT, "text-color", ink);
    this.map.setPaintProperty(TEXT, "text-halo-color", surface);
  }
}
