// What a brand may show. The State's marks and fonts are reserved to its own services.

const brands = {
  etat: { fonts: true, marks: true },
  neutral: { fonts: false, marks: false },
};

// The brand of that name, with the PostCSS plugin that removes what it may not show, and the element by
// which the server knows what the stylesheet was built for.
export function brandNamed(name) {
  const brand = brands[name];
  if (!brand) {
    throw new Error(`BRAND=${name} is none of ${Object.keys(brands).join(", ")}`);
  }
  const plugin = brand.marks ? keepAll : withoutMarks;
  return { ...brand, plugin, mark: `<meta name="brand" content="${name}">` };
}

const keepAll = { postcssPlugin: "brand-keep-all" };

// The Marianne and the motto are drawn by the pseudo-elements of the logo.
const withoutMarks = {
  postcssPlugin: "brand-without-marks",
  Rule(rule) {
    if (/\.fr-logo[\w-]*::(before|after)/.test(rule.selector)) {
      rule.remove();
    }
  },
};
