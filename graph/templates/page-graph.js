// The drawing: vis-network with nodes, edges and options as pyvis describes them, coloured by the style sheet.

const POSITIONS = DATA.nodes.map(({ x, y }) => ({ x, y }));
const UNIT = 1 / Math.min(DATA.scale, 1); // length of a pixel, in units of the drawing, when all is in view
const DASHES = { asserted: false, hedged: [6 * UNIT, 4 * UNIT], denied: [0.1 * UNIT, 5 * UNIT] };
const MAX_ZOOM = 6;

const drawnNodes = new vis.DataSet();
const drawnEdges = new vis.DataSet();
const lastStyles = { nodes: new Map(), edges: new Map() };
let network = null;
let theme = {};
let fittedScale = 1;
let viewMoved = false; // by the user; until then everything stays in view
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "soft", "ring", "denied", ...Object.keys(KINDS), ...DATA.families.map(({ name }) => name)];
  theme = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  theme.font = style.getPropertyValue("--sans");
}

function kindColours() {
  return Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, { color: { background: theme[kind], border: theme.paper } }]));
}

function familyColour(relation) {
  return theme[FAMILY[DATA.relations[relation].type]];
}

// Whether an actor or a relation stays bright while something is chosen.
function inFocusActor(actor) {
  if (!chosen) return true;
  if (chosen.relation !== undefined) return ENDS[chosen.relation].includes(actor);
  return actor === chosen.actor || RELATIONS_OF[actor].some((number) => view.relations.has(number) && ENDS[number].includes(chosen.actor));
}

// The more lines there are (from 40 to 2,500), the fainter are the weak ones, so that the strong ones stand out.
function lineOpacity(statements) {
  if (chosen) return 0.9;
  const crowd = Math.min(Math.log(Math.max(view.relations.size, 40) / 40) / Math.log(2500 / 40), 1);
  return Math.round((0.9 - 0.75 * crowd / Math.cbrt(statements)) * 100) / 100;
}

function inFocusRelation(relation) {
  if (!chosen) return true;
  return chosen.relation !== undefined ? relation === chosen.relation : ENDS[relation].includes(chosen.actor);
}

function nodeStyle(actor) {
  const { label, font, ...node } = DATA.nodes[actor];
  return { ...node, ...POSITIONS[actor], opacity: inFocusActor(actor) ? 1 : 0.3 };
}

function edgeStyle(relation, { statements, stance: said }) {
  const edge = DATA.edges[relation];
  const share = Math.sqrt(statements.length / DATA.relations[relation].statements.length);
  const focus = inFocusRelation(relation);
  const bold = chosen && chosen.relation === relation ? 1.5 * UNIT : 0;
  return {
    ...edge,
    color: { color: familyColour(relation), opacity: focus ? lineOpacity(statements.length) : Math.min(0.13, lineOpacity(1)) },
    dashes: DASHES[said],
    width: edge.width * Math.max(share, 0.6) + (said === "denied" ? 1.1 * UNIT : 0) + bold,
  };
}

// Bring a data set up to date, touching only what has changed.
function synchronise(dataSet, styles, last) {
  const gone = [...last.keys()].filter((id) => !styles.has(id));
  const changed = [...styles].filter(([id, style]) => last.get(id) !== JSON.stringify(style));
  gone.forEach((id) => last.delete(id));
  changed.forEach(([id, style]) => last.set(id, JSON.stringify(style)));
  if (gone.length) dataSet.remove(gone);
  if (changed.length) dataSet.update(changed.map(([, style]) => style));
}

function redrawGraph() {
  forgetLabels(); // first of all: what is taken out below must not be written once more
  synchronise(drawnNodes, new Map([...view.actors].map((actor) => [actor, nodeStyle(actor)])), lastStyles.nodes);
  synchronise(drawnEdges, new Map([...view.relations].map(([number, seen]) => [number, edgeStyle(number, seen)])), lastStyles.edges);
  if (network) network.redraw();
}

// The rectangle that the visible actors with their labels take up at a scale, in pixels around the drawing's origin.
function extent(scale) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const actor of view.actors) {
    const { x, y } = POSITIONS[actor];
    const radius = DATA.nodes[actor].size * scale;
    const { width, height } = labelOf(actor);
    const half = Math.max(radius, width / 2);
    const upright = radius + height + LABEL_GAP;
    box[0] = Math.min(box[0], x * scale - half);
    box[1] = Math.min(box[1], y * scale - upright);
    box[2] = Math.max(box[2], x * scale + half);
    box[3] = Math.max(box[3], y * scale + upright);
  }
  return box;
}

