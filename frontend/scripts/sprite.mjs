// Puts the Tabler icons named in icons.json into one sprite: <use href="…/icons.svg#name">.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const here = import.meta.dirname;
const names = JSON.parse(readFileSync(resolve(here, "../icons.json"), "utf8"));
const folder = resolve(here, "../node_modules/@tabler/icons/icons/outline");

const symbols = [...new Set(names)].sort().map((name) => {
  const source = readFileSync(resolve(folder, `${name}.svg`), "utf8");
  const body = source
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  const pen =
    'fill="none" stroke="currentColor" stroke-width="1.75" ' +
    'stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${pen}>${body}</symbol>`;
});

const target = resolve(here, "../src/generated/icons.svg");
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
