// A pin that somebody puts where a record is; the fields beside the map say the same.
import { startPinMap } from "../record/pin";

for (const map of document.querySelectorAll<HTMLElement>("[data-pin-map]")) startPinMap(map);
