// The search box as a combobox: suggestions while typing, by keyboard and by touch.
import { kindName, kinds } from "./kinds";
import { icon, say } from "./words";

interface Suggestion {
  id: number;
  text: string;
  kind: string;
  is_example: boolean;
}

const WAIT_MS = 120;
let boxes = 0;

class SuggestBox {
  private readonly list: HTMLElement;
  private items: Suggestion[] = [];
  private at = -1;
  private asked = "";
  private timer = 0;
  private running: AbortController | null = null;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly address: string,
  ) {
    this.list = document.createElement("div");
    this.list.className = "suggest-list";
    this.list.id = `suggest-${++boxes}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", say("搜索建议", "Suggestions"));
    this.list.hidden = true;
    input.closest(".suggest")?.append(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.later());
    input.addEventListener("focus", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    // A click inside the list must come before the list goes away.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    input.addEventListener("blur", () => this.close());
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), WAIT_MS);
  }

  private async ask(): Promise<void> {
    const typed = this.input.value.trim();
    if (!typed) {
      this.asked = "";
      this.close();
      return;
    }
    if (typed === this.asked) {
      if (this.items.length) this.open();
      return;
    }
    this.running?.abort();
    this.running = new AbortController();
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(typed)}`, {
        signal: this.running.signal,
        headers: { accept: "application/json" },
      });
      if (!answer.ok) return;
      const body = (await answer.json()) as { suggestions: Suggestion[] };
      this.asked = typed;
      this.items = body.suggestions;
      this.draw();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.close();
    }
  }

  private draw(): void {
    this.at = -1;
    this.list.replaceChildren(
      ...this.items.map((item, index) => {
        const option = document.createElement("div");
        option.id = `${this.list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const sign = document.createElement("span");
        sign.className = `kind-icon kind-icon-${kinds[item.kind]?.colour ?? 0}`;
        sign.append(icon(kinds[item.kind]?.icon ?? "map-pin"));
        const name = document.createElement("span");
        name.textContent = item.text;
        const kind = document.createElement("span");
        kind.className = "suggest-kind";
        kind.textContent = kindName(item.kind);
        option.append(sign, name, kind);
        if (item.is_example) {
          const mark = document.createElement("span");
          mark.className = "mark mark-example";
          mark.textContent = say("示例", "Example");
          option.append(mark);
        }
        option.addEventListener("click", () => this.go(item));
        return option;
      }),
    );
    if (!this.items.length) {
      this.close();
      return;
    }
    this.open();
  }

  private open(): void {
    if (document.activeElement !== this.input) return;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  private close(): void {
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private move(by: number): void {
    const options = [...this.list.children];
    if (!options.length) return;
    options[this.at]?.setAttribute("aria-selected", "false");
    this.at = (this.at + by + options.length) % options.length;
    const option = options[this.at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen && this.items.length) this.open();
      this.move(event.key === "ArrowDown" ? 1 : this.at < 0 ? 0 : -1);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && isOpen && this.at >= 0) {
      event.preventDefault();
      const item = this.items[this.at];
      if (item) this.go(item);
    }
  }

  private go(item: Suggestion): void {
    location.assign(`/resources/${item.id}`);
  }
}

export function startSuggestions(root: ParentNode = document): void {
  for (const input of root.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
    new SuggestBox(input, input.dataset.suggest ?? "/api/v1/suggest");
  }
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.key !== "/" || target.closest("input, textarea, select, [contenteditable]")) return;
    const input = document.querySelector<HTMLInputElement>("main input[data-suggest], input[data-suggest]");
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