// Show everything that is visible, labels included, as large as the window allows.
function fit() {
  const stage = byId("graph");
  const [width, height] = [stage.clientWidth - 36, stage.clientHeight - 24];
  if (!view.actors.size || width < 10 || height < 10) return;
  let scale = Math.min(DATA.scale, 1);
  let box = extent(scale);
  for (let round = 0; round < 12; round += 1) {
    scale = Math.min(scale * Math.min(width / (box[2] - box[0]), height / (box[3] - box[1])), 1.6);
    box = extent(scale);
  }
  fittedScale = scale;
  viewMoved = false;
  forgetLabels();
  network.moveTo({ position: { x: (box[0] + box[2]) / 2 / scale, y: (box[1] + box[3]) / 2 / scale }, scale });
}

function zoomBy(factor) {
  viewMoved = true;
  network.moveTo({ scale: clampZoom(network.getScale() * factor), animation: animated(180) });
}

function clampZoom(scale) {
  return Math.min(Math.max(scale, fittedScale / 3), Math.max(MAX_ZOOM, fittedScale));
}

function animated(duration) {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration, easingFunction: "easeInOutQuad" };
}

// How many pixels of the drawing lie under the panel, which in small windows comes over it.
function hiddenByPanel() {
  const panel = byId("panel").getBoundingClientRect();
  const stage = byId("graph").getBoundingClientRect();
  return byId("panel").classList.contains("open") ? Math.max(stage.right - (innerWidth - panel.width), 0) : 0;
}

// Bring an actor into view, near enough to read the names around it.
function goTo(actor) {
  if (!view.actors.has(actor)) return;
  viewMoved = true;
  const scale = clampZoom(Math.max(network.getScale(), Math.min(fittedScale * 1.6, 1.2)));
  network.moveTo({ position: POSITIONS[actor], scale, offset: { x: -hiddenByPanel() / 2, y: 0 }, animation: animated(350) });
}

function choose(choice, { move = false, focusPanel = false } = {}) {
  chosen = choice;
  hideTip();
  redrawGraph();
  showPanel(focusPanel);
  if (move && choice && choice.actor !== undefined) goTo(choice.actor);
}

const REACH = { dot: 1, square: 1.36, diamond: 1, hexagon: 1 }; // of a shape's corners, as a multiple of its size

function ringChosen(context) {
  const actors = !chosen ? [] : chosen.actor !== undefined ? [chosen.actor] : ENDS[chosen.relation];
  const scale = network.getScale();
  for (const actor of actors.filter((number) => view.actors.has(number))) {
    const { x, y } = POSITIONS[actor];
    const { size, shape } = DATA.nodes[actor];
    context.beginPath();
    context.arc(x, y, size * REACH[shape] + 4 / scale, 0, 2 * Math.PI);
    context.lineWidth = (chosen.actor === actor ? 2.5 : 1.5) / scale;
    context.strokeStyle = theme.ring;
    context.stroke();
  }
}

// vis-network's own curve between two actors, to write on it: the points of a quadratic Bézier curve. (Its "curvedCW"
// and "curvedCCW" turn the middle of the chord by a share of half a turn and move it out by the same share.)
function curveOf(relation) {
  const [from, to] = ENDS[relation].map((actor) => POSITIONS[actor]);
  const { smooth } = DATA.edges[relation];
  const [dx, dy] = [to.x - from.x, from.y - to.y];
  const bend = smooth ? smooth.roundness * (smooth.type === "curvedCW" ? 1 : -1) : 0;
  const reach = (0.5 * Math.abs(bend) + 0.5) * Math.hypot(dx, dy);
  const angle = Math.atan2(dy, dx) + (0.5 * bend + 0.5) * Math.PI;
  return { from, to, via: { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) } };
}

// The point at a share of the way along an edge, and the direction there.
function pointOn(relation, share) {
  const { from, to, via } = curveOf(relation);
  const rest = 1 - share;
  const along = (axis) => rest * rest * from[axis] + 2 * rest * share * via[axis] + share * share * to[axis];
  const towards = (axis) => rest * (via[axis] - from[axis]) + share * (to[axis] - via[axis]);
  return { x: along("x"), y: along("y"), angle: Math.atan2(towards("y"), towards("x")) };
}

