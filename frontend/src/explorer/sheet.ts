// On a phone the list is a sheet that slides over the map: dragged or stepped by its handle.
import { say } from "../parts/words";

const STATES = ["low", "half", "full"] as const;
type State = (typeof STATES)[number];
const DRAG_PX = 36;
/** Where half a list leaves neither a map nor a list: the map comes first there. */
const LOW_SCREEN = "(max-height: 480px)";

export class Sheet {
  private state: State = "half";
  private from: number | null = null;
  private readonly lowScreen = window.matchMedia(LOW_SCREEN);

  constructor(
    private readonly panel: HTMLElement,
    private readonly handle: HTMLButtonElement,
    /** The list covers what stood under it. */
    private readonly raised: () => void,
  ) {
    handle.hidden = false;
    handle.addEventListener("click", () => {
      if (this.from === null) this.set(this.state === "full" ? "low" : this.next(1));
    });
    handle.addEventListener("pointerdown", (event) => this.press(event));
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.set(this.next(step));
    });
    // Whoever goes to the list by keyboard must see it.
    panel.addEventListener("focusin", (event) => {
      if (this.state === "low" && event.target !== handle) this.set(this.next(1));
    });
    this.lowScreen.addEventListener("change", ({ matches }) => {
      // Not under the hands of somebody who types: a keyboard on the screen makes it low as well.
      if (matches && !panel.contains(document.activeElement)) this.set("low");
    });
    this.set(this.lowScreen.matches ? "low" : "half");
  }

  get isLow(): boolean {
    return this.state === "low";
  }

  set(state: State): void {
    this.state = state;
    this.panel.dataset.sheet = state;
    if (state !== "low") this.raised();
    this.handle.setAttribute("aria-expanded", String(state !== "low"));
    const words = { low: say("展开列表", "Open the list"), half: say("列表占满", "Make the list full height"), full: say("收起列表，看地图", "Close the list, show the map") };
    this.handle.querySelector("span")?.replaceChildren(words[state]);
  }

  private next(step: number): State {
    const at = STATES.indexOf(this.state) + (this.lowScreen.matches ? 2 * step : step);
    return STATES[Math.max(0, Math.min(STATES.length - 1, at))] ?? "half";
  }

  private press(event: PointerEvent): void {
    const start = event.clientY;
    const release = (end: PointerEvent) => {
      const moved = start - end.clientY;
      if (Math.abs(moved) > DRAG_PX) {
        this.from = start;
        this.set(this.next(moved > 0 ? 1 : -1));
        // The click that follows the drag is part of it.
        window.setTimeout(() => {
          this.from = null;
        }, 50);
      }
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", release);
    };
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", release);
  }
}
