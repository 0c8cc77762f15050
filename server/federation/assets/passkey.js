// Passkeys: asks the device for one and sends what it answers with the form. All texts are the
// page's. Without this script the forms stay hidden.
"use strict";

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const withBytes = (list) => list?.map((known) => ({ ...known, id: bytes(known.id) }));

// One question at a time; a new one ends the one before.
let asking;

async function options(form, signal) {
  const answer = await fetch(form.dataset.passkey, { cache: "no-store", signal });
  if (!answer.ok) throw new Error(`${form.dataset.passkey}: ${answer.status}`);
  // Sent elsewhere, because the session is over: the page itself knows the way.
  if (answer.redirected) {
    location.reload();
    return undefined;
  }
  const publicKey = await answer.json();
  publicKey.challenge = bytes(publicKey.challenge);
  publicKey.allowCredentials = withBytes(publicKey.allowCredentials);
  publicKey.excludeCredentials = withBytes(publicKey.excludeCredentials);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  return publicKey;
}

function shown({ id, rawId, type, response }) {
  const parts = ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"];
  const filled = parts.filter((part) => response[part]);
  return JSON.stringify({
    id,
    rawId: text(rawId),
    type,
    response: Object.fromEntries(filled.map((part) => [part, text(response[part])])),
  });
}

function problem({ name }) {
  switch (name) {
    case "InvalidStateError":
      return "registered";
    case "NotAllowedError":
      return "refused";
    case "NotSupportedError":
    case "SecurityError":
      return "unsupported";
    default:
      return "failed";
  }
}

async function ask(form, tell) {
  asking?.abort();
  const controller = new AbortController();
  asking = controller;
  const { signal } = controller;
  tell("");
  try {
    if (!window.PublicKeyCredential) throw new DOMException("", "NotSupportedError");
    const publicKey = await options(form, signal);
    if (!publicKey) return;
    const question = { publicKey, signal };
    const credential = publicKey.user
      ? await navigator.credentials.create(question)
      : await navigator.credentials.get(question);
    form.querySelector("[data-passkey-answer]").value = shown(credential);
    form.submit();
  } catch (error) {
    if (!signal.aborted) tell(problem(error));
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const message = form.querySelector("[data-passkey-message]");
  const tell = (name) => {
    message.textContent = name && message.dataset[name];
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form, tell);
  });
  if ("automatic" in form.dataset) {
    // Nobody asked for it, so nobody is told when it does not work.
    ask(form, () => {});
    // Whoever turns to the password does not want it.
    document.getElementById("password").addEventListener("focus", () => asking?.abort());
  }
}
