// SVG drawings inside a stylesheet, as cheap as they can be drawn. Before anything is painted, a browser makes a
// document of each drawing: its elements cost more there than its bytes on the way. The State's motto, made of
// letters that are used in words that are used in two colours, becomes a path for each colour.

import { optimize } from "svgo";

import { dataUri } from "./images.mjs";

const drawing = /url\("data:image\/svg\+xml[^,"]*,([^"]*)"\)/g;

export function cheaper(css) {
  return css.replace(drawing, (_, text) => {
    const { data } = optimize(decodeURIComponent(text), { multipass: true, plugins: [usesInPlace, "preset-default"] });
    return `url("${dataUri(data)}")`;
  });
}

// Puts a copy of a symbol where it is used, in its own size.
const usesInPlace = {
  name: "uses-in-place",
  fn(root) {
    const symbols = new Map();
    const collect = (node) => {
      if (node.name === "symbol") {
        symbols.set(`#${node.attributes.id}`, node);
      }
      node.children?.forEach(collect);
    };
    collect(root);
    const place = (node) => {
      node.children = node.children?.filter(({ name }) => name !== "symbol").map((child) => {
        const placed = child.name === "use" ? copy(child, symbols.get(child.attributes.href)) : child;
        place(placed);
        return placed;
      });
    };
    place(root);
  },
};

function copy({ attributes: { href, x = 0, y = 0, width, height, ...others } }, symbol) {
  if (symbol?.attributes.viewBox !== `0 0 ${width} ${height}`) {
    throw new Error(`a drawing uses ${href} in another size than its own`);
  }
  const attributes = { ...others, transform: `translate(${x} ${y})` };
  return { type: "element", name: "g", attributes, children: structuredClone(symbol.children) };
}
