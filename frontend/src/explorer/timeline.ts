// The day the question is asked of: year by year with month steps, the count of each year as a bar.
// Bars are the same Selection counted on the last day of each year.
import { dayInWords, figure, icon, say } from "../parts/words";
import type { Config } from "./config";
import type { Question } from "./question";

interface Year {
  year: number;
  count: number;
}

interface Years {
  years: Year[];
  undated: number;
}

const STEP_MS = 1100;
const SVG = "http://www.w3.org/2000/svg";
const MONTHS = 12;
const HEIGHT = 40;

/** The last day of a month counted from the first year's January. */
function dayOf(first: number, month: number): string {
  const end = new Date(Date.UTC(first, month + 1, 0));
  return end.toISOString().slice(0, 10);
}

function monthOf(first: number, day: string): number {
  const [year = first, month = 1] = day.split("-").map(Number);
  return (year - first) * MONTHS + month - 1;
}

export class Timeline {
  private readonly slider: HTMLInputElement;
  private readonly bars: SVGSVGElement;
  private readonly words: HTMLOutputElement;
  private readonly play: HTMLButtonElement;
  private readonly table: HTMLElement;
  private years: Year[] = [];
  private asked = "";
  private timer = 0;
  private wait = 0;
  private question: Question | null = null;
  private running: AbortController | null = null;

  constructor(
    root: HTMLElement,
    private readonly config: Config,
    private readonly choose: (day: string | null) => void,
  ) {
    this.play = button("player-play", say("播放", "Play"), () => this.toggle());
    const today = button(null, say("今天", "Today"), () => {
      this.stop();
      this.choose(null);
    });
    this.words = document.createElement("output");
    this.words.className = "time-words figures";
    this.slider = document.createElement("input");
    this.slider.type = "range";
    this.slider.step = "1";
    this.slider.setAttribute("aria-label", say("截至哪一天", "As of which day"));
    this.slider.addEventListener("input", () => this.slid());
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.bars = document.createElementNS(SVG, "svg");
    this.bars.setAttribute("class", "time-bars");
    this.bars.setAttribute("aria-hidden", "true");
    this.bars.setAttribute("preserveAspectRatio", "none");
    this.bars.addEventListener("click", (event) => this.clicked(event));
    this.table = document.createElement("div");
    this.table.className = "unseen";
    const track = document.createElement("div");
    track.className = "time-track";
    const scale = document.createElement("div");
    scale.className = "time-scale small quiet figures";
    scale.setAttribute("aria-hidden", "true");
    track.append(this.bars, this.slider, scale);
    root.append(this.play, this.words, track, today, this.table);
    root.hidden = false;
  }

  /** Show the day of this question and count the years of the rest of it. */
  async show(question: Question): Promise<void> {
    this.question = question;
    const rest = question.without("as_of", "order", "after").query();
    if (rest !== this.asked || !this.years.length) {
      this.asked = rest;
      await this.load(rest);
    }
    this.place();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.label(this.play, "player-play", say("播放", "Play"));
  }

