// The data of the page, what the switches say, and what is visible under them. Texts go into the page as text, never as markup.

const DATA = JSON.parse(document.getElementById("data").textContent);
const STANCES = { asserted: "Stated as fact", hedged: "Reported or hedged", denied: "Denied" };
const KINDS = { country: "Country", organisation: "Organisation", person: "Person", group: "Group" };
const MODALITIES = { possible: "possible", planned: "planned", requested: "requested", conditional: "conditional" };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FAMILY = Object.fromEntries(DATA.families.flatMap(({ name, types }) => types.map((type) => [type, name])));
const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);
const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function makeButton(attributes, press, ...children) {
  const button = make("button", { type: "button", ...attributes }, ...children);
  button.addEventListener("click", press);
  return button;
}

function makeSvg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// How a statement is made: denied, stated by the article itself as so, or anything between.
function stance(statement) {
  if (statement.not) return "denied";
  return statement.how || statement.by !== undefined ? "hedged" : "asserted";
}

// An edge is as certain as the most certain of its statements.
function strongestStance(numbers) {
  const found = new Set(numbers.map((number) => stance(DATA.statements[number])));
  return found.has("asserted") ? "asserted" : found.has("hedged") ? "hedged" : "denied";
}

const ENDS = DATA.edges.map((edge) => [edge.from, edge.to]);
const RELATIONS_OF = DATA.actors.map(() => []);
ENDS.forEach(([from, to], relation) => {
  RELATIONS_OF[from].push(relation);
  RELATIONS_OF[to].push(relation);
});

const RELATION_OF = []; // of each statement
DATA.relations.forEach(({ statements }, relation) => statements.forEach((statement) => { RELATION_OF[statement] = relation; }));

const filters = { types: new Set(), stances: new Set(), kinds: new Set(), from: -Infinity, to: Infinity, dating: "published" };
const view = { relations: new Map(), actors: new Set(), statements: 0 };
let chosen = null; // { actor } or { relation }, by number

function resetFilters() {
  filters.types = new Set(Object.keys(FAMILY));
  filters.stances = new Set(Object.keys(STANCES));
  filters.kinds = new Set(Object.keys(KINDS));
  filters.from = -Infinity;
  filters.to = Infinity;
}

// First and last day of a statement: of the event or of publication, whichever counts and is known.
function period(statement) {
  const published = DATA.documents[statement.d].t;
  return filters.dating === "event" ? statement.t || published : published || statement.t;
}

function passes(number) {
  const statement = DATA.statements[number];
  if (!filters.stances.has(stance(statement))) return false;
  if (filters.from === -Infinity && filters.to === Infinity) return true;
  const days = period(statement);
  return days !== undefined && days[1] >= filters.from && days[0] <= filters.to;
}

function shownKind(actor) {
  return filters.kinds.has(DATA.actors[actor].kind);
}

function updateView() {
  view.relations.clear();
  view.actors.clear();
  view.statements = 0;
  DATA.relations.forEach((relation, number) => {
    if (!filters.types.has(relation.type) || !ENDS[number].every(shownKind)) return;
    const statements = relation.statements.filter(passes);
    if (!statements.length) return;
    view.relations.set(number, { statements, stance: strongestStance(statements) });
    ENDS[number].forEach((actor) => view.actors.add(actor));
    view.statements += statements.length;
  });
}

function dateOfDay(day) {
  const date = new Date(day * 86400000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

// "2024-10-23" as "23 Oct 2024"; what is no such date stays as it is.
function readableDate(text) {
  return text.split("/").map((part) => {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(part);
    if (!found || Number(found[2] || 1) > 12 || found[2] === "00") return part;
    return [found[3] && Number(found[3]), found[2] && MONTHS[found[2] - 1], found[1]].filter(Boolean).join(" ");
  }).join(" – ");
}
