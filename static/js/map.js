/* The map under one's hands: drag, wheel, two fingers, keys. The server gathers the marks and lists who is in the window; links do the same without this. */
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const view = () => one("#map-view");
  const form = () => one("form[role=search]");
  const WIDTH = 10000, HEIGHT = 7500, LEAST = 160, DRAWN_FOR = 400; // as in directory/atlas
  const SETTLED = 350; // ms without a move, then the server is asked
  const WAYS = { in: [2, 0, 0], out: [.5, 0, 0], left: [1, -.4, 0], right: [1, .4, 0], up: [1, 0, -.4], down: [1, 0, .4] };
  const KEYS = { "+": "in", "=": "in", "-": "out", _: "out", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
  const fingers = new Map(); // pointer's id → where it was last
  let timer, wasDragged = false, scrolledAt = 0;
  let goesTo = "", wasThere = false; // where the focus goes with the next answer; whether it was on the map

  const between = (least, value, most) => Math.min(Math.max(value, least), most);
  const read = () => { const [x, y, width] = view().dataset.window.split(",").map(Number); return { x, y, width }; };
  /* Looks at another window at once; marks keep their size. */
  const look = (x, y, width) => {
    width = between(LEAST, width, WIDTH);
    x = between(0, x, WIDTH); y = between(0, y, HEIGHT);
    const height = width * HEIGHT / WIDTH, svg = view();
    svg.setAttribute("viewBox", `${x - width / 2} ${y - height / 2} ${width} ${height}`);
    svg.dataset.window = `${x},${y},${width}`;
    for (const mark of all(".mark")) mark.transform.baseVal.getItem(1).setScale(width / DRAWN_FOR, width / DRAWN_FOR);
    settle();
  };
  /* Keeps what lies under a point of the screen where it is. */
  const zoom = (times, clientX, clientY) => {
    const { x, y, width } = read(), box = view().getBoundingClientRect();
    const to = between(LEAST, width / times, WIDTH);
    const right = (clientX - box.left) / box.width - .5, down = ((clientY - box.top) / box.height - .5) * HEIGHT / WIDTH;
    look(x + right * (width - to), y + down * (width - to), to);
  };
  const drag = (dx, dy) => {
    const { x, y, width } = read(), unit = width / view().clientWidth;
    look(x - dx * unit, y - dy * unit, width);
  };
  const go = (way) => {
    const [times, right, down] = WAYS[way], { x, y, width } = read();
    look(x + right * width, y + down * width * HEIGHT / WIDTH, width / times);
  };

  /* What was typed goes along; a search that is typed meanwhile takes its place, and this one ends without an answer. */
  const ask = (values) => {
    clearTimeout(timer);
    return htmx.ajax("GET", form().getAttribute("action"), { source: form(), target: "#results", swap: "outerHTML", values }).catch(() => {});
  };
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!view()) return; // a search that is not understood has no results
      if (fingers.size) return settle();
      const { x, y, width } = read();
      ask({ at: [x, y, width].map(Math.round).join() });
    }, SETTLED);
  };
  const asked = (link) => Object.fromEntries([...new URL(link.href?.baseVal ?? link.href, location).searchParams].filter(([name]) => ["at", "page", "pick"].includes(name)));

  /* A row and its mark light up together. */
  const markOf = (key) => all(".mark").find((mark) => mark.dataset.keys.split(" ").includes(key));
  const light = (target) => {
    for (const old of all(".is-near")) old.classList.remove("is-near");
    const row = target.closest(".result[data-key]"), mark = target.closest(".mark");
    if (row) markOf(row.dataset.key)?.classList.add("is-near");
    if (mark) for (const key of mark.dataset.keys.split(" ")) document.getElementById(`found-${key}`)?.classList.add("is-near");
  };
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, ({ target }) => { if (target.closest) light(target); });

  document.addEventListener("click", (event) => {
    if (wasDragged && event.target.closest("#map-view")) return event.preventDefault();
    const link = event.target.closest("#map a, [data-on-map], [data-show-all]");
    if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey || link.matches(".map__skip")) return;
    event.preventDefault();
    if (link.dataset.way) return go(link.dataset.way);
    if (link.dataset.state) {
      const states = form().elements.state;
      states.value = states.value === link.dataset.state ? "" : link.dataset.state;
      return states.dispatchEvent(new Event("input", { bubbles: true }));
    }
    goesTo = link.hasAttribute("data-pick") ? ".result--picked" : link.hasAttribute("data-on-map") ? ".mark--picked" : "";
    ask(asked(link));
  });
  document.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("#map")) return;
    event.preventDefault();
    go(way);
  });

  document.addEventListener("pointerdown", (event) => {
    if (event.button || !event.target.closest("#map-view")) return;
    if (!fingers.size) wasDragged = false;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY, from: [event.clientX, event.clientY] });
  });
  document.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const isFar = Math.hypot(event.clientX - finger.from[0], event.clientY - finger.from[1]) > 6;
    if (!wasDragged && !isFar && fingers.size === 1) return;
    if (!wasDragged) { wasDragged = true; view().classList.add("is-moving"); view().setPointerCapture(event.pointerId); }
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) drag(event.clientX - finger.x, event.clientY - finger.y);
    else {
      const apart = (x, y) => Math.max(Math.hypot(x - other.x, y - other.y), 1);
      zoom(apart(event.clientX, event.clientY) / apart(finger.x, finger.y), (event.clientX + other.x) / 2, (event.clientY + other.y) / 2);
      drag((event.clientX - finger.x) / 2, (event.clientY - finger.y) / 2);
    }
    finger.x = event.clientX; finger.y = event.clientY;
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    document.addEventListener(kind, (event) => { 
      if (!fingers.delete(event.pointerId) || fingers.size) return;
      view()?.classList.remove("is-moving");
      setTimeout(() => { wasDragged = false; }); // after the click that ends a drag
    });
  }
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("#map-view")) event.preventDefault(); });

  /* A page that is being scrolled doesn't stop where the map comes under the pointer; nor at the end of the map's own way. */
  document.addEventListener("scroll", () => { scrolledAt = Date.now(); }, { passive: true });
  document.addEventListener("wheel", (event) => {
    if (!event.target.closest("#map-view") || Date.now() - scrolledAt < 300) return;
    const { width } = read();
    if (event.deltaY > 0 ? width >= WIDTH : width <= LEAST) return;
    event.preventDefault();
    const step = event.deltaMode ? 33 : event.ctrlKey ? 6 : 1; // lines; two fingers on a touchpad, which tell little steps; pixels
    zoom(2 ** (-between(-100, event.deltaY * step, 100) / 200), event.clientX, event.clientY);
  }, { passive: false });

  /* An answer that comes while somebody drags would take the map out of their hand. Whoever was on the map stays there. */
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== "results") return;
    if (wasDragged) detail.shouldSwap = false;
    wasThere = Boolean(document.activeElement?.closest("#map"));
  });
  const begin = () => {
    view()?.setAttribute("tabindex", "0");
    if (goesTo) one(goesTo)?.focus();
    else if (wasThere && document.activeElement === document.body) view()?.focus({ preventScroll: true });
    goesTo = ""; wasThere = false;
  };
  document.addEventListener("htmx:afterSettle", begin); // until then an element has the attributes of the one before it
  document.addEventListener("DOMContentLoaded", begin);
})();
