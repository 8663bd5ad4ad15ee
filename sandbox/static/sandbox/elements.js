/* The sandbox's stand-in for Stripe.js: the same face for the calls we make, talking to the sandbox bank.
   The card fields have no names, so no form of ours can ever send them along; only the bank hears the number. */
(() => {
  "use strict";

  const BANK = "/sandbox/bank/v1";
  const STYLES = new URL("elements.css", document.currentScript.src).href;
  const KINDS = {
    seti: { path: "setup_intents", name: "setupIntent", query: "setup_intent", error: "last_setup_error" },
    pi: { path: "payment_intents", name: "paymentIntent", query: "payment_intent", error: "last_payment_error" },
  };

  const intentOf = (clientSecret) => {
    const id = String(clientSecret).split("_secret_")[0];
    const kind = KINDS[id.split("_")[0]];
    if (!kind) throw new Error("This is not the client secret of a setup or payment intent.");
    return { id, ...kind };
  };

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  async function ask(key, method, path, params) {
    const form = new URLSearchParams(params);
    const options = { method, headers: { Authorization: `Bearer ${key}` }, credentials: "omit", cache: "no-store" };
    if (method === "POST") options.body = form;
    try {
      const response = await fetch(BANK + path + (method === "GET" ? `?${form}` : ""), options);
      return await response.json();
    } catch {
      return { error: { type: "api_connection_error", message: "We could not reach the bank. Try again." } };
    }
  }

  /* The fields ------------------------------------------------------------------------------- */
  const digits = (text) => text.replace(/\D/g, "");
  const BRANDS = [
    [/^4/, "Visa"], [/^(5[1-5]|2[2-7])/, "Mastercard"], [/^3[47]/, "American Express"],
    [/^(6011|65|64[4-9])/, "Discover"], [/^3(0[0-5]|[689])/, "Diners Club"], [/^35/, "JCB"],
  ];
  const brandOf = (number) => BRANDS.find(([start]) => start.test(number))?.[1] ?? "";

  const passesLuhn = (number) =>
    [...number].reverse().reduce((sum, digit, place) => {
      const value = Number(digit) * (place % 2 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0) % 10 === 0;

  const grouped = (number) =>
    (/^3[47]/.test(number) ? [4, 6, 5] : [4, 4, 4, 4, 3])
      .map((size, at, sizes) => number.slice(sizes.slice(0, at).reduce((a, b) => a + b, 0)).slice(0, size))
      .filter(Boolean)
      .join(" ");

  const expiry = (text) => {
    const typed = digits(text);
    const [month, year] = typed.length === 3 ? [typed.slice(0, 1), typed.slice(1)] : [typed.slice(0, 2), typed.slice(2)];
    return { month: Number(month), year: year.length === 4 ? Number(year) : 2000 + Number(year), complete: typed.length >= 3 };
  };

  const FIELDS = [
    {
      id: "number", label: "Card number", autocomplete: "cc-number", longest: 23,
      tidy: (text) => grouped(digits(text)),
      wrong: (text) => {
        const number = digits(text);
        if (number.length < 14) return "Your card number is incomplete.";
        return passesLuhn(number) ? "" : "Your card number is incorrect.";
      },
    },
    {
      id: "expiry", label: "Expiration, MM/YY", autocomplete: "cc-exp", longest: 9,
      tidy: (text) => {
        const { month, year, complete } = expiry(text);
        return complete ? `${String(month).padStart(2, "0")} / ${String(year % 100).padStart(2, "0")}` : text;
      },
      wrong: (text) => {
        const { month, year, complete } = expiry(text);
        if (!complete || month < 1 || month > 12) return "Your card's expiration date is incomplete.";
        const now = new Date();
        const past = year * 12 + month < now.getFullYear() * 12 + now.getMonth() + 1;
        return past ? "Your card's expiration date is in the past." : "";
      },
    },
    {
      id: "cvc", label: "Security code", autocomplete: "cc-csc", longest: 4,
      tidy: digits,
      wrong: (text) => (digits(text).length < 3 ? "Your card's security code is incomplete." : ""),
    },
    {
      id: "zip", label: "ZIP code", autocomplete: "postal-code", longest: 10,
      tidy: (text) => text.trim(),
      wrong: (text) => (/^\d{5}(-\d{4})?$/.test(text.trim()) ? "" : "Your ZIP code is incomplete."),
    },
  ];
  const FIELD_OF = { number: "number", exp_month: "expiry", exp_year: "expiry", cvc: "cvc" };
  let mounted = 0;

  class PaymentElement {
    constructor() {
      this.listeners = {};
      this.prefix = `sandbox-card-${++mounted}`;
      this.inputs = {};
      this.root = make("div", { class: "sandbox-card", role: "group", "aria-label": "Card" });
      for (const field of FIELDS) this.root.append(this.row(field));
      this.root.append(make("p", { class: "help sandbox-card__hint" },
        "Sandbox: only test numbers are taken, for example 4242 4242 4242 4242."));
    }

    row(field) {
      const id = `${this.prefix}-${field.id}`;
      const input = make("input", {
        id, type: "text", inputmode: "numeric", autocomplete: field.autocomplete, maxlength: field.longest,
        "aria-describedby": `${id}-error`, "aria-required": "true",
      });
      input.addEventListener("blur", () => {
        input.value = field.tidy(input.value);
        if (input.value) this.check(field);
      });
      input.addEventListener("input", () => {
        if (field.id === "number") this.brand.textContent = brandOf(digits(input.value));
        if (input.hasAttribute("aria-invalid")) this.check(field);
        this.emit("change", this.state());
      });
      this.inputs[field.id] = input;
      const label = make("label", { for: id }, field.label);
      if (field.id === "number") {
        this.brand = make("span", { class: "sandbox-card__brand" });
        label.append(" ", this.brand);
      }
      const error = make("div", { id: `${id}-error`, class: "sandbox-card__error", "aria-live": "polite" });
      return make("div", { class: `field sandbox-card__${field.id}` }, label, input, error);
    }

    check(field) {
      return this.say(field.id, field.wrong(this.inputs[field.id].value));
    }

    say(fieldId, message) {
      const input = this.inputs[fieldId];
      document.getElementById(`${input.id}-error`).textContent = message;
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      return message;
    }

    /* The first thing that is wrong, said next to its field and with the focus on it. */
    validate() {
      const wrong = FIELDS.map((field) => [field.id, this.check(field)]).filter(([, message]) => message);
      if (!wrong.length) return null;
      this.inputs[wrong[0][0]].focus();
      return { type: "validation_error", code: `incomplete_${wrong[0][0]}`, message: wrong[0][1] };
    }

    show(error) {
      const field = FIELD_OF[error.param];
      if (field) this.say(field, error.message);
    }

    params() {
      const { month, year } = expiry(this.inputs.expiry.value);
      return {
        "payment_method_data[type]": "card",
        "payment_method_data[card][number]": digits(this.inputs.number.value),
        "payment_method_data[card][exp_month]": month,
        "payment_method_data[card][exp_year]": year,
        "payment_method_data[card][cvc]": digits(this.inputs.cvc.value),
        "payment_method_data[billing_details][address][postal_code]": this.inputs.zip.value.trim(),
      };
    }

    state() {
      const values = FIELDS.map((field) => this.inputs[field.id].value);
      const complete = FIELDS.every((field, at) => !field.wrong(values[at]));
      return { elementType: "payment", complete, empty: values.every((value) => !value), value: { type: "card" } };
    }

    busy(is) {
      for (const input of Object.values(this.inputs)) input.readOnly = is;
    }

    mount(target) {
      const place = typeof target === "string" ? document.querySelector(target) : target;
      if (!place) throw new Error(`There is no ${target} to mount the card field on.`);
      if (!document.querySelector(`link[href="${STYLES}"]`)) {
        document.head.append(make("link", { rel: "stylesheet", href: STYLES }));
      }
      place.replaceChildren(this.root);
      queueMicrotask(() => this.emit("ready", { elementType: "payment" }));
      return this;
    }

    unmount() { this.root.remove(); }
    destroy() { this.unmount(); }
    update() { return this; }
    focus() { this.inputs.number.focus(); }
    on(event, listener) { (this.listeners[event] ??= []).push(listener); return this; }
    emit(event, detail) { for (const listener of this.listeners[event] ?? []) listener(detail); }
  }

  class Elements {
    constructor(options = {}) { this.clientSecret = options.clientSecret; }
    create(type) {
      if (type !== "payment") throw new Error(`The sandbox has no ${type} element.`);
      return (this.element = new PaymentElement());
    }
    getElement() { return this.element ?? null; }
    update() {}
    async submit() {
      const error = this.element ? this.element.validate() : { message: "The card field is not on the page." };
      return error ? { error } : { selectedPaymentMethod: "card" };
    }
    async fetchUpdates() { return {}; }
  }

  /* The question of the card's bank: Esc and "No" are both a no. --------------------------------- */
  function challenge() {
    const title = make("h2", { id: "sandbox-dialog-title" }, "Your bank asks: is this you?");
    const yes = make("button", { type: "button", class: "btn primary", value: "passed" }, "Yes, it is me");
    const no = make("button", { type: "button", class: "btn", value: "failed" }, "No, it is not");
    const dialog = make("dialog", { class: "sandbox-dialog", "aria-labelledby": title.id }, title,
      make("p", {}, "In the sandbox this stands for the page where the bank of the card asks its owner."),
      make("div", { class: "sandbox-dialog__buttons" }, yes, no));
    document.body.append(dialog);
    return new Promise((resolve) => {
      for (const button of [yes, no]) button.addEventListener("click", () => dialog.close(button.value));
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "passed" ? "passed" : "failed");
      });
      dialog.showModal();
    });
  }

  class Stripe {
    constructor(key) {
      if (!String(key).startsWith("pk_")) throw new Error("Give Stripe() the publishable key.");
      this.key = key;
    }

    elements(options) { return new Elements(options); }

    confirmSetup(options) { return this.confirm(options); }
    confirmPayment(options) { return this.confirm(options); }

    async confirm({ elements, clientSecret, confirmParams = {}, redirect = "always" }) {
      const secret = clientSecret ?? elements.clientSecret;
      const card = elements?.getElement();
      const { error } = elements ? await elements.submit() : {};
      if (error) return { error };
      const saved = confirmParams.payment_method ? { payment_method: confirmParams.payment_method } : {};
      card?.busy(true);
      const { id, path } = intentOf(secret);
      const params = { client_secret: secret, ...(card ? card.params() : saved) };
      const answer = await this.settled(secret, await ask(this.key, "POST", `/${path}/${id}/confirm`, params));
      card?.busy(false);
      if (answer.error) card?.show(answer.error);
      return this.finish(secret, answer, confirmParams.return_url, redirect);
    }

    async handleNextAction({ clientSecret }) {
      return this.settled(clientSecret, await this.read(clientSecret));
    }

    async retrieveSetupIntent(clientSecret) { return this.settled(clientSecret, await this.read(clientSecret), false); }
    async retrievePaymentIntent(clientSecret) { return this.settled(clientSecret, await this.read(clientSecret), false); }

    read(clientSecret) {
      const { id, path } = intentOf(clientSecret);
      return ask(this.key, "GET", `/${path}/${id}`, { client_secret: clientSecret });
    }

    /* Ask the owner if their bank wants that, and give the answer the shape Stripe.js gives it. */
    async settled(secret, intent, mayAsk = true) {
      const { id, path, name, error } = intentOf(secret);
      if (intent.error) return { error: intent.error };
      if (mayAsk && intent.status === "requires_action") {
        const outcome = await challenge();
        intent = await ask(this.key, "POST", `/sandbox/${path}/${id}/challenge`, { client_secret: secret, outcome });
        if (intent.error) return { error: intent.error };
        if (intent[error]) return { error: { ...intent[error], [path.slice(0, -1)]: intent } };
      }
      return { [name]: intent };
    }

    finish(secret, answer, returnUrl, redirect) {
      if (answer.error || redirect === "if_required") return answer;
      if (!returnUrl) throw new Error("confirmParams.return_url is needed unless redirect is \"if_required\".");
      const { id, name, query } = intentOf(secret);
      const url = new URL(returnUrl, location.href);
      url.searchParams.set(query, id);
      url.searchParams.set(`${query}_client_secret`, secret);
      url.searchParams.set("redirect_status", answer[name].status);
      location.assign(url);
      return new Promise(() => {});
    }
  }

  window.Stripe = (key) => new Stripe(key);
})();
