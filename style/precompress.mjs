// Writes .br and .gz beside every file that is worth it, for a server that only has to choose.
// Trunk runs it on a finished release build, when file contents and their integrity are final.

import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { constants, gzipSync } from "node:zlib";

import { brotli } from "./build/brotli.mjs";

const worthIt = 1024;
// Compressed already, or compressed by us.
const skipped = new Set([".br", ".gz", ".png", ".woff2"]);

if (process.env.TRUNK_PROFILE !== "debug") {
  const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name);
    if (statSync(path).isFile() && statSync(path).size >= worthIt && !skipped.has(extname(path))) {
      const content = readFileSync(path);
      writeFileSync(`${path}.br`, brotli(content));
      writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
    }
  }
}
