/* Idle sign-out (product 2.12): warn, ask the server, and leave without losing what was typed. The server decides; nothing is kept in the browser. */
(() => {
  "use strict";
  const box = document.querySelector("[data-idle]");
  if (!box) return;
  const part = (name) => box.querySelector(`[data-idle-${name}]`);
  const stayForm = part("stay");
  const warning = Number(box.dataset.warning) * 1000;
  const AGAIN = 5000; // while the server can't be reached
  let endsAt, timer, ticking, said, touchedAt = Date.now(), isLeaving = false;
  const here = location.pathname + location.search;
  const touched = new Set(); // forms with something typed that nothing saves by itself

  /* Whether a press or a key was at the page itself; the warning's own buttons say what they mean. */
  const note = (event) => { if (!box.contains(event.target) && !box.open) touchedAt = Date.now(); };
  for (const kind of ["keydown", "pointerdown", "wheel", "input"]) document.addEventListener(kind, note, { capture: true, passive: true });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.getAttribute("method")?.toLowerCase() === "post" && !form.dataset.autosave) touched.add(form);
  });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) touched.delete(event.target); });

  const age = () => Math.floor((Date.now() - touchedAt) / 1000);
  const send = (form, kind) => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    const headers = { "X-Requested-With": kind, "X-Idle-For": age() };
    return fetch(form.getAttribute("action") || location.href, { method: "POST", body: data, headers, redirect: "manual" });
  };
  /* {left} seconds, {to} where to sign in; without either the session has ended otherwise, or the page is too old. */
  const read = async (answer) => answer.headers.get("Content-Type")?.startsWith("application/json") ? answer.json() : { left: answer.status === 403 ? Infinity : 0 };

  const channel = "BroadcastChannel" in window ? new BroadcastChannel("idle") : null;
  const tell = (word) => channel?.postMessage(word);
  channel?.addEventListener("message", ({ data }) => { if (data.over) leave(); else if (data.left * 1000 > warning) schedule(data.left); });

  /* Wait until the warning is due, from what the server says is left. */
  const schedule = (left) => {
    if (isLeaving || left === Infinity) return close();
    endsAt = Date.now() + left * 1000;
    clearTimeout(timer);
    if (left * 1000 > warning) { close(); timer = setTimeout(warn, left * 1000 - warning); }
  };
  const close = () => { clearInterval(ticking); part("offline").hidden = true; if (box.open) box.close(); };
  const later = (what) => { clearTimeout(timer); timer = setTimeout(what, AGAIN); };

  /* Typing and other tabs count, of which the server may not know yet. */
  const warn = async () => {
    let left = Math.ceil((endsAt - Date.now()) / 1000);
    try {
      const answer = await read(await send(stayForm, "still-here"));
      if (!answer.left) return leave();
      left = answer.left;
    } catch { if (left <= 0) return leave(); }
    schedule(left);
    if (left === Infinity || left * 1000 > warning || box.open) return;
    said = Infinity;
    box.showModal();
    tick();
    ticking = setInterval(tick, 1000);
  };
  const tick = () => {
    const left = Math.max(0, Math.round((endsAt - Date.now()) / 1000));
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    part("time").textContent = time;
    const now = [10, 30, 60].find((step) => left <= step);
    if (now < said) { said = now; part("said").textContent = part("said").dataset.say.replace("{time}", time); }
    if (left === 0) { clearInterval(ticking); leave(); }
  };

  const stay = async () => {
    touchedAt = Date.now();
    try {
      const { left } = await read(await send(stayForm, "still-here"));
      if (!left) return leave();
      tell({ left });
      schedule(left);
    } catch { part("offline").hidden = false; }
  };
  stayForm.addEventListener("submit", (event) => { event.preventDefault(); stay(); });
  box.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });

  /* One tab after another: each later one finds the session that the first has left. */
  const leave = () => {
    if (isLeaving) return;
    isLeaving = true;
    return navigator.locks ? navigator.locks.request("idle", depart) : depart();
  };
  const depart = async () => {
    try {
      const waits = { saves: [], unsaved: [], headers: { "X-Idle-For": age() } };
      document.dispatchEvent(new CustomEvent("idle:parting", { detail: waits }));
      await Promise.all(waits.saves);
      const typed = [...waits.unsaved, ...touched].filter((form) => form.isConnected);
      let to = here;
      for (const form of typed.length ? typed : [stayForm]) {
        const answer = await read(await send(form, "parting"));
        if (answer.left) { isLeaving = false; return schedule(answer.left); }
        // What is kept is shown first after signing in: its address wins.
        if (answer.to && (to === here || answer.to.includes("resume"))) to = answer.to;
      }
      tell({ over: true });
      location.assign(to);
    } catch {
      isLeaving = false;
      part("offline").hidden = false;
      if (!box.open) box.showModal();
      later(leave);
    }
  };
  document.addEventListener("idle:over", leave);

  /* Back from sleep, or from the browser's memory of a page. */
  const look = () => { if (!isLeaving && !document.hidden && Date.now() >= endsAt - warning) warn(); };
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => { if (event.persisted) { isLeaving = false; warn(); } });

  const left = Number(box.dataset.left);
  schedule(left);
  if (left * 1000 <= warning) warn();
  tell({ left });
})();
