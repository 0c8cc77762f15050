// Fonts: Marianne from the DSFR package, named by content, preloaded; and a fallback of the same
// metrics, so that nothing moves when Marianne arrives.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./dsfr.mjs";
import { publicUrl } from "./public-url.mjs";

const faces = [
  { name: "Regular", weight: 400, preload: true },
  { name: "Medium", weight: 500, preload: false },
  { name: "Bold", weight: 700, preload: true },
];

// Answers the @font-face rules and preload links of the fonts, which it copies into a folder's `fonts`, if given.
export function fontFaces(dist) {
  const css = [];
  const preloads = [];
  for (const { name, weight, preload } of faces) {
    const content = readFileSync(join(root, `dist/fonts/Marianne-${name}.woff2`));
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
    const file = `marianne-${name.toLowerCase()}-${hash}.woff2`;
    if (dist) {
      writeFileSync(join(dist, "fonts", file), content);
    }
    css.push(
      `@font-face{font-family:Marianne;font-weight:${weight};font-style:normal;` +
        `font-display:swap;src:url("fonts/${file}") format("woff2")}`,
    );
    if (preload) {
      preloads.push(
        `<link rel="preload" as="font" type="font/woff2" href="${publicUrl}fonts/${file}" crossorigin>`,
      );
    }
  }
  return { css: css.join(""), preloads };
}

const fallbacks = ["Arial", "Roboto", "DejaVu"].map((name) => `"Marianne as ${name}"`);

// Drops DSFR's own @font-face rules and puts our fallbacks behind Marianne; without Marianne, drops all.
export function preferredFonts(brand) {
  const state = ["Marianne", ...fallbacks];
  const family = [...(brand.fonts ? state : []), "arial", "sans-serif"].join(", ");
  return {
    postcssPlugin: "preferred-fonts",
    AtRule: {
      "font-face": (rule) => {
        if (!brand.fonts || /Spectral|^"?Marianne"?$/.test(declared(rule, "font-family"))) {
          rule.remove();
        }
      },
    },
    Declaration: {
      "font-family": (declaration) => {
        if (/^"?Marianne"?,\s*arial/.test(declaration.value)) {
          declaration.value = family;
        }
      },
    },
  };
}

function declared(rule, property) {
  return rule.nodes.find((node) => node.prop === property)?.value ?? "";
}
