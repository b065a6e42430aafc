// Places of one record. A position that is not exact is drawn as the circle it may lie in.
import { LngLatBounds, Marker } from "maplibre-gl";
import { canDrawMaps, createMap } from "../map/base";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";

interface Place {
  longitude: number;
  latitude: number;
  precision: string;
  label: string;
  colour: number;
}

/** How far off a position of each precision may be, in metres. */
const REACH: Record<string, number> = { exact: 0, road: 300, town: 2500, district: 10_000 };
const METRES_PER_DEGREE = 111_195;
const CORNERS = 64;

function circle(place: Place, radius: number): GeoJSON.Feature {
  const stretch = Math.cos((place.latitude * Math.PI) / 180);
  const ring = Array.from({ length: CORNERS + 1 }, (_, index) => {
    const angle = (index / CORNERS) * 2 * Math.PI;
    return [
      place.longitude + ((radius / METRES_PER_DEGREE) * Math.cos(angle)) / stretch,
      place.latitude + (radius / METRES_PER_DEGREE) * Math.sin(angle),
    ];
  });
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

function pin(place: Place): HTMLElement {
  const element = document.createElement("span");
  element.className = `place-pin kind-icon-${place.colour}`;
  element.title = place.label;
  return element;
}

export function startRecordMap(element: HTMLElement): void {
  const places = JSON.parse(document.getElementById("record-places")?.textContent ?? "[]") as Place[];
  if (!places.length || !canDrawMaps()) {
    element.closest("figure")?.remove();
    return;
  }
  const bounds = new LngLatBounds();
  const circles = places
    .filter((place) => REACH[place.precision] !== 0)
    .map((place) => circle(place, REACH[place.precision] ?? 0));
  for (const place of places) bounds.extend([place.longitude, place.latitude]);
  for (const each of circles) {
    for (const corner of (each.geometry as GeoJSON.Polygon).coordinates[0] ?? []) {
      bounds.extend(corner as [number, number]);
    }
  }
  const map = createMap(element, { scrollZoom: false, cooperativeGestures: true });
  map.fitBounds(bounds, { padding: 40, maxZoom: 13, animate: false });
  map.once("idle", () => {
    element.dataset.ready = "true";
  });
  map.on("load", () => {
    // The pin of a town or zone stands on its own name: names go below.
    for (const { id, type } of map.getStyle().layers) {
      if (type !== "symbol") continue;
      map.setLayoutProperty(id, "text-anchor", "top");
      map.setLayoutProperty(id, "text-offset", [0, 0.9]);
    }
    map.addSource("reach", { type: "geojson", data: { type: "FeatureCollection", features: circles } });
    map.addLayer({
      id: "record-reach",
      type: "fill",
      source: "reach",
      paint: { "fill-color": coloursNow().accent, "fill-opacity": 0.12 },
    });
    map.addLayer({
      id: "record-reach-line",
      type: "line",
      source: "reach",
      paint: { "line-color": coloursNow().accent, "line-dasharray": [2, 2] },
    });
  });
  onThemeChange(() => {
    if (!map.getLayer("record-reach")) return;
    map.setPaintProperty("record-reach", "fill-color", coloursNow().accent);
    map.setPaintProperty("record-reach-line", "line-color", coloursNow().accent);
  });
  for (const place of places) {
    new Marker({ element: pin(place) }).setLngLat([place.longitude, place.latitude]).addTo(map);
  }
}
