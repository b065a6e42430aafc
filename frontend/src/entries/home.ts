// The home page's map.
import { createMap } from "../map/base";

const element = document.querySelector<HTMLElement>("[data-home-map]");
if (element) createMap(element, { interactive: false });
