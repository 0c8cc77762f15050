// The DSFR files we use, in the order of DSFR's own bundle, on which its cascade relies.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
export const root = dirname(require.resolve("@gouvfr/dsfr/package.json"));
export const version = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;

const files = [
  "core/core.main.css",
  "scheme/scheme.css",
  ...["accordion", "link", "badge", "logo", "button", "connect", "breadcrumb", "form", "stepper"].map(component),
  ...["alert", "notice", "radio", "card", "checkbox", "input", "select", "skiplink", "modal", "navigation"].map(component),
  ...["footer", "tile", "password", "translate", "table", "header"].map(component),
  "utility/icons/icons.main.css",
];

function component(name) {
  return `component/${name}/${name}.main.css`;
}

// The stylesheets, with the path that their relative addresses start from.
export function dsfr() {
  return files.map((name) => {
    const path = join(root, "dist", name);
    return { path, css: readFileSync(path, "utf8") };
  });
}

// DSFR's notice, which every copy has to keep.
export const licence = /\/\*![\s\S]*?\*\//.exec(dsfr()[0].css)[0];
