// Only the rules that our sources can match. Class names are literal there, so that this is sound;
// what only a browser writes is listed here.

import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";

import { connectLogos } from "./connect.mjs";

export async function onlyUsed(css, files) {
  const [result] = await new PurgeCSS().purge({
    content: files,
    css: [{ raw: css }],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    dynamicAttributes: [
      "class", "data-app", "data-fr-current-step", "data-fr-steps", "data-fr-theme", "disabled", "href", "inert", "open",
    ],
    safelist: { standard: ["html", "body", ":root"] },
    variables: true,
    keyframes: true,
  });
  const { css: used } = await postcss([connectLogos(files)]).process(result.css, { from: undefined, map: false });
  return used;
}

// The sources below a folder: `all`, and `pages`, which leaves out what only the gallery shows. That is the
// gallery itself, and components that no other source uses: `<Name …/>`, `Name::…` or `name(…)`.
export function sources(folder) {
  const all = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".rs"))
    .map((name) => join(folder, name));
  const set = join(folder, "components.rs");
  const others = all.filter((path) => path !== set && !/\/gallery(\.rs|\/)/.test(path));
  const texts = new Map(others.map((path) => [path, readFileSync(path, "utf8")]));
  const offers = new Map(
    [...readFileSync(set, "utf8").matchAll(/pub\(crate\) use (\w+)::\{?([^;}]*)\}?;/g)].map(
      ([, module, names]) => [module, names.match(/\w+/g)],
    ),
  );
  const isSpare = (path) => {
    const names = dirname(path) === join(folder, "components") && offers.get(basename(path, ".rs"));
    const used = names && new RegExp(names.map((name) => `(?<!\\w)<${name}\\b|\\b${name}(::|\\()`).join("|"));
    return used && others.every((other) => other === path || !used.test(texts.get(other)));
  };
  return { all, pages: others.filter((path) => !isSpare(path)) };
}
