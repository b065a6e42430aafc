// A map that shows one Selection and asks no other: embedded in another page, or printed.
import { canDrawMaps } from "../map/base";
import { inLight } from "../parts/theme";
import { say } from "../parts/words";
import { configOf, factsOf } from "./config";
import { imageOf, printAsPicture } from "./paper";
import { Pointing } from "./pointing";
import { Question } from "./question";
import { MapView } from "./view";

async function startFrame(element: HTMLElement): Promise<void> {
  const config = configOf();
  const facts = factsOf(document);
  if (!config || !facts || !canDrawMaps()) return;
  const question = Question.read(facts.query);
  // A frame shows what the public sees, whoever is signed in here.
  const credentials = element.dataset.frameMap === "public" ? "omit" : "same-origin";
  const options = { cooperativeGestures: true };
  const view = await MapView.create(element, config, () => question, options, credentials);
  view.show(question, facts);
  view.mode = "records";
  view.frame(question);
  new Pointing(view.map, view.names, view.fan, {
    selection: () => question.selection(),
    isDrawing: () => false,
    narrow: () => {
      window.open(question.address(config.addresses.explore), "_blank", "noopener");
    },
    openArea: () => {},
  });
  printAsPicture(view, () => facts);
  element.dataset.drawn = "";
}

/** Also on paper: who prints before the map is whole must not take it for whole. */
function waitingIn(element: HTMLElement): HTMLElement {
  const words = document.createElement("p");
  words.className = "message";
  words.setAttribute("role", "status");
  words.textContent = say("地图还没有画完，请稍等再打印。", "The map is not finished; wait a moment before printing.");
  element.before(words);
  return words;
}

/** The sheet for the printer: the map becomes a picture, because printers have no WebGL. */
async function startSheet(element: HTMLElement): Promise<void> {
  const config = configOf();
  const facts = factsOf(document);
  const button = document.querySelector<HTMLButtonElement>("[data-print]");
  button?.addEventListener("click", () => window.print());
  if (!config || !facts || !canDrawMaps()) return;
  const question = Question.read(facts.query);
  const waiting = waitingIn(element);
  const view = await MapView.create(element, config, () => question, { interactive: false, pixelRatio: 2 });
  const paper = printAsPicture(view, () => facts);
  view.show(question, facts);
  view.mode = "records";
  view.frame(question);
  await view.settled();
  // Squares are made of the tiles once these are here: let them be drawn as well.
  await new Promise((resolve) => window.setTimeout(resolve, 400));
  await view.settled();
  paper.abort();
  element.after(inLight(() => imageOf(view, facts)));
  waiting.remove();
  view.map.remove();
  element.remove();
  button?.removeAttribute("hidden");
}

export async function startStill(): Promise<void> {
  const frame = document.querySelector<HTMLElement>("[data-frame-map]");
  const sheet = document.querySelector<HTMLElement>("[data-sheet-map]");
  if (frame) await startFrame(frame);
  if (sheet) await startSheet(sheet);
}
