// Only the rules that our sources can match. Class names are literal there, so that this is sound;
// what only a browser writes is listed here.

import { PurgeCSS } from "purgecss";

export async function onlyUsed(css, sources) {
  const [result] = await new PurgeCSS().purge({
    content: [`${sources}/**/*.rs`],
    css: [{ raw: css }],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    dynamicAttributes: ["class", "data-app", "data-fr-current-step", "data-fr-steps", "data-fr-theme", "disabled", "href", "inert", "open"],
    safelist: { standard: ["html", "body", ":root"] },
    variables: true,
    keyframes: true,
  });
  return result.css;
}
