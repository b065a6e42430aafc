// A picture of the map to keep: the map as it stands, its title, legend, scale, sources and approval
// number burned in, so that none of them is lost on the way.
import type { Map as GlMap } from "maplibre-gl";
import { settingsOf } from "../map/base";
import { coloursNow } from "../map/colours";
import { figure, say } from "../parts/words";
import type { Config, Facts } from "./config";
import type { Signs } from "./markers";

const FONT = '"Noto Sans SC Variable", "Noto Sans SC", sans-serif';
const MARGIN = 16;
const TITLE = 64;
const LINE = 22;

export interface PictureWords {
  title: string;
  subtitle: string;
  sources: string;
}

/** The map's canvas in the frame in which it is drawn: later its buffer is empty. */
function mapImage(map: GlMap): HTMLCanvasElement {
  map.redraw();
  const source = map.getCanvas();
  const copy = document.createElement("canvas");
  copy.width = source.width;
  copy.height = source.height;
  copy.getContext("2d")?.drawImage(source, 0, 0);
  return copy;
}

function wrap(pen: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const sign of text) {
    if (line && pen.measureText(line + sign).width > width) {
      lines.push(line);
      line = "";
    }
    line += sign;
  }
  return line ? [...lines, line] : lines;
}

/** A round length near a fifth of the picture, and how many pixels it is. */
function scaleOf({ map, width, height }: Sheet): { label: string; px: number } {
  const y = height / 2;
  const metres = map.unproject([0, y]).distanceTo(map.unproject([width / 5, y]));
  const power = 10 ** Math.floor(Math.log10(metres));
  const round = [5, 2, 1].map((each) => each * power).find((each) => each <= metres) ?? power;
  const label = round >= 1000 ? say(`${round / 1000} 公里`, `${round / 1000} km`) : say(`${round} 米`, `${round} m`);
  return { label, px: (width / 5) * (round / metres) };
}

interface Entry {
  draw: (pen: CanvasRenderingContext2D) => void;
  text: string;
}

function legendOf(config: Config, facts: Facts, signs: Signs): Entry[] {
  return config.kinds
    .filter(({ name }) => (facts.kinds[name] ?? 0) > 0)
    .map((kind) => ({
      draw: (pen) => signs.draw(pen, 18, kind),
      text: `${kind.label} ${figure(facts.kinds[kind.name] ?? 0)}`,
    }));
}

/** At once: who prints waits for nothing. */
export function drawPicture(
  map: GlMap,
  config: Config,
  facts: Facts,
  signs: Signs,
  words: PictureWords,
): HTMLCanvasElement {
  const image = mapImage(map);
  // Of what is drawn: the container may have the size of the paper already.
  const ratio = map.getPixelRatio();
  const width = image.width / ratio;
  const height = image.height / ratio;
  const canvas = document.createElement("canvas");
  const measure = canvas.getContext("2d");
  if (!measure) throw new Error("this browser draws no pictures");
  measure.font = `13px ${FONT}`;
  const legend = rows(measure, legendOf(config, facts, signs), width - 2 * MARGIN);
  const approval = settingsOf(map.getContainer()).approval;
  const notes = [words.sources, ...(approval ? [approval] : [])].flatMap((text) =>
    wrap(measure, text, width - 2 * MARGIN),
  );
  const foot = MARGIN + (legend.length + notes.length) * LINE + 8;
  canvas.width = width * ratio;
  canvas.height = (TITLE + height + foot) * ratio;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser draws no pictures");
  pen.scale(ratio, ratio);
  paint(pen, { map, image, width, height, foot, words, legend, notes });
  return canvas;
}

interface Sheet {
  map: GlMap;
  image: HTMLCanvasElement;
  width: number;
  height: number;
  foot: number;
  words: PictureWords;
  legend: Entry[][];
  notes: string[];
}

function paint(pen: CanvasRenderingContext2D, sheet: Sheet): void {
  const { paper, ink, ink2, line } = coloursNow();
  const { width, height, foot } = sheet;
  pen.fillStyle = paper;
  pen.fillRect(0, 0, width, TITLE + height + foot);
  pen.drawImage(sheet.image, 0, TITLE, width, height);
  pen.strokeStyle = line;
  pen.strokeRect(0.5, TITLE + 0.5, width - 1, height - 1);
  pen.textBaseline = "middle";
  pen.fillStyle = ink;
  pen.font = `650 19px ${FONT}`;
  pen.fillText(sheet.words.title, MARGIN, 24, width - 2 * MARGIN);
  pen.font = `13px ${FONT}`;
  pen.fillStyle = ink2;
  pen.fillText(sheet.words.subtitle, MARGIN, 47, width - 2 * MARGIN);
  paintScale(pen, sheet);
  let y = TITLE + height + MARGIN;
  for (const row of sheet.legend) {
    paintRow(pen, row, y, ink);
    y += LINE;
  }
  pen.fillStyle = ink2;
  for (const note of sheet.notes) {
    pen.fillText(note, MARGIN, y);
    y += LINE;
  }
}

const GAP = 20;
const SIGN = 24;

/** Legend entries in as many rows as they need. */
function rows(pen: CanvasRenderingContext2D, entries: Entry[], width: number): Entry[][] {
  const found: Entry[][] = [];
  let left = 0;
  for (const entry of entries) {
    const need = SIGN + pen.measureText(entry.text).width + GAP;
    const row = found.at(-1);
    if (row && need <= left) {
      row.push(entry);
      left -= need;
    } else {
      found.push([entry]);
      left = width - need;
    }
  }
  return found;
}

function paintRow(pen: CanvasRenderingContext2D, row: Entry[], y: number, ink: string): void {
  let x = MARGIN;
  for (const entry of row) {
    pen.save();
    pen.translate(x, y - 9);
    entry.draw(pen);
    pen.restore();
    pen.fillStyle = ink;
    pen.font = `13px ${FONT}`;
    pen.fillText(entry.text, x + SIGN, y);
    x += SIGN + pen.measureText(entry.text).width + GAP;
  }
}

function paintScale(pen: CanvasRenderingContext2D, sheet: Sheet): void {
  const { ink, surface } = coloursNow();
  const { label, px } = scaleOf(sheet);
  const y = TITLE + sheet.height - MARGIN;
  pen.font = `12px ${FONT}`;
  for (const [colour, thickness] of [[surface, 4], [ink, 1.5]] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = thickness;
    pen.beginPath();
    pen.moveTo(MARGIN, y - 5);
    pen.lineTo(MARGIN, y);
    pen.lineTo(MARGIN + px, y);
    pen.lineTo(MARGIN + px, y - 5);
    pen.stroke();
    if (colour === surface) pen.strokeText(label, MARGIN + 6, y - 10);
    else {
      pen.fillStyle = ink;
      pen.fillText(label, MARGIN + 6, y - 10);
    }
  }
}

export function download(canvas: HTMLCanvasElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (!blob) {
        reject(new Error("no picture"));
        return;
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      resolve();
    }, "image/png");
  });
}
