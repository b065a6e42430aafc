// The towns or zones as a list with bars beside the map: what the colours say, in words, and the
// only place of those whose position nobody knows.
import { figure, say } from "../parts/words";
import type { AreaName } from "./config";
import type { Mode } from "./records";

const KINDS: Partial<Record<Mode, readonly string[]>> = {
  towns: ["town"],
  zones: ["zone", "park", "cluster"],
};

/** Width of a map that has room for a list beside its district. */
const ROOMY_PX = 680;

export class AreaList {
  private readonly box = document.createElement("details");
  private readonly list = document.createElement("ol");
  private readonly title = document.createElement("h2");
  private readonly note = document.createElement("p");
  private mode: Mode = "records";
  private counts: Record<string, number> = {};

  constructor(
    private readonly root: HTMLElement,
    private readonly areas: readonly AreaName[],
    private readonly drawn: ReadonlySet<string>,
    private readonly choose: (code: string) => void,
    /** Pixels of the map's left that the list covers, whenever they change. */
    private readonly cover: (px: number) => void,
  ) {
    this.box.className = "area-list";
    this.box.hidden = true;
    // Where the list would lie on most of the map it waits folded.
    this.box.open = this.hasRoom;
    this.box.addEventListener("toggle", () => this.tellCover());
    const head = document.createElement("summary");
    head.append(this.title);
    this.note.className = "quiet small";
    this.list.tabIndex = 0;
    this.box.append(head, this.list, this.note);
    root.append(this.box);
  }

  show(mode: Mode): void {
    this.mode = mode;
    this.draw();
    this.tellCover();
  }

  update(counts: Record<string, number>): void {
    this.counts = counts;
    this.draw();
  }

  /** Whether the map beside the list is still the larger part. */
  private get hasRoom(): boolean {
    const map = this.root.parentElement;
    const isPhone = window.matchMedia("(max-width: 899px)").matches;
    return !isPhone && map !== null && map.clientWidth >= ROOMY_PX;
  }

  private tellCover(): void {
    const isBeside = this.box.open && !this.box.hidden && this.hasRoom;
    const edge = this.root.offsetLeft + this.box.offsetLeft + this.box.offsetWidth;
    // Beyond the middle it hangs from the upper edge, beside the buttons.
    this.cover(isBeside && edge < ROOMY_PX / 2 ? edge : 0);
  }

  private draw(): void {
    const kinds = KINDS[this.mode];
    this.box.hidden = kinds === undefined;
    if (!kinds) return;
    const mine = this.areas
      .filter(({ kind }) => kinds.includes(kind))
      .map((area) => ({ ...area, count: this.counts[area.code] ?? 0 }))
      .sort((one, other) => other.count - one.count);
    const most = Math.max(1, ...mine.map(({ count }) => count));
    this.title.textContent =
      this.mode === "towns" ? say("各街镇", "By town") : say("各园区", "By zone");
    this.list.setAttribute("aria-label", this.title.textContent);
    this.list.replaceChildren(...mine.map((area) => this.line(area, most)));
    const lost = mine.filter(({ code }) => !this.drawn.has(code)).length;
    this.list.hidden = mine.length === 0;
    this.note.hidden = lost === 0 && mine.length > 0;
    if (!mine.length) {
      this.note.textContent = say("还没有登记。", "None is registered yet.");
      return;
    }
    this.note.textContent = say(
      `其中 ${lost} 个没有边界和位置，只列在这里。`,
      `${lost} of them have no boundary or position and stand only here.`,
    );
  }

  private line(area: AreaName & { count: number }, most: number): HTMLElement {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const name = document.createElement("span");
    name.textContent = area.name;
    const count = document.createElement("span");
    count.className = "figures";
    count.textContent = figure(area.count);
    const bar = document.createElement("progress");
    bar.className = "bar";
    bar.max = most;
    bar.value = area.count;
    bar.setAttribute("aria-hidden", "true");
    button.append(name, count, bar);
    button.addEventListener("click", () => this.choose(area.code));
    line.append(button);
    return line;
  }
}
