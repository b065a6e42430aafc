// Records at one position spread into a fan around it, each joined to the position by a line.
import type { GeoJSONSource, Map as GlMap } from "maplibre-gl";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";
import type { Position } from "./shapes";

export const FAN_LAYER = "fan-signs";
/** More than these are listed instead: a fan of them would hide the map. */
export const MOST_IN_FAN = 36;
const LINES = "fan-lines";
const SOURCE_ID = "fan";
const GAP_PX = 32;

export interface Sign {
  id: number;
  kind: string;
}

/** Places on a spiral of rings around the middle, in pixels. */
function places(count: number): [number, number][] {
  const found: [number, number][] = [];
  for (let ring = 1; found.length < count; ring++) {
    const radius = GAP_PX * (ring + 0.5);
    const room = Math.floor((2 * Math.PI * radius) / GAP_PX);
    const here = Math.min(room, count - found.length);
    for (let at = 0; at < here; at++) {
      // Each ring is turned a little, or its lines would run under the signs of the one before.
      const angle = (2 * Math.PI * (at + (ring - 1) / 2.6)) / here - Math.PI / 2;
      found.push([radius * Math.cos(angle), radius * Math.sin(angle)]);
    }
  }
  return found;
}

export class Fan {
  private signs: readonly Sign[] = [];

  constructor(
    private readonly map: GlMap,
    private readonly hide: (ids: readonly number[]) => void,
  ) {
    map.addSource(SOURCE_ID, { type: "geojson", data: collection([]) });
    map.addLayer({
      id: LINES,
      type: "line",
      source: SOURCE_ID,
      filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-width": 1.5 },
    });
    map.addLayer({
      id: FAN_LAYER,
      type: "symbol",
      source: SOURCE_ID,
      filter: ["==", ["geometry-type"], "Point"],
      layout: {
        "icon-image": ["concat", "sign-", ["get", "kind"]],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    });
    this.repaint();
    onThemeChange(() => this.repaint());
    map.on("zoomstart", () => this.close());
  }

  get isOpen(): boolean {
    return this.signs.length > 0;
  }

  open(middle: Position, signs: readonly Sign[]): void {
    this.signs = signs;
    const centre = this.map.project(middle);
    const features = places(signs.length).flatMap(([x, y], at) => {
      const sign = signs[at];
      if (!sign) return [];
      const end = this.map.unproject([centre.x + x, centre.y + y]).toArray();
      return [
        feature({ type: "LineString", coordinates: [middle, end] }, {}),
        feature({ type: "Point", coordinates: end }, { ...sign }),
      ];
    });
    this.draw(features);
    this.hide(signs.map(({ id }) => id));
  }

  close(): void {
    if (!this.isOpen) return;
    this.signs = [];
    this.draw([]);
    this.hide([]);
  }

  private draw(features: GeoJSON.Feature[]): void {
    (this.map.getSource(SOURCE_ID) as GeoJSONSource).setData(collection(features));
  }

  private repaint(): void {
    this.map.setPaintProperty(LINES, "line-color", coloursNow().ink2);
  }
}

function collection(features: GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features };
}

function feature(
  geometry: GeoJSON.Geometry,
  properties: GeoJSON.GeoJsonProperties,
): GeoJSON.Feature {
  return { type: "Feature", geometry, properties };
}
