/* Comforts on top of pages that work without any of this. Nothing is kept in the browser. */
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const ready = (start) => document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();

  /* Put the answer of a form that was sent by script where a plain submit would have put it. */
  const show = (html, address) => {
    history.pushState(null, "", address);
    document.open();
    document.write(html);
    document.close();
  };

  /* Dialogs: <a data-dialog href="confirm page"> shows that page's [data-confirm] in place. */
  const openDialog = async (link) => {
    const answer = await fetch(link.href, { headers: { "X-Requested-With": "dialog" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = one("[data-confirm]", page);
    if (!answer.ok || !content) return location.assign(link.href);
    const dialog = document.createElement("dialog");
    const heading = one("h1, h2", content);
    if (heading) { heading.id ||= "dialog-heading"; dialog.setAttribute("aria-labelledby", heading.id); }
    dialog.append(content);
    document.body.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    dialog.showModal();
  };

  /* File drop zones: <div class="drop" data-drop><input type="file">…<ul class="drop__files"></ul></div> */
  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const listFiles = (zone) => {
    const list = one(".drop__files", zone);
    if (!list) return;
    list.replaceChildren(...[...one("input[type=file]", zone).files].map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name} · ${size(file.size)}`;
      return item;
    }));
  };
  const zoneOf = (event) => event.target.closest?.("[data-drop]");
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      const zone = zoneOf(event);
      if (!zone) return;
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    const zone = zoneOf(event);
    if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    const input = one("input[type=file]", zone);
    const kept = new DataTransfer();
    const dropped = [...event.dataTransfer.files];
    for (const file of input.multiple ? [...input.files, ...dropped] : dropped.slice(0, 1)) kept.items.add(file);
    input.files = kept.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* Upload with progress: <form data-upload>…<div data-progress hidden><progress></progress><span></span></div> */
  const upload = (form, submitter) => {
    const data = new FormData(form, submitter);
    const box = one("[data-progress]", form);
    const bar = box && one("progress", box);
    const words = box && one("[data-progress-text]", box);
    const request = new XMLHttpRequest();
    request.open("POST", submitter?.hasAttribute("formaction") ? submitter.formAction : form.action);
    if (box) box.hidden = false;
    if (bar) { bar.max = 100; bar.removeAttribute("value"); }
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable || !bar) return;
      bar.value = Math.floor(100 * event.loaded / event.total);
      if (words) words.textContent = `${bar.value} %`;
    });
    request.upload.addEventListener("load", () => {
      if (words) words.textContent = box.dataset.checking || "";
    });
    request.addEventListener("load", () => show(request.responseText, request.responseURL));
    request.addEventListener("error", () => {
      if (words) words.textContent = box.dataset.failed || "";
      release(form);
    });
    request.send(data);
  };

  /* One click sends a form once. */
  const hold = (form, submitter) => {
    form.dataset.sent = "yes";
    setTimeout(release, 15000, form); // an answer that is a download leaves the page as it is
    if (!submitter?.matches(".btn")) return;
    submitter.setAttribute("aria-busy", "true");
    submitter.setAttribute("aria-disabled", "true");
  };
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of all("[aria-busy]", form)) { button.removeAttribute("aria-busy"); button.removeAttribute("aria-disabled"); }
  };
  addEventListener("pageshow", (event) => { if (event.persisted) all("form[data-sent]").forEach(release); });

  /* Drafts: <form data-autosave="address"> is sent two seconds after a change; [data-saved] says when, once: a text that counts the seconds would be
     read out again and again. */
  const waiting = new WeakMap();
  const clock = new Intl.DateTimeFormat(document.documentElement.lang || "en", { hour: "numeric", minute: "2-digit" });
  const saySaved = () => {
    for (const place of all("[data-saved]")) place.textContent = place.dataset.saved.replace("{time}", clock.format(new Date()));
  };
  const save = async (form, headers) => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    const timer = waiting.get(form);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, headers: { ...headers, "X-Requested-With": "autosave" } });
      if (answer.status === 401) document.dispatchEvent(new Event("idle:over"));
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      if (waiting.get(form) === timer) waiting.delete(form);
      saySaved();
    } catch {
      for (const place of all("[data-saved]")) place.textContent = place.dataset.failed || "";
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.autosave) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(save, 2000, form));
  });
  /* Before somebody is signed out: what is not saved yet. `unsaved` takes the forms that stay so; see idle.js. */
  document.addEventListener("idle:parting", (event) => {
    const { saves, unsaved, headers } = event.detail;
    for (const form of all("form[data-autosave]")) {
      if (!waiting.has(form)) continue;
      clearTimeout(waiting.get(form));
      saves.push(save(form, headers).then(() => { if (waiting.has(form)) unsaved.push(form); }));
    }
  });

  /* The sidebar: closes at once, and the server remembers. */
  const toggleSidebar = (form) => {
    const closed = one("#shell").classList.toggle("shell--closed");
    const button = one("button", form);
    const word = closed ? button.dataset.open : button.dataset.close;
    button.title = word;
    one(".label", button).textContent = word;
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.matches("[data-sidebar]")) { event.preventDefault(); return toggleSidebar(form); }
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    clearTimeout(waiting.get(form));
    if (event.defaultPrevented) return;
    hold(form, event.submitter);
    if (form.matches("[data-upload]") && all("input[type=file]", form).some((input) => input.files.length)) {
      event.preventDefault();
      upload(form, event.submitter);
    }
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); return openDialog(link); }
    const closer = event.target.closest("dialog [data-close]");
    if (closer) { event.preventDefault(); return closer.closest("dialog").close(); }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const source = one(copy.dataset.copy);
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      const label = one("span", copy) || copy;
      label.textContent = copy.dataset.copied || label.textContent;
    }
    for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all("details[data-menu][open]")) { menu.open = false; one("summary", menu).focus(); }
    for (const tip of all(".tip:is(:hover, :focus-within)")) tip.dataset.hushed = "";
  });
  /* A tip that was sent away by Escape comes back when it is asked for anew: once both pointer and focus have left it. A browser tells of the pointer
     also when only the page has moved below it, so that word of it elsewhere says nothing about the focus. */
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, () => {
      for (const tip of all(".tip[data-hushed]:not(:hover, :focus-within)")) delete tip.dataset.hushed;
    });
  }
  document.addEventListener("change", (event) => {
    const zone = zoneOf(event);
    if (zone) listFiles(zone);
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  /* Time zones: <select data-own-zone> where none is chosen yet begins with the one whose clock, summer and winter, is this device's. */
  const clocks = (zone) => [0, 6].map((month) => new Date(Date.UTC(2026, month, 1)).toLocaleString("en", { timeZone: zone })).join();
  const chooseOwnZone = (select) => {
    if (one("option[selected]", select)) return;
    const own = [...select.options].find((option) => option.value && clocks(option.value) === clocks());
    if (own) own.selected = true;
  };
  ready(() => { all("select[data-own-zone]").forEach(chooseOwnZone); one("[data-errors]")?.focus(); });
})();
