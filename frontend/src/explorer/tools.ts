// The buttons on the map: what is shown, and drawing an area.
import { icon, say } from "../parts/words";
import type { AreaName } from "./question";
import type { Mode } from "./records";

/** What a small screen keeps behind a button. */
export type Door = "pens" | "time";

interface Choice<T> {
  value: T;
  icon: string;
  words: string;
}

function modes(): Choice<Mode>[] {
  return [
    { value: "records", icon: "map-pin", words: say("资源", "Records") },
    { value: "density", icon: "stack-2", words: say("密度", "Density") },
    { value: "towns", icon: "building-community", words: say("街镇", "Towns") },
    { value: "zones", icon: "hexagons", words: say("园区", "Zones") },
  ];
}

function shapes(): Choice<AreaName>[] {
  return [
    { value: "bbox", icon: "square", words: say("画方框", "Draw a box") },
    { value: "circle", icon: "circle", words: say("画圆", "Draw a circle") },
    { value: "polygon", icon: "polygon", words: say("画多边形", "Draw a polygon") },
  ];
}

function group(label: string, className: string): HTMLElement {
  const box = document.createElement("div");
  box.className = `map-tools ${className}`;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  return box;
}

function button(name: string | null, words: string, isBare: boolean): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  const text = document.createElement("span");
  text.textContent = words;
  if (isBare) {
    text.className = "unseen";
    made.title = words;
  }
  if (name) made.append(icon(name));
  made.append(text);
  return made;
}

export class Tools {
  private readonly modeButtons = new Map<Mode, HTMLButtonElement>();
  private readonly shapeButtons: HTMLButtonElement[] = [];
  private readonly doors = new Map<Door, HTMLButtonElement>();
  private readonly hint: HTMLElement;
  private readonly hintWords: HTMLElement;

  constructor(
    root: HTMLElement,
    pick: (mode: Mode) => void,
    draw: (name: AreaName) => void,
    cancel: () => void,
    open: (door: Door) => void,
  ) {
    const layers = group(say("地图显示什么", "What the map shows"), "map-modes");
    for (const { value, icon: name, words } of modes()) {
      const made = button(name, words, false);
      made.addEventListener("click", () => pick(value));
      this.modeButtons.set(value, made);
      layers.append(made);
    }
    const pens = group(say("在图上画范围", "Draw an area on the map"), "map-pens");
    for (const { value, icon: name, words } of shapes()) {
      const made = button(name, words, true);
      made.addEventListener("click", () => draw(value));
      made.dataset.draw = value;
      this.shapeButtons.push(made);
      pens.append(made);
    }
    this.hint = document.createElement("div");
    this.hint.className = "map-hint";
    this.hint.setAttribute("role", "status");
    this.hintWords = document.createElement("p");
    const stop = document.createElement("button");
    stop.type = "button";
    stop.className = "button";
    stop.textContent = say("取消", "Cancel");
    stop.addEventListener("click", cancel);
    this.hint.append(this.hintWords, stop);
    this.hint.hidden = true;
    root.append(layers, this.doorsTo(open), pens, this.hint);
  }

  /** On a small screen the pens and the time stand behind buttons that name them. */
  private doorsTo(open: (door: Door) => void): HTMLElement {
    const box = group(say("更多工具", "More tools"), "map-doors");
    const words: Record<Door, string> = { pens: say("画范围", "Draw"), time: say("时间", "Time") };
    for (const door of ["pens", "time"] as const) {
      const made = button(null, words[door], false);
      made.setAttribute("aria-expanded", "false");
      made.addEventListener("click", () => open(door));
      this.doors.set(door, made);
      box.append(made);
    }
    return box;
  }

  /** Say which door is open. */
  opened(open: Door | null): void {
    for (const [door, made] of this.doors) made.setAttribute("aria-expanded", String(door === open));
  }

  mode(mode: Mode): void {
    for (const [value, made] of this.modeButtons) {
      made.setAttribute("aria-pressed", String(value === mode));
    }
  }

  tell(hint: string, isDrawing: boolean): void {
    this.hint.hidden = !isDrawing;
    this.hintWords.textContent = hint;
  }
}
