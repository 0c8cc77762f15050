// Serves the stylesheet while somebody designs, and tells browsers when it changed: what is saved in
// style/*.css shows at once, without the browser's program being built again.
//
//   node style/watch.mjs PORT [FOLDER]     FOLDER holds our own files (default: style/)
//
// Differs from the build: nothing is purged, so that a class of DSFR works in the moment in which it is first
// written, and drawings are as they were made.

import { watch } from "node:fs";
import { createServer } from "node:http";
import { relative, resolve } from "node:path";

import { brandNamed } from "./build/brand.mjs";
import { dsfr, licence } from "./build/dsfr.mjs";
import { fontFaces } from "./build/fonts.mjs";
import { finished, joined, own, source } from "./build/stylesheet.mjs";

const port = Number(process.argv[2]);
const folder = resolve(process.argv[3] ?? import.meta.dirname);
if (!port) {
  throw new Error("usage: node style/watch.mjs PORT [FOLDER]");
}

const brand = brandNamed(process.env.BRAND || "etat");
const faces = brand.fonts ? await fontFaces() : "";
const base = `${licence}\n${await finished({
  // The fonts are where Trunk puts them, the stylesheet is not.
  faces: faces.replaceAll('url("fonts/', 'url("/fonts/'),
  css: joined(dsfr()),
  brand,
  name: "DSFR",
})}`;

// Our own rules as they were last without an error, and the browsers that want to hear of the next ones.
let rules = "";
const listeners = new Set();

// Answers whether there was something to build: an empty file is one that is being saved.
async function rebuild() {
  const files = own.map((name) => source(folder, name));
  if (files.some(({ css }) => css === "")) {
    return false;
  }
  const parts = files.map((file) =>
    finished({ css: joined([file]), brand, name: relative(".", file.path) }),
  );
  rules = (await Promise.all(parts)).join("\n");
  return true;
}

// What is wrong, and where, in one line.
function problem({ message, fileName, loc, reason, file, line, column }) {
  if (loc) {
    return `${fileName}:${loc.line}:${loc.column}: ${message}`;
  }
  return reason ? `${relative(".", file)}:${line}:${column}: ${reason}` : message;
}

async function changed() {
  const started = performance.now();
  try {
    if (await rebuild()) {
      tell("changed");
      console.log(`style: built in ${Math.round(performance.now() - started)} ms`);
    }
  } catch (error) {
    // Half a rule while somebody types is no reason to stop, nor to show a page without style.
    console.error(`style: ${problem(error)}`);
    tell("problem", problem(error));
  }
}

function tell(event, data = "") {
  for (const response of listeners) {
    response.write(`event: ${event}\ndata: ${data}\n\n`);
  }
}

const answers = {
  "/style/dsfr.css": (_, response) => sheet(response, base),
  "/style/app.css": (_, response) => sheet(response, rules),
  "/style/events": (request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": listening\n\n");
    listeners.add(response);
    request.on("close", () => listeners.delete(response));
  },
};

function sheet(response, css) {
  response.setHeader("content-type", "text/css; charset=utf-8");
  response.end(css);
}

const server = createServer((request, response) => {
  response.setHeader("cache-control", "no-store");
  const answer = answers[new URL(request.url, "http://localhost").pathname];
  if (answer) {
    answer(request, response);
  } else {
    response.writeHead(404).end();
  }
});

await rebuild();
// An editor may write a file in several steps, or put a new one in its place: one rebuild at a time, and
// one more after the last step.
let waiting = false;
let work = Promise.resolve();
watch(folder, (_, name) => {
  if (own.includes(name) && !waiting) {
    waiting = true;
    work = work.then(() => {
      waiting = false;
      return changed();
    });
  }
});
server.listen(port, "127.0.0.1", () => console.log("style: watching style/*.css"));
