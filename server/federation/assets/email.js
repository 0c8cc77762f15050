// The email page: the address is remembered on this device if the person wants it, a wrong one
// is pointed out, and a suggestion fills the field. Without this script the page works all the
// same.
"use strict";

const STORED = "proConnectEmail";
const form = document.querySelector("[data-email-form]");
const email = form.elements.email;
const remember = form.elements.rememberMe;
const problem = document.getElementById("email-error");
const suggestion = document.getElementById("email-suggestion");

const stored = localStorage.getItem(STORED);
if (stored) {
  email.value = email.value || stored;
  remember.checked = true;
}

const settle = () => {
  problem.hidden = true;
  if (suggestion) suggestion.hidden = true;
  email.removeAttribute("aria-invalid");
  email.closest(".field").classList.remove("field--error");
};
email.addEventListener("input", () => {
  if (email.validity.valid) settle();
});
email.addEventListener("change", () => {
  if (email.value !== "" && !email.validity.valid) problem.hidden = false;
});
document.querySelector("[data-suggestion]")?.addEventListener("click", (event) => {
  event.preventDefault();
  email.value = event.currentTarget.textContent;
  settle();
  email.dispatchEvent(new Event("input", { bubbles: true }));
  email.focus();
});
form.addEventListener("submit", () => {
  if (remember.checked) localStorage.setItem(STORED, email.value);
  else localStorage.removeItem(STORED);
});
