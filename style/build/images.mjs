// Images of a stylesheet become part of it: icons are a few hundred bytes each, and a request costs
// more. Their content security policy source is `data:`.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const prefixed = /^\s*-webkit-mask[\w-]*:.*$/gm;
const image = /url\("?([^")]+\.svg)"?\)/g;

export function inlineImages(css, path) {
  return css.replace(prefixed, "").replace(image, (whole, name) => {
    const file = join(dirname(path), name);
    return existsSync(file) ? `url("${dataUri(readFileSync(file, "utf8"))}")` : whole;
  });
}

export function dataUri(svg) {
  const text = svg
    .trim()
    .replaceAll('"', "'")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[%#<>?[\]{}|\\^`]/g, encodeURIComponent);
  return `data:image/svg+xml,${text}`;
}
