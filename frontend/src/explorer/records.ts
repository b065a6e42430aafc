// The records of the Selection on the map: exact counts on a grid far away, signs close by.
import type {
  ExpressionSpecification,
  FilterSpecification,
  Map as GlMap,
  VectorTileSource,
} from "maplibre-gl";
import { LABELS_BELOW } from "../map/base";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";
import type { Signs } from "./markers";

export const SOURCE = "records";
/** The two layers inside a tile; a tile has the one or the other. */
export const CELLS = "grid";
export const POINTS = "points";
export const POINT_LAYER = "records-points";
/** Cells, and records that a tile gives one by one: both are dots of the density. */
const DENSITY_LAYERS = { "records-density": CELLS, "records-density-single": POINTS };
const GRID = 128; // cells a side of a tile
const TILE_PX = 512;

/** Up to so many records at once have signs with icons; up to `MANY` plain ones. */
const FEW = 220;
const MANY = 2_500;
type Size = "large" | "middle" | "small";
const SCALES: Record<Size, number> = { large: 1, middle: 1, small: 0.6 };

export type Mode = "records" | "density" | "towns" | "zones";

/** Cells keep their size on the ground: they double within a zoom step, then the next tile comes. */
function cellRadius(): ExpressionSpecification {
  const side = TILE_PX / GRID;
  const stops = Array.from({ length: 19 }, (_, zoom) => [zoom, side / 2, zoom + 0.999, side]);
  return [
    "interpolate",
    ["exponential", 2],
    ["zoom"],
    ...stops.flat(),
  ] as unknown as ExpressionSpecification;
}

export class Records {
  private mode: Mode = "records";
  private size: Size = "middle";
  /** Not before it is known whether squares count them: the two are never shown together. */
  private areApart = false;
  private isStale = true;
  private hidden: readonly number[] = [];

  constructor(
    private readonly map: GlMap,
    private readonly tiles: string,
    private readonly signs: Signs,
    private query: string,
  ) {
    signs.addTo(map);
    map.addSource(SOURCE, { type: "vector", tiles: [this.address()], minzoom: 0, maxzoom: 18 });
    this.addDensity();
    this.addPoints();
    this.sieve();
    onThemeChange(() => this.repaint());
  }

  private address(): string {
    // The worker knows no page address: tiles need the whole one.
    const path = `${this.tiles}${this.query ? `?${this.query}` : ""}`;
    return `${location.origin}${path}`;
  }

  private addDensity(): void {
    for (const [id, layer] of Object.entries(DENSITY_LAYERS)) {
      this.map.addLayer(
        {
          id,
          type: "circle",
          source: SOURCE,
          "source-layer": layer,
          layout: { visibility: "none" },
          paint: {
            "circle-radius": cellRadius(),
            "circle-color": densityColour(),
            "circle-opacity": 0.9,
          },
        },
        LABELS_BELOW,
      );
    }
  }

  private addPoints(): void {
    this.map.addLayer({
      id: POINT_LAYER,
      type: "symbol",
      source: SOURCE,
      "source-layer": POINTS,
      layout: {
        "icon-image": image(this.size),
        "icon-size": SCALES[this.size],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    });
    const mark = () => {
      this.isStale = true;
    };
    this.map.on("moveend", mark);
    this.map.on("sourcedata", (event) => {
      if (event.sourceId === SOURCE) mark();
    });
    this.map.on("idle", () => {
      if (this.isStale) this.fit();
    });
  }

  /** Few records get large signs with their icon at any zoom; very many small ones. */
  private fit(): void {
    this.isStale = false;
    const points = this.map.querySourceFeatures(SOURCE, { sourceLayer: POINTS });
    const cells = this.map.querySourceFeatures(SOURCE, { sourceLayer: CELLS });
    const shown = points.length;
    // How many records the loaded tiles hold: on a map of the whole district, all with a position.
    const counted = cells.reduce((sum, { properties }) => sum + Number(properties.count), shown);
    this.map.getContainer().dataset.counted = String(counted);
    const size: Size = shown <= FEW ? "large" : shown <= MANY ? "middle" : "small";
    if (size === this.size) return;
    this.size = size;
    this.map.setLayoutProperty(POINT_LAYER, "icon-image", image(size));
    this.map.setLayoutProperty(POINT_LAYER, "icon-size", SCALES[size]);
  }

  /** Ask the tiles for another Selection. */
  ask(query: string): void {
    if (query === this.query) return;
    this.query = query;
    this.refresh();
  }

  private isWaiting = false;

  /** Fetch all tiles again; a source that is still being made would forget the address. */
  refresh(): void {
    const source = this.map.getSource(SOURCE) as VectorTileSource;
    if (source.loaded()) {
      source.setTiles([this.address()]);
    } else if (!this.isWaiting) {
      this.isWaiting = true;
      this.map.once("sourcedata", () => {
        this.isWaiting = false;
        this.refresh();
      });
    }
  }

  show(mode: Mode): void {
    this.mode = mode;
    const isSeen = (wanted: boolean) => (wanted ? "visible" : "none");
    for (const id of Object.keys(DENSITY_LAYERS)) {
      this.map.setLayoutProperty(id, "visibility", isSeen(mode === "density"));
    }
    this.map.setLayoutProperty(POINT_LAYER, "visibility", isSeen(mode === "records"));
  }

  /** Signs are left out where squares count them. */
  showSigns(areApart: boolean): void {
    if (areApart === this.areApart) return;
    this.areApart = areApart;
    this.sieve();
  }

  get shown(): Mode {
    return this.mode;
  }

  /** Leave out what is drawn elsewhere at the moment (a fan). */
  hide(ids: readonly number[]): void {
    this.hidden = ids;
    this.sieve();
  }

  private sieve(): void {
    // A hidden layer would let its tiles go, and with them the squares: a filter keeps them.
    const none: FilterSpecification = ["==", ["get", "count"], 0];
    const others: FilterSpecification = ["!", ["in", ["get", "id"], ["literal", [...this.hidden]]]];
    this.map.setFilter(POINT_LAYER, this.areApart ? (this.hidden.length ? others : null) : none);
  }

  private repaint(): void {
    this.signs.addTo(this.map);
    for (const id of Object.keys(DENSITY_LAYERS)) {
      this.map.setPaintProperty(id, "circle-color", densityColour());
    }
  }
}

function image(size: Size): ExpressionSpecification {
  return ["concat", size === "large" ? "sign-" : "dot-", ["get", "kind"]];
}

export function densityColour(): ExpressionSpecification {
  const { accent, attention, surface } = coloursNow();
  return [
    "interpolate",
    ["linear"],
    ["ln", ["max", 1, ["get", "count"]]],
    0, blend(surface, accent, 0.35),
    Math.log(10), accent,
    Math.log(100), blend(accent, attention, 0.6),
    Math.log(2000), attention,
  ] as unknown as ExpressionSpecification;
}

/** A colour between two of the page's colours. */
export function blend(from: string, to: string, share: number): string {
  const parts = (colour: string) => {
    // The build shortens #ffffff to #fff.
    const long = colour.length === 4 ? colour.replace(/[\da-f]/gi, "$&$&") : colour;
    return [1, 3, 5].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
  };
  const [a, b] = [parts(from), parts(to)];
  const mixed = a.map((value, at) => Math.round(value + ((b[at] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
