// Drawn areas: from clicks to the text that stands in an address, and back to a ring on the map.
import type { AreaName, Question } from "./question";
import { AREA_NAMES } from "./question";

export type Position = [longitude: number, latitude: number];

const RADIUS_M = 6_371_008.8; // the sphere on which the server measures circles
const CIRCLE_STEPS = 96;
const RAD = Math.PI / 180;

/** Six decimals are 0.1 m: finer than a hand draws. */
const rounded = (value: number) => Number(value.toFixed(6));

export function distanceM([x0, y0]: Position, [x1, y1]: Position): number {
  const half =
    Math.sin(((y1 - y0) * RAD) / 2) ** 2 +
    Math.cos(y0 * RAD) * Math.cos(y1 * RAD) * Math.sin(((x1 - x0) * RAD) / 2) ** 2;
  return 2 * RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)));
}

export function boxText([x0, y0]: Position, [x1, y1]: Position): string {
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)]
    .map(rounded)
    .join(",");
}

export function circleText(centre: Position, edge: Position): string {
  const radius = Math.max(1, Math.round(distanceM(centre, edge)));
  return [rounded(centre[0]), rounded(centre[1]), radius].join(",");
}

export function polygonText(corners: readonly Position[]): string {
  return corners.map((each) => each.map(rounded).join(",")).join(";");
}

function circleRing([x, y]: Position, radiusM: number): Position[] {
  const angle = radiusM / RADIUS_M;
  const sin = Math.sin(y * RAD);
  const cos = Math.cos(y * RAD);
  return Array.from({ length: CIRCLE_STEPS }, (_, step) => {
    const bearing = (2 * Math.PI * step) / CIRCLE_STEPS;
    const north = Math.asin(sin * Math.cos(angle) + cos * Math.sin(angle) * Math.cos(bearing));
    const east = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * cos,
      Math.cos(angle) - sin * Math.sin(north),
    );
    return [x + east / RAD, north / RAD] as Position;
  });
}

/** The ring an area's text stands for; empty when the text cannot be read. */
export function ringOf(name: AreaName, text: string): Position[] {
  const numbers = text.split(/[,;]/).map(Number);
  if (!numbers.length || !numbers.every(Number.isFinite)) return [];
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  if (name === "bbox") return numbers.length === 4 ? [[a, b], [c, b], [c, d], [a, d]] : [];
  if (name === "circle") return numbers.length === 3 ? circleRing([a, b], c) : [];
  const corners: Position[] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    corners.push([numbers[at] ?? 0, numbers[at + 1] ?? 0]);
  }
  return corners.length >= 3 ? corners : [];
}

export interface DrawnArea {
  name: AreaName;
  text: string;
  ring: Position[];
}

export function areasOf(question: Question): DrawnArea[] {
  return AREA_NAMES.flatMap((name) =>
    question.all(name).map((text) => ({ name, text, ring: ringOf(name, text) })),
  ).filter(({ ring }) => ring.length);
}

export function boundsOf(ring: readonly Position[]): [number, number, number, number] {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export function closed(ring: readonly Position[]): Position[] {
  const [first] = ring;
  return first ? [...ring, first] : [];
}
