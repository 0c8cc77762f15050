// Fonts: Marianne from the DSFR package, named by content; and a fallback of the same metrics, so that nothing
// moves when Marianne arrives.
//
// A face comes in two files, what French and its neighbours need and the whole, of which a browser asks for the
// second when a page has a character that the first lacks. FONTS=whole makes one file of it, as the package has it.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";

import { root } from "./dsfr.mjs";

const faces = [
  { name: "Regular", weight: 400 },
  { name: "Medium", weight: 500 },
  { name: "Bold", weight: 700 },
];

// Latin-1, œ and what is typed around words.
const latin = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x152, 0x153],
  [0x2000, 0x206f],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  [0x2190, 0x2193],
];
// All else that has letters.
const others = [
  [0x100, 0x151],
  [0x154, 0x1fff],
  [0x2070, 0x20ab],
  [0x20ad, 0x2121],
  [0x2123, 0x218f],
  [0x2194, 0xffff],
];

// Answers the @font-face rules of the fonts, which it copies into a folder's `fonts`, if given.
export async function fontFaces(dist) {
  const rules = [];
  const add = (name, weight, content, range) => {
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
    const file = `marianne-${name}-${hash}.woff2`;
    if (dist) {
      writeFileSync(join(dist, "fonts", file), content);
    }
    rules.push(
      `@font-face{font-family:Marianne;font-weight:${weight};font-style:normal;font-display:swap;` +
        `src:url("fonts/${file}") format("woff2");${range ? `unicode-range:${inCss(range)}` : ""}}`,
    );
  };
  for (const { name, weight } of faces) {
    const whole = readFileSync(join(root, `dist/fonts/Marianne-${name}.woff2`));
    const lower = name.toLowerCase();
    if (process.env.FONTS === "whole") {
      add(lower, weight, whole);
    } else {
      add(lower, weight, whole, others);
      const part = await subsetFont(whole, characters(latin), { targetFormat: "woff2" });
      add(`${lower}-latin`, weight, part, latin);
    }
  }
  return rules.join("");
}

function characters(ranges) {
  const codes = ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
  return String.fromCodePoint(...codes);
}

function inCss(ranges) {
  return ranges.map(([first, last]) => `U+${first.toString(16)}-${last.toString(16)}`).join(",");
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
