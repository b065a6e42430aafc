// Loaded on every page: the design system, the theme and language switches, the search box.
import "@fontsource-variable/noto-sans-sc/wght.css";
import "../styles/site.css";
import "htmx.org/dist/htmx.esm.js";
import sprite from "../generated/icons.svg?url";
import { startKeys } from "../parts/keys";
import { startLeaving } from "../parts/leaving";
import { startSourceNotes } from "../parts/source_notes";
import { startStaying } from "../parts/staying";
import { startSuggestions } from "../parts/suggest";
import { startTheme } from "../parts/theme";

document.documentElement.dataset.sprite = sprite;
startTheme();
startSuggestions();
startSourceNotes();
startKeys();
startLeaving();
startStaying();

for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
