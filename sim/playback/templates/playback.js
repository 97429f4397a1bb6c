"use strict";
(() => {
const D = JSON.parse(document.getElementById("data").textContent), W = D.words, LANG = document.documentElement.lang;
const $ = id => document.getElementById(id), TEN = D.tenths, FINE = D.fine, MAP = D.map;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const SENT = new Set(["mobilising", "travelling", "on_scene"]);
const BAD = new Set(["stopped", "shut", "evacuated", "restarting", "abandoned"]);
const COVER = ["#f4faf1", "#dfefd0", "#f6e7b8", "#efc79b", "#dd9d86"];   /* light to dark, and green to red */
let now = D.start, playing = false, chosen = null, zoom = null, last = 0, spoken = 0;

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
const put = (text, values) => text.replace(/\{(\w+)(?::[^}]*)?\}/g, (_, key) => values[key]);
const number = value => value.toLocaleString(LANG);
function clock(minutes) {
  const whole = Math.floor(minutes + 1e-6), of = whole % 1440, two = n => String(n).padStart(2, "0");
  const text = put(W.clock, { hours: two(Math.floor(of / 60)), minutes: two(of % 60) });
  return whole < 1440 ? text : put(W.controls.next_day, { time: text });
}

/* What holds at a moment: the last entry of a list that has begun. Lists are sorted by their first value. */
function last_of(list, time, width) {
  let low = 0, high = list.length / width - 1;
  if (high < 0 || list[0] > time) return -1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle * width] <= time) low = middle; else high = middle - 1;
  }
  return low;
}
function last_row(rows, time) {
  let low = 0, high = rows.length - 1;
  if (high < 0 || rows[0][0] > time) return -1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle][0] <= time) low = middle; else high = middle - 1;
  }
  return low;
}
function unpacked(differences) {
  const found = new Int32Array(differences.length);
  for (let i = 0; i < differences.length; i++) found[i] = differences[i] + (i > 2 ? found[i - 3] : 0);
  return found;
}
/* Where a unit is: on the straight line between two turning points of its way. */
function place(unit, minutes) {
  const at = (minutes - D.start) / D.step, track = unit.way, i = last_of(track, at, 3), j = i + 1;
  if (i < 0) return [track[1] / FINE, track[2] / FINE];
  if (j * 3 >= track.length) return [track[i * 3 + 1] / FINE, track[i * 3 + 2] / FINE];
  const share = (at - track[i * 3]) / (track[j * 3] - track[i * 3]);
  const between = k => (track[i * 3 + k] + share * (track[j * 3 + k] - track[i * 3 + k])) / FINE;
  return [between(1), between(2)];
}

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
const STATION_SHAPE = { stopped: "stopped", shut: "stopped", restarting: "stopped", evacuated: "evacuated", abandoned: "abandoned" };
const ROAD_WIDTHS = { town: 1.4, trunk: 2.2, secondary: 1.5, hill: 1, local: 0.7 };   /* pixels */

