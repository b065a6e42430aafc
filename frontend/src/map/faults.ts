// A map that is not whole says so: where tiles did not come it looks as if nothing were there.
import type { ErrorEvent, GeoJSONSource, Map as GlMap, RasterTileSource, VectorTileSource } from "maplibre-gl";
import { say } from "../parts/words";

const FAULT = ".map-fault";

type Fault = ErrorEvent & { sourceId?: string; tile?: { actor: unknown } };

/** Whether everything that was asked for is on the map. */
export function isWhole(map: GlMap): boolean {
  return map.getContainer().querySelector(FAULT) === null;
}

/** Tell, on the map itself, when parts of it do not come, until they are asked for again. */
export function watchFaults(map: GlMap, areas: string): void {
  const faulty = new Set<string>();
  const update = (): void => {
    map.getContainer().querySelector(FAULT)?.remove();
    if (faulty.size) map.getContainer().append(boxOf(() => again(map, faulty, areas)));
  };
  map.on("error", (event: Fault) => {
    const id = event.sourceId;
    // MapLibre waits for ever when a tile that failed is asked for again of the same worker.
    if (event.tile) event.tile.actor = undefined;
    if (!id) console.error(event.error); // a fault of ours, not of the connection
    if (!id || (event.error as Error | undefined)?.name === "AbortError") return;
    const isNew = !faulty.has(id);
    faulty.add(id);
    if (isNew) update();
  });
  map.on("sourcedataloading", (event) => {
    // Not one tile, but the source itself: its address was set, all is asked for again.
    if (!event.tile && faulty.delete(event.sourceId)) update();
  });
}

function boxOf(retry: () => void): HTMLElement {
  const box = document.createElement("div");
  box.className = "map-fault message message-refusal";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = say(
    "地图没有取全，空白的地方不一定没有内容。请检查网络后重试。",
    "Parts of the map did not come: what looks empty may not be. Check the connection and try again.",
  );
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = say("重新取图", "Load the map again");
  button.addEventListener("click", retry);
  box.append(words, button);
  return box;
}

function again(map: GlMap, faulty: Set<string>, areas: string): void {
  for (const id of [...faulty]) {
    const source = map.getSource(id);
    if (source?.type === "vector" || source?.type === "raster") {
      const tiled = source as VectorTileSource | RasterTileSource;
      tiled.setTiles(tiled.tiles);
    } else if (source?.type === "geojson" && id === "base") (source as GeoJSONSource).setData(areas);
  }
}
