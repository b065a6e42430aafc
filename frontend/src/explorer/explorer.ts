// The explorer takes over the page that the server wrote: one question in the address, and map,
// list, facets and time all answer it.
import { canDrawMaps } from "../map/base";
import { isWhole } from "../map/faults";
import { say } from "../parts/words";
import { Answer } from "./answer";
import { AreaList } from "./arealist";
import { type Config, configOf, type Facts } from "./config";
import { Drawing } from "./drawing";
import { pictureOf, printAsPicture } from "./paper";
import { download } from "./picture";
import { Pointing } from "./pointing";
import { AREA_NAMES, Question } from "./question";
import type { Mode } from "./records";
import { areasOf, type Position } from "./shapes";
import { Sheet } from "./sheet";
import { Timeline } from "./timeline";
import { type Door, Tools } from "./tools";
import { MapView, roomIn } from "./view";

const TYPING_MS = 260;
const MODES: readonly Mode[] = ["records", "density", "towns", "zones"];

type Step = "push" | "replace" | "none";

export class Explorer {
  private question = Question.read(location.search);
  private readonly answer: Answer;
  private readonly time: Timeline;
  private readonly sheet: Sheet | null;
  private view: MapView | null = null;
  private drawing: Drawing | null = null;
  private pointing: Pointing | null = null;
  private tools: Tools | null = null;
  private list: AreaList | null = null;
  private typing = 0;
  /** The newest entry of the browser's history is what was typed so far. */
  private isTyped = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly config: Config,
  ) {
    const part = <T extends HTMLElement>(name: string) =>
      root.querySelector<T>(`[data-part="${name}"]`) as T;
    this.answer = new Answer(part("answer"), part("live"), config, () => this.go(this.question, "none"));
    this.time = new Timeline(part("time"), config, (day) => this.onDay(day));
    const handle = root.querySelector<HTMLButtonElement>("[data-part='handle']");
    this.sheet = handle ? new Sheet(part("panel"), handle, () => this.showDoor(null)) : null;
    this.listen();
    root.dataset.ready = "";
    void this.time.show(this.question);
    void this.startMap(part("map"), part("tools"));
  }

  /** Ask another question, on every view at once. */
  async go(question: Question, step: Step = "push"): Promise<void> {
    const area = question.get("area");
    if (area && area !== this.question.get("area")) this.view?.frame(question);
    // Enter after typing asks the same again: Back would seem to do nothing.
    if (step === "push" && question.query() === this.question.query()) step = "none";
    this.question = question;
    this.isTyped = false;
    const address = question.address(this.config.addresses.explore) + location.hash;
    if (step === "push") history.pushState(null, "", address);
    else if (step === "replace") history.replaceState(null, "", address);
    const search = this.form.elements.namedItem("q") as HTMLInputElement | null;
    if (search && search !== document.activeElement) search.value = question.get("q") ?? "";
    this.view?.records.ask(question.selection());
    this.drawing?.show(areasOf(question));
    void this.time.show(question);
    const facts = await this.answer.ask(question);
    if (facts) this.show(facts);
  }

  private show(facts: Facts): void {
    this.view?.show(this.question, facts);
    this.list?.update(facts.areas);
  }

  private listen(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.typing);
      // Enter may come before the last letters were asked for: still one word, one step back.
      void this.go(Question.fromForm(this.form), this.isTyped ? "replace" : "push");
    });
    // The controls of the form stand outside of it, in the answer: their events pass the root.
    this.root.addEventListener("change", (event) => this.changed(event));
    this.root.addEventListener("input", (event) => this.typed(event));
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("pointerover", (event) => this.pointed(event.target));
    this.root.addEventListener("focusin", (event) => this.pointed(event.target));
    window.addEventListener("popstate", () => {
      this.time.stop();
      clearTimeout(this.typing);
      const question = Question.read(location.search);
      const search = this.form.elements.namedItem("q") as HTMLInputElement | null;
      if (search) search.value = question.get("q") ?? "";
      void this.go(question, "none");
      this.applyHash();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closeMenus(null);
    });
    document.addEventListener("click", (event) => this.closeMenus(event.target as Node));
  }

  private changed(event: Event): void {
    const target = event.target as HTMLInputElement;
    if (target.form !== this.form || target.name === "q") return;
    void this.go(Question.fromForm(this.form));
  }

  private typed(event: Event): void {
    const target = event.target as HTMLInputElement;
    if (target.form !== this.form || target.name !== "q" || (event as InputEvent).isComposing) return;
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => {
      // A word is one step back, not one for each letter; what was before it stays behind.
      void this.go(Question.fromForm(this.form), this.isTyped ? "replace" : "push");
      this.isTyped = true;
    }, TYPING_MS);
  }

  private click(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const act = target.closest<HTMLElement>("[data-act]");
    if (act) {
      event.preventDefault();
      void this.act(act);
      return;
    }
    const link = target.closest<HTMLAnchorElement>("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.dataset.more !== undefined) return;
    const address = new URL(link.href);
    if (address.pathname !== this.config.addresses.explore || address.origin !== location.origin) return;
    event.preventDefault();
    void this.go(Question.read(address.search));
  }

  private async act(source: HTMLElement): Promise<void> {
    const { act = "" } = source.dataset;
    if (act === "show") this.showOnMap(source);
    else if (act === "picture") await this.picture(source);
    else if (act === "copy") await this.copy(source);
  }

  private showOnMap(source: HTMLElement): void {
    const at = positionIn(source);
    if (!at || !this.view) return;
    this.sheet?.set("low");
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const zoom = Math.max(this.view.map.getZoom(), 15);
    this.view.map.easeTo({ center: at, zoom, animate: !isStill });
    void this.pointing?.open(Number(source.dataset.id), at);
  }

  private pointed(target: EventTarget | null): void {
    const item = (target as HTMLElement | null)?.closest<HTMLElement>("[data-list] > li");
    this.view?.point(item ? positionIn(item) : null);
  }

  private async copy(source: HTMLElement): Promise<void> {
    const from = source.parentElement?.querySelector("textarea");
    const text = from?.value ?? location.href;
    try {
      await navigator.clipboard.writeText(text);
      tellBriefly(source, say("已复制", "Copied"));
    } catch {
      tellBriefly(source, say("没有复制成功，请手动选取", "Not copied; select it by hand"));
    }
  }

  private async picture(source: HTMLElement): Promise<void> {
    const facts = this.answer.facts;
    if (!this.view || !facts) return;
    source.setAttribute("aria-busy", "true");
    // A map with faults does not settle before somebody asks for it again.
    if (isWhole(this.view.map)) await this.view.settled();
    if (!isWhole(this.view.map)) {
      source.removeAttribute("aria-busy");
      tellBriefly(source, say("地图没有取全，没有保存", "The map is not whole; not saved"));
      return;
    }
    const canvas = pictureOf(this.view, facts);
    await download(canvas, `chuangtu-${this.config.today}.png`);
    source.removeAttribute("aria-busy");
  }

  private closeMenus(inside: Node | null): void {
    for (const menu of this.root.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (inside && menu.contains(inside)) continue;
      if (!inside && menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
      menu.open = false;
    }
  }

  private onDay(day: string | null): void {
    const next = day ? this.question.with("as_of", day) : this.question.without("as_of");
    if (next.query() === this.question.query()) return;
    const isSliding = this.question.get("as_of") !== null;
    void this.go(next, isSliding ? "replace" : "push");
  }

  private async startMap(element: HTMLElement, tools: HTMLElement): Promise<void> {
    if (!canDrawMaps()) {
      this.root.dataset.mapless = "";
      return;
    }
    // The map writes its place into the address at once: look before it is made.
    const hasPlace = location.hash.includes("map=");
    const view = await MapView.create(element, this.config, () => this.question, {
      hash: "map",
      fitBoundsOptions: { padding: roomIn(element) },
    });
    this.view = view;
    const drawn = hasPlace ? areasOf(this.question) : view.frame(this.question);
    const panel = new Tools(
      tools,
      (mode) => this.setMode(mode, panel),
      (name) => this.drawing?.start(name),
      () => this.drawing?.cancel(),
      (door) => this.openDoor(door),
    );
    this.tools = panel;
    const placed = new Set(view.areas.features.map((each) => String(each.properties?.code)));
    this.list = new AreaList(
      tools,
      this.config.areas,
      placed,
      (code) => this.openArea(code),
      (px) => view.keepFree(px),
    );
    const facts = this.answer.facts;
    if (facts) this.show(facts);
    this.drawing = new Drawing(
      view.map,
      (name, text) => void this.go(this.question.withArea(name, text)),
      (hint, isDrawing) => panel.tell(hint, isDrawing),
    );
    this.drawing.show(drawn);
    this.pointing = new Pointing(view.map, view.names, view.fan, {
      selection: () => this.question.selection(),
      isDrawing: () => this.drawing?.isActive ?? false,
      narrow: (box) => void this.go(this.question.without(...AREA_NAMES).with("bbox", box)),
      openArea: (code) => this.openArea(code),
    });
    this.setMode(modeInHash(), panel);
    printAsPicture(view, () => this.answer.facts);
    element.dataset.drawn = "";
  }

  /** Bring the pens or the time to a small screen, or put them away again. */
  private openDoor(door: Door): void {
    if (this.root.dataset.open === door) {
      this.showDoor(null);
      return;
    }
    this.sheet?.set("low");
    this.showDoor(door);
    const first = door === "pens" ? ".map-pens button" : ".explore-time input";
    this.root.querySelector<HTMLElement>(first)?.focus();
  }

  private showDoor(door: Door | null): void {
    if (door) this.root.dataset.open = door;
    else delete this.root.dataset.open;
    this.tools?.opened(door);
  }

  private openArea(code: string): void {
    void this.go(this.question.with("area", code));
  }

  private setMode(mode: Mode, tools: Tools): void {
    if (this.view) this.view.mode = mode;
    this.list?.show(mode);
    tools.mode(mode);
    const hash = new URLSearchParams(location.hash.slice(1));
    if (mode === "records") hash.delete("layer");
    else hash.set("layer", mode);
    const text = decodeURIComponent(hash.toString());
    history.replaceState(history.state, "", location.pathname + location.search + (text ? `#${text}` : ""));
  }

  private applyHash(): void {
    const mode = modeInHash();
    if (this.view && this.view.mode !== mode && this.tools) this.setMode(mode, this.tools);
  }
}

function modeInHash(): Mode {
  const wanted = new URLSearchParams(location.hash.slice(1)).get("layer");
  return MODES.find((each) => each === wanted) ?? "records";
}

/** Say it in the place of a button's own words, for a moment. */
function tellBriefly(source: HTMLElement, words: string): void {
  const said = source.querySelector("span") ?? source;
  const before = said.textContent;
  said.textContent = words;
  window.setTimeout(() => {
    said.textContent = before;
  }, 2000);
}

function positionIn(element: HTMLElement): Position | null {
  const [x, y] = (element.dataset.at ?? "").split(",").map(Number);
  return x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null;
}

export function startExplorer(): void {
  const root = document.querySelector<HTMLElement>("[data-explore]");
  const form = root?.querySelector<HTMLFormElement>("form[data-part='form']");
  const config = configOf();
  if (root && form && config) new Explorer(root, form, config);
}