/* One map under one plan. */
class View {
  constructor(plan, figure) {
    this.plan = plan;
    this.box = figure.querySelector(".map");
    this.svg = el("svg", { viewBox: `0 0 ${MAP.width} ${MAP.height}` }, this.box);
    this.svg.setAttribute("aria-hidden", "true");
    this.districts = MAP.districts.map(d => el("path", { d: d.path, class: "district" }, this.svg));
    el("path", { d: MAP.borders, class: "border" }, this.svg);
    for (const [name, d] of MAP.roads) if (d) el("path", { d, class: "road", "stroke-width": ROAD_WIDTHS[name] || 1 }, this.svg);
    this.shut = el("path", { class: "shut" }, this.svg);
    const [sx, sy] = MAP.stations;
    const stations = el("g", {}, this.svg);
    this.stations = sx.map((x, i) => ({ x: x / FINE, y: sy[i] / FINE, node: el("path", {}, stations), now: "" }));
    this.names = [[MAP.names, "broad"], [MAP.names_narrow, "narrow"]].flatMap(([names, cls]) => {
      const group = el("g", { class: cls }, this.svg);
      return names.list.map(n => ({ n, size: names.size, lead: n.led ? el("path", { class: "lead" }, group) : null, text: el("text", { class: "name" }, group), rows: n.text })).map(one => {
        one.lines = one.rows.map(row => el("tspan", {}, one.text, row));
        return one;
      });
    });
    const bases = el("g", {}, this.svg);
    this.bases = MAP.bases.map(b => ({ x: b.x, y: b.y, node: el("path", { d: SHAPES[b.sort], class: `base ${b.sort}` }, bases) }));
    this.crowds = el("g", {}, this.svg);
    this.tails = el("path", { class: "tail" }, this.svg);
    const units = el("g", {}, this.svg);
    plan.units.forEach(u => { u.way = u.way || unpacked(u.track); });
    this.units = plan.units.map(u => ({ unit: u, node: el("path", { d: SHAPES[u.shape], class: "unit" }, units), now: "" }));
    this.marks = el("g", {}, this.svg);
    this.incidents = Object.entries(plan.incidents).map(([id, steps]) => {
      const listed = D.incidents.find(one => one.id === id), facts = listed && listed.plans[plan.number];
      const group = el("g", { visibility: "hidden" }, this.marks);
      return { id, steps, ended: facts ? facts.ended : null, group, crowd: el("circle", { class: "crowd", visibility: "hidden" }, this.crowds),
        stem: el("path", { class: "stem" }, group), shape: el("path", {}, group), letter: el("text", {}, group) };
    });
    this.status = {};
    const list = figure.querySelector(".status");
    for (const key of ["covered", "incidents", "active", "officers", "away", "stopped", "closed"]) {
      const row = html("div", list);
      html("dt", row, W.status[key]);
      this.status[key] = html("dd", row);
    }
  }
  /* Units of a pixel; marks are drawn a little smaller on a small map. */
  scale() {
    const wide = Math.max(this.box.clientWidth, 1);
    return (zoom ? zoom.width : MAP.width) / wide * Math.min(1.15, Math.max(0.7, wide / 620));
  }
  draw_names(part) {
    if (this.part === part) return;
    this.part = part;
    for (const { n, size, lead, text, lines } of this.names) {
      const x = n.to[0] + (n.x - n.to[0]) * part, y = n.to[1] + (n.y - n.to[1]) * part;
      text.setAttribute("font-size", (size * part).toFixed(2));
      lines.forEach((line, i) => { line.setAttribute("x", x.toFixed(1)); line.setAttribute("y", (y + (i - (lines.length - 1) / 2) * size * part * 1.1).toFixed(1)); });
      if (lead) { lead.setAttribute("d", `M${n.to[0]} ${n.to[1]}L${x.toFixed(1)} ${y.toFixed(1)}`); }
    }
  }
  draw(minutes) {
    const box = zoom || { x: 0, y: 0, width: MAP.width, height: MAP.height }, size = this.scale();
    this.svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
    this.draw_names(box.width / MAP.width);
    const t = minutes * TEN, found = { stopped: 0, away: 0, incidents: 0, active: 0, officers: 0 };
    const cover = this.coverage(t);
    this.draw_stations(t, cover, size, found);
    for (const b of this.bases) b.node.setAttribute("transform", `translate(${b.x} ${b.y}) scale(${size})`);
    this.draw_units(minutes, t, size, found);
    this.draw_incidents(t, size, found);
    const roads = this.plan.closed[Math.max(last_row(this.plan.closed, t), 0)][1];
    this.shut.setAttribute("d", roads.map(r => `M${MAP.road[r][0]} ${MAP.road[r][1]}L${MAP.road[r][2]} ${MAP.road[r][3]}`).join(""));
    found.closed = roads.length;
    for (const key in this.status) {
      const text = key !== "covered" ? number(found[key]) : cover === null ? W.status.no_coverage : `${number(Math.round(cover.total / 10))} %`;
      if (this.status[key].textContent !== text) this.status[key].textContent = text;
    }
  }
  coverage(t) {
    const c = this.plan.coverage, i = last_of(c.times, t, 1), step = c.times.length > 1 ? c.times[1] - c.times[0] : 1;
    const outside = i < 0 || t >= c.times[c.times.length - 1] + step;
    if (this.shaded !== (outside ? -1 : i)) {
      this.shaded = outside ? -1 : i;
      this.districts.forEach((node, d) => {
        const fill = outside ? "#f4f4f1" : COVER[Math.min(4, Math.floor((100 - c.districts[i][d]) / 20))];
        node.setAttribute("fill", fill); node.setAttribute("stroke", fill);
      });
    }
    if (outside) return null;
    const bits = c.stations[i];
    return { total: c.total[i], has: s => (parseInt(bits[s >> 2], 16) >> (3 - (s & 3))) & 1 };
  }
  draw_stations(t, cover, size, found) {
    this.stations.forEach((s, i) => {
      const list = this.plan.stations[i], k = Math.max(last_of(list, t, 2), 0), state = D.states[list[k * 2 + 1]];
      const bad = BAD.has(state), done = state === "closed" || state === "counted";
      if (bad && state !== "abandoned") found.stopped += 1;
      const cls = bad ? "station bad" : done ? "station done" : cover && !cover.has(i) ? "station far" : "station";
      const key = cls + state + size;
      if (s.now === key) return;
      s.now = key;
      s.node.setAttribute("class", cls);
      s.node.setAttribute("d", SHAPES[STATION_SHAPE[state] || "usual"]);
      s.node.setAttribute("transform", `translate(${s.x} ${s.y}) scale(${size * (bad ? 0.9 : cls === "station far" ? 1.3 : 1)})`);
    });
  }
  draw_units(minutes, t, size, found) {
    let tails = "";
    const there = new Map();
    for (const u of this.units) {
      const k = Math.max(last_of(u.unit.states, t, 2), 0), state = D.unitStates[u.unit.states[k * 2 + 1]], sent = SENT.has(state);
      const cls = "unit" + (sent ? " sent" : state === "escorting" ? " escorting" : state === "returning" ? " returning" : state === "off_duty" ? " off" : "");
      let [x, y] = place(u.unit, minutes);
      if (sent) found.away += 1;
      if (state === "on_scene" || state === "free" || state === "mobilising") {      /* several at one place stand round it */
        const key = `${Math.round(x / size / 4)} ${Math.round(y / size / 4)}`, n = there.get(key) || 0, turn = 2.4 * n, far = 5.2 * Math.sqrt(n) * size;
        there.set(key, n + 1); x += far * Math.cos(turn); y += far * Math.sin(turn);
      }
      u.node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size.toFixed(3)})`);
      if (u.now !== cls) { u.now = cls; u.node.setAttribute("class", cls); }
      if (state === "travelling") {
        const from = Math.max(minutes - 8, u.unit.states[k * 2] / TEN);
        for (let m = from, first = true; m <= minutes; m += 0.5, first = false) tails += (first ? "M" : "L") + place(u.unit, m).map(v => v.toFixed(1)).join(" ");
        tails += `L${x.toFixed(1)} ${y.toFixed(1)}`;
      }
    }
    this.tails.setAttribute("d", tails);
  }
  draw_incidents(t, size, found) {
    const placed = [];
    for (const one of this.incidents) {
      const k = last_row(one.steps, t), over = one.ended !== null && t >= one.ended;
      one.group.setAttribute("visibility", k < 0 ? "hidden" : "visible");
      one.crowd.setAttribute("visibility", k < 0 || over ? "hidden" : "visible");
      if (k < 0) continue;
      const [, severity, active, officers, known, fx, fy] = one.steps[k], x = fx / FINE, y = fy / FINE;
      const [aside, above] = over ? [0, 0] : free_place(x / size, y / size, placed);
      one.group.setAttribute("transform", `translate(${x} ${y}) scale(${size})`);
      one.stem.setAttribute("d", over ? "" : `M0 0L${aside} ${above}`);
      one.shape.setAttribute("transform", over ? "scale(0.45)" : `translate(${aside} ${above})`);
      one.shape.setAttribute("d", over ? SHAPES.sev0 : SHAPES[`sev${severity}`]);
      one.shape.setAttribute("class", over ? "past" : `mark sev${severity}${known ? "" : " unknown"}`);
      one.letter.textContent = over ? "" : W.letters[severity];
      one.letter.setAttribute("class", `letter on${severity}`);
      one.letter.setAttribute("x", aside); one.letter.setAttribute("y", above + (severity === 1 ? 2.5 : 0.5));
      if (over) continue;
      found.incidents += 1; found.active += active; found.officers += officers;
      one.crowd.setAttribute("cx", x); one.crowd.setAttribute("cy", y);
      one.crowd.setAttribute("r", active ? (12 + 1.6 * Math.sqrt(active)) * size : 0);
    }
  }
}

/* Where the mark of an incident stands beside its place, pixels: above it, or aside where another mark is in the way. */
function free_place(x, y, placed) {
  for (const far of [24, 46]) for (const turn of [0, 50, -50, 90, -90, 130, -130, 180]) {
    const aside = far * Math.sin(turn * Math.PI / 180), above = -far * Math.cos(turn * Math.PI / 180);
    if (placed.every(([px, py]) => Math.hypot(x + aside - px, y + above - py) > 25)) { placed.push([x + aside, y + above]); return [aside, above]; }
  }
  return [0, -24];
}

/* The bars of the incidents over the day, and where the clock stands. */
function draw_timeline() {
  const svg = $("timeline"), height = 14 * D.plans.length + 8;
  svg.setAttribute("viewBox", `0 0 1000 ${height}`); svg.setAttribute("preserveAspectRatio", "none");
  const x = t => 8 + 984 * (t / TEN - D.start) / (D.end - D.start);
  D.plans.forEach((plan, row) => {
    const bottom = 14 * (row + 1) + 2;
    el("path", { d: `M8 ${bottom}H992`, stroke: "#999", "stroke-width": 1, "vector-effect": "non-scaling-stroke" }, svg);
    for (const one of D.incidents) {
      const facts = one.plans[row], all = plan.incidents[one.id] || [], steps = all.filter((step, i) => !i || step[1] !== all[i - 1][1]);
      steps.forEach((step, i) => {
        const end = i + 1 < steps.length ? steps[i + 1][0] : facts && facts.ended !== null ? facts.ended : D.end * TEN, high = 4 + 4 * step[1];
        el("rect", { x: x(step[0]), width: Math.max(x(end) - x(step[0]), 0.8), y: bottom - high, height: high, class: `sev${step[1]}` }, svg);
      });
    }
  });
  return el("path", { d: `M0 0V${height}`, stroke: "#000", "stroke-width": 2, "vector-effect": "non-scaling-stroke" }, svg);
}

/* What has just happened, the same in both plans said once. */
function happening(t) {
  const said = new Map();
  D.plans.forEach((plan, row) => {
    for (let i = last_row(plan.events, t), n = 0; i >= 0 && n < 2 && plan.events[i][0] > t - 30 * TEN; i--, n++) {
      const key = plan.events[i][0] + plan.events[i][1];
      if (!said.has(key)) said.set(key, { time: plan.events[i][0], text: plan.events[i][1], rows: [] });
      said.get(key).rows.push(row);
    }
  });
  const many = D.plans.length > 1, tag = rows => many && rows.length < D.plans.length ? `${"AB"[rows[0]]}: ` : "";
  return [...said.values()].sort((a, b) => a.time - b.time).slice(-3).map(e => [clock(e.time / TEN), `${tag(e.rows)}${e.text}`]);
}
function say(force) {
  const rows = happening(now * TEN), text = JSON.stringify(rows), node = $("events"), moment = performance.now();
  if (node.said === text || !(force || moment - spoken > 1500)) return;
  node.said = text; spoken = moment;
  node.replaceChildren();
  for (const [time, what] of rows) { const part = html("span", node); html("b", part, time); part.append(` ${what} `); }
  if (!rows.length) html("span", node, W.controls.nothing);
}

const views = [...document.querySelectorAll(".plan")].map((figure, i) => { D.plans[i].number = i; return new View(D.plans[i], figure); });
const cursor = draw_timeline(), slider = $("time");
slider.min = D.start; slider.max = D.end;

function show(force) {
  now = Math.min(Math.max(now, D.start), D.end);
  follow();
  for (const view of views) view.draw(now);
  const text = clock(now);
  if ($("clock").textContent !== text) $("clock").textContent = text;
  slider.value = Math.floor(now); slider.setAttribute("aria-valuetext", text);
  cursor.setAttribute("transform", `translate(${8 + 984 * (now - D.start) / (D.end - D.start)} 0)`);
  $("printed").textContent = put(W.controls.print, { time: text });
  say(force || !playing);
}
/* Show the surroundings of the incident that was chosen, or that goes on. */
function follow() {
  zoom = null;
  if (!$("near").checked || !D.incidents.length) return;
  const t = now * TEN, going = one => one.plans.some(p => p && p.onset <= t && (p.ended === null || p.ended > t));
  const one = chosen && going(chosen) ? chosen : D.incidents.find(going) || chosen;
  if (!one) return;
  const plan = D.plans.find(p => p.incidents[one.id]);
  if (!plan) return;
  const steps = plan.incidents[one.id], step = steps[Math.max(last_row(steps, t), 0)];
  const width = Math.min(MAP.width, Math.max(MAP.width / 4, 12 * MAP.km)), height = width * MAP.height / MAP.width;
  zoom = { x: step[5] / FINE - width / 2, y: step[6] / FINE - height / 2, width, height };
}
function onset(one) { return Math.min(...one.plans.filter(Boolean).map(p => p.onset)) / TEN; }
function jump(one) {
  chosen = one; now = onset(one) + 0.05;
  for (const row of document.querySelectorAll("#list tbody tr")) row.classList.toggle("on", row.dataset.id === one.id);
  show(true);
}
function step_incident(direction) {
  const sorted = direction > 0 ? D.incidents : [...D.incidents].reverse();
  const next = sorted.find(one => direction > 0 ? onset(one) > now + 0.01 : onset(one) < now - 0.1);
  if (next) jump(next);
}
function play(on) {
  playing = on;
  if (on && now >= D.end) now = D.start;
  $("play").textContent = on ? W.controls.pause : W.controls.play;
  if (on) { last = performance.now(); requestAnimationFrame(frame); } else show(true);
}
function frame(moment) {
  if (!playing) return;
  const seconds = (moment - last) / 1000, speed = Number($("speed").value);
  if (!calm.matches || seconds >= 1) {          /* who asked for little motion sees one picture a second */
    last = moment;
    now += speed * (calm.matches ? 1 : Math.min(seconds, 0.25));
    if (now >= D.end) { now = D.end; play(false); return; }
    show(false);
  }
  requestAnimationFrame(frame);
}

$("play").addEventListener("click", () => play(!playing));
$("before").addEventListener("click", () => step_incident(-1));
$("after").addEventListener("click", () => step_incident(1));
$("near").addEventListener("change", () => show(true));
slider.addEventListener("input", () => { now = Number(slider.value); show(true); });
addEventListener("resize", () => show(true));
addEventListener("beforeprint", () => show(true));
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inside = event.target.closest("button, select, input, textarea"), key = event.key.toLowerCase();
  if (key === " " && !(inside && inside.id !== "time")) { event.preventDefault(); play(!playing); return; }
  if (inside && inside.tagName === "SELECT") return;
  if (key === "n") step_incident(1);
  else if (key === "p") step_incident(-1);
  else if (key === "f") { $("near").checked = !$("near").checked; show(true); }
  else if ((key === "arrowleft" || key === "arrowright") && !(inside && inside.id === "time")) {
    if (event.target.closest(".wide")) return;
    event.preventDefault(); now = Math.round(now) + (key === "arrowleft" ? -1 : 1); show(true);
  }
});

/* The list of incidents, and the legend. */
function list() {
  const table = $("list"), L = W.list;
  if (!D.incidents.length) { html("caption", table, L.none); return; }
  const head = html("tr", html("thead", table));
  for (const text of [L.time, L.what, L.where]) html("th", head, text).scope = "col";
  D.plans.forEach((p, i) => { for (const text of [L.worst, L.first, L.ended]) html("th", head, D.plans.length > 1 ? `${"AB"[i]}: ${text}` : text).scope = "col"; });
  const body = html("tbody", table);
  for (const one of D.incidents) {
    const row = html("tr", body); row.dataset.id = one.id;
    const button = html("button", html("td", row), clock(onset(one)));
    button.type = "button"; button.setAttribute("aria-label", put(L.go, { time: clock(onset(one)) }) + `: ${one.what}, ${one.where}`);
    button.addEventListener("click", () => { jump(one); scrollTo({ top: 0, behavior: calm.matches ? "auto" : "smooth" }); });
    html("td", row, one.what); html("td", row, one.where);
    for (const plan of one.plans) {
      if (!plan) { const cell = html("td", row, L.not_here); cell.colSpan = 3; cell.dataset.label = "AB"[one.plans.lastIndexOf(null)]; continue; }
      const many = D.plans.length > 1 ? `${"AB"[one.plans.indexOf(plan)]}: ` : "", cell = (text, label) => { const made = html("td", row, text); made.dataset.label = many + label; return made; };
      const worst = cell("", L.worst), icon = el("svg", { viewBox: "-14 -14 28 28", width: 20, height: 20, "aria-hidden": "true" }, worst);
      mark(icon, plan.worst); worst.append(` ${W.severities[plan.worst]}`);
      cell(plan.first === null ? L.nobody : put(L.minutes, { minutes: number(plan.first) }), L.first);
      cell(plan.ended === null ? "–" : clock(plan.ended / TEN), L.ended);
    }
  }
}
function mark(parent, severity) {
  el("path", { d: SHAPES[`sev${severity}`], class: `mark sev${severity}` }, parent);
  el("text", { class: `letter on${severity}`, y: severity === 1 ? 2.5 : 0.5 }, parent, W.letters[severity]);
}
function legend() {
  const L = W.legend, box = $("legend");
  const group = heading => { const part = html("div", box); html("h3", part, heading); return html("ul", part); };
  const line = (list, shape, cls, text) => {
    const item = html("li", list), icon = el("svg", { viewBox: "-15 -13 30 26", "aria-hidden": "true" }, item);
    if (shape) el("path", { d: SHAPES[shape] || shape, class: cls, transform: ["guard", "usual"].includes(shape) ? "scale(2.2)" : shape.length < 12 ? "scale(1.25)" : "" }, icon);
    html("span", item, text); return icon;
  };
  const incidents = group(L.incidents);
  [0, 1, 2].forEach(s => mark(line(incidents, "", "", put(L.severity, { name: W.severities[s] })), s));
  line(incidents, SHAPES.sev0, "mark unknown sev0", L.unknown);
  line(incidents, SHAPES.sev0, "crowd", L.ring);
  line(incidents, "guard", "past", L.past);
  const units = group(L.units);
  for (const shape of ["guard", "patrol", "reserve", "ambulance"]) line(units, shape, "unit", L[shape]);
  line(units, "reserve", "unit", L.idle); line(units, "reserve", "unit sent", L.sent);
  line(units, "reserve", "unit escorting", L.escorting); line(units, "reserve", "unit returning", L.returning);
  const stations = group(L.stations);
  line(stations, "usual", "station", L.usual); line(stations, "usual", "station far", L.uncovered); line(stations, "usual", "station done", L.over);
  line(stations, "stopped", "station bad", L.stopped); line(stations, "evacuated", "station bad", L.evacuated); line(stations, "abandoned", "station bad", L.abandoned);
  const places = group(L.places);
  for (const sort of ["police", "army", "health", "other"]) if (MAP.bases.some(b => b.sort === sort)) line(places, sort, "base", L[sort]);
  line(places, "M-13 0H13", "road", L.road).firstChild.setAttribute("stroke-width", 3); line(places, "M-13 0H13", "shut", L.closed);
  const part = html("div", box); html("h3", part, L.coverage);
  const scale = html("div", part, undefined, "scale");
  COVER.map((colour, i) => [colour, 100 - 20 * i]).reverse().forEach(([colour, high], i) => {
    const step = html("span", scale, `${high - 20}–${high} %`); step.style.background = colour; 
  });
  html("p", part, L.outside, "sub");
}
list(); legend();
chosen = D.incidents[0] || null;
now = chosen ? onset(chosen) + 0.05 : D.open;
const asked = /^#(\d{1,2})[:.](\d{2})$/.exec(location.hash);
if (asked) now = Number(asked[1]) * 60 + Number(asked[2]);
show(true);
})();
