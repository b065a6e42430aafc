// The map of a Selection with all its layers; the explorer, the frame for other sites and the
// printed sheet use the same one.
import type { GeoJSONSource, Map as GlMap, MapOptions, RequestParameters } from "maplibre-gl";
import { createMap, LABELS_BELOW, settingsOf } from "../map/base";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";
import { dayInWords, say } from "../parts/words";
import { Blocks } from "./blocks";
import { Choropleth } from "./choropleth";
import type { Config, Facts } from "./config";
import { Fan } from "./fan";
import { Signs } from "./markers";
import { Names } from "./names";
import type { Question } from "./question";
import { type Mode, Records } from "./records";
import { areasOf, boundsOf, type DrawnArea, type Position } from "./shapes";

const RING = "pointed";

/** Pixels left free around the district; the buttons cover the upper edge. */
const ROOM = { top: 72, right: 24, bottom: 32, left: 24 };
/** Height from which on a map has so much room. */
const TALL = 320;

/** Less on a low map: room that does not fit would show the whole world. */
export function roomIn(element: HTMLElement): typeof ROOM {
  const part = Math.min(1, element.clientHeight / TALL);
  return { ...ROOM, top: ROOM.top * part, bottom: ROOM.bottom * part };
}

export class MapView {
  readonly names: Names;
  readonly records: Records;
  readonly fan: Fan;
  private readonly blocks: Blocks;
  private readonly choropleth: Choropleth;

  private constructor(
    readonly map: GlMap,
    readonly config: Config,
    readonly areas: GeoJSON.FeatureCollection,
    readonly signs: Signs,
    question: Question,
    credentials: RequestCredentials,
  ) {
    this.names = new Names(config, credentials);
    this.choropleth = new Choropleth(map, areas);
    this.records = new Records(map, config.addresses.tiles, signs, question.selection());
    this.blocks = new Blocks(map, (areApart) => {
      this.records.showSigns(areApart);
      this.showNames(areApart && (this.mode === "records" || this.mode === "density"));
    });
    this.fan = new Fan(map, (ids) => this.records.hide(ids));
    this.addRing();
  }

  static async create(
    element: HTMLElement,
    config: Config,
    /** What is asked once the map is there: it may be another question than before. */
    question: () => Question,
    options: Partial<MapOptions> = {},
    credentials: RequestCredentials = "same-origin",
  ): Promise<MapView> {
    const areas = await areasFrom(settingsOf(element).areas);
    const [signs] = await Promise.all([Signs.load(config.kinds), fontFor(areas)]);
    const transformRequest = (url: string) => ({ url, credentials }) as RequestParameters;
    const map = createMap(element, { ...options, transformRequest });
    await new Promise<void>((resolve) => {
      map.once("load", () => resolve());
    });
    return new MapView(map, config, areas, signs, question(), credentials);
  }

  show(question: Question, facts: Facts): void {
    this.fan.close();
    this.records.ask(question.selection());
    this.choropleth.update(facts.areas);
  }

  get mode(): Mode {
    return this.records.shown;
  }

  set mode(mode: Mode) {
    this.fan.close();
    this.records.show(mode);
    this.blocks.show(mode === "records");
    this.choropleth.show(mode);
    if (mode !== "records") this.showNames(mode === "density");
  }

  /** Let nothing that was in sight lie under what covers the left of the map. */
  keepFree(left: number): void {
    const now = this.map.getPadding();
    if (now.left === left) return;
    const bounds = this.map.getBounds();
    const { bbox } = settingsOf(this.map.getContainer());
    const isWhole = bbox && bounds.contains([bbox[0], bbox[1]]) && bounds.contains([bbox[2], bbox[3]]);
    this.map.jumpTo({ padding: { ...now, left } });
    if (!bbox || !isWhole) return;
    // The district stays whole beside it.
    const room = roomIn(this.map.getContainer());
    this.map.fitBounds(bbox, { padding: room, maxZoom: this.map.getZoom(), animate: false });
  }

