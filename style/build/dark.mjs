// Dark theme without a script: what DSFR ties to [data-fr-theme=dark] is repeated for a system that
// prefers dark, as long as no theme was chosen.

import postcss from "postcss";

const chosen = /(:root)?\[data-fr-theme="?dark"?\]/;
const preferred = ":root:not([data-fr-theme])";

export const darkWithoutScript = {
  postcssPlugin: "dark-without-script",
  OnceExit(root) {
    root.walkRules((rule) => {
      const dark = rule.selectors.filter((selector) => chosen.test(selector));
      if (dark.length === 0 || rule.selector.includes(preferred)) {
        return;
      }
      const copy = rule.clone({
        selectors: dark.map((selector) => selector.replace(chosen, preferred)),
      });
      const media = postcss.atRule({ name: "media", params: "(prefers-color-scheme: dark)" });
      media.append(copy);
      rule.after(media);
    });
  },
};
