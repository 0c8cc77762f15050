// Below the field for a SIRET: which organisation the number stands for, as soon as it is complete. Without
// this script the form works all the same. All texts are the page's.
"use strict";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 10_000;

const preview = document.querySelector("[data-siret-preview]");
const field = document.getElementById("siret");
const texts = preview.dataset;
let asking;

function show(kind, lines) {
  preview.className = kind;
  preview.replaceChildren(
    ...lines.filter(Boolean).map((line, at) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      if (at === 0) paragraph.className = "alert__title";
      return paragraph;
    }),
  );
  preview.hidden = lines.length === 0;
}

async function ask(siret) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await fetch(`/api/sirene/organization-info/${siret}`, {
      cache: "no-store",
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    // The register does not know the number, or takes too long: the form says so when it is sent.
    if (answer.status === 504) return show("", []);
    if (answer.status === 400) return show("alert", [texts.invalid]);
    if (!answer.ok) throw new Error(String(answer.status));
    const { organizationInfo: found } = await answer.json();
    if (!found.estActive) return show("alert", [texts.closed, found.libelle]);
    return show("alert alert--info", [found.libelle, found.adresse, found.libelleActivitePrincipale]);
  } catch {
    if (!signal.aborted) show("alert", [texts.failed]);
  }
}

const update = () => {
  const siret = field.value.replaceAll(/\s/g, "");
  if (/^\d{14}$/.test(siret)) {
    if (siret !== preview.dataset.asked) ask(siret);
    preview.dataset.asked = siret;
  } else {
    asking?.abort();
    delete preview.dataset.asked;
    show("", []);
  }
};
field.addEventListener("input", update);
window.addEventListener("pageshow", update);
update();
