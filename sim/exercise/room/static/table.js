// What the pages of the table do beside fetching their parts: the scenario clock that runs on between two messages of
// the server, what is being typed while a part is fetched anew, lists that follow the day, the projector's theme.
"use strict";
(function () {
  const body = document.body;

  // ---- The scenario clock -------------------------------------------------------------------------------------
  const clock = { time: 0, speed: 0, at: 0, end: Infinity };
  function face() { return document.querySelector("[data-clock]"); }
  function set(time, speed) { clock.time = time; clock.speed = speed; clock.at = performance.now(); show(); }
  function show() {
    const place = face();
    if (!place) return;
    const gone = (performance.now() - clock.at) / 60000 * clock.speed;
    const now = Math.floor(Math.min(clock.end, clock.time + gone) + 1e-6), two = (n) => String(n).padStart(2, "0");
    const text = two(Math.floor(now / 60)) + (document.documentElement.lang === "id" ? "." : ":") + two(now % 60);
    if (place.textContent !== text) place.textContent = text;
  }
  function readFace() {
    const place = face();
    if (!place) return;
    clock.end = Number(place.dataset.end);
    set(Number(place.dataset.clock), Number(place.dataset.speed));
  }
  body.addEventListener("htmx:sseOpen", (event) => {
    event.detail.source.addEventListener("tick", (message) => {
      const told = JSON.parse(message.data);
      set(told.time, told.running === false ? 0 : told.speed);
    });
  });
  window.setInterval(show, 500);

  // ---- A part that is fetched anew keeps what is being typed, what is open, and where one is ---------------------
  const last = new WeakMap();
  let kept = null;
  function fields(part) { return part.querySelectorAll("textarea[id], select[id], input[id]"); }
  function isTyped(field) {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return ![...field.options].every((one) => one.selected === one.defaultSelected);
    return field.value !== field.defaultValue;
  }
  body.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target, answer = event.detail.serverResponse;
    if (!part || !part.classList || !part.classList.contains("part") || event.detail.isError) return;
    if (last.get(part) === answer) { event.detail.shouldSwap = false; return; } // nothing has changed: nothing is moved
    last.set(part, answer);
    const active = document.activeElement, inside = active && part.contains(active) && active.id;
    kept = {
      part,
      typed: [...fields(part)].filter(isTyped).map((field) => [field.id, field.value, field.checked]),
      open: [...part.querySelectorAll("details[id]")].map((one) => [one.id, one.open]),
      focus: inside ? active.id : null,
      range: inside && active.tagName === "TEXTAREA" ? [active.selectionStart, active.selectionEnd] : null,
    };
  });
  body.addEventListener("htmx:afterSwap", (event) => {
    readFaceOf(event.detail.target);
    if (!kept || kept.part !== event.detail.target) return;
    const { typed, open, focus, range } = kept;
    kept = null;
    for (const [id, isOpen] of open) { const one = document.getElementById(id); if (one && isOpen) one.open = true; }
    for (const [id, value, checked] of typed) {
      const field = document.getElementById(id);
      if (!field) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = checked; else field.value = value;
    }
    const field = focus && document.getElementById(focus);
    if (!field) return;
    field.focus({ preventScroll: true });
    if (range) field.setSelectionRange(range[0], range[1]);
  });
  // A screen reader is told of a message that has come, and of no other: all of them are drawn anew each time.
  let had = null;
  body.addEventListener("htmx:afterSwap", (event) => {
    const arrived = document.getElementById("arrived"), part = event.detail.target;
    if (!arrived || !part || part.id !== "part-table-messages") return;
    const now = [...part.querySelectorAll(".message")];
    const fresh = had && now.filter((one) => !had.has(one.id));
    had = new Set(now.map((one) => one.id));
    if (fresh && fresh.length) arrived.textContent = fresh.map((one) => one.querySelector(".text").textContent).join(" ");
  });
  function readFaceOf(part) { if (part && part.querySelector && part.querySelector("[data-clock]")) readFace(); }

  // A form that has been sent is empty when its part is drawn again, and a closed one is closed.
  body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!event.detail.successful || !form.matches || !form.matches("form[data-clear]")) return;
    const details = form.closest("details[id]");
    if (details) details.open = false;
  });

  // ---- Lists of disturbances follow what the operations centre knows --------------------------------------------
  body.addEventListener("siaga:map", (event) => {
    for (const list of document.querySelectorAll("select[data-incidents]")) {
      const chosen = list.value, first = list.options[0];
      const wanted = event.detail.incidents.map((one) => [one.id, `${one.what}, ${one.where}`]);
      const there = [...list.options].slice(1).map((one) => [one.value, one.textContent]);
      if (JSON.stringify(wanted) === JSON.stringify(there)) continue;
      list.replaceChildren(first, ...wanted.map(([value, text]) => new Option(text, value)));
      first.textContent = wanted.length ? list.dataset.choose : list.dataset.none;
      list.value = wanted.some(([value]) => value === chosen) ? chosen : "";
    }
  });

  // ---- The projector's page is dark or light, as the room is ----------------------------------------------------
  const button = document.querySelector("[data-theme-switch]");
  function theme(dark) {
    document.documentElement.classList.toggle("dark", dark);
    button.setAttribute("aria-pressed", String(dark));
  }
  function remembered() { try { return window.localStorage.getItem("siaga-dark") === "yes"; } catch (error) { return false; } }
  if (button) {
    theme(remembered());
    button.addEventListener("click", () => {
      const dark = !document.documentElement.classList.contains("dark");
      theme(dark);
      try { window.localStorage.setItem("siaga-dark", dark ? "yes" : "no"); } catch (error) { /* then for now only */ }
    });
  }

  // ---- Joining: only a player has a party ------------------------------------------------------------------------
  const join = document.querySelector("form[data-join]");
  if (join) {
    const party = join.querySelector("[name=party]");
    const follow = () => {
      const isPlayer = join.querySelector("[name=role]:checked").value === "player";
      party.required = isPlayer;
      party.disabled = !isPlayer;
      party.closest(".party").hidden = !isPlayer;
    };
    join.addEventListener("change", follow);
    follow();
  }
  readFace();
})();
