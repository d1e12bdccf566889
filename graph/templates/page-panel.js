// The panel: an overview, or an actor with its relations, or a relation with the sentences that it rests on.

const AT_ONCE = 30;
const ROWS = 12;
const MARKS = { s: "subject", p: "relation", o: "object" };

// The swatch of a relation: its family's colour, and the line of how it is said.
function lineSwatch(family, said) {
  const dashes = { asserted: "", hedged: "6 4", denied: "0.1 4.7" }[said];
  const width = said === "denied" ? 3.4 : 2.6;
  const line = makeSvg("line", { x1: 2, x2: 26, y1: 6, y2: 6, "stroke-width": width, "stroke-linecap": "round", "stroke-dasharray": dashes });
  line.style.stroke = family ? `var(--${family})` : "var(--soft)";
  const swatch = makeSvg("svg", { width: 28, height: 12, "aria-hidden": "true" }, line);
  if (said === "denied") {
    const mark = makeSvg("g", { fill: "none", "stroke-width": 1.4 }, makeSvg("circle", { cx: 14, cy: 6, r: 3.8 }), makeSvg("path", { d: "M11.4 8.6L16.6 3.4" }));
    mark.style.stroke = line.style.stroke;
    mark.firstChild.style.fill = "var(--card)";
    swatch.append(mark);
  }
  return swatch;
}

function kindSwatch(kind) {
  const shape = {
    country: () => makeSvg("circle", { cx: 7, cy: 7, r: 5.6 }),
    organisation: () => makeSvg("rect", { x: 2, y: 2, width: 10, height: 10 }),
    person: () => makeSvg("path", { d: "M7 .5L13.5 7L7 13.5L.5 7Z" }),
    group: () => makeSvg("path", { d: "M3.9 1.6H10.1L13.2 7L10.1 12.4H3.9L.8 7Z" }),
  }[kind]();
  shape.style.fill = `var(--${kind})`;
  return makeSvg("svg", { width: 14, height: 14, "aria-hidden": "true" }, shape);
}

function relationSentence(relation) {
  const [from, to] = ENDS[relation].map((actor) => DATA.actors[actor].name);
  return `${from} ${DATA.relations[relation].symmetric ? "↔" : "→"} ${to}`;
}

function stanceCounts(statements) {
  const counts = { asserted: 0, hedged: 0, denied: 0 };
  statements.forEach((number) => { counts[stance(DATA.statements[number])] += 1; });
  return counts;
}

// Both sides of what is stated and denied are in view.
function isContested(relation) {
  const { contested } = DATA.relations[relation];
  const { statements } = view.relations.get(relation) || { statements: [] };
  const { denied } = stanceCounts(statements);
  return contested && denied > 0 && denied < statements.length;
}

function section(title, ...children) {
  return [make("h3", {}, title), ...children];
}

function crumbs() {
  const back = makeButton({}, () => choose(null, { focusPanel: true }), "← Overview");
  const close = makeButton({ class: "close", "aria-label": "Close the panel" }, () => choose(null), "✕");
  return make("div", { class: "crumbs" }, chosen ? back : make("span"), close);
}

// A line of a list of relations; seen from an actor, only the other end is named.
function relationRow(relation, from = null) {
  const { statements, stance: said } = view.relations.get(relation);
  const { relation: phrase, type, symmetric } = DATA.relations[relation];
  const [subject, object] = ENDS[relation];
  const head = from === null ? relationSentence(relation)
    : `${symmetric ? "↔" : from === subject ? "→" : "←"} ${DATA.actors[from === subject ? object : subject].name}`;
  const detail = `${phrase}${said === "denied" ? " – denied" : isContested(relation) ? " – contested" : ""}`;
  return make("li", {}, makeButton({ title: capital(type) }, () => choose({ relation }, { focusPanel: true }),
    lineSwatch(FAMILY[type], said), make("span", { class: "what" }, head),
    make("span", { class: "number" }, String(statements.length)), make("span", { class: "how" }, detail)));
}

function actorRow(actor) {
  const seen = RELATIONS_OF[actor].map((number) => view.relations.get(number)).filter(Boolean);
  const statements = seen.reduce((sum, relation) => sum + relation.statements.length, 0);
  return make("li", {}, makeButton({}, () => choose({ actor }, { move: true, focusPanel: true }),
    kindSwatch(DATA.actors[actor].kind), make("span", { class: "what" }, DATA.actors[actor].name),
    make("span", { class: "number" }, String(statements))));
}

