// The legend with its switches, the range of dates, the search for actors, and the counts of what is shown.

function refresh() {
  updateView();
  redrawGraph();
  showPanel();
  showCounts();
  updateSwitches();
}

function showCounts() {
  const part = (shown, all, noun) => (shown === all ? count(all, noun) : `${shown.toLocaleString("en")} of ${count(all, noun)}`);
  byId("counts").textContent = [
    part(view.actors.size, DATA.actors.length, "actor"),
    part(view.relations.size, DATA.relations.length, "relation"),
    part(view.statements, DATA.statements.length, "statement"),
    count(DATA.documents.length, "article"),
  ].join(" · ");
}

// Switches that stand for one or several entries of a set of filters.
const switches = [];

function makeSwitch(set, entries, swatch, label, title) {
  const press = () => {
    const all = entries.every((entry) => filters[set].has(entry));
    entries.forEach((entry) => (all ? filters[set].delete(entry) : filters[set].add(entry)));
    refresh();
  };
  const button = makeButton({ class: "switch", "aria-pressed": "true", title }, press, swatch, make("span", {}, label));
  switches.push({ button, set, entries });
  return button;
}

function updateSwitches() {
  for (const { button, set, entries } of switches) {
    const on = entries.filter((entry) => filters[set].has(entry)).length;
    button.setAttribute("aria-pressed", on === entries.length ? "true" : on ? "mixed" : "false");
  }
  byId("types").querySelectorAll("input").forEach((box) => { box.checked = filters.types.has(box.value); });
}

function typeBox(type) {
  const box = make("input", { type: "checkbox", value: type });
  box.checked = true;
  box.addEventListener("change", () => { filters.types[box.checked ? "add" : "delete"](type); refresh(); });
  const relations = DATA.relations.filter((relation) => relation.type === type).length;
  return make("label", {}, box, capital(type), make("span", { class: "number" }, String(relations)));
}

function buildLegend() {
  const families = DATA.families.filter(({ types }) => types.length);
  for (const { name, types } of families) {
    byId("families").append(makeSwitch("types", types, lineSwatch(name, "asserted"), capital(name), types.map(capital).join(", ")));
    byId("types").append(make("div", {}, make("h3", {}, capital(name)), ...types.map(typeBox)));
  }
  for (const [said, label] of Object.entries(STANCES)) byId("stances").append(makeSwitch("stances", [said], lineSwatch(null, said), label, STANCE_HELP[said]));
  const present = new Set(DATA.actors.map(({ kind }) => kind));
  for (const kind of Object.keys(KINDS).filter((one) => present.has(one))) byId("kinds").append(makeSwitch("kinds", [kind], kindSwatch(kind), KINDS[kind], KINDS[kind]));
  byId("types-open").addEventListener("click", () => openTypes(byId("types").hidden));
}

const STANCE_HELP = {
  asserted: "The article itself says so",
  hedged: "Attributed to someone, or possible, planned, requested or conditional",
  denied: "The text says that it is not so",
};

function openTypes(open) {
  byId("types").hidden = !open;
  byId("types-open").setAttribute("aria-expanded", String(open));
}

// The range of dates: a histogram of statements with two handles under it.
const dates = { low: 0, high: 0 };

function datedPeriods() {
  return DATA.statements.map(period).filter(Boolean);
}

function buildTime() {
  const periods = datedPeriods();
  dates.low = Math.min(...periods.map(([start]) => start));
  dates.high = Math.max(...periods.map(([, end]) => end));
  byId("time").hidden = !periods.length || dates.low === dates.high;
  if (byId("time").hidden) return;
  for (const end of ["from", "to"]) Object.assign(byId(end), { min: dates.low, max: dates.high, value: end === "from" ? dates.low : dates.high });
  drawHistogram(periods);
  showRange();
}

function drawHistogram(periods) {
  const bars = Math.min(50, dates.high - dates.low + 1);
  const width = (dates.high - dates.low + 1) / bars;
  const heights = Array(bars).fill(0);
  periods.forEach(([start]) => { heights[Math.floor((start - dates.low) / width)] += 1; });
  const highest = Math.max(...heights);
  byId("histogram").replaceChildren(...heights.map((height, bar) => {
    const tall = height ? Math.max((height / highest) * 24, 1.5) : 0;
    return makeSvg("rect", { x: (bar * 100) / bars, width: 100 / bars - 0.4, y: 24 - tall, height: tall, "data-day": Math.floor(dates.low + bar * width) });
  }));
}

