// Builds style/dist: one stylesheet out of DSFR and our own files, with the fonts and icons it needs,
// and head.html, which names them for the document's head.
//
//   node style/build.mjs          BRAND=etat (default) or BRAND=neutral (no State marks, no State fonts)

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform, browserslistToTargets } from "lightningcss";
import postcss from "postcss";

import { brandNamed } from "./build/brand.mjs";
import { darkWithoutScript } from "./build/dark.mjs";
import { dsfr, licence } from "./build/dsfr.mjs";
import { fontFaces, preferredFonts } from "./build/fonts.mjs";
import { icons } from "./build/icons.mjs";
import { inlineImages } from "./build/images.mjs";
import { onlyUsed } from "./build/purge.mjs";

const here = import.meta.dirname;
const dist = join(here, "dist");
const own = ["tokens.css", "base.css", "layout.css", "components.css", "app.css"];

const brand = brandNamed(process.env.BRAND || "etat");

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "fonts"), { recursive: true });

const fonts = brand.fonts ? fontFaces(dist) : { css: "", preloads: [] };
const sources = [
  ...dsfr(),
  ...own.map((name) => ({ path: join(here, name), css: readFileSync(join(here, name), "utf8") })),
];
// Images are named relative to their stylesheet, so they are inlined before the files are joined.
const joined = sources.map(({ path, css }) => inlineImages(css, path)).join("\n");
const used = await onlyUsed(joined, join(here, "../app/src"));
const { css } = await postcss([brand.plugin, preferredFonts(brand), darkWithoutScript]).process(
  used,
  { from: undefined },
);
const { code } = transform({
  filename: "app.css",
  code: Buffer.from(fonts.css + css),
  minify: true,
  targets: browserslistToTargets(["chrome 120", "edge 120", "firefox 115", "safari 15.4"]),
});

writeFileSync(join(dist, "app.css"), `${licence}\n${code}`);
writeFileSync(join(dist, "head.html"), [brand.mark, ...fonts.preloads, ...icons(dist, brand)].join("\n"));
