// The icons that browsers show for the site: the State's from the DSFR package, else our own.

import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { root } from "./dsfr.mjs";
import { publicUrl } from "./public-url.mjs";

const state = [
  { file: "favicon.svg", rel: "icon", type: "image/svg+xml" },
  { file: "apple-touch-icon.png", rel: "apple-touch-icon" },
];
const neutral = [{ file: "favicon.svg", rel: "icon", type: "image/svg+xml" }];

// Copies the icons into dist/icons; answers their links.
export function icons(dist, brand) {
  const from = brand.marks ? join(root, "dist/favicon") : join(import.meta.dirname, "../artwork");
  mkdirSync(join(dist, "icons"), { recursive: true });
  return (brand.marks ? state : neutral).map(({ file, rel, type }) => {
    copyFileSync(join(from, file), join(dist, "icons", file));
    return `<link rel="${rel}" href="${publicUrl}icons/${file}"${type ? ` type="${type}"` : ""}>`;
  });
}
