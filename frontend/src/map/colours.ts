// Colours of maps and pictures, read from the design tokens so that there is one place for them.
export const KIND_COUNT = 12;

export interface Colours {
  ink: string;
  ink2: string;
  paper: string;
  surface: string;
  sunken: string;
  line: string;
  lineStrong: string;
  accent: string;
  attention: string;
  refusal: string;
  unknown: string;
  kinds: string[];
}

export function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: token("ink"),
    ink2: token("ink-2"),
    paper: token("paper"),
    surface: token("surface"),
    sunken: token("sunken"),
    line: token("line"),
    lineStrong: token("line-strong"),
    accent: token("accent"),
    attention: token("attention"),
    refusal: token("refusal"),
    unknown: token("unknown"),
    kinds: Array.from({ length: KIND_COUNT }, (_, index) => token(`kind-${index}`)),
  };
}