function lengthOf(relation) {
  const [from, to] = ENDS[relation].map((actor) => POSITIONS[actor]);
  return Math.hypot(to.x - from.x, to.y - from.y);
}

function elementAt(point) {
  const actor = network.getNodeAt(point);
  if (actor !== undefined) return { actor };
  const relation = network.getEdgeAt(point);
  return relation === undefined ? null : { relation };
}

function tipText({ actor, relation }) {
  if (actor !== undefined) {
    const { name, kind } = DATA.actors[actor];
    const seen = RELATIONS_OF[actor].filter((number) => view.relations.has(number)).length;
    return [name, `${KINDS[kind]}, ${count(seen, "relation")}`];
  }
  const { statements, stance: said } = view.relations.get(relation);
  return [relationSentence(relation), `${phraseOf(relation)} · ${count(statements.length, "statement")} · ${STANCES[said].toLowerCase()}`];
}

function showTip(point) {
  const found = elementAt(point);
  byId("graph").style.cursor = found ? "pointer" : "";
  const tip = byId("tip");
  tip.hidden = !found;
  if (!found) return;
  const [head, detail] = tipText(found);
  tip.replaceChildren(make("strong", {}, head), make("span", {}, detail));
  const stage = byId("graph");
  tip.style.left = `${Math.max(Math.min(point.x + 14, stage.clientWidth - tip.offsetWidth - 8), 8)}px`;
  tip.style.top = `${point.y + 18 + tip.offsetHeight > stage.clientHeight ? point.y - tip.offsetHeight - 10 : point.y + 18}px`;
}

function hideTip() {
  byId("tip").hidden = true;
}

function followPointer(stage) {
  let waiting = null;
  stage.addEventListener("pointermove", (event) => {
    if (event.buttons || event.pointerType === "touch") return hideTip();
    const { left, top } = stage.getBoundingClientRect();
    if (!waiting) requestAnimationFrame(() => { showTip(waiting); waiting = null; });
    waiting = { x: event.clientX - left, y: event.clientY - top };
  });
  stage.addEventListener("pointerleave", hideTip);
}

function keysOnGraph(event) {
  const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
  if (event.key === "+" || event.key === "=") zoomBy(1.3);
  else if (event.key === "-") zoomBy(1 / 1.3);
  else if (event.key === "0") fit();
  else if (steps[event.key]) {
    const { x, y } = network.getViewPosition();
    const [right, down] = steps[event.key].map((pixels) => pixels / network.getScale());
    viewMoved = true;
    network.moveTo({ position: { x: x + right, y: y + down } });
  } else return;
  event.preventDefault();
}

function rememberMoved(actors) {
  Object.assign(POSITIONS, network.getPositions(actors));
  forgetLabels();
}

function startGraph() {
  const stage = byId("graph");
  network = new vis.Network(stage, { nodes: drawnNodes, edges: drawnEdges }, { ...DATA.options, groups: kindColours() });
  network.on("beforeDrawing", (context) => { context.lineCap = "round"; ringChosen(context); });
  network.on("afterDrawing", drawLabels);
  network.on("click", ({ pointer }) => choose(elementAt(pointer.DOM)));
  network.on("zoom", ({ pointer, scale }) => {
    viewMoved = true;
    if (clampZoom(scale) !== scale) network.moveTo({ scale: clampZoom(scale) });
    if (pointer) hideTip();
  });
  network.on("dragging", ({ nodes }) => { if (nodes.length) rememberMoved(nodes); else viewMoved = true; });
  network.on("dragEnd", ({ nodes }) => { if (nodes.length) { rememberMoved(nodes); network.unselectAll(); } });
  new ResizeObserver(() => { if (!viewMoved) requestAnimationFrame(fit); }).observe(stage);
  followPointer(stage);
  stage.addEventListener("keydown", keysOnGraph);
  byId("zoom-in").addEventListener("click", () => zoomBy(1.4));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  byId("zoom-fit").addEventListener("click", fit);
}

function changeTheme() {
  readTheme();
  network.setOptions({ groups: kindColours() });
  lastStyles.nodes.clear();
  lastStyles.edges.clear();
  redrawGraph();
}
