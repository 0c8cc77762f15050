// Trunk has browsers fetch the program as urgently as the stylesheet; the page is painted and works without it, so
// it comes second. Trunk runs this on a finished build.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const path = join(process.env.TRUNK_STAGING_DIR, "index.html");
const html = readFileSync(path, "utf8");
const later = html.replaceAll(
  /<link rel="(?:preload"(?=[^>]*type="application\/wasm")|modulepreload")/g,
  '$& fetchpriority="low"',
);
if (later === html) {
  throw new Error("index.html preloads no program");
}
writeFileSync(path, later);
