// The kinds of record as the page declares them: names, colour, shape, icon.
import { isChinese } from "./words";

export interface KindSign {
  zh: string;
  en: string;
  plural: string;
  colour: number;
  shape: string;
  icon: string;
}

const element = document.getElementById("kinds");
export const kinds: Record<string, KindSign> = element ? JSON.parse(element.textContent ?? "{}") : {};

export function kindName(kind: string): string {
  const sign = kinds[kind];
  if (!sign) return kind;
  return isChinese ? sign.zh : sign.en;
}
