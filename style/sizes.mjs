// Prints what the browser has to download, compressed as it is served, and fails above the limits.
//
//   node style/sizes.mjs [dist]

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { brotli } from "./build/brotli.mjs";

const dist = process.argv[2] ?? join(import.meta.dirname, "../target/dist");
// Only designers load it.
const designers = "gallery.css";
const limits = [
  { what: "WASM", ending: ".wasm", limit: 150_000 },
  { what: "glue JS", ending: ".js", limit: 9_000 },
  { what: "CSS", ending: ".css", limit: 20_000 },
];

let exceeded = false;
console.log("what      bytes    brotli     limit");
for (const { what, ending, limit } of limits) {
  const files = readdirSync(dist).filter((name) => name.endsWith(ending) && name !== designers);
  const contents = files.map((name) => readFileSync(join(dist, name)));
  const raw = sum(contents.map((content) => content.length));
  const small = sum(contents.map((content) => brotli(content).length));
  const verdict = files.length === 0 ? "missing" : small > limit ? "too big" : "";
  exceeded ||= verdict !== "";
  console.log(`${what.padEnd(8)}${pad(raw)}${pad(small)}${pad(limit)}  ${verdict}`.trimEnd());
}
process.exitCode = exceeded ? 1 : 0;

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function pad(number) {
  return String(number).padStart(10);
}
