// Drawing an area by mouse, touch or keyboard: a box or a circle by two corners, a polygon by its
// corners. With the keyboard the arrows move the map under a cross and Enter sets a corner there.
import type { GeoJSONSource, Map as GlMap, MapMouseEvent } from "maplibre-gl";
import { coloursNow } from "../map/colours";
import { onThemeChange } from "../parts/theme";
import { say } from "../parts/words";
import type { AreaName } from "./question";
import {
  boxText,
  circleText,
  closed,
  type DrawnArea,
  type Position,
  polygonText,
  ringOf,
} from "./shapes";

const SOURCE_ID = "drawing";
const NEAR_PX = 14;
const SAME_PX = 3;
const MOST_CORNERS = 200;

export type Done = (name: AreaName, text: string) => void;

const HINTS: Record<AreaName, () => string> = {
  bbox: () =>
    say(
      "画方框：点一个角，再点对角。键盘：方向键移动地图，回车在十字处定点，Esc 取消。",
      "Box: click one corner, then the opposite one. Keyboard: arrows move the map, Enter sets a corner at the cross, Esc cancels.",
    ),
  circle: () =>
    say(
      "画圆：点圆心，再点圆上一点。键盘：方向键移动地图，回车在十字处定点，Esc 取消。",
      "Circle: click the centre, then a point on the edge. Keyboard: arrows move the map, Enter sets a point at the cross, Esc cancels.",
    ),
  polygon: () =>
    say(
      "画多边形：逐个点角，双击或点第一个角结束；退格键去掉上一个。键盘：回车定点，按 F 结束，Esc 取消。",
      "Polygon: click the corners; double-click or click the first one to finish; Backspace removes the last. Keyboard: Enter sets a corner, F finishes, Esc cancels.",
    ),
};

export class Drawing {
  private name: AreaName | null = null;
  private corners: Position[] = [];
  private pointer: Position | null = null;
  private areas: DrawnArea[] = [];

