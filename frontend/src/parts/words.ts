// The language of the page, and the two spellings every small sentence of an island has.
export const isChinese = document.documentElement.lang.toLowerCase().startsWith("zh");

export function say(zh: string, en: string): string {
  return isChinese ? zh : en;
}

const figures = new Intl.NumberFormat(isChinese ? "zh-CN" : "en-GB");

export function figure(value: number): string {
  return figures.format(value);
}

const days = new Intl.DateTimeFormat(isChinese ? "zh-CN" : "en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A day as people write it: 2026年3月2日 · 2 March 2026; from its ISO text. */
export function dayInWords(text: string): string {
  const at = new Date(text);
  return text && !Number.isNaN(at.getTime()) ? days.format(at) : text;
}

/** An icon of the sprite, for elements made by scripts. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.documentElement.dataset.sprite ?? ""}#${name}`);
  svg.append(use);
  return svg;
}
