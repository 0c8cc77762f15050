// Carries an answer to a service by POST, as soon as the page is there.
"use strict";

document.querySelector("[data-submit]").submit();
