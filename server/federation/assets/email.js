// The email page: the address is remembered on this device if the person wants it, and a wrong
// one is pointed out. Without this script the page works all the same.
"use strict";

const STORED = "proConnectEmail";
const form = document.querySelector("[data-email-form]");
const email = form.elements.email;
const remember = form.elements.rememberMe;
const problem = document.getElementById("email-error");

const stored = localStorage.getItem(STORED);
if (stored) {
  email.value = email.value || stored;
  remember.checked = true;
}

email.addEventListener("input", () => {
  if (email.validity.valid) problem.hidden = true;
});
email.addEventListener("change", () => {
  problem.hidden = email.validity.valid || email.value === "";
});
form.addEventListener("submit", () => {
  if (remember.checked) localStorage.setItem(STORED, email.value);
  else localStorage.removeItem(STORED);
});
