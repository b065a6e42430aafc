// Pointing at the map: a name on hover, a small card on a click, a fan where several records stand
// on one spot, a closer look or a list where there are many.
import { type MapGeoJSONFeature, type Map as GlMap, type MapMouseEvent, Popup } from "maplibre-gl";
import { figure, icon, say } from "../parts/words";
import { BLOCK_LAYER } from "./blocks";
import { AREA_DISC, AREA_FILL } from "./choropleth";
import { FAN_LAYER, type Fan, MOST_IN_FAN, type Sign } from "./fan";
import type { Item, Names } from "./names";
import { POINT_LAYER } from "./records";
import type { Position } from "./shapes";

const REACH_PX = 6;
const TOUCH_PX = 16;
const SAME_PX = 4;
const CARD_ITEMS = 6;
const LAYERS = [FAN_LAYER, POINT_LAYER, BLOCK_LAYER, AREA_DISC, AREA_FILL];

export interface Wishes {
  selection: () => string;
  isDrawing: () => boolean;
  narrow: (box: string) => void;
  openArea: (code: string) => void;
}

export class Pointing {
  private readonly hover: Popup;
  private readonly card: Popup;
  private hovered = "";

  constructor(
    private readonly map: GlMap,
    private readonly names: Names,
    private readonly fan: Fan,
    private readonly wishes: Wishes,
  ) {
    this.hover = new Popup({ closeButton: false, closeOnClick: false, className: "map-hover", offset: 16 });
    this.card = new Popup({ className: "map-card", maxWidth: "320px", offset: 18 });
    map.on("mousemove", (event) => void this.over(event));
    map.on("mouseout", () => this.leave());
    map.on("click", (event) => void this.click(event));
    map.on("movestart", () => this.leave());
  }

  /** Show a record's card at its position, as a click on its sign does. */
  async open(id: number, at: Position): Promise<void> {
    const item = await this.names.one(id);
    if (item) this.showCard(at, [item], 1, null);
  }