function showRange() {
  const [from, to] = [Math.max(filters.from, dates.low), Math.min(filters.to, dates.high)];
  byId("from-text").textContent = dateOfDay(from);
  byId("to-text").textContent = dateOfDay(to);
  byId("from").setAttribute("aria-valuetext", dateOfDay(from));
  byId("to").setAttribute("aria-valuetext", dateOfDay(to));
  byId("histogram").querySelectorAll("rect").forEach((bar) => {
    bar.setAttribute("class", bar.dataset.day >= from - 1 && bar.dataset.day <= to ? "in" : "out");
  });
}

function moveRange(event) {
  const [from, to] = [byId("from"), byId("to")];
  if (Number(from.value) > Number(to.value)) event.target.value = (event.target === from ? to : from).value;
  filters.from = Number(from.value) <= dates.low ? -Infinity : Number(from.value);
  filters.to = Number(to.value) >= dates.high ? Infinity : Number(to.value);
  showRange();
  requestRefresh();
}

let refreshing = false;
function requestRefresh() {
  if (refreshing) return;
  refreshing = true;
  requestAnimationFrame(() => { refreshing = false; refresh(); });
}

function startTime() {
  const withEvents = DATA.statements.some(({ t }) => t);
  const withoutPublication = !DATA.documents.some(({ t }) => t);
  byId("dating").hidden = !withEvents || withoutPublication;
  byId("dating-fixed").hidden = !byId("dating").hidden;
  if (withoutPublication) byId("dating-fixed").textContent = "Happened";
  buildTime();
  ["from", "to"].forEach((end) => byId(end).addEventListener("input", moveRange));
  byId("dating").addEventListener("change", () => {
    Object.assign(filters, { dating: byId("dating").value, from: -Infinity, to: Infinity });
    buildTime();
    refresh();
  });
}

// The search: names and aliases, whatever their accents; a name that begins so comes before one that holds it.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const SEARCHED = DATA.actors.map(({ name, aliases }) => [name, ...aliases].map(folded));
let found = [];
let marked = -1;

function search(query) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const rank = (names) => Math.min(...names.map((name, i) => (name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 2 : name.includes(wanted) ? 4 : 9) + (i ? 1 : 0)));
  return SEARCHED.map((names, actor) => [rank(names), actor]).filter(([how]) => how < 9).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 10).map(([, actor]) => actor);
}

function foundRow(actor, place) {
  const row = make("li", { role: "option", id: `found-${place}`, "aria-selected": String(place === marked) },
    kindSwatch(DATA.actors[actor].kind), make("span", { class: "name" }, DATA.actors[actor].name),
    make("span", { class: "number" }, String(RELATIONS_OF[actor].length)));
  row.addEventListener("pointerdown", (event) => { event.preventDefault(); takeFound(actor); });
  return row;
}

function showFound() {
  const list = byId("found");
  const nothing = byId("search").value.trim() && !found.length;
  list.replaceChildren(...(nothing ? [make("li", { class: "number" }, "No actor of that name")] : found.map(foundRow)));
  list.hidden = !found.length && !nothing;
  byId("search").setAttribute("aria-expanded", String(!list.hidden));
  if (marked >= 0) byId("search").setAttribute("aria-activedescendant", `found-${marked}`);
  else byId("search").removeAttribute("aria-activedescendant");
}

function closeFound() {
  found = [];
  marked = -1;
  byId("found").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
  byId("search").removeAttribute("aria-activedescendant");
}

function takeFound(actor) {
  byId("search").value = "";
  closeFound();
  choose({ actor }, { move: true, focusPanel: true });
}

function searchKeys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) {
    marked = (marked + step + found.length) % found.length;
    showFound();
  } else if (event.key === "Enter" && found.length) takeFound(found[Math.max(marked, 0)]);
  else if (event.key === "Escape" && byId("search").value) { byId("search").value = ""; closeFound(); event.stopPropagation(); }
  else return;
  event.preventDefault();
}

function startSearch() {
  const box = byId("search");
  box.addEventListener("input", () => { found = search(box.value); marked = found.length ? 0 : -1; showFound(); });
  box.addEventListener("keydown", searchKeys);
  box.addEventListener("blur", closeFound);
}

function reset() {
  resetFilters();
  filters.dating = "published";
  byId("dating").value = "published";
  byId("search").value = "";
  openTypes(false);
  chosen = null;
  buildTime();
  refresh();
  fit();
}
