// Far away, records are squares on a grid: the larger the square, the more records, with the figure
// in it. The figures are sums of the tiles' exact counts, so they add up to what the map holds.
import type { GeoJSONSource, Map as GlMap, GeoJSONFeature } from "maplibre-gl";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";
import { figure, isChinese } from "../parts/words";
import { blend, CELLS, POINTS, SOURCE } from "./records";

export const BLOCK_LAYER = "blocks-fill";
const SOURCE_ID = "blocks";
const FIGURES = "blocks-figures";
/** 64 px on the screen at a whole zoom: a figure of five digits fits. */
const BLOCK_BITS = 3;
/** From this zoom on a square is one crowded spot and stands among the signs of the others. */
const CLOSE_ZOOM = 16;
const FULL = 0.94;
const LEAST = 0.4;
/** From this share of the fullest square on, figures are pale on deep colour. */
const TURN = 0.5;

interface Block {
  x: number;
  y: number;
  count: number;
}

export function short(count: number): string {
  if (count < 10_000) return figure(count);
  if (isChinese) return `${Number((count / 10_000).toFixed(count < 100_000 ? 1 : 0))}万`;
  if (count < 1_000_000) return `${Math.round(count / 1000)}k`;
  return `${Number((count / 1_000_000).toFixed(1))}M`;
}

const RAD = Math.PI / 180;
const toX = (longitude: number) => (longitude + 180) / 360;
const toY = (latitude: number) =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (latitude * RAD) / 2)) / (2 * Math.PI);
const fromX = (x: number) => x * 360 - 180;
const fromY = (y: number) => (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / RAD;

function sum(features: readonly GeoJSONFeature[], zoom: number): Block[] {
  const side = 2 ** (zoom + BLOCK_BITS);
  const blocks = new Map<number, Block>();
  const seen = new Set<unknown>();
  for (const feature of features) {
    if (feature.geometry.type !== "Point") continue;
    const [longitude = 0, latitude = 0] = feature.geometry.coordinates;
    // A tile on both sides of the screen's edge may be handed out twice.
    const place = feature.properties.id ?? `${longitude.toFixed(7)},${latitude.toFixed(7)}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const x = Math.floor(toX(longitude) * side);
    const y = Math.floor(toY(latitude) * side);
    const count = Number(feature.properties.count ?? 1);
    const block = blocks.get(x * side + y);
    if (block) block.count += count;
    else blocks.set(x * side + y, { x, y, count });
  }
  return [...blocks.values()];
}

function squares(blocks: readonly Block[], zoom: number): GeoJSON.FeatureCollection {
  const side = 2 ** (zoom + BLOCK_BITS);
  const most = Math.max(1, ...blocks.map(({ count }) => count));
  return {
    type: "FeatureCollection",
    features: blocks.map(({ x, y, count }) => {
      const share = Math.sqrt(count / most);
      const half = (LEAST + (FULL - LEAST) * share) / 2;
      const [west, east] = [fromX((x + 0.5 - half) / side), fromX((x + 0.5 + half) / side)];
      const [north, south] = [fromY((y + 0.5 - half) / side), fromY((y + 0.5 + half) / side)];
      const whole = [fromX(x / side), fromY((y + 1) / side), fromX((x + 1) / side), fromY(y / side)];
      return {
        type: "Feature",
        properties: { count, share, figure: short(count), box: whole.join(",") },
        geometry: {
          type: "Polygon",
          coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
      };
    }),
  };
}

export class Blocks {
  private isShown = true;
  /** Reading the tiles costs: only after they or the view changed. */
  private isStale = true;
  private timer = 0;

  constructor(
    private readonly map: GlMap,
    /** Told whether signs stand apart from the squares, or are counted in them. */
    private readonly signs: (areShown: boolean) => void,
  ) {
    map.addSource(SOURCE_ID, { type: "geojson", data: squares([], 0), maxzoom: 18 });
    map.addLayer({ id: BLOCK_LAYER, type: "fill", source: SOURCE_ID });
    map.addLayer({
      id: FIGURES,
      type: "symbol",
      source: SOURCE_ID,
      layout: {
        "text-field": ["get", "figure"],
        "text-font": ["Noto Sans SC Variable", "sans-serif"],
        "text-size": ["interpolate", ["linear"], ["get", "share"], 0, 12, 1, 16],
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
    });
    this.repaint();
    onThemeChange(() => this.repaint());
    map.on("idle", () => {
      if (this.isStale) this.draw();
    });
    map.on("moveend", () => {
      this.isStale = true;
    });
    map.on("sourcedata", (event) => {
      if (event.sourceId !== SOURCE) return;
      this.isStale = true;
      if (!event.isSourceLoaded) return;
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.draw(), 60);
    });
  }

  show(isShown: boolean): void {
    this.isShown = isShown;
    for (const layer of [BLOCK_LAYER, FIGURES]) {
      this.map.setLayoutProperty(layer, "visibility", isShown ? "visible" : "none");
    }
    if (!isShown) this.signs(true);
    this.draw();
  }

  private drawn = "";

  private draw(): void {
    if (!this.isShown || !this.map.isSourceLoaded(SOURCE)) return;
    this.isStale = false;
    const zoom = Math.floor(this.map.getZoom());
    const features = this.map.querySourceFeatures(SOURCE, { sourceLayer: CELLS });
    // One way of drawing for the whole screen: where some tiles have only counts, all are counted.
    const areCounted = features.length > 0 && zoom < CLOSE_ZOOM;
    if (areCounted) {
      for (const each of this.map.querySourceFeatures(SOURCE, { sourceLayer: POINTS })) {
        features.push(each);
      }
    }
    this.signs(!areCounted);
    const blocks = sum(features, zoom);
    const mark = `${zoom}|${blocks.map(({ x, y, count }) => `${x},${y},${count}`).join(";")}`;
    if (mark === this.drawn) return;
    this.drawn = mark;
    (this.map.getSource(SOURCE_ID) as GeoJSONSource).setData(squares(blocks, zoom));
  }

  private repaint(): void {
    const { accent, surface, ink } = coloursNow();
    // Pale squares carry dark figures and deep ones pale figures: nothing in between is legible.
    this.map.setPaintProperty(BLOCK_LAYER, "fill-color", [
      "interpolate",
      ["linear"],
      ["get", "share"],
      0, blend(surface, accent, 0.2),
      TURN - 0.01, blend(surface, accent, 0.48),
      TURN, blend(surface, accent, 0.9),
      1, accent,
    ]);
    this.map.setPaintProperty(BLOCK_LAYER, "fill-opacity", 0.95);
    const figures = ["case", ["<", ["get", "share"], TURN], ink, surface] as never;
    this.map.setPaintProperty(FIGURES, "text-color", figures);
  }
}
