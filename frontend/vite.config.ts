// Builds the entries of src/entries into the Python package's static files, with a manifest
// that the template tag {% asset %} reads.
import { readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { defineConfig } from "vite";
import { compress } from "./scripts/compress.mjs";

const here = import.meta.dirname;
const entries = Object.fromEntries(
  readdirSync(resolve(here, "src/entries"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [basename(name, ".ts"), resolve(here, "src/entries", name)]),
);

export default defineConfig({
  root: here,
  base: "/static/built/",
  publicDir: false,
  plugins: [compress()],
  build: {
    outDir: resolve(here, "../chuangtu/site/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    // The page policy allows no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 1200,
    // How long a plugin takes says nothing about the pages.
    rollupOptions: { input: entries, checks: { pluginTimings: false } },
  },
  worker: { format: "es" },
});