  private async load(rest: string): Promise<void> {
    this.running?.abort();
    const mine = new AbortController();
    this.running = mine;
    try {
      const answer = await fetch(`${this.config.addresses.years}?${rest}`, { signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.years = ((await answer.json()) as Years).years;
    } catch {
      // The bars stay as they are; the next question asks again.
      if (!mine.signal.aborted) this.asked = "";
      return;
    }
    this.draw();
  }

  private get first(): number {
    return this.years[0]?.year ?? Number(this.config.today.slice(0, 4));
  }

  private get last(): number {
    return monthOf(this.first, this.config.today);
  }

  private dayAt(month: number): string | null {
    return month >= this.last ? null : dayOf(this.first, month);
  }

  private place(): void {
    const asked = this.question?.get("as_of") ?? null;
    this.slider.min = "0";
    this.slider.max = String(this.last);
    const isAny = asked === "any";
    const month = asked && !isAny ? monthOf(this.first, asked) : this.last;
    this.slider.value = String(month);
    this.say(isAny ? say("不限日期", "Any day") : this.told(asked));
    this.mark(Math.floor(month / MONTHS));
  }

  private told(day: string | null): string {
    const told = dayInWords(day ?? this.config.today);
    return day ? told : say(`${told}（今天）`, `${told} (today)`);
  }

  private say(words: string): void {
    this.words.value = words;
    this.slider.setAttribute("aria-valuetext", words);
  }

  private slid(): void {
    this.stop();
    const day = this.dayAt(Number(this.slider.value));
    this.say(this.told(day));
    this.mark(Math.floor(Number(this.slider.value) / MONTHS));
    clearTimeout(this.wait);
    this.wait = window.setTimeout(() => this.choose(day), 220);
  }

  private key(event: KeyboardEvent): void {
    const years = { PageUp: 1, PageDown: -1 }[event.key];
    if (!years) return;
    event.preventDefault();
    this.slider.value = String(Number(this.slider.value) + years * MONTHS);
    this.slid();
  }

  private clicked(event: MouseEvent): void {
    const box = this.bars.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * this.years.length);
    this.slider.value = String(Math.min(this.last, at * MONTHS + MONTHS - 1));
    this.slid();
  }

  private toggle(): void {
    if (this.timer) {
      this.stop();
      return;
    }
    this.label(this.play, "player-pause", say("暂停", "Pause"));
    const now = Number(this.slider.value);
    let at = now >= this.last ? -1 : now;
    const step = () => {
      at = Math.min(this.last, Math.floor((at + 1) / MONTHS) * MONTHS + MONTHS - 1);
      this.slider.value = String(at);
      const day = this.dayAt(at);
      this.choose(day);
      if (day === null) this.stop();
    };
    this.timer = window.setInterval(step, STEP_MS);
    step();
  }

  private draw(): void {
    const most = Math.max(1, ...this.years.map(({ count }) => count));
    // The last year is not over: its bar is as wide as its months.
    const width = this.last + 1;
    this.bars.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.bars.replaceChildren(
      ...this.years.map(({ count }, at) => {
        const bar = document.createElementNS(SVG, "rect");
        const height = count ? Math.max(1, (count / most) * (HEIGHT - 2)) : 0;
        const months = Math.min(MONTHS, width - at * MONTHS);
        bar.setAttribute("x", String(at * MONTHS + 0.8));
        bar.setAttribute("width", String(Math.max(0.5, months - 1.6)));
        bar.setAttribute("y", String(HEIGHT - height));
        bar.setAttribute("height", String(height));
        return bar;
      }),
    );
    this.name(width);
    this.list();
  }

  /** Some of the years under their bars; counted from the last one back, so that it is named. */
  private name(width: number): void {
    const scale = this.bars.parentElement?.querySelector(".time-scale");
    const every = Math.ceil(this.years.length / 6);
    const named = this.years.map(({ year }, at) => {
      const text = document.createElement("span");
      text.textContent = String(year);
      const middle = (at * MONTHS + Math.min((at + 1) * MONTHS, width)) / 2;
      text.style.insetInlineStart = `${((middle / width) * 100).toFixed(2)}%`;
      return text;
    });
    scale?.replaceChildren(...named.filter((_, at) => (named.length - 1 - at) % every === 0));
  }

  private list(): void {
    const list = document.createElement("ol");
    list.append(
      ...this.years.map(({ year, count }) => {
        const line = document.createElement("li");
        line.textContent = say(
          `${year}年底：${figure(count)} 条`,
          `End of ${year}: ${figure(count)} records`,
        );
        return line;
      }),
    );
    const title = document.createElement("h2");
    title.textContent = say("各年底在册数", "Records in force at each year's end");
    this.table.replaceChildren(title, list);
  }

  private mark(year: number): void {
    for (const [at, bar] of [...this.bars.children].entries()) {
      bar.setAttribute("class", at === year ? "is-now" : at < year ? "is-past" : "");
    }
  }

  private label(target: HTMLButtonElement, name: string, words: string): void {
    target.replaceChildren(icon(name), spoken(words));
  }
}

function spoken(words: string): HTMLElement {
  const text = document.createElement("span");
  text.className = "unseen";
  text.textContent = words;
  return text;
}

function button(name: string | null, words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-bare";
  if (name) made.append(icon(name), spoken(words));
  else made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
