// Makes a development page take its stylesheet from `watch.mjs`, and follow it. Trunk runs this on a finished
// build; it does something when `make dev` says so.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const follow = () => {
  const events = new EventSource("/style/events");
  events.addEventListener("changed", () => {
    const old = [...document.querySelectorAll("link[data-live]")];
    const next = old.at(-1).cloneNode();
    next.href = `/style/app.css?${performance.now()}`;
    // The old ones go when the new one is there, so that the page is never without.
    next.addEventListener("load", () => old.forEach((link) => link.remove()));
    old.at(-1).after(next);
  });
  events.addEventListener("problem", ({ data }) => console.error(data));
};

if (process.env.STYLE_WATCH) {
  const path = join(process.env.TRUNK_STAGING_DIR, "index.html");
  const html = readFileSync(path, "utf8");
  const linked = html.replace(
    /<link rel="stylesheet"[^>]*>/,
    '<link rel="stylesheet" href="/style/dsfr.css"><link rel="stylesheet" data-live href="/style/app.css">' +
      `<script>(${follow})()</script>`,
  );
  if (linked === html) {
    throw new Error("index.html has no stylesheet to replace");
  }
  writeFileSync(path, linked);
}