// A list that shows its first entries, and more on demand.
function growingList(tag, attributes, entries, render, first) {
  const list = make(tag, attributes);
  const holder = make("div", {}, list);
  let shown = 0;
  const grow = (number) => {
    list.append(...entries.slice(shown, shown + number).map((entry) => render(entry)));
    shown += number;
    if (shown >= entries.length) more.remove();
    else more.textContent = `Show ${Math.min(entries.length - shown, 50)} more of ${(entries.length - shown).toLocaleString("en")}`;
  };
  const more = makeButton({ class: "plain more" }, () => grow(50));
  holder.append(more);
  grow(first);
  return holder;
}

// The sentence as text, with subject, relation and object in marks of their own.
function markedSentence(statement) {
  const text = DATA.sentences[statement.i];
  const quote = make("blockquote");
  let at = 0;
  for (const [start, end, role] of statement.m) {
    quote.append(text.slice(at, start));
    const meant = { s: statement.s, o: statement.o }[role];
    const title = meant ? `${MARKS[role]}: ${meant}` : MARKS[role];
    quote.append(make("mark", { class: role, title }, text.slice(start, end)));
    at = end;
  }
  quote.append(text.slice(at));
  return quote;
}

function flagChips(statement) {
  const chips = [];
  if (statement.not) chips.push(make("span", { class: "chip denied" }, "denied"));
  if (statement.how) chips.push(make("span", { class: "chip hedged" }, MODALITIES[statement.how] || statement.how));
  if (statement.q) chips.push(make("span", { class: "chip", title: "quantity" }, statement.q));
  if (statement.on) chips.push(make("span", { class: "chip", title: "date of the event" }, readableDate(statement.on)));
  return chips.length ? make("div", { class: "chips" }, ...chips) : null;
}

function attribution(statement) {
  if (statement.by === undefined) return null;
  const known = statement.a !== undefined;
  const name = known ? makeButton({ class: "title-button" }, () => choose({ actor: statement.a }, { move: true, focusPanel: true }), statement.by) : make("strong", {}, statement.by);
  return make("p", { class: "by" }, "Attributed to ", name);
}

