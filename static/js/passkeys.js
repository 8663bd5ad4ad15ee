/* What a passkey's owner is told when the browser gives none, in place of a line in the console. */
(() => {
  "use strict";
  const show = (selector) => { for (const one of document.querySelectorAll(selector)) one.hidden = false; };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("[data-passkey-trouble]");
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (window.PublicKeyCredential) return;
    show("[data-no-passkeys]");
    for (const button of document.querySelectorAll("[data-passkey]")) button.disabled = true;
  });
})();
