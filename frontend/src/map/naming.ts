// Where the base map writes the names of its areas: each once, in the part of it that is on the
// screen. Left to itself the library writes a shape's name once for each of its parts and tiles.
import type { GeoJSONSource, Map as GlMap } from "maplibre-gl";

type Point = [x: number, y: number];
type Ring = Point[];
type Bounds = [west: number, south: number, east: number, north: number];

/** Points with the names; the layers that write them read this source. */
export const NAMES_SOURCE = "base-names";
/** Points looked at in each direction for the one furthest from the shape's edge. */
const STEPS = 12;
/** Part of the screen on each side in which a name would be cut off. */
const EDGE = 0.06;

/** What of a ring lies on one side of a line: `axis` 0 for x, 1 for y. */
function cut(ring: Ring, axis: 0 | 1, limit: number, sign: 1 | -1): Ring {
  const isIn = (point: Point) => sign * (point[axis] - limit) >= 0;
  return ring.flatMap((point, at) => {
    const before = ring.at(at - 1) as Point;
    if (isIn(point) === isIn(before)) return isIn(point) ? [point] : [];
    const part = (limit - before[axis]) / (point[axis] - before[axis]);
    const crossing: Point = [
      before[0] + part * (point[0] - before[0]),
      before[1] + part * (point[1] - before[1]),
    ];
    return isIn(point) ? [crossing, point] : [crossing];
  });
}

function clipped(ring: Ring, [west, south, east, north]: Bounds): Ring {
  return cut(cut(cut(cut(ring, 0, west, 1), 0, east, -1), 1, south, 1), 1, north, -1);
}

function areaOf(ring: Ring): number {
  const twice = ring.reduce((sum, [x, y], at) => {
    const [x0, y0] = ring.at(at - 1) as Point;
    return sum + x0 * y - x * y0;
  }, 0);
  return Math.abs(twice / 2);
}

/** How far inside of the ring a point is; below 0 when it is outside. */
function depth([x, y]: Point, ring: Ring): number {
  let isIn = false;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < ring.length; at++) {
    const [x1, y1] = ring[at] as Point;
    const [x0, y0] = ring.at(at - 1) as Point;
    if (y1 > y !== y0 > y && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1) isIn = !isIn;
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
    const part = length ? Math.max(0, Math.min(1, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) : 0;
    least = Math.min(least, Math.hypot(x - x0 - part * (x1 - x0), y - y0 - part * (y1 - y0)));
  }
  return isIn ? least : -least;
}

function boundsOf(ring: Ring): Bounds {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The point of a ring that is furthest from its edge, near enough for a name. */
function heartOf(ring: Ring): Point | null {
  const [west, south, east, north] = boundsOf(ring);
  let best: Point | null = null;
  let most = 0;
  for (let column = 0; column < STEPS; column++) {
    for (let row = 0; row < STEPS; row++) {
      const point: Point = [
        west + ((column + 0.5) / STEPS) * (east - west),
        south + ((row + 0.5) / STEPS) * (north - south),
      ];
      const inside = depth(point, ring);
      if (inside > most) {
        most = inside;
        best = point;
      }
    }
  }
  return best;
}

function ringsOf(geometry: GeoJSON.Geometry): Ring[] {
  // Only outer rings: areas with holes are rare, and the hole is not where the most room is.
  if (geometry.type === "Polygon") return [geometry.coordinates[0] as Ring];
  if (geometry.type === "MultiPolygon") return geometry.coordinates.map(([outer]) => outer as Ring);
  return [];
}

/** Where to write the name of this shape on a screen with these bounds. */
export function placeOf(geometry: GeoJSON.Geometry, bounds: Bounds): Point | null {
  if (geometry.type === "Point") return geometry.coordinates as Point;
  const parts = ringsOf(geometry)
    .map((ring) => clipped(ring, bounds))
    .filter((ring) => ring.length > 2);
  const biggest = parts.sort((one, other) => areaOf(other) - areaOf(one))[0];
  return biggest ? heartOf(biggest) : null;
}

/** What of the map is seen: not its edge, where names are cut off, and nothing that is covered. */
function screenOf(map: GlMap): Bounds {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const { left = 0, right = 0, top = 0, bottom = 0 } = map.getPadding();
  const low = map.unproject([left + width * EDGE, height - bottom - height * EDGE]);
  const high = map.unproject([width - right - width * EDGE, top + height * EDGE]);
  return [low.lng, low.lat, high.lng, high.lat];
}

function isWithin([x, y]: Point, [west, south, east, north]: Bounds): boolean {
  return x >= west && x <= east && y >= south && y <= north;
}

/** Keep one name for each area of the source in its visible part, from now on. */
export function nameAreas(map: GlMap, source: string): void {
  let areas: GeoJSON.Feature[] = [];
  // A name that is still on the screen stays where it was read last.
  const places = new Map<GeoJSON.Feature, Point>();
  const place = (area: GeoJSON.Feature, bounds: Bounds): Point | null => {
    const before = places.get(area);
    const found = before && isWithin(before, bounds) ? before : placeOf(area.geometry, bounds);
    if (found) places.set(area, found);
    return found;
  };
  const write = (): void => {
    const bounds = screenOf(map);
    const features = areas.flatMap((area): GeoJSON.Feature[] => {
      const coordinates = area.geometry && place(area, bounds);
      return coordinates ? [{ ...area, geometry: { type: "Point", coordinates } }] : [];
    });
    void (map.getSource(NAMES_SOURCE) as GeoJSONSource | undefined)?.setData({ type: "FeatureCollection", features });
  };
  map.on("sourcedata", (event) => {
    if (event.sourceId !== source || event.sourceDataType !== "content") return;
    void (map.getSource(source) as GeoJSONSource).getData().then((data) => {
      places.clear();
      areas = data.type === "FeatureCollection" ? data.features : [];
      write();
    });
  });
  map.on("moveend", write);
  map.on("resize", write);
}
