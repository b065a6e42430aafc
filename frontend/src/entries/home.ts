// The home page's map: how many records in each town, each number a way into the explorer.
import { Marker } from "maplibre-gl";
import { canDrawMaps, createMap, LABELS_BELOW } from "../map/base";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";
import { figure, isChinese } from "../parts/words";

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

function bubble(town: Town, most: number): HTMLAnchorElement {
  const link = document.createElement("a");
  const share = town.count / most;
  const size = share >= BIG ? "big" : share >= MIDDLE ? "middle" : "small";
  link.className = `town-bubble town-bubble-${size}`;
  link.href = `/explore?town=${encodeURIComponent(town.code)}`;
  const count = document.createElement("strong");
  count.textContent = figure(town.count);
  const name = document.createElement("span");
  name.textContent = isChinese ? town.zh : town.en;
  link.append(count, name);
  return link;
}

function start(element: HTMLElement): void {
  const towns = JSON.parse(document.getElementById("home-towns")?.textContent ?? "[]") as Town[];
  const map = createMap(element, { scrollZoom: false, dragPan: false, doubleClickZoom: false });
  const placed = towns.filter((town) => town.count && town.longitude !== null);
  const most = Math.max(1, ...placed.map((town) => town.count));
  // The bubbles carry the towns' names.
  map.on("load", () => {
    map.setLayoutProperty(LABELS_BELOW, "visibility", "none");
    map.addSource("grid", {
      type: "vector",
      tiles: [`${location.origin}/tiles/{z}/{x}/{y}.mvt`],
      maxzoom: 12,
    });
    for (const layer of ["grid", "points"]) {
      map.addLayer(
        {
          id: `home-${layer}`,
          type: "circle",
          source: "grid",
          "source-layer": layer,
          paint: {
            "circle-color": coloursNow().accent,
            "circle-opacity": 0.35,
            "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 1.5, 10, 5],
          },
        },
        LABELS_BELOW,
      );
    }
  });
  onThemeChange(() => {
    for (const layer of ["home-grid", "home-points"]) {
      if (map.getLayer(layer)) map.setPaintProperty(layer, "circle-color", coloursNow().accent);
    }
  });
  for (const town of placed) {
    new Marker({ element: bubble(town, most) })
      .setLngLat([town.longitude as number, town.latitude as number])
      .addTo(map);
  }
}

const element = document.querySelector<HTMLElement>("[data-home-map]");
if (element) {
  if (canDrawMaps()) start(element);
  else element.closest(".hero-map")?.remove();
}
