// Builds style/dist: one stylesheet out of DSFR and our own files, with the fonts it needs, icons, and
// head.html, which names icons and brand for the document's head. The gallery's stylesheet has the rules of
// components that no page uses, too.
//
//   node style/build.mjs          BRAND=etat (default) or BRAND=neutral (no State marks, no State fonts)
//                                 FONTS=whole: the State's fonts as the package has them
//
// While somebody designs (STYLE_WATCH), style/watch.mjs serves the stylesheet, and the rest is as it was when that began.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { brandNamed } from "./build/brand.mjs";
import { cheaper } from "./build/drawings.mjs";
import { dsfr, licence } from "./build/dsfr.mjs";
import { fontFaces } from "./build/fonts.mjs";
import { icons } from "./build/icons.mjs";
import { onlyUsed, sources } from "./build/purge.mjs";
import { finished, joined, own, source } from "./build/stylesheet.mjs";

const here = import.meta.dirname;
const dist = join(here, "dist");

if (process.env.STYLE_WATCH) {
  process.exit();
}

const brand = brandNamed(process.env.BRAND || "etat");

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "fonts"), { recursive: true });

const faces = brand.fonts ? await fontFaces(dist) : "";
const all = joined([...dsfr(), ...own.map((name) => source(here, name))]);
const { pages, all: every } = sources(join(here, "../app/src"));
for (const [name, files] of [["app.css", pages], ["gallery.css", every]]) {
  const code = await finished({ faces, css: cheaper(await onlyUsed(all, files)), brand, name });
  writeFileSync(join(dist, name), `${licence}\n${code}`);
}
writeFileSync(join(dist, "head.html"), [brand.mark, ...icons(dist, brand)].join("\n"));
