// Light, dark, or as the system has it; kept in a cookie so that the server writes it at once.
type Theme = "light" | "dark";
const YEAR = 31_536_000;

export function themeNow(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function onThemeChange(listener: (theme: Theme) => void): void {
  document.addEventListener("chuangtu:theme", () => listener(themeNow()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => listener(themeNow()));
}

/** Draw something in the light colours, whatever the page has: for paper, which is white. */
export function inLight<T>(draw: () => T): T {
  if (themeNow() === "light") return draw();
  const root = document.documentElement;
  const chosen = root.dataset.theme;
  const tell = () => document.dispatchEvent(new Event("chuangtu:theme"));
  root.dataset.theme = "light";
  tell();
  try {
    return draw();
  } finally {
    if (chosen === undefined) delete root.dataset.theme;
    else root.dataset.theme = chosen;
    tell();
  }
}

export function startTheme(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-switch]");
  if (!button) return;
  const show = () => button.setAttribute("aria-pressed", String(themeNow() === "dark"));
  show();
  button.hidden = false;
  button.addEventListener("click", () => {
    const next: Theme = themeNow() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${next}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
    show();
    document.dispatchEvent(new Event("chuangtu:theme"));
  });
}
