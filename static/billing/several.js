// "Pay": the button says what the ticked invoices come to. Without this script it only says "Pay the chosen invoices".
(function () {
  "use strict";
  const form = document.querySelector("[data-several]");
  const shown = form && form.querySelector("[data-sum]");
  if (!shown) return;
  const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
  function add() {
    const ticked = form.querySelectorAll("input[name=invoice]:checked");
    // Whole cents, since sums of fractions are off.
    const cents = Array.from(ticked).reduce((sum, one) => sum + Math.round(Number(one.dataset.amount) * 100), 0);
    shown.textContent = cents ? " · " + dollars.format(cents / 100) : "";
  }
  form.addEventListener("change", add);
  add();
})();
