// DSFR draws FranceConnect's logo on each of its sign-in buttons, ProConnect's then draws another one over it.
// A stylesheet of pages that show no FranceConnect button goes without that logo, a tenth of its size.

// A PostCSS plugin, for the stylesheet of what those source files show.
export function connectLogos(files) {
  const france = files.some((path) => path.endsWith("/france_connect_button.rs"));
  return {
    postcssPlugin: "connect-logos",
    Declaration: {
      "background-image": (declaration) => {
        if (!france && /^\.fr-connect::?before$/.test(declaration.parent.selector)) {
          declaration.remove();
        }
      },
    },
  };
}
