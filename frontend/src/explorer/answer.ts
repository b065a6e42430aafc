// The panel's answer: text of the server for one question, put in place without losing the focus,
// the scroll position or the open groups; its count is told to screen readers.
import { figure, say } from "../parts/words";
import { type Config, type Facts, factsOf } from "./config";
import type { Question } from "./question";

const SLOW_MS = 180;

export class Answer {
  private running: AbortController | null = null;

  constructor(
    private readonly element: HTMLElement,
    private readonly live: HTMLElement,
    private readonly config: Config,
    private readonly retry: () => void,
  ) {
    element.addEventListener("click", (event) => this.click(event));
    element.addEventListener("input", (event) => filterValues(event.target));
  }

  get facts(): Facts | null {
    return factsOf(this.element);
  }

  /** Ask the server; `null` when a later question overtook this one or it went wrong. */
  async ask(question: Question): Promise<Facts | null> {
    this.running?.abort();
    const mine = new AbortController();
    this.running = mine;
    this.element.setAttribute("aria-busy", "true");
    const slow = window.setTimeout(() => this.element.classList.add("is-slow"), SLOW_MS);
    try {
      const text = await fetchText(question.address(this.config.addresses.answer), mine.signal);
      if (mine.signal.aborted) return null;
      this.put(text);
      const facts = this.facts;
      if (facts) this.live.textContent = facts.words;
      return facts;
    } catch (error) {
      if (mine.signal.aborted) return null;
      this.fail(error);
      return null;
    } finally {
      clearTimeout(slow);
      if (this.running === mine) {
        this.element.removeAttribute("aria-busy");
        this.element.classList.remove("is-slow");
      }
    }
  }

  private put(text: string): void {
    const focused = keyOf(document.activeElement, this.element);
    const open = new Set(opened(this.element));
    const typed = typedFilters(this.element);
    this.element.innerHTML = text;
    for (const group of this.element.querySelectorAll("details")) {
      if (open.has(group.dataset.group ?? "")) group.open = true;
    }
    for (const [name, value] of typed) {
      const input = this.element.querySelector<HTMLInputElement>(`[data-filter-values="${name}"]`);
      if (!input) continue;
      input.value = value;
      filterValues(input);
    }
    if (focused) this.element.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  }

  private fail(error: unknown): void {
    const box = document.createElement("div");
    box.className = "message message-refusal";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent =
      error instanceof RefusedError
        ? error.message
        : say(
            "没有连上服务器，结果还是上一次的。请检查网络后重试。",
            "The server did not answer; what you see is the last result. Check the connection and try again.",
          );
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = say("重试", "Try again");
    button.addEventListener("click", this.retry);
    box.append(words, button);
    this.element.querySelector(".message-refusal")?.remove();
    this.element.prepend(box);
  }

  private click(event: MouseEvent): void {
    const more = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[data-more]");
    if (!more || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.more(more);
  }

  private async more(link: HTMLAnchorElement): Promise<void> {
    if (link.getAttribute("aria-busy") === "true") return;
    link.setAttribute("aria-busy", "true");
    try {
      const query = new URL(link.href).search;
      const text = await fetchText(`${this.config.addresses.answer}${query}`);
      const page = document.createElement("div");
      page.innerHTML = text;
      const list = this.element.querySelector("[data-list]");
      const items = [...page.querySelectorAll("[data-list] > li")];
      list?.append(...items);
      const next = page.querySelector("a[data-more]");
      if (next) link.replaceWith(next);
      else link.remove();
      items[0]?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
      const count = figure(items.length);
      this.live.textContent = say(`又列出 ${count} 条`, `${count} more listed`);
    } catch {
      link.removeAttribute("aria-busy");
      this.live.textContent = say("没有取到下一页，请重试。", "The next page did not come; try again.");
    }
  }
}

class RefusedError extends Error {}

async function fetchText(address: string, signal?: AbortSignal): Promise<string> {
  const answer = await fetch(address, { ...(signal ? { signal } : {}), headers: { accept: "text/html" } });
  const text = await answer.text();
  if (answer.ok) return text;
  const page = new DOMParser().parseFromString(text, "text/html");
  const sentence = page.querySelector(".lead")?.textContent?.trim();
  throw sentence ? new RefusedError(sentence) : new Error(String(answer.status));
}

function opened(root: ParentNode): string[] {
  return [...root.querySelectorAll<HTMLDetailsElement>("details[open]")].map(
    (each) => each.dataset.group ?? "",
  );
}

/** A selector that finds the same control in the next answer. */
function keyOf(element: Element | null, root: Element): string | null {
  if (!(element instanceof HTMLElement) || !root.contains(element)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) {
    const value = element instanceof HTMLInputElement && element.type === "checkbox";
    const which = value ? `[value="${CSS.escape(element.value)}"]` : "";
    return element.name ? `[name="${CSS.escape(element.name)}"]${which}` : null;
  }
  return element.tagName === "SUMMARY"
    ? `details[data-group="${CSS.escape(element.parentElement?.dataset.group ?? "")}"] > summary`
    : null;
}

/** The search inside a long facet: only values that contain what is typed are shown. */
function filterValues(target: EventTarget | null): void {
  if (!(target instanceof HTMLInputElement) || !target.dataset.filterValues) return;
  const typed = target.value.trim().toLowerCase();
  const values = target.closest("details")?.querySelectorAll<HTMLElement>("[data-value]") ?? [];
  let shown = 0;
  for (const value of values) {
    value.hidden = !(value.dataset.value ?? "").toLowerCase().includes(typed);
    if (!value.hidden) shown += 1;
  }
  const empty = target.closest("details")?.querySelector<HTMLElement>("[data-no-values]");
  if (empty) empty.hidden = shown > 0;
}

function typedFilters(root: ParentNode): [string, string][] {
  return [...root.querySelectorAll<HTMLInputElement>("[data-filter-values]")]
    .filter(({ value }) => value)
    .map((each) => [each.dataset.filterValues ?? "", each.value]);
}
