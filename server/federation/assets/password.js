// The rules of a password, below its field: which of them are met is marked while one types, and told to
// screen readers after a pause. The server judges. Without this script the rules are a list.
"use strict";

/** How long nothing is typed before the state is told, in milliseconds. */
const PAUSE = 800;

const some = (pattern) => (characters) => characters.some((one) => pattern.test(one));
const met = {
  least: (characters) => characters.length >= 10,
  special: some(/[^A-Za-z0-9]/),
  digit: some(/[0-9]/),
  lower: some(/[a-z]/),
  upper: some(/[A-Z]/),
  most: (characters) => characters.length <= 128,
  repeated: (characters) => !characters.some((one, at) => one === characters[at + 1] && one === characters[at + 2]),
};
/** A sentence of this length need not mix kinds of characters. */
const SENTENCE = 20;
const KINDS = ["special", "digit", "lower", "upper"];

for (const rules of document.querySelectorAll("[data-rules]")) {
  const field = document.getElementById(rules.dataset.rules);
  const status = rules.querySelector("[data-rules-status]");
  const items = [...rules.querySelectorAll("[data-rule]")];
  let telling;

  const update = () => {
    // As the server does, surrounding white space is left out, and characters are counted whole.
    const characters = [...field.value.trim()];
    let count = 0;
    for (const item of items) {
      const rule = item.dataset.rule;
      const waived = characters.length >= SENTENCE && KINDS.includes(rule);
      const good = characters.length > 0 && (waived || met[rule](characters));
      item.classList.toggle("rule--met", good);
      item.querySelector("[data-rule-state]").hidden = !good;
      count += Number(good);
    }
    clearTimeout(telling);
    if (characters.length === 0) {
      status.textContent = "";
      return;
    }
    telling = setTimeout(() => {
      const { all, part } = status.dataset;
      status.textContent = count === items.length ? all : part.replace("{}", `${count} / ${items.length}`);
    }, PAUSE);
  };
  field.addEventListener("input", update);
  // A page that comes back from the browser's cache keeps what was filled in.
  window.addEventListener("pageshow", update);
  update();
}