  /** The base map's names of towns and zones give way to figures that stand in their place. */
  private showNames(areShown: boolean): void {
    for (const layer of [LABELS_BELOW, "base-zone-label"]) {
      const wanted = areShown ? "visible" : "none";
      if (this.map.getLayer(layer) && this.map.getLayoutProperty(layer, "visibility") !== wanted) {
        this.map.setLayoutProperty(layer, "visibility", wanted);
      }
    }
  }

  /** Bring what the Selection draws into view, or the area it names. */
  frame(question: Question): DrawnArea[] {
    const drawn = areasOf(question);
    const named = question.get("area");
    const shape = this.areas.features.find(({ properties }) => properties?.code === named);
    const ring = drawn[0]?.ring ?? (shape ? positionsOf(shape.geometry) : []);
    if (ring.length > 1) {
      this.map.fitBounds(boundsOf(ring), { padding: 48, maxZoom: 15, animate: false });
    } else if (ring[0]) this.map.jumpTo({ center: ring[0], zoom: 12.5 });
    return drawn;
  }

  /** A ring around the position of what is pointed at in the list. */
  point(at: Position | null): void {
    const features: GeoJSON.Feature[] = at
      ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } }]
      : [];
    (this.map.getSource(RING) as GeoJSONSource).setData({ type: "FeatureCollection", features });
  }

  /** When everything asked for is drawn. */
  settled(): Promise<void> {
    if (this.map.loaded() && !this.map.isMoving()) return Promise.resolve();
    return new Promise((resolve) => {
      this.map.once("idle", () => resolve());
    });
  }

  private addRing(): void {
    this.map.addSource(RING, {
      type: "geojson",
      data: { type: "FeatureCollection", features: [] },
    });
    this.map.addLayer({
      id: RING,
      type: "circle",
      source: RING,
      paint: {
        "circle-radius": 20,
        "circle-color": "rgba(0, 0, 0, 0)",
        "circle-stroke-width": 3,
        "circle-stroke-color": coloursNow().attention,
      },
    });
    onThemeChange(() =>
      this.map.setPaintProperty(RING, "circle-stroke-color", coloursNow().attention),
    );
  }
}

async function areasFrom(address: string): Promise<GeoJSON.FeatureCollection> {
  const empty: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as GeoJSON.FeatureCollection) : empty;
  } catch {
    return empty;
  }
}

/** Names are drawn on a canvas, which does not wait for a font: have its slices here before. */
async function fontFor(areas: GeoJSON.FeatureCollection): Promise<void> {
  const names = areas.features.map(({ properties }) => String(properties?.name ?? "")).join("");
  try {
    await document.fonts.load('13px "Noto Sans SC Variable"', `${names}0123456789万,`);
  } catch {
    // Without it the system's font writes the names.
  }
}

function positionsOf(geometry: GeoJSON.Geometry): Position[] {
  if (geometry.type === "Point") return [geometry.coordinates as Position];
  if (geometry.type === "Polygon") return geometry.coordinates.flat() as Position[];
  if (geometry.type === "MultiPolygon") return geometry.coordinates.flat(2) as Position[];
  return [];
}

/** The sources of the boundaries on the map with their dates, each once, and the coordinates. */
export function sourcesOf(areas: GeoJSON.FeatureCollection): string {
  // Towns and zones that have no boundary stand at a point: no line is drawn for them.
  const drawn = areas.features.filter(({ geometry }) => geometry?.type.endsWith("Polygon"));
  const lines = drawn.map(({ properties }) =>
    [properties?.source, dayInWords(String(properties?.source_date ?? ""))].filter(Boolean).join(say("，", ", ")),
  );
  const named = [...new Set(lines)].filter(Boolean).join(say("、", "; "));
  const coordinates = say("坐标：WGS 84", "Coordinates: WGS 84");
  return named ? say(`界线：${named}；${coordinates}`, `Boundaries: ${named}; ${coordinates}`) : coordinates;
}
