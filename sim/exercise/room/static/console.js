// The facilitator's console: which inject is looked at, tabs, keys, orders of a form, and clocks that go on between
// two words of the server. Parts are fetched again by htmx; what somebody is writing in them is kept.
"use strict";
(function () {
  const body = document.body, home = body.dataset.home;
  const $ = (id) => document.getElementById(id);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const memory = window.sessionStorage;
  const texts = $("texts").dataset;

  // ------------------------------------------------------------------ parts: fetched only where they are seen
  const last = new WeakMap(); // of each part, what it got last
  const stale = new Set(); // parts that may have changed while nobody saw them

  function isSeen(part) {
    const panel = part.closest("[role=tabpanel]");
    return (!panel || !panel.hidden) && !part.closest("details:not([open])");
  }

  body.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.detail.elt;
    if (!part.dataset || !part.dataset.part || isSeen(part)) return;
    stale.add(part);
    event.preventDefault();
  });

  document.addEventListener("toggle", (event) => {
    for (const part of all("[data-part]", event.target)) if (isSeen(part) && stale.delete(part)) htmx.trigger(part, "refresh");
  }, true);

  function refresh(name) {
    const part = $("part-" + name);
    if (part) htmx.trigger(part, "refresh");
  }

  // What is being written, what has the focus, and what is unfolded stays as it is.
  const kept = new WeakMap();
  body.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    if (!part || !part.dataset || !part.dataset.part || event.detail.xhr.status >= 400) return;
    if (last.get(part) === event.detail.serverResponse && part.childElementCount) {
      event.detail.shouldSwap = false;
      return;
    }
    last.set(part, event.detail.serverResponse);
    const active = document.activeElement;
    const held = { focus: part.contains(active) ? active.id : null, values: new Map(), open: new Map(), range: null };
    for (const field of all("input[id], select[id], textarea[id]", part)) {
      if (field.dataset.fresh !== undefined && field !== active) continue;
      const was = field.type === "checkbox" ? field.checked !== field.defaultChecked
        : field.tagName === "SELECT" ? field === active : field.value !== field.defaultValue;
      if (was || field === active) held.values.set(field.id, field.type === "checkbox" ? field.checked : field.value);
    }
    for (const one of all("details[data-keep]", part)) held.open.set(one.id, one.open);
    if (held.focus && "selectionStart" in active && active.type !== "checkbox") {
      held.range = [active.selectionStart, active.selectionEnd];
    }
    kept.set(part, held);
  });

  body.addEventListener("htmx:afterSwap", (event) => {
    const part = event.detail.target, held = part && kept.get(part);
    if (held) {
      for (const [id, value] of held.values) {
        const field = $(id);
        if (field && part.contains(field)) field[field.type === "checkbox" ? "checked" : "value"] = value;
      }
      for (const one of all("details[data-keep]", part)) if (held.open.has(one.id)) one.open = held.open.get(one.id);
      if (held.focus !== null) {
        const again = held.focus && $(held.focus);
        if (again && !again.disabled) {
          again.focus({ preventScroll: true });
          if (held.range && "setSelectionRange" in again) again.setSelectionRange(held.range[0], held.range[1]);
        } else {
          const place = part.closest("section, header") || part;
          if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
          place.focus({ preventScroll: true });
        }
      }
      kept.delete(part);
    }
    if (part && part.dataset) after(part.dataset.part);
  });

  function after(name) {
    if (name === "console_head") clocks();
    if (name === "console_list") mark();
    if (name === "console_inject") follow();
    if (name === "console_digest") showDigest();
  }

  // ------------------------------------------------------------------ the inject that is looked at
  function select(number) {
    $("selected").value = number;
    refresh("console_inject");
    mark();
    if (window.matchMedia("(max-width: 45rem)").matches) $("inject").scrollIntoView();
  }

  function mark() {
    const here = shownNumber();
    for (const row of all("[data-row]")) {
      if (row.dataset.select === here) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  function shownNumber() {
    const article = document.querySelector("#part-console_inject [data-inject]");
    return $("selected").value || (article ? article.dataset.inject : "");
  }

  // Forms beside it speak of the same inject.
  function follow() {
    const article = document.querySelector("#part-console_inject [data-inject]");
    const number = article ? article.dataset.inject : "";
    if (!$("selected").value && number) $("selected").value = number;
    for (const field of all("[data-of-selected]")) {
      const fits = field.dataset.ofSelected !== "released" || (article && article.dataset.released !== undefined);
      if (field.dataset.fixed === undefined) about(field.closest(".about"), fits ? number : "");
    }
    mark();
  }

  function about(place, number) {
    const field = place.querySelector("[data-of-selected]"), said = place.querySelector("span");
    field.value = number || "";
    said.textContent = number ? said.dataset.about + " " + number : said.dataset.none;
    place.querySelector("[data-forget]").hidden = !number;
  }

  function move(step) {
    const rows = all("[data-row]").filter((row) => !row.closest("details:not([open])")), here = rows.findIndex((row) => row.dataset.select === shownNumber());
    const next = rows[Math.max(0, Math.min(rows.length - 1, here + step))];
    if (next) {
      select(next.dataset.select);
      next.scrollIntoView({ block: "nearest" });
    }
  }

  // ------------------------------------------------------------------ tabs
  function open(name, focus) {
    const tab = $("tab-" + name);
    if (!tab) return;
    for (const other of all("[role=tab]", tab.parentElement)) {
      const on = other === tab, panel = $(other.getAttribute("aria-controls"));
      other.setAttribute("aria-selected", on ? "true" : "false");
      other.tabIndex = on ? 0 : -1;
      panel.hidden = !on;
      if (on) {
        for (const part of all("[data-part]", panel)) {
          if (isSeen(part) && (stale.delete(part) || !part.childElementCount)) htmx.trigger(part, "refresh");
        }
        window.dispatchEvent(new Event("resize")); // the map fits itself into what it now has
      }
    }
    if (name === "weigh" && focus) $("weigh-new").open = true;
    if (focus === "tab") tab.focus();
    else if (focus) {
      const first = $(tab.getAttribute("aria-controls")).querySelector("textarea, input:not([type=hidden]), select");
      if (first) first.focus();
      tab.scrollIntoView({ block: "nearest" });
    }
  }

  for (const list of all("[data-tabs]")) {
    list.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) open(tab.id.slice(4));
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const tabs = all("[role=tab]", list), at = tabs.indexOf(document.activeElement);
      open(tabs[(at + step + tabs.length) % tabs.length].id.slice(4), "tab");
      event.preventDefault();
    });
  }

  // ------------------------------------------------------------------ orders of a form
  function fit(row) {
    const lever = row.querySelector("[data-lever]");
    const needs = (lever.selectedOptions[0].dataset.needs || "").split(" ");
    for (const one of all("[data-need]", row)) {
      one.hidden = !needs.includes(one.dataset.need);
      if (one.hidden) for (const field of all("input", one)) field.value = "";
    }
  }

  function addOrder(orders, order) {
    const option = orders.closest("[data-option]");
    const made = $(option ? "option-row" : "order-row").content.cloneNode(true).querySelector(".order");
    if (option) made.querySelector("[name=option]").value = option.dataset.option;
    orders.append(made);
    fill(made, order || {});
    return made;
  }

  function fill(row, order) {
    for (const [name, value] of Object.entries(order)) {
      const field = row.querySelector("[name=" + name + "]");
      if (field) field.value = name === "held" ? (value ? "yes" : "no") : value;
    }
    fit(row);
  }

  function fillOrders(orders, wanted) {
    orders.replaceChildren();
    for (const order of wanted.length ? wanted : [{}]) addOrder(orders, order);
  }

  function fillDecision(data) {
    const form = $("decide-form");
    form.querySelector("[name=text]").value = data.text || "";
    for (const name of ["who", "why"]) form.querySelector("[name=" + name + "]").value = "";
    fillOrders(form.querySelector("[data-orders]"), data.orders);
    answers(form, data.proposal, data.question);
    const place = form.querySelector("p.about");
    place.querySelector("[data-of-selected]").dataset.fixed = "";
    about(place, data.inject ? String(data.inject) : "");
    open("decide", true);
  }

  function answers(form, proposal, question) {
    const place = form.querySelector("[data-answers]"), said = place.querySelector("span");
    form.querySelector("[name=proposal]").value = proposal || "";
    form.querySelector("[name=question]").value = question || "";
    said.textContent = proposal ? said.dataset.request.replace("{number}", proposal)
      : question ? said.dataset.question.replace("{number}", question) : "";
    place.hidden = !proposal && !question;
  }

  function oneMoreOrder(order) {
    const orders = $("decide-form").querySelector("[data-orders]");
    const free = all(".order", orders).find((row) => !row.querySelector("[data-lever]").value);
    if (free) fill(free, order);
    else addOrder(orders, order);
    open("decide", true);
    const row = free || orders.lastElementChild;
    const empty = all("[data-need]:not([hidden]) input", row).find((field) => !field.value);
    (empty || row.querySelector("[data-lever]")).focus();
  }

  function weigh(data) {
    const option = all("[data-option]", $("weigh-form")).find((one) => one.hidden || !used(one)) || null;
    if (!option) return open("weigh", true);
    option.hidden = option.disabled = false;
    option.querySelector("[name=title]").value = (data.text || "").slice(0, 120);
    fillOrders(option.querySelector("[data-orders]"), data.orders);
    open("weigh", true);
  }

  function used(option) {
    return option.querySelector("[name=title]").value || all("[data-lever]", option).some((one) => one.value);
  }

  // ------------------------------------------------------------------ clicks
  body.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    let one;
    if ((one = on("[data-opens]"))) open(one.dataset.opens);
    if ((one = on("[data-select]"))) select(one.dataset.select);
    else if ((one = on("[data-work]"))) open(one.dataset.work, true);
    else if ((one = on("[data-fills]"))) fillDecision(JSON.parse(one.dataset.fills));
    else if ((one = on("[data-weighs]"))) weigh(JSON.parse(one.dataset.weighs));
    else if ((one = on("[data-order]"))) oneMoreOrder(JSON.parse(one.dataset.order));
    else if ((one = on("[data-overrules]"))) {
      $("overrule-form").querySelector("[name=question]").value = one.dataset.overrules;
      open("overrule", true);
    } else if ((one = on("[data-add-order]"))) {
      addOrder(one.closest("fieldset").querySelector("[data-orders]")).querySelector("[data-lever]").focus();
    } else if ((one = on("[data-remove]"))) remove(one.closest(".order"));
    else if (on("[data-add-option]")) {
      const next = all("[data-option]", $("weigh-form")).find((option) => option.hidden);
      if (next) {
        next.hidden = next.disabled = false;
        next.querySelector("[name=title]").focus();
      }
    } else if ((one = on("[data-remove-option]"))) {
      const option = one.closest("[data-option]");
      option.querySelector("[name=title]").value = "";
      fillOrders(option.querySelector("[data-orders]"), []);
      option.hidden = option.disabled = true;
      document.querySelector("[data-add-option]").focus();
    } else if ((one = on("[data-forget]"))) {
      one.closest(".about").querySelector("[data-of-selected]").dataset.fixed = "";
      about(one.closest(".about"), "");
    } else if (on("[data-forget-answers]")) answers($("decide-form"), "", "");
    else if ((one = on("[data-set]"))) {
      const [name, value] = one.dataset.set.split("=");
      one.form.querySelector("[name=" + name + "]").value = value;
    } else if (on("#show-keys")) $("keys").showModal();
    else if (on("#close-digest")) closeDigest();
  });

  function remove(row) {
    const orders = row.parentElement;
    row.remove();
    if (!orders.childElementCount) addOrder(orders);
    orders.querySelector("[data-lever]").focus();
  }

  body.addEventListener("change", (event) => {
    if (event.target.matches("[data-lever]")) fit(event.target.closest(".order"));
    const form = event.target.closest("[data-refreshes]");
    if (form) refresh(form.dataset.refreshes);
  });
  body.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-refreshes]");
    if (!form) return;
    event.preventDefault();
    refresh(form.dataset.refreshes);
  });

  // What has been asked is followed below; the form makes room for it.
  body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.id !== "weigh-form" || !event.detail.successful) return;
    $("weigh-form").reset();
    for (const option of all("[data-option]", $("weigh-form")).slice(1)) option.hidden = option.disabled = true;
    $("weigh-new").open = false;
    $("tab-weigh").focus();
  });

  // A form that was done is empty again, and speaks of the inject that is looked at.
  body.addEventListener("reset", (event) => {
    const form = event.target;
    window.setTimeout(() => {
      for (const orders of all("[data-orders]", form)) fillOrders(orders, []);
      for (const field of all("[data-of-selected]", form)) delete field.dataset.fixed;
      for (const field of all("[data-once]", form)) field.value = "";
      if (form.querySelector("[data-answers]")) answers(form, "", "");
      follow();
    }, 0);
  });

  // ------------------------------------------------------------------ clocks
  let told = null; // what the server said of the scenario clock, and when

  function clocks() {
    const shown = $("scenario");
    if (!shown) return;
    told = { time: Number(shown.dataset.minutes), speed: Number(shown.dataset.speed), at: performance.now() };
    show();
  }

  function clock(minutes) {
    const whole = Math.floor(minutes + 1e-6), two = (value) => String(value).padStart(2, "0");
    return two(Math.floor(whole / 60)) + (texts.lang === "id" ? "." : ":") + two(whole % 60);
  }

  function show() {
    const shown = $("scenario"), wall = $("wall"), now = new Date();
    if (shown && told) {
      const text = clock(told.time + told.speed * (performance.now() - told.at) / 60000);
      if (shown.textContent !== text) shown.textContent = text;
      if ($("small-clock").textContent !== text) $("small-clock").textContent = text;
    }
    if (wall) {
      const text = clock(now.getHours() * 60 + now.getMinutes());
      if (wall.textContent !== text) wall.textContent = text;
    }
  }
  window.setInterval(show, 250);

  body.addEventListener("htmx:sseOpen", (event) => {
    const source = event.detail.source;
    source.addEventListener("tick", (message) => {
      const data = JSON.parse(message.data);
      told = { time: data.time, speed: data.running ? data.speed : 0, at: performance.now() };
    });
    source.addEventListener("progress", (message) => {
      const data = JSON.parse(message.data), bar = $("progress-" + data.question);
      if (!bar) return;
      bar.max = data.of;
      bar.value = data.done;
      const said = bar.parentElement.querySelector("span"), number = (n) => n.toLocaleString(texts.lang);
      said.textContent = said.dataset.template.replace("{done}", number(data.done)).replace("{of}", number(data.of));
    });
  });

  // ------------------------------------------------------------------ what happened meanwhile
  function showDigest() {
    const one = document.querySelector("[data-digest]");
    if (one) one.hidden = memory.getItem("digest") === one.dataset.digest;
  }

  function closeDigest() {
    const one = document.querySelector("[data-digest]");
    if (!one || one.hidden) return false;
    memory.setItem("digest", one.dataset.digest);
    one.hidden = true;
    return true;
  }

  // ------------------------------------------------------------------ keys
  const click = (id) => () => { const one = $(id); if (one && !one.disabled) one.click(); };
  const focus = (selector) => () => {
    const one = document.querySelector(selector);
    if (one) { one.focus(); if (one.select) one.select(); }
  };
  const KEYS = {
    " ": click("run"), g: focus("#jump"), j: () => move(1), k: () => move(-1), d: click("do-deliver"),
    h: click("do-hold"), s: click("do-skip"), m: focus("[data-move]"), a: () => open("decide", true),
    w: () => open("weigh", true), t: () => open("note", true), o: () => open("overrule", true),
    n: () => open("new", true), r: focus("[data-accept]"), u: focus("#undo"), "?": () => $("keys").showModal(),
    1: () => open("situation", "tab"), 2: () => open("map", "tab"), 3: () => open("log", "tab"),
    4: () => open("lines", "tab"), 5: () => open("room", "tab"),
  };

  $("keys-on").checked = memory.getItem("keys") !== "off";
  $("keys-on").addEventListener("change", (event) => memory.setItem("keys", event.target.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && closeDigest()) return;
    if (!$("keys-on").checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const at = event.target, writes = at.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
    if (writes || (event.key === " " && at.closest("button, summary, a, [type=checkbox]"))) return;
    const does = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
})();
