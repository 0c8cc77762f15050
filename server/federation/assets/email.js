// The email page: the button waits for a valid address, and the address is remembered on this
// device if the person wants it. Without this script the page works all the same.
"use strict";

const STORED = "proConnectEmail";
const form = document.querySelector("[data-email-form]");
const email = form.elements.email;
const remember = form.elements.rememberMe;
const button = form.querySelector("button");
const problem = document.getElementById("email-error");

const stored = localStorage.getItem(STORED);
if (stored) {
  email.value = email.value || stored;
  remember.checked = true;
}

const isValid = () => email.validity.valid && /@.+\../.test(email.value);

const update = () => {
  button.disabled = !isValid();
  if (isValid()) problem.hidden = true;
};

email.addEventListener("input", update);
email.addEventListener("change", () => {
  problem.hidden = isValid() || email.value === "";
});
form.addEventListener("submit", () => {
  if (remember.checked) localStorage.setItem(STORED, email.value);
  else localStorage.removeItem(STORED);
});
// A page that comes back from the browser's cache keeps what was typed.
window.addEventListener("pageshow", update);
update();
