// One pin on a map and two fields: whichever is changed, the other follows.
import { Marker } from "maplibre-gl";
import { canDrawMaps, createMap } from "../map/base";
import { coloursNow } from "../map/colours";

const DECIMALS = 6;

function field(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
}

export function startPinMap(element: HTMLElement): void {
  const form = element.closest("form");
  if (!form || !canDrawMaps()) {
    element.closest("figure")?.remove();
    return;
  }
  const longitude = field(form, "longitude");
  const latitude = field(form, "latitude");
  if (!longitude || !latitude) return;
  const centre: [number, number] = [Number(element.dataset.longitude), Number(element.dataset.latitude)];
  const map = createMap(element, { center: centre, zoom: Number(element.dataset.zoom) });
  const pin = new Marker({ draggable: true, color: coloursNow().accent }).setLngLat(centre);
  if ("pinned" in element.dataset) pin.addTo(map);

  const write = () => {
    const at = pin.getLngLat();
    longitude.value = at.lng.toFixed(DECIMALS);
    latitude.value = at.lat.toFixed(DECIMALS);
  };
  const read = () => {
    const at: [number, number] = [Number(longitude.value), Number(latitude.value)];
    const isSaid = longitude.value.trim() !== "" && latitude.value.trim() !== "";
    if (!isSaid || !at.every(Number.isFinite) || Math.abs(at[0]) > 180 || Math.abs(at[1]) > 85) return;
    pin.setLngLat(at).addTo(map);
    map.easeTo({ center: at });
  };
  pin.on("dragend", write);
  map.on("click", (event) => {
    pin.setLngLat(event.lngLat).addTo(map);
    write();
  });
  longitude.addEventListener("change", read);
  latitude.addEventListener("change", read);
  map.once("idle", () => {
    element.dataset.ready = "true";
  });
}
