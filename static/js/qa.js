/* The review without waiting: verdicts are sent and the next page shown in place, letters are keys.
   Every button works as a plain form without this; what is swapped is what the server would have shown. */
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const qa = one("#qa");
  const fetched = new Map(); // address → picture that was asked for ahead of time
  const kept = {}; // the two switches, by data-keep
  let busy = false;

  const picture = () => one("[data-page]");
  /* Nobody gives a verdict on a page that isn't on the screen yet. */
  const isSeen = () => !picture() || picture().complete;

  const fetchAhead = () => {
    const address = picture()?.dataset.upcoming;
    if (!address || fetched.has(address)) return;
    if (fetched.size > 4) fetched.delete(fetched.keys().next().value);
    const image = new Image();
    image.src = address;
    fetched.set(address, image);
  };

  /* Pictures are kept in no cache, so the one asked for ahead takes the place of the fresh one. */
  const useFetched = (root) => {
    const fresh = one("[data-page]", root);
    const ahead = fresh && fetched.get(fresh.getAttribute("src"));
    if (!ahead) return;
    fetched.delete(fresh.getAttribute("src"));
    for (const { name, value } of fresh.attributes) if (name !== "src") ahead.setAttribute(name, value);
    fresh.replaceWith(ahead);
  };

  /* Thumbnails that are on the screen stay; only their marks change. */
  const showStrip = (fresh) => {
    const strip = one("#qa-strip");
    const ids = (root) => [...root.querySelectorAll(".thumb")].map((thumb) => thumb.id).join();
    if (ids(strip) !== ids(fresh)) strip.replaceWith(fresh);
    else for (const thumb of fresh.querySelectorAll(".thumb")) {
      const old = document.getElementById(thumb.id);
      old.className = thumb.className;
      one("img", old).className = one("img", thumb).className;
      if (thumb.hasAttribute("aria-current")) old.setAttribute("aria-current", "page");
      else old.removeAttribute("aria-current");
      one(".thumb__mark", old)?.remove();
      if (one(".thumb__mark", thumb)) old.append(one(".thumb__mark", thumb));
    }
    one("#qa-strip [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const focusAgain = (was) => {
    const again = was?.dataset.key ? one(`button[data-key=${was.dataset.key}], a[data-key=${was.dataset.key}]`)
      : was?.dataset.item ? one(`[data-item="${was.dataset.item}"]`) : null;
    if (again) again.focus({ preventScroll: true });
    else if (was && was !== document.body && !was.isConnected) one("#main").focus({ preventScroll: true });
  };

  const show = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!one("#qa", page)) return location.assign(address);
    const was = document.activeElement;
    useFetched(page);
    showStrip(one("#qa-strip", page));
    one("#main").replaceWith(one("#main", page));
    one("#qa-side").replaceWith(one("#qa-side", page));
    for (const input of document.querySelectorAll("[data-keep]")) {
      if (input.dataset.keep in kept) input.checked = kept[input.dataset.keep];
    }
    history.replaceState(null, "", address);
    focusAgain(was);
    one("#qa-said").textContent = one("#main").dataset.said || "";
    if (isSeen()) fetchAhead(); else picture().addEventListener("load", fetchAhead, { once: true });
  };

  const go = async (address, options) => {
    if (busy) return;
    busy = true;
    qa.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, options);
      show(await answer.text(), answer.url);
    } catch {
      location.reload(); // the connection or the session is gone: the server says which
    } finally {
      busy = false;
      qa.removeAttribute("aria-busy");
    }
  };

  qa.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    go(event.target.action, { method: "POST", body: new FormData(event.target, event.submitter) });
  });
  qa.addEventListener("click", (event) => {
    const link = event.target.closest("a.thumb, a[data-key], #qa-strip > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.href);
  });
  qa.addEventListener("change", (event) => {
    if (event.target.dataset.keep) kept[event.target.dataset.keep] = event.target.checked;
  });

  const arrows = { ArrowRight: "j", ArrowLeft: "k" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const key = arrows[event.key] || event.key.toLowerCase();
    if (!arrows[event.key] && !one("[data-keys]")?.checked) return;
    if (key === "z") return one("[data-zoom]")?.click();
    const target = one(`[data-key="${CSS.escape(key)}"]`);
    if (!target || event.repeat && key !== "j" && key !== "k") return;
    event.preventDefault();
    if ((key === "a" || key === "x") && !isSeen()) return;
    target.click();
  });
  one("#qa-strip [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (isSeen()) fetchAhead(); else picture().addEventListener("load", fetchAhead, { once: true });
})();
