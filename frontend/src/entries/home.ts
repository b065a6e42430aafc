// The home page's map: how many records in each town, each number a way into the explorer.
import { type Map as GlMap, Marker } from "maplibre-gl";
import { canDrawMaps, createMap, LABELS_BELOW } from "../map/base";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";
import { figure, isChinese, say } from "../parts/words";

interface Town {
  code: string;
  zh: string;
  en: string;
  count: number;
  longitude: number | null;
  latitude: number | null;
}

const BIG = 0.6;
const MIDDLE = 0.2;
const GRID_LAYERS = ["home-grid", "home-points"];

function bubble(town: Town, most: number): HTMLAnchorElement {
  const link = document.createElement("a");
  const share = town.count / most;
  const size = share >= BIG ? "big" : share >= MIDDLE ? "middle" : "small";
  link.className = `town-bubble town-bubble-${size}`;
  link.href = `/explore?town=${encodeURIComponent(town.code)}`;
  const name = isChinese ? town.zh : town.en;
  link.title = name;
  const records = say(`${figure(town.count)} 条记录`, `${figure(town.count)} records`);
  link.setAttribute("aria-label", `${name}${say("：", ": ")}${records}`);
  const count = document.createElement("strong");
  count.textContent = figure(town.count);
  const word = document.createElement("span");
  word.textContent = name;
  link.append(count, word);
  return link;
}

function meet(one: DOMRect, other: DOMRect): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

/** Bubbles that would lie on one another shorten their name, then give way: the list has all. */
function makeRoom(bubbles: HTMLElement[]): void {
  for (const each of bubbles) {
    each.classList.remove("is-short");
    each.hidden = false;
  }
  const placed: DOMRect[] = [];
  for (const each of bubbles) {
    const isFree = () => !placed.some((other) => meet(each.getBoundingClientRect(), other));
    if (!isFree()) each.classList.add("is-short");
    if (isFree()) placed.push(each.getBoundingClientRect());
    else each.hidden = true;
  }
}

function addGrid(map: GlMap): void {
  map.addSource("grid", {
    type: "vector",
    tiles: [`${location.origin}/tiles/{z}/{x}/{y}.mvt`],
    maxzoom: 12,
  });
  for (const id of GRID_LAYERS) {
    map.addLayer(
      {
        id,
        type: "circle",
        source: "grid",
        "source-layer": id.replace("home-", ""),
        paint: {
          "circle-color": coloursNow().accent,
          "circle-opacity": 0.4,
          "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 1.2, 10, 4.5],
        },
      },
      LABELS_BELOW,
    );
  }
}

function start(element: HTMLElement): void {
  const towns = JSON.parse(document.getElementById("home-towns")?.textContent ?? "[]") as Town[];
  const map = createMap(element, { scrollZoom: false, dragPan: false, doubleClickZoom: false });
  const placed = towns.filter((town) => town.count && town.longitude !== null);
  const most = Math.max(1, ...placed.map((town) => town.count));
  const bubbles = placed.map((town) => bubble(town, most));
  placed.forEach((town, index) => {
    new Marker({ element: bubbles[index] as HTMLElement })
      .setLngLat([town.longitude as number, town.latitude as number])
      .addTo(map);
  });
  makeRoom(bubbles);
  for (const event of ["zoomend", "moveend", "resize"] as const) {
    map.on(event, () => makeRoom(bubbles));
  }
  map.on("load", () => {
    // The bubbles carry the towns' names.
    map.setLayoutProperty(LABELS_BELOW, "visibility", "none");
    addGrid(map);
    map.once("idle", () => {
      element.dataset.ready = "true";
    });
  });
  onThemeChange(() => {
    for (const id of GRID_LAYERS) {
      if (map.getLayer(id)) map.setPaintProperty(id, "circle-color", coloursNow().accent);
    }
  });
}

const element = document.querySelector<HTMLElement>("[data-home-map]");
if (element) {
  if (canDrawMaps()) start(element);
  else element.closest(".hero-map")?.remove();
}
