/* The card's bank asks its owner: hand the question to the bank's script, then see what became of it. */
(() => {
  "use strict";
  const place = document.querySelector("[data-confirm-payment]");
  const button = document.getElementById("confirm-go");
  const problem = document.getElementById("confirm-error");
  const say = (words) => { problem.textContent = words; problem.hidden = !words; };
  if (!window.Stripe) return say(place.dataset.unreachable);
  const stripe = window.Stripe(place.dataset.key);

  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    say("");
    const { error } = await stripe.handleNextAction({ clientSecret: place.dataset.secret });
    if (error && error.type === "api_connection_error") {
      button.removeAttribute("aria-busy");
      return say(error.message);
    }
    location.assign(place.dataset.next);
  });
})();