// Only addresses of the web become links, whatever the data holds.
function webAddress(url) {
  try {
    const { protocol, href } = new URL(url);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}

function provenance(statement) {
  const { title, source, url, on } = DATA.documents[statement.d];
  const href = url ? webAddress(url) : null;
  const name = href ? make("a", { href, target: "_blank", rel: "noopener noreferrer nofollow external" }, title) : title;
  const details = [source, on && readableDate(on)].filter(Boolean).join(", ");
  return make("p", { class: "from", title: `read with confidence ${statement.c}` }, name, details ? ` — ${details}` : null);
}

function statementCard(number) {
  const statement = DATA.statements[number];
  const card = make("li", { class: "card" }, markedSentence(statement), flagChips(statement), attribution(statement), provenance(statement));
  card.style.setProperty("--tint", `var(--${FAMILY[DATA.relations[RELATION_OF[number]].type]})`);
  return card;
}

// The newest first; undated ones last.
function byDate(numbers) {
  const day = (number) => (period(DATA.statements[number]) || [-Infinity])[0];
  return [...numbers].sort((a, b) => (day(b) === day(a) ? a - b : day(b) > day(a) ? 1 : -1));
}

function statementList(numbers) {
  const key = make("p", { class: "key" }, "Marked: ", ...Object.entries(MARKS).flatMap(([role, name]) => [make("mark", { class: role }, name), " "]));
  return [key, growingList("ul", {}, byDate(numbers), statementCard, AT_ONCE)];
}

function tally(relation, statements) {
  const counts = Object.entries(stanceCounts(statements)).filter(([, number]) => number);
  const bar = make("div", { class: "tally", "aria-hidden": "true" }, ...counts.map(([said, number]) => {
    const part = make("span", { class: said });
    part.style.flexGrow = number;
    return part;
  }));
  const words = counts.map(([said, number]) => `${number} ${STANCES[said].toLowerCase()}`).join(" · ");
  const contested = isContested(relation) ? make("span", { class: "chip denied" }, "contested") : null;
  return [bar, make("p", {}, words, contested && " ", contested)];
}

function reach(numbers) {
  const documents = new Set(numbers.map((number) => DATA.statements[number].d));
  const sources = new Set([...documents].map((document) => DATA.documents[document].source).filter(Boolean));
  const days = numbers.map((number) => period(DATA.statements[number])).filter(Boolean);
  const [first, last] = [Math.min(...days.map(([start]) => start)), Math.max(...days.map(([, end]) => end))];
  const when = !days.length ? null : first === last ? dateOfDay(first) : `${dateOfDay(first)} – ${dateOfDay(last)}`;
  return [count(documents.size, "article"), sources.size ? count(sources.size, "source") : null, when].filter(Boolean).join(" · ");
}

// Which figures are given by whom, where there is more than one.
function figures(relation, numbers) {
  const rows = byDate(numbers.filter((number) => DATA.statements[number].q)).map((number) => DATA.statements[number]);
  if (rows.length < 2) return [];
  const table = make("table", { class: "figures" }, make("tbody", {}, ...rows.slice(0, ROWS).map((statement) => {
    const { source, on } = DATA.documents[statement.d];
    return make("tr", {}, make("td", {}, make("strong", {}, statement.q), statement.not ? " (denied)" : ""),
      make("td", {}, statement.by === undefined ? source || "" : statement.by), make("td", {}, on ? readableDate(on) : ""));
  })));
  return section(DATA.relations[relation].differ ? "Figures that differ" : "Figures", table);
}

function relationPanel(relation) {
  const { relation: phrase, also, type, symmetric } = DATA.relations[relation];
  const { statements } = view.relations.get(relation) || { statements: DATA.relations[relation].statements };
  const [from, to] = ENDS[relation].map((actor) => makeButton({ class: "title-button" }, () => choose({ actor }, { move: true, focusPanel: true }), DATA.actors[actor].name));
  const arrow = make("span", { "aria-label": symmetric ? "and" : "to" }, symmetric ? " ↔ " : " → ");
  return [
    make("h2", { tabindex: "-1" }, from, arrow, to),
    make("p", { class: "verb" }, phrase),
    make("p", { class: "lead" }, `${capital(type)} (${FAMILY[type]})${also.length ? `; also “${also.slice(0, 4).join("”, “")}”` : ""}`),
    ...tally(relation, statements),
    make("p", { class: "lead" }, reach(statements)),
    ...figures(relation, statements),
    ...section(count(statements.length, "statement"), ...statementList(statements)),
  ];
}

function countryName(code) {
  const known = DATA.actors.find(({ kind, country }) => kind === "country" && country === code);
  return known ? known.name : code;
}

function actorPanel(actor) {
  const { name, kind, aliases, country } = DATA.actors[actor];
  const relations = RELATIONS_OF[actor].filter((number) => view.relations.has(number));
  const statements = relations.flatMap((number) => view.relations.get(number).statements);
  const where = country && kind !== "country" ? `, ${countryName(country)}` : "";
  return [
    make("h2", { tabindex: "-1" }, name),
    make("p", { class: "kind" }, kindSwatch(kind), KINDS[kind] + where),
    aliases.length ? make("p", { class: "lead" }, `Also called ${aliases.slice(0, 12).join(", ")}${aliases.length > 12 ? " …" : ""}`) : null,
    make("p", { class: "lead" }, statements.length ? reach(statements) : "The filters leave nothing of this actor."),
    ...(relations.length ? section(count(relations.length, "relation"), growingList("ul", { class: "rows" }, relations, (relation) => relationRow(relation, actor), ROWS)) : []),
    ...(statements.length ? section(count(statements.length, "statement"), ...statementList([...new Set(statements)])) : []),
  ];
}

function overviewPanel() {
  const relations = [...view.relations.keys()];
  const contested = relations.filter(isContested);
  const actors = [...view.actors].sort((a, b) => a - b);
  const leftOut = byId("left-out");
  const list = (entries, render, first) => growingList("ul", { class: "rows" }, entries, render, first);
  return [
    make("h2", { tabindex: "-1" }, "At a glance"),
    make("p", { class: "lead" }, relations.length ? "Choose an actor or a relation, here or in the graph, to read the sentences behind it." : "The filters leave nothing; Reset shows everything."),
    leftOut ? make("p", { class: "note" }, leftOut.content.textContent) : null,
    ...(relations.length ? section("Strongest relations", list(relations, (relation) => relationRow(relation), ROWS)) : []),
    ...(contested.length ? section("Contested", list(contested, (relation) => relationRow(relation), 6)) : []),
    ...(actors.length ? section("Main actors", list(actors, actorRow, 10)) : []),
  ];
}

function showPanel(focus = false) {
  const panel = byId("panel");
  const family = chosen && chosen.relation !== undefined ? FAMILY[DATA.relations[chosen.relation].type] : null;
  panel.style.setProperty("--tint", family ? `var(--${family})` : "var(--ink)");
  const content = !chosen ? overviewPanel() : chosen.actor !== undefined ? actorPanel(chosen.actor) : relationPanel(chosen.relation);
  panel.replaceChildren(crumbs(), ...content.filter(Boolean));
  panel.classList.toggle("open", Boolean(chosen));
  panel.scrollTop = 0;
  if (focus) panel.querySelector("h2").focus({ preventScroll: true });
}
