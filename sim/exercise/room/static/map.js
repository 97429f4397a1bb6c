// The map of the day: drawn once from HOME/part/ground, moved by HOME/part/map whenever the server says that it may
// have changed. A page has the map wherever it has an element with data-map (table/map.html).
"use strict";
(function () {
  const HOME = document.body.dataset.home, LANG = document.documentElement.lang;
  const MOVE_MS = 1900; // a little less than the time between two fetches: units glide from one place to the next
  const CLOSE = 6; // kilometres on each side of an incident that are shown closely
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const SHAPES = {
    guard: "M-2.6 0A2.6 2.6 0 1 0 2.6 0A2.6 2.6 0 1 0 -2.6 0Z",
    patrol: "M0 -5.4L5 0L0 5.4L-5 0Z",
    reserve: "M-4.6 -4.6H4.6V4.6H-4.6Z",
    ambulance: "M-1.8 -5.2H1.8V-1.8H5.2V1.8H1.8V5.2H-1.8V1.8H-5.2V-1.8H-1.8Z",
    usual: "M-1.5 0A1.5 1.5 0 1 0 1.5 0A1.5 1.5 0 1 0 -1.5 0Z",
    stopped: "M-6.5 -6.5H-2V6.5H-6.5ZM2 -6.5H6.5V6.5H2Z",
    evacuated: "M0 -7.5L7.5 6H-7.5Z",
    abandoned: "M-7 -4.6L-4.6 -7L0 -2.4L4.6 -7L7 -4.6L2.4 0L7 4.6L4.6 7L0 2.4L-4.6 7L-7 4.6L-2.4 0Z",
    sev0: "M-10 0A10 10 0 1 0 10 0A10 10 0 1 0 -10 0Z",
    sev1: "M0 -12.5L12.5 9.5H-12.5Z",
    sev2: "M-4.8 -11.5H4.8L11.5 -4.8V4.8L4.8 11.5H-4.8L-11.5 4.8V-4.8Z",
    police: "M-4.5 -4.5H4.5V4.5H-4.5Z", army: "M0 -5.5L5.2 4.2H-5.2Z", other: "M0 -5L5 0L0 5L-5 0Z",
    health: "M-1.9 -5H1.9V-1.9H5V1.9H1.9V5H-1.9V1.9H-5V-1.9H-1.9Z",
  };
  const TROUBLE = { shut: "stopped", stopped: "stopped", restarting: "stopped", evacuated: "evacuated", abandoned: "abandoned" };
  const ROAD_WIDTHS = { town: 1.4, trunk: 2.2, secondary: 1.5, hill: 1, local: 0.7 };

  function el(name, attributes, parent, text) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (text !== undefined) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  }
  function html(name, parent, text, cls) {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (cls) node.className = cls;
    if (parent) parent.append(node);
    return node;
  }
  function titled(node, text) {
    const title = node.querySelector("title") || el("title", {}, node);
    if (title.textContent !== text) title.textContent = text;
  }

  /* Where the mark of an incident stands beside its place, pixels: above it, or aside where another is in the way. */
  function freePlace(x, y, placed) {
    for (const far of [24, 46]) for (const turn of [0, 50, -50, 90, -90, 130, -130, 180]) {
      const aside = far * Math.sin(turn * Math.PI / 180), above = -far * Math.cos(turn * Math.PI / 180);
      if (placed.every(([px, py]) => Math.hypot(x + aside - px, y + above - py) > 25)) {
        placed.push([x + aside, y + above]);
        return [aside, above];
      }
    }
    return [0, -24];
  }

  class DayMap {
    constructor(figure, ground) {
      this.figure = figure; this.ground = ground; this.map = ground.map; this.units = new Map(); this.zoom = null;
      this.box = figure.querySelector(".field"); this.near = figure.querySelector(".near");
      this.svg = el("svg", { viewBox: `0 0 ${this.map.width} ${this.map.height}` }, this.box);
      this.drawGround();
      this.legend(figure.querySelector(".legend"));
      this.close = true;
      if (this.near) this.near.addEventListener("click", () => {
        this.close = !this.close;
        this.near.textContent = this.close ? figure.dataset.wholeWord : figure.dataset.nearWord;
        this.show(this.now, true);
      });
      new ResizeObserver(() => this.now && this.box.clientWidth && this.show(this.now, true)).observe(this.box);
    }
    drawGround() {
      const map = this.map, svg = this.svg;
      for (const d of map.districts) el("path", { d: d.path, class: "district" }, svg);
      el("path", { d: map.borders, class: "border" }, svg);
      for (const [name, d] of map.roads) if (d) el("path", { d, class: "road", "stroke-width": ROAD_WIDTHS[name] || 1 }, svg);
      this.shut = el("path", { class: "shut" }, svg);
      this.shutUnknown = el("path", { class: "shut unknown" }, svg);
      const [sx, sy] = map.stations, stations = el("g", {}, svg), fine = this.ground.fine;
      this.stations = sx.map((x, i) => ({ x: x / fine, y: sy[i] / fine, node: el("path", { d: SHAPES.usual, class: "station" }, stations) }));
      this.names = [[map.names, "broad"], [map.names_narrow, "narrow"]].flatMap(([names, cls]) => {
        const group = el("g", { class: cls }, svg);
        return names.list.map((n) => {
          const lead = n.led ? el("path", { class: "lead" }, group) : null, text = el("text", { class: "name" }, group);
          return { n, size: names.size, lead, text, lines: n.text.map((row) => el("tspan", {}, text, row)) };
        });
      });
      const bases = el("g", {}, svg);
      this.bases = map.bases.map((b) => ({ x: b.x, y: b.y, node: el("path", { d: SHAPES[b.sort], class: `base ${b.sort}` }, bases) }));
      this.bases.forEach((one, i) => titled(one.node, map.bases[i].name));
      this.trouble = el("g", {}, svg);
      this.unitGroup = el("g", {}, svg);
      this.marks = el("g", {}, svg);
    }
    /* Units of a pixel; marks are drawn a little smaller on a small map, and larger on a large one. */
    scale() {
      const wide = Math.max(this.box.clientWidth, 1);
      return (this.zoom ? this.zoom.width : this.map.width) / wide * Math.min(1.5, Math.max(0.7, wide / 620));
    }
    view(now) {
      this.zoom = null;
      const map = this.map, list = now.incidents;
      if (this.near) this.near.hidden = !list.length;
      if (this.close && list.length) {
        const pad = CLOSE * map.km, xs = list.map((i) => i.x), ys = list.map((i) => i.y), ratio = map.height / map.width;
        const x0 = Math.min(...xs) - pad, x1 = Math.max(...xs) + pad, y0 = Math.min(...ys) - pad, y1 = Math.max(...ys) + pad;
        const width = Math.min(map.width, Math.max(x1 - x0, (y1 - y0) / ratio)), height = width * ratio;
        this.zoom = { x: (x0 + x1 - width) / 2, y: (y0 + y1 - height) / 2, width, height };
      }
      const box = this.zoom || { x: 0, y: 0, width: map.width, height: map.height };
      this.svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
      return box.width / map.width;
    }
    show(now, still) {
      this.now = now;
      const part = this.view(now), size = this.scale();
      this.drawNames(part);
      for (const s of this.stations) s.node.setAttribute("transform", `translate(${s.x} ${s.y}) scale(${size})`);
      for (const b of this.bases) b.node.setAttribute("transform", `translate(${b.x} ${b.y}) scale(${size})`);
      this.drawRoads(now);
      this.drawTrouble(now, size);
      this.moveUnits(now, size, still || calm.matches);
      this.drawIncidents(now, size);
    }
    drawNames(part) {
      if (this.part === part) return;
      this.part = part;
      for (const { n, size, lead, text, lines } of this.names) {
        const x = n.to[0] + (n.x - n.to[0]) * part, y = n.to[1] + (n.y - n.to[1]) * part;
        text.setAttribute("font-size", (size * part).toFixed(2));
        lines.forEach((line, i) => { line.setAttribute("x", x.toFixed(1)); line.setAttribute("y", (y + (i - (lines.length - 1) / 2) * size * part * 1.1).toFixed(1)); });
        if (lead) lead.setAttribute("d", `M${n.to[0]} ${n.to[1]}L${x.toFixed(1)} ${y.toFixed(1)}`);
      }
    }
    drawRoads(now) {
      const unknown = new Set(now.unknown_roads || []), path = (list) => list.map((r) => { const [a, b, c, d] = this.map.road[r]; return `M${a} ${b}L${c} ${d}`; }).join("");
      this.shut.setAttribute("d", path(now.roads.filter((r) => !unknown.has(r))));
      this.shutUnknown.setAttribute("d", path([...unknown]));
    }
    drawTrouble(now, size) {
      this.trouble.replaceChildren();
      for (const one of now.stations) {
        const s = this.stations[one.station];
        titled(el("path", { d: SHAPES[TROUBLE[one.state]], class: `station bad${one.unknown ? " unknown" : ""}`, transform: `translate(${s.x} ${s.y}) scale(${size * 0.9})` }, this.trouble), `${one.name}: ${one.text}`);
      }
    }
    moveUnits(now, size, still) {
      const there = new Map(), seen = new Set();
      this.targets = [];
      for (const [name, shape, look, ux, uy, text] of now.units) {
        let x = ux, y = uy;
        if (look !== "returning") { /* several at one place stand round it */
          const key = `${Math.round(x / size / 4)} ${Math.round(y / size / 4)}`, n = there.get(key) || 0, far = 5.2 * Math.sqrt(n) * size;
          there.set(key, n + 1); x += far * Math.cos(2.4 * n); y += far * Math.sin(2.4 * n);
        }
        let unit = this.units.get(name);
        if (!unit) { unit = { node: el("path", { d: SHAPES[shape] }, this.unitGroup), x, y }; this.units.set(name, unit); }
        seen.add(name);
        unit.node.setAttribute("class", `unit ${look}`);
        titled(unit.node, text);
        unit.from = [unit.x, unit.y]; unit.to = [x, y];
      }
      for (const [name, unit] of this.units) if (!seen.has(name)) { unit.node.remove(); this.units.delete(name); }
      this.begun = performance.now(); this.size = size; this.size_text = size.toFixed(3);
      if (still) this.put(1); else if (!this.frame) this.frame = requestAnimationFrame((t) => this.glide(t));
    }
    put(share) {
      for (const unit of this.units.values()) {
        unit.x = unit.from[0] + share * (unit.to[0] - unit.from[0]); unit.y = unit.from[1] + share * (unit.to[1] - unit.from[1]);
        unit.node.setAttribute("transform", `translate(${unit.x.toFixed(1)} ${unit.y.toFixed(1)}) scale(${this.size_text})`);
      }
    }
    glide(time) {
      const share = Math.min(1, Math.max(0, (time - this.begun) / MOVE_MS));
      this.put(share);
      this.frame = share < 1 ? requestAnimationFrame((t) => this.glide(t)) : null;
    }
    drawIncidents(now, size) {
      const placed = [], fine = new Intl.NumberFormat(LANG);
      this.marks.replaceChildren();
      for (const one of now.incidents) {
        const [aside, above] = freePlace(one.x / size, one.y / size, placed), severity = one.severity;
        const group = el("g", { transform: `translate(${one.x} ${one.y}) scale(${size})` }, this.marks);
        if (one.active) el("circle", { class: "crowd", r: 12 + 1.6 * Math.sqrt(one.active) }, group);
        el("path", { class: "stem", d: `M0 0L${aside} ${above}` }, group);
        el("circle", { class: "spot", r: 3 }, group);
        el("path", { class: `mark sev${severity}${one.unknown ? " unknown" : ""}`, d: SHAPES[`sev${severity}`], transform: `translate(${aside} ${above})` }, group);
        el("text", { class: `letter on${severity}`, x: aside, y: above + (severity === 1 ? 2.5 : 0.5) }, group, this.ground.letters[severity]);
        if (one.officers) el("text", { class: "officers", x: aside + 14, y: above }, group, fine.format(one.officers));
        titled(group, `${one.what}, ${one.where}: ${this.ground.severities[severity]}`);
      }
    }
    legend(box) {
      if (!box) return;
      const words = this.ground.legend, list = html("ul", box);
      const line = (shape, cls, text, letter) => {
        const item = html("li", list), icon = el("svg", { viewBox: "-15 -13 30 26", "aria-hidden": "true" }, item);
        el("path", { d: SHAPES[shape] || shape, class: cls, transform: ["guard", "usual"].includes(shape) ? "scale(2.2)" : shape.startsWith("sev") ? "" : "scale(1.25)" }, icon);
        if (letter !== undefined) el("text", { class: `letter on${letter}`, y: letter === 1 ? 2.5 : 0.5 }, icon, this.ground.letters[letter]);
        html("span", item, text);
      };
      [0, 1, 2].forEach((s) => line(`sev${s}`, `mark sev${s}`, words.severity.replace("{name}", this.ground.severities[s]), s));
      if (HOME === "/console") { line("sev0", "mark sev0 unknown", words.unknown); line("sev0", "crowd", words.crowd); }
      for (const shape of ["guard", "patrol", "reserve", "ambulance"]) line(shape, "unit", words[shape]);
      for (const look of ["sent", "escorting", "returning"]) line("reserve", `unit ${look}`, words[look]);
      line("usual", "station", words.usual);
      for (const state of ["stopped", "evacuated", "abandoned"]) line(state, "station bad", words[state]);
      for (const sort of ["police", "army", "health", "other"]) if (this.map.bases.some((b) => b.sort === sort)) line(sort, "base", words[sort]);
      line("M-13 0H13", "road thick", words.road); line("M-13 0H13", "shut", words.closed);
      html("p", box, words.officers);
    }
  }

  const figures = [...document.querySelectorAll("[data-map]")];
  if (!figures.length) return;
  let maps = null, asked = false, again = false;

  async function got(name) {
    const answer = await fetch(`${HOME}/part/${name}`, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }
  async function fetchNow() {
    if (asked) { again = true; return; } /* one at a time: a slow connection gets what is newest, not a queue */
    asked = true;
    try {
      if (!maps) { const ground = await got("ground"); maps = figures.map((figure) => new DayMap(figure, ground)); }
      const now = await got("map"), first = !maps[0].now;
      for (const map of maps) map.show(now, first);
      document.body.dispatchEvent(new CustomEvent("siaga:map", { detail: now }));
    } catch (error) {
      again = false; /* the page says that the connection is lost; the next event fetches anew */
    }
    asked = false;
    if (again) { again = false; fetchNow(); }
  }
  document.body.addEventListener("htmx:sseOpen", (event) => {
    for (const name of ["snapshot", "map"]) event.detail.source.addEventListener(name, fetchNow);
  });
  fetchNow();
})();
