/* Adds the price up again while lines are lowered, in whole cents. The server adds up by itself. */
(() => {
  "use strict";
  const form = document.querySelector("[data-price]");
  if (!form) return;
  const sum = form.querySelector("[data-sum]");
  const cents = (text) => /^\d+(\.\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text) * 100) : null;
  const fields = [...form.querySelectorAll("input[name^=line_]")];
  const reckoned = fields.map((field) => cents(field.dataset.most));
  form.addEventListener("input", () => {
    let total = cents(form.dataset.reckoned);
    fields.forEach((field, index) => {
      const asked = cents(field.value);
      if (asked !== null && asked < reckoned[index]) total -= reckoned[index] - asked;
    });
    sum.textContent = total < 0 ? "–" : (total / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
  });
})();