  private at(event: MapMouseEvent, reach = REACH_PX): MapGeoJSONFeature[] {
    const { x, y } = event.point;
    const layers = LAYERS.filter((layer) => this.map.getLayer(layer));
    return this.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers });
  }

  private async over(event: MapMouseEvent): Promise<void> {
    if (this.wishes.isDrawing()) return;
    const [feature] = this.at(event, 2);
    this.map.getCanvas().classList.toggle("is-over", feature !== undefined);
    const mark = feature ? `${feature.layer.id}|${JSON.stringify(feature.properties)}` : "";
    if (mark === this.hovered) return;
    this.hovered = mark;
    this.hover.remove();
    if (!feature) return;
    const text = await this.nameOf(feature);
    if (this.hovered !== mark || !text) return;
    const place = feature.geometry.type === "Point" ? feature.geometry.coordinates : null;
    this.hover
      .setLngLat(place ? (place as Position) : event.lngLat)
      .setText(text)
      .addTo(this.map);
  }

  private leave(): void {
    this.hovered = "";
    this.hover.remove();
  }

  private async nameOf(feature: MapGeoJSONFeature): Promise<string> {
    const { layer, properties } = feature;
    if (layer.id === POINT_LAYER || layer.id === FAN_LAYER) {
      const item = await this.names.one(Number(properties.id));
      return item?.name ?? "";
    }
    const count = figure(Number(properties.count));
    if (layer.id === BLOCK_LAYER) return say(`${count} 条`, `${count} records`);
    return say(`${properties.name}：${count} 条`, `${properties.name}: ${count} records`);
  }

  private async click(event: MapMouseEvent): Promise<void> {
    if (this.wishes.isDrawing() || event.defaultPrevented) return;
    this.leave();
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const found = this.at(event, isTouch ? TOUCH_PX : REACH_PX);
    const [first] = found;
    if (!first) {
      this.fan.close();
      return;
    }
    if (first.layer.id === FAN_LAYER || first.layer.id === POINT_LAYER) this.point(first, found);
    else if (first.layer.id === BLOCK_LAYER) await this.block(first);
    else this.wishes.openArea(String(first.properties.code));
  }

  private point(first: MapGeoJSONFeature, found: readonly MapGeoJSONFeature[]): void {
    const place = placeOf(first);
    if (first.layer.id === FAN_LAYER) {
      void this.open(Number(first.properties.id), place);
      return;
    }
    const here = this.map.project(place);
    const together = new Map<number, Sign>();
    for (const each of found) {
      if (each.layer.id !== POINT_LAYER) continue;
      const there = this.map.project(placeOf(each));
      if (Math.hypot(there.x - here.x, there.y - here.y) > SAME_PX) continue;
      const id = Number(each.properties.id);
      together.set(id, { id, kind: String(each.properties.kind) });
    }
    if (together.size === 1) void this.open(Number(first.properties.id), place);
    else if (together.size <= MOST_IN_FAN) this.fan.open(place, [...together.values()]);
    else void this.list(place, boxAround(this.map, place));
  }

  /** A square far away: a closer look; nothing closer to see: the list of what is there. */
  private async block(feature: MapGeoJSONFeature): Promise<void> {
    const box = String(feature.properties.box);
    const [west = 0, south = 0, east = 0, north = 0] = box.split(",").map(Number);
    if (this.map.getZoom() >= this.map.getMaxZoom() - 0.5) {
      await this.list([(west + east) / 2, (south + north) / 2], box);
      return;
    }
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map.fitBounds([west, south, east, north], { padding: 40, animate: !isStill });
  }

  private async list(at: Position, box: string): Promise<void> {
    const found = await this.names.within(this.wishes.selection(), box, CARD_ITEMS);
    if (found) this.showCard(at, found.items, found.total, box);
  }

  private showCard(at: Position, items: readonly Item[], total: number, box: string | null): void {
    const body = document.createElement("div");
    body.className = "card-body";
    if (total > 1) body.append(line(say(`这里有 ${figure(total)} 条`, `${figure(total)} records here`)));
    const list = document.createElement("ul");
    list.append(...items.map((item) => this.entry(item)));
    body.append(list);
    if (box && total > items.length) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = say("在列表中看全部", "List them all");
      button.addEventListener("click", () => {
        this.card.remove();
        this.wishes.narrow(box);
      });
      body.append(button);
    }
    this.card.setLngLat(at).setDOMContent(body).addTo(this.map);
  }

  private entry(item: Item): HTMLElement {
    const kind = this.names.kindOf(item.kind);
    const entry = document.createElement("li");
    const sign = document.createElement("span");
    sign.className = `kind-icon kind-icon-${kind?.colour ?? 0}`;
    sign.append(icon(kind?.icon ?? "map-pin"));
    const link = document.createElement("a");
    link.href = this.names.addressOf(item.id);
    link.textContent = item.name;
    // In a frame on another site a record opens beside it, not inside.
    if (window.top !== window) Object.assign(link, { target: "_blank", rel: "noopener" });
    const words = document.createElement("span");
    words.append(link, line(kind?.label ?? ""));
    entry.append(sign, words);
    return entry;
  }
}

function line(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  paragraph.className = "quiet small";
  paragraph.textContent = text;
  return paragraph;
}

function placeOf(feature: MapGeoJSONFeature): Position {
  return feature.geometry.type === "Point" ? (feature.geometry.coordinates as Position) : [0, 0];
}

function boxAround(map: GlMap, place: Position): string {
  const { x, y } = map.project(place);
  const [a, b] = [map.unproject([x - SAME_PX, y + SAME_PX]), map.unproject([x + SAME_PX, y - SAME_PX])];
  return [a.lng, a.lat, b.lng, b.lat].map((each) => each.toFixed(6)).join(",");
}
