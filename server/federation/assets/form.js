// The button of a form waits until the form is complete. Without this script it never waits.
"use strict";

for (const form of document.querySelectorAll("[data-await-valid]")) {
  const button = form.querySelector("button");
  const update = () => {
    button.disabled = !form.checkValidity();
  };
  form.addEventListener("input", update);
  // A page that comes back from the browser's cache keeps what was filled in.
  window.addEventListener("pageshow", update);
  update();
}
