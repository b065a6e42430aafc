// The one way to make a map: the district's and its neighbours' boundaries as the base map, drawn
// in the page's colours, with scale, attribution and approval number. Islands add their layers.
//
//   const map = createMap(element);            // element carries {% map_settings %}
//   map.on("load", () => map.addSource(...));
//
// The base map's layers begin with "base-"; put own layers before LABELS_BELOW to stay under names.
import "maplibre-gl/dist/maplibre-gl.css";
import "../styles/map.css";
import {
  AttributionControl,
  Map as GlMap,
  type MapOptions,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { onThemeChange } from "../parts/theme";
import { isChinese, say } from "../parts/words";
import { type Colours, coloursNow } from "./colours";
import { watchFaults } from "./faults";
import { NAMES_SOURCE, nameAreas } from "./naming";

setWorkerUrl(workerUrl);

export const LABELS_BELOW = "base-town-label";
const FONT = ["Noto Sans SC Variable", "Noto Sans SC", "sans-serif"];
const NAME = isChinese ? ["get", "name"] : ["coalesce", ["get", "name_en"], ["get", "name"]];

export type Box = [west: number, south: number, east: number, north: number];

export interface MapSettings {
  areas: string;
  bbox: Box | null;
  /** Of each outside layer, the lowest first, the address of a tile on every host. */
  tiles: string[][];
  attribution: string;
  approval: string;
}

/** What {% map_settings %} wrote on the element. */
export function settingsOf(element: HTMLElement): MapSettings {
  const numbers = (element.dataset.bbox ?? "").split(",").map(Number);
  const isBox = numbers.length === 4 && numbers.every(Number.isFinite);
  return {
    areas: element.dataset.areas ?? "/api/v1/areas",
    bbox: isBox ? (numbers as Box) : null,
    tiles: JSON.parse(element.dataset.tiles || "[]") as string[][],
    attribution: element.dataset.attribution ?? "",
    approval: element.dataset.approval ?? "",
  };
}

const tilesName = (number: number) => `base-tiles-${number}`;
type Layers = StyleSpecification["layers"];
// `role` is written by the areas' address: district, neighbour, town, zone, park or cluster.
const isRole = (...roles: string[]) => ["in", ["get", "role"], ["literal", roles]] as never;

/** The base map's layers in the page's colours; over outside tiles only lines and names. */
function layersOf(colours: Colours, tileCount: number): Layers {
  const outside: Layers = Array.from({ length: tileCount }, (_, number) => ({
    id: tilesName(number),
    type: "raster" as const,
    source: tilesName(number),
  }));
  const fills: Layers = [
    {
      id: "base-neighbour-fill",
      type: "fill",
      source: "base",
      filter: isRole("neighbour"),
      paint: { "fill-color": colours.paper },
    },
    {
      id: "base-district-fill",
      type: "fill",
      source: "base",
      filter: isRole("district"),
      paint: { "fill-color": colours.surface },
    },
  ];
  const label = (id: string, roles: string[], size: number, colour: string, minzoom = 0) => ({
    id,
    type: "symbol" as const,
    source: NAMES_SOURCE,
    minzoom,
    filter: isRole(...roles),
    layout: {
      "text-field": NAME as never,
      "text-font": FONT,
      "text-size": size,
      "text-max-width": 8,
      "text-padding": 6,
    },
    paint: { "text-color": colour, "text-halo-color": colours.surface, "text-halo-width": 1.5 },
  });
  return [
    { id: "base-background", type: "background", paint: { "background-color": colours.sunken } },
    ...(tileCount ? outside : fills),
    {
      id: "base-zone-fill",
      type: "fill",
      source: "base",
      filter: isRole("zone", "park", "cluster"),
      paint: { "fill-color": colours.accent, "fill-opacity": 0.07 },
    },
    {
      id: "base-zone-line",
      type: "line",
      source: "base",
      filter: isRole("zone", "park", "cluster"),
      paint: { "line-color": colours.accent, "line-width": 1, "line-dasharray": [3, 2] },
    },
    {
      id: "base-town-line",
      type: "line",
      source: "base",
      filter: isRole("town"),
      paint: { "line-color": colours.line, "line-width": 1 },
    },
    {
      id: "base-neighbour-line",
      type: "line",
      source: "base",
      filter: isRole("neighbour"),
      paint: { "line-color": colours.line, "line-width": 1 },
    },
    {
      id: "base-district-line",
      type: "line",
      source: "base",
      filter: isRole("district"),
      paint: { "line-color": colours.lineStrong, "line-width": 2 },
    },
    label(LABELS_BELOW, ["town"], 12, colours.ink2, 10),
    label("base-zone-label", ["zone", "park", "cluster"], 12, colours.accent, 10.5),
    label("base-neighbour-label", ["neighbour"], 13, colours.ink2, 8),
  ] as Layers;
}

function styleOf(settings: MapSettings): StyleSpecification {
  const sources: StyleSpecification["sources"] = {
    base: { type: "geojson", data: settings.areas },
    [NAMES_SOURCE]: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
  };
  settings.tiles.forEach((tiles, number) => {
    sources[tilesName(number)] = { type: "raster", tiles, tileSize: 256, maxzoom: 18 };
  });
  return { version: 8, sources, layers: layersOf(coloursNow(), settings.tiles.length) };
}

function repaint(map: GlMap, settings: MapSettings): void {
  for (const layer of layersOf(coloursNow(), settings.tiles.length)) {
    if (!map.getLayer(layer.id)) continue;
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      map.setPaintProperty(layer.id, name as never, value as never);
    }
  }
}

/** Sentences under the map: approval number, where the boundaries come from, coordinates. */
function attributionOf(settings: MapSettings): string[] {
  const plain = document.createElement("span");
  const lines = [settings.approval, settings.attribution, say("坐标：WGS 84", "Coordinates: WGS 84")];
  return lines.filter(Boolean).map((line) => {
    plain.textContent = line;
    return plain.innerHTML;
  });
}

const LOCALE: Record<string, string> = isChinese
  ? {
      "AttributionControl.ToggleAttribution": "显示或收起来源",
      "Map.Title": "地图",
      "NavigationControl.ResetBearing": "指北",
      "NavigationControl.ZoomIn": "放大",
      "NavigationControl.ZoomOut": "缩小",
      "ScaleControl.Meters": "米",
      "ScaleControl.Kilometers": "公里",
    }
  : {};

/** Whether this browser can draw a map at all; without it a page shows its list. */
export function canDrawMaps(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

export function createMap(element: HTMLElement, options: Partial<MapOptions> = {}): GlMap {
  const settings = settingsOf(element);
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new GlMap({
    container: element,
    style: styleOf(settings),
    ...(settings.bbox && !options.center ? { bounds: settings.bbox } : {}),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: isStill ? 0 : 160,
    locale: LOCALE,
    maxZoom: 18,
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(
    new AttributionControl({ compact: false, customAttribution: attributionOf(settings) }),
    "bottom-left",
  );
  if (options.interactive !== false) {
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  }
  // Above the attribution, which may need the map's whole width.
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  onThemeChange(() => repaint(map, settings));
  watchFaults(map, settings.areas);
  nameAreas(map, "base");
  return map;
}
