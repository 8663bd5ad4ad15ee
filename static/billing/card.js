/* The bank's card field on "Add New Credit Card": what is typed goes from here to the bank. */
(() => {
  "use strict";
  const form = document.querySelector("[data-card-form]");
  const button = document.getElementById("card-save");
  const problem = document.getElementById("card-error");
  const say = (words) => { problem.textContent = words; problem.hidden = !words; };
  if (!window.Stripe) return say(form.dataset.unreachable);

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const stripe = window.Stripe(form.dataset.key);
  const variables = { colorPrimary: token("--blue"), colorText: token("--ink"), fontFamily: "system-ui, sans-serif" };
  for (const name of Object.keys(variables)) if (!variables[name]) delete variables[name];
  const elements = stripe.elements({ clientSecret: form.dataset.secret, appearance: { variables } });
  const card = elements.create("payment", { layout: "tabs", wallets: { applePay: "never", googlePay: "never", link: "never" } });
  card.on("ready", () => { button.disabled = false; });
  card.on("loaderror", () => say(form.dataset.unreachable));
  card.mount("#card-element");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button.disabled) return;
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    say("");
    const { error } = await stripe.confirmSetup({ elements, confirmParams: { return_url: form.dataset.return } });
    if (error && error.type !== "validation_error") say(error.message);
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }, true);
})();
