// From sources to a stylesheet: the order of the files, and what is done to their rules.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform, browserslistToTargets } from "lightningcss";
import postcss from "postcss";

import { darkWithoutScript } from "./dark.mjs";
import { preferredFonts } from "./fonts.mjs";
import { inlineImages } from "./images.mjs";

// Our own files, after DSFR's, in the order of the cascade.
export const own = ["tokens.css", "base.css", "layout.css", "components.css", "app.css"];

const targets = browserslistToTargets(["chrome 120", "edge 120", "firefox 115", "safari 15.4"]);

// The file of that name in a folder, with the path that its relative addresses start from.
export function source(folder, name) {
  const path = join(folder, name);
  return { path, css: readFileSync(path, "utf8") };
}

// Images are named relative to their stylesheet, so they are inlined before the files are joined.
export function joined(sources) {
  return sources.map(({ path, css }) => inlineImages(css, path)).join("\n");
}

// What browsers get: the faces of the fonts, then the rules. `name` is what an error is told by.
export async function finished({ faces = "", css, brand, name }) {
  const { css: branded } = await postcss([
    brand.plugin,
    preferredFonts(brand),
    darkWithoutScript,
  ]).process(css, { from: name, map: false });
  const { code } = transform({ filename: name, code: Buffer.from(faces + branded), minify: true, targets });
  return code.toString();
}