  constructor(
    private readonly map: GlMap,
    private readonly done: Done,
    private readonly tell: (hint: string, isDrawing: boolean) => void,
  ) {
    map.addSource(SOURCE_ID, { type: "geojson", data: this.picture() });
    map.addLayer({
      id: "drawing-fill",
      type: "fill",
      source: SOURCE_ID,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-opacity": 0.1 },
    });
    map.addLayer({
      id: "drawing-line",
      type: "line",
      source: SOURCE_ID,
      filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-width": 2.5 },
    });
    map.addLayer({
      id: "drawing-corner",
      type: "circle",
      source: SOURCE_ID,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 6, "circle-stroke-width": 2.5 },
    });
    this.repaint();
    onThemeChange(() => this.repaint());
    map.on("click", (event) => this.click(event));
    map.on("dblclick", (event) => this.doubleClick(event));
    map.on("mousemove", (event) => this.moved(event.lngLat.toArray() as Position));
    map.on("move", () => this.movedByKeys());
    map.getCanvas().addEventListener("keydown", (event) => this.key(event));
  }

  get isActive(): boolean {
    return this.name !== null;
  }

  start(name: AreaName): void {
    this.name = name;
    this.corners = [];
    this.pointer = null;
    this.map.getCanvas().classList.add("is-drawing");
    this.map.doubleClickZoom.disable();
    this.map.getCanvas().focus();
    this.tell(HINTS[name](), true);
    this.draw();
  }

  cancel(): void {
    if (!this.name) return;
    this.stop();
    this.tell("", false);
  }

  /** The areas the Selection already has. */
  show(areas: DrawnArea[]): void {
    this.areas = areas;
    this.draw();
  }

  private stop(): void {
    this.name = null;
    this.corners = [];
    this.map.getCanvas().classList.remove("is-drawing");
    // Only after this click is over: its second half must not zoom the map.
    window.setTimeout(() => this.map.doubleClickZoom.enable(), 300);
    this.draw();
  }

  private click(event: MapMouseEvent): void {
    if (!this.name) return;
    event.preventDefault();
    const isClosing = this.name === "polygon" && this.corners.length >= 3 && this.isFirst(event);
    if (isClosing) this.finish();
    else this.set(event.lngLat.toArray() as Position);
  }

  private isFirst(event: MapMouseEvent): boolean {
    const [first] = this.corners;
    if (!first) return false;
    return this.isNear(first, event.lngLat.toArray() as Position, NEAR_PX);
  }

  private isNear(one: Position, other: Position, px = SAME_PX): boolean {
    const [a, b] = [this.map.project(one), this.map.project(other)];
    return Math.hypot(a.x - b.x, a.y - b.y) <= px;
  }

  private doubleClick(event: MapMouseEvent): void {
    if (this.name !== "polygon") return;
    event.preventDefault();
    this.corners.pop(); // the second click of the two set the same corner again
    this.finish();
  }

  private set(corner: Position): void {
    this.corners.push(corner);
    const [first, second] = this.corners;
    if (this.name !== "polygon" && first && second && this.isNear(first, second)) {
      this.corners.pop();
      this.tell(
        say("两点太近，没有画出范围。请再点一个远些的点。", "The two points are too near. Set one farther away."),
        true,
      );
      this.draw();
    } else if (this.name !== "polygon" && first && second) {
      const text = this.name === "bbox" ? boxText(first, second) : circleText(first, second);
      this.give(this.name === "bbox" ? "bbox" : "circle", text);
    } else if (this.corners.length >= MOST_CORNERS) {
      this.finish();
    } else {
      this.draw();
    }
  }

  private finish(): void {
    if (this.corners.length < 3) {
      this.tell(say("至少要三个角。", "A polygon takes at least three corners."), true);
      return;
    }
    this.give("polygon", polygonText(this.corners));
  }

  private give(name: AreaName, text: string): void {
    this.stop();
    this.tell("", false);
    this.done(name, text);
  }

  private moved(position: Position): void {
    if (!this.name) return;
    this.pointer = position;
    this.draw();
  }

  private movedByKeys(): void {
    if (this.name && document.activeElement === this.map.getCanvas()) {
      this.moved(this.map.getCenter().toArray() as Position);
    }
  }

  private key(event: KeyboardEvent): void {
    if (!this.name) return;
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" || event.key === " ") {
      this.set(this.map.getCenter().toArray() as Position);
    } else if (event.key === "Backspace") {
      this.corners.pop();
      this.draw();
    } else if (event.key.toLowerCase() === "f" && this.name === "polygon") this.finish();
    else return;
    event.preventDefault();
  }

  private unfinished(): Position[] {
    const [first] = this.corners;
    if (!this.name || !first || !this.pointer) return [];
    if (this.name === "bbox") return ringOf("bbox", boxText(first, this.pointer));
    if (this.name === "circle") return ringOf("circle", circleText(first, this.pointer));
    return [...this.corners, this.pointer];
  }

  private picture(): GeoJSON.FeatureCollection {
    const rings = [...this.areas.map(({ ring }) => ring), this.unfinished()];
    // A ring that crosses itself evenly has no area and would not be drawn: its line is.
    const shapes = rings
      .filter(({ length }) => length >= 3)
      .flatMap((ring) => [
        feature({ type: "Polygon", coordinates: [closed(ring)] }),
        feature({ type: "LineString", coordinates: closed(ring) }),
      ]);
    const open = this.unfinished();
    if (open.length === 2) shapes.push(feature({ type: "LineString", coordinates: open }));
    const corners = this.corners.map((each) => feature({ type: "Point", coordinates: each }));
    return { type: "FeatureCollection", features: [...shapes, ...corners] };
  }

  private draw(): void {
    (this.map.getSource(SOURCE_ID) as GeoJSONSource).setData(this.picture());
  }

  private repaint(): void {
    const { attention, surface } = coloursNow();
    this.map.setPaintProperty("drawing-fill", "fill-color", attention);
    this.map.setPaintProperty("drawing-line", "line-color", attention);
    this.map.setPaintProperty("drawing-corner", "circle-color", surface);
    this.map.setPaintProperty("drawing-corner", "circle-stroke-color", attention);
  }
}

function feature(geometry: GeoJSON.Geometry): GeoJSON.Feature {
  return { type: "Feature", properties: {}, geometry };
}
