// The kinds' signs on the map: one of twelve colours and one of twelve shapes, the kind's icon in
// it, drawn here so that no picture file and no glyph server is needed.
import type { Map as GlMap } from "maplibre-gl";
import { coloursNow } from "../map/colours";
import type { KindStyle } from "./config";

const RATIO = 2;
const BIG = 28;
const SMALL = 14;

type Pen = CanvasRenderingContext2D;

function regular(corners: number, turn = 0, inner = 1) {
  return (pen: Pen, radius: number) => {
    const steps = inner === 1 ? corners : corners * 2;
    for (let step = 0; step < steps; step++) {
      const angle = turn - Math.PI / 2 + (2 * Math.PI * step) / steps;
      const reach = radius * (step % 2 && inner !== 1 ? inner : 1);
      pen.lineTo(reach * Math.cos(angle), reach * Math.sin(angle));
    }
    pen.closePath();
  };
}

function plus(pen: Pen, radius: number): void {
  const arm = radius * 0.5;
  const points = [
    [-arm, -radius], [arm, -radius], [arm, -arm], [radius, -arm], [radius, arm], [arm, arm],
    [arm, radius], [-arm, radius], [-arm, arm], [-radius, arm], [-radius, -arm], [-arm, -arm],
  ] as const;
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.closePath();
}

function shield(pen: Pen, radius: number): void {
  pen.moveTo(-radius * 0.85, -radius * 0.8);
  pen.lineTo(radius * 0.85, -radius * 0.8);
  pen.lineTo(radius * 0.85, radius * 0.1);
  pen.quadraticCurveTo(radius * 0.7, radius * 0.75, 0, radius);
  pen.quadraticCurveTo(-radius * 0.7, radius * 0.75, -radius * 0.85, radius * 0.1);
  pen.closePath();
}

function drop(pen: Pen, radius: number): void {
  pen.moveTo(0, radius * 1.05);
  pen.bezierCurveTo(-radius * 1.2, radius * 0.1, -radius, -radius, 0, -radius);
  pen.bezierCurveTo(radius, -radius, radius * 1.2, radius * 0.1, 0, radius * 1.05);
  pen.closePath();
}

const SHAPES: Record<string, (pen: Pen, radius: number) => void> = {
  circle: (pen, radius) => pen.arc(0, 0, radius * 0.92, 0, 2 * Math.PI),
  square: (pen, radius) => pen.roundRect(-radius * 0.84, -radius * 0.84, radius * 1.68, radius * 1.68, radius * 0.2),
  diamond: regular(4),
  triangle: (pen, radius) => {
    pen.translate(0, radius * 0.16);
    regular(3)(pen, radius * 1.14);
  },
  "triangle-down": (pen, radius) => {
    pen.translate(0, -radius * 0.16);
    regular(3, Math.PI)(pen, radius * 1.14);
  },
  pentagon: regular(5),
  hexagon: regular(6),
  octagon: regular(8, Math.PI / 8),
  star: regular(5, 0, 0.56),
  cross: plus,
  plus,
  shield,
  drop,
  pin: drop,
};

const FALLBACK = Object.keys(SHAPES);

function shapeOf(style: KindStyle): (pen: Pen, radius: number) => void {
  const name = style.shape.replaceAll("_", "-");
  const spare = FALLBACK[style.colour % FALLBACK.length] ?? "circle";
  return SHAPES[name] ?? SHAPES[spare] ?? regular(4);
}

/** The strokes of the icons, out of the page's own sprite. */
async function strokesOf(icons: Iterable<string>): Promise<Map<string, Path2D>> {
  const found = new Map<string, Path2D>();
  const address = document.documentElement.dataset.sprite;
  if (!address) return found;
  const answer = await fetch(address);
  if (!answer.ok) return found;
  const sprite = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  for (const name of new Set(icons)) {
    const paths = sprite.querySelectorAll(`#${CSS.escape(name)} path`);
    if (!paths.length) continue;
    const stroke = new Path2D();
    for (const path of paths) stroke.addPath(new Path2D(path.getAttribute("d") ?? ""));
    found.set(name, stroke);
  }
  return found;
}

export function drawSign(pen: Pen, size: number, style: KindStyle, icon?: Path2D): void {
  const colours = coloursNow();
  const radius = size / 2 - 1.5;
  pen.save();
  pen.translate(size / 2, size / 2);
  pen.save();
  pen.beginPath();
  shapeOf(style)(pen, radius);
  pen.restore();
  pen.fillStyle = colours.kinds[style.colour] ?? colours.accent;
  pen.strokeStyle = colours.surface;
  pen.lineWidth = icon ? 2 : 1.5;
  pen.lineJoin = "round";
  pen.stroke();
  pen.fill();
  if (icon) {
    const scale = (size * 0.46) / 24;
    pen.scale(scale, scale);
    pen.translate(-12, -12);
    pen.strokeStyle = colours.surface;
    pen.lineWidth = 2.2;
    pen.lineCap = "round";
    pen.stroke(icon);
  }
  pen.restore();
}

function picture(size: number, style: KindStyle, icon?: Path2D): ImageData {
  const canvas = new OffscreenCanvas(size * RATIO, size * RATIO);
  const pen = canvas.getContext("2d");
  if (!pen) return new ImageData(size * RATIO, size * RATIO);
  pen.scale(RATIO, RATIO);
  drawSign(pen as unknown as Pen, size, style, icon);
  return pen.getImageData(0, 0, size * RATIO, size * RATIO);
}

export class Signs {
  private constructor(
    private readonly kinds: readonly KindStyle[],
    private readonly strokes: ReadonlyMap<string, Path2D>,
  ) {}

  static async load(kinds: readonly KindStyle[]): Promise<Signs> {
    return new Signs(kinds, await strokesOf(kinds.map(({ icon }) => icon)));
  }

  /** Put them on the map in the colours of the page as they are now. */
  addTo(map: GlMap): void {
    for (const kind of this.kinds) {
      const icon = this.strokes.get(kind.icon);
      this.put(map, `sign-${kind.name}`, picture(BIG, kind, icon));
      this.put(map, `dot-${kind.name}`, picture(SMALL, kind));
    }
  }

  draw(pen: Pen, size: number, style: KindStyle): void {
    drawSign(pen, size, style, this.strokes.get(style.icon));
  }

  private put(map: GlMap, name: string, image: ImageData): void {
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, { pixelRatio: RATIO });
  }
}
