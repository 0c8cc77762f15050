// The button that has another code sent waits for a while, and says how long. The server only counts how
// often it is used: without this script it never waits.
"use strict";

for (const form of document.querySelectorAll("[data-wait]")) {
  const button = form.querySelector("button");
  const hint = form.querySelector("[data-wait-hint]");
  const over = form.querySelector("[data-wait-over]");
  const end = Date.now() + Number(form.dataset.wait) * 1000;
  let ticking;

  const update = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    const waits = seconds > 0;
    button.disabled = waits;
    hint.hidden = !waits;
    if (waits) {
      const rest = String(seconds % 60).padStart(2, "0");
      hint.textContent = hint.dataset.waitHint.replace("{}", `${Math.floor(seconds / 60)}:${rest}`);
    } else if (ticking) {
      clearInterval(ticking);
      over.textContent = over.dataset.waitOver;
    }
  };
  update();
  if (button.disabled) ticking = setInterval(update, 1000);
}
