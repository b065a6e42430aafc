// On paper a map is a picture: its canvas has the screen's size, and printers have no WebGL.
import { inLight } from "../parts/theme";
import { say } from "../parts/words";
import type { Facts } from "./config";
import { drawPicture } from "./picture";
import { type MapView, sourcesOf } from "./view";

/** The map as it stands with what belongs to it: title, legend, scale, sources. */
export function pictureOf(view: MapView, facts: Facts): HTMLCanvasElement {
  return drawPicture(view.map, view.config, facts, view.signs, {
    title: document.querySelector("h1")?.textContent?.trim() ?? "",
    subtitle: facts.words,
    sources: `${facts.sources}${say("；", "; ")}${sourcesOf(view.areas)}`,
  });
}

/** The picture as an element of the page. */
export function imageOf(view: MapView, facts: Facts): HTMLImageElement {
  const picture = document.createElement("img");
  picture.src = pictureOf(view, facts).toDataURL("image/png");
  picture.alt = view.map.getContainer().getAttribute("aria-label") ?? say("地图", "Map");
  picture.className = "sheet-picture";
  return picture;
}

/** While the page is printed the picture stands in the place of the map. */
export function printAsPicture(view: MapView, facts: () => Facts | null): AbortController {
  const lasting = new AbortController();
  const element = view.map.getContainer();
  let picture: HTMLImageElement | null = null;
  // The map keeps the screen's size on paper: with another it would show another part.
  const keepSize = (): void => {
    if (window.matchMedia("print").matches) return;
    element.style.setProperty("--screen-width", `${element.clientWidth}px`);
    element.style.setProperty("--screen-height", `${element.clientHeight}px`);
  };
  keepSize();
  view.map.on("resize", keepSize);
  const put = (): void => {
    const now = facts();
    if (picture || !now) return;
    picture = inLight(() => imageOf(view, now));
    element.after(picture);
    element.classList.add("is-printed");
  };
  const take = (): void => {
    picture?.remove();
    picture = null;
    element.classList.remove("is-printed");
  };
  window.addEventListener("beforeprint", put, { signal: lasting.signal });
  window.addEventListener("afterprint", take, { signal: lasting.signal });
  window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? put() : take()), {
    signal: lasting.signal,
  });
  lasting.signal.addEventListener("abort", take);
  return lasting;
}
