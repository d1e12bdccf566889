// The labels on the drawing: names of actors, and relations along their edges. They are written in pixels of the screen,
// however far away the view is, the important ones first; what finds no free place waits until the view comes nearer.

const LABEL_GAP = 6;
const LINE_HEIGHT = 1.2;
const PLACES = { below: 0, above: 2, right: 3, left: 3.5 }; // of a name, with what speaks against them
const EDGE_FONT = 11;
const CELL = 13;
const STRUCK = 5.5;
const MOST_PHRASES = 600;
const SHARES = [0.5, 0.4, 0.6];
const IMPORTANT = 24;

const measured = new Map();
const brush = document.createElement("canvas").getContext("2d");
let placed = { scale: 0, moved: false, names: [], phrases: [], struck: [] };

// Rectangles that are taken, in square cells of the screen.
class Board {
  constructor(cell = 64) {
    this.cell = cell;
    this.cells = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let column = Math.floor(left / this.cell); column <= Math.floor(right / this.cell); column += 1) {
      for (let row = Math.floor(top / this.cell); row <= Math.floor(bottom / this.cell); row += 1) yield `${column},${row}`;
    }
  }

  add(box, owner) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push({ box, owner });
    }
  }

  hits(box, owner) {
    const hit = new Set();
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) if ((owner === undefined || other.owner !== owner) && overlap(box, other.box)) hit.add(other);
    }
    return hit.size;
  }

  isFree(box, owner) {
    return this.hits(box, owner) === 0;
  }
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function within([left, top, right, bottom], outer) {
  return left >= outer[0] && top >= outer[1] && right <= outer[2] && bottom <= outer[3];
}

// What the window shows, in pixels around the drawing's origin.
function windowBox(scale) {
  const { x, y } = network.getViewPosition();
  const [half, high] = [byId("graph").clientWidth / 2, byId("graph").clientHeight / 2];
  return [x * scale - half, y * scale - high, x * scale + half, y * scale + high];
}

function nameFont(actor) {
  const { size } = DATA.nodes[actor].font;
  return `${size >= 15 ? 650 : 500} ${size}px ${theme.font}`;
}

function labelOf(actor) {
  if (!measured.has(actor)) {
    const lines = String(DATA.nodes[actor].label).split("\n");
    brush.font = nameFont(actor);
    const width = Math.max(...lines.map((line) => brush.measureText(line).width));
    measured.set(actor, { lines, width, height: lines.length * DATA.nodes[actor].font.size * LINE_HEIGHT });
  }
  return measured.get(actor);
}

function forgetLabels() {
  placed.scale = 0;
}

function nameBox(actor, place, scale) {
  const { width, height } = labelOf(actor);
  const [x, y] = [POSITIONS[actor].x * scale, POSITIONS[actor].y * scale];
  const away = DATA.nodes[actor].size * scale + LABEL_GAP;
  const left = place === "right" ? x + away : place === "left" ? x - away - width : x - width / 2;
  const top = place === "below" ? y + away : place === "above" ? y - away - height : y - height / 2;
  return [left - 3, top, left + width + 3, top + height];
}

// The chosen actor, then those around it, then the others by importance.
function namingOrder() {
  const rank = (actor) => (chosen && chosen.actor === actor ? 0 : inFocusActor(actor) ? 1 : 2);
  const ranks = new Map([...view.actors].map((actor) => [actor, rank(actor)]));
  return [...view.actors].sort((a, b) => ranks.get(a) - ranks.get(b) || a - b);
}

// The places around an actor, those under which fewest lines pass first; "below", where room was left, before others.
function placesFor(actor, scale, linesUnder) {
  const cost = ([place, bias]) => linesUnder(nameBox(actor, place, scale)) + bias;
  return Object.entries(PLACES).map((entry) => [entry[0], cost(entry)]).sort((a, b) => a[1] - b[1]).map(([place]) => place);
}

function placeNames(scale, linesUnder) {
  const [names, circles, reserved] = [new Board(), new Board(), new Board()];
  const order = namingOrder();
  order.forEach((actor, rank) => {
    const { x, y } = POSITIONS[actor];
    const radius = DATA.nodes[actor].size * scale;
    circles.add([x * scale - radius, y * scale - radius, x * scale + radius, y * scale + radius], actor);
    if (rank < IMPORTANT) reserved.add(nameBox(actor, "below", scale), actor);
  });
  const found = [];
  const window = viewMoved ? null : windowBox(scale);
  const isFree = (box) => names.isFree(box) && (!window || within(box, window));
  order.forEach((actor, rank) => {
    const free = placesFor(actor, scale, linesUnder).filter((place) => isFree(nameBox(actor, place, scale)));
    const covered = new Map(free.map((place) => [place, circles.hits(nameBox(actor, place, scale), actor)]));
    const clear = free.filter((place) => !covered.get(place));
    // No other name may take the place of an important one, which itself may cover the circles of others, though few.
    const place = clear.find((one) => one === "below" || reserved.isFree(nameBox(actor, one, scale), actor))
      || (rank < IMPORTANT ? free.sort((a, b) => covered.get(a) - covered.get(b))[0] : undefined);
    if (!place) return;
    const box = nameBox(actor, place, scale);
    names.add(box, actor);
    found.push({ actor, box });
  });
  return { found, names, circles };
}

function phraseOf(relation) {
  const { stance: said } = view.relations.get(relation);
  const phrase = DATA.relations[relation].relation;
  const short = phrase.length > 28 ? `${phrase.slice(0, 27)}…` : phrase;
  return said === "denied" ? `denied: ${short}` : short;
}

function phraseFont(relation) {
  return `${view.relations.get(relation).stance === "hedged" ? "italic " : ""}500 ${EDGE_FONT}px ${theme.font}`;
}

// Squares along a slanted text, as a Board knows only upright ones.
function squaresAlong({ x, y, angle }, width) {
  const half = EDGE_FONT * 0.65;
  const steps = Math.max(Math.ceil(width / EDGE_FONT), 1);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const along = (step / steps - 0.5) * width;
    const [cx, cy] = [x + Math.cos(angle) * along, y + Math.sin(angle) * along];
    return [cx - half, cy - half, cx + half, cy + half];
  });
}

// How many lines pass each small square of the screen.
function crowdOf(relations, scale) {
  const passing = new Map();
  for (const relation of relations) {
    const steps = Math.min(Math.ceil((lengthOf(relation) * scale) / CELL), 120);
    const own = new Set();
    for (let step = 1; step < steps; step += 1) {
      const { x, y } = pointOn(relation, step / steps);
      own.add(cellKey(x * scale, y * scale));
    }
    own.forEach((key) => passing.set(key, (passing.get(key) || 0) + 1));
  }
  return passing;
}

function cellKey(x, y) {
  return `${Math.round(x / CELL)},${Math.round(y / CELL)}`;
}

function linesAt(passing, [left, top, right, bottom]) {
  return passing.get(cellKey((left + right) / 2, (top + bottom) / 2)) || 0;
}

function linesIn(passing, [left, top, right, bottom]) {
  let lines = 0;
  for (let x = left + CELL / 2; x < right; x += CELL) for (let y = top + CELL / 2; y < bottom; y += CELL) lines += passing.get(cellKey(x, y)) || 0;
  return lines;
}

// Where several lines pass, a phrase would be taken for that of any of them: there it waits until the view comes nearer.
function placePhrases(scale, relations, passing, { names, circles }) {
  const taken = new Board();
  const found = [];
  for (const relation of relations) {
    const text = phraseOf(relation);
    brush.font = phraseFont(relation);
    const { width } = brush.measureText(text);
    const ends = ENDS[relation].reduce((sum, actor) => sum + DATA.nodes[actor].size * scale, 0);
    if (lengthOf(relation) * scale - ends < width + 26) continue;
    for (const share of SHARES) {
      const { x, y, angle } = pointOn(relation, share);
      const squares = squaresAlong({ x: x * scale, y: y * scale, angle }, width + 6);
      const clear = squares.every((square) => names.isFree(square) && circles.isFree(square) && taken.isFree(square));
      if (!clear || squares.filter((square) => linesAt(passing, square) > 1).length > squares.length / 3) continue;
      squares.forEach((square) => taken.add(square));
      found.push({ relation, text, width, share });
      break;
    }
  }
  return found;
}

// Denied relations carry a struck circle where there was no room to say so.
function placeStruckCircles(scale, relations, phrases, { names, circles }) {
  const written = new Set(phrases.map(({ relation }) => relation));
  const silent = relations.filter((relation) => view.relations.get(relation).stance === "denied" && !written.has(relation));
  return silent.flatMap((relation) => {
    const spots = SHARES.map((share) => pointOn(relation, share)).map(({ x, y }) => [x * scale, y * scale]);
    const spot = spots.find(([x, y]) => [names, circles].every((board) => board.isFree([x - STRUCK, y - STRUCK, x + STRUCK, y + STRUCK])));
    return spot ? [{ relation, spot }] : [];
  });
}

function placeLabels(scale) {
  const relations = [...view.relations.keys()].filter(inFocusRelation);
  const few = relations.length <= MOST_PHRASES;
  const passing = few ? crowdOf(relations, scale) : new Map();
  const boards = placeNames(scale, (box) => linesIn(passing, box));
  const phrases = few ? placePhrases(scale, relations, passing, boards) : [];
  placed = { scale, moved: viewMoved, names: boards.found, phrases, struck: placeStruckCircles(scale, relations, phrases, boards) };
}

function drawName(context, { actor, box }) {
  const { lines } = labelOf(actor);
  const { size } = DATA.nodes[actor].font;
  const [left, top, right, bottom] = box;
  const near = inFocusActor(actor);
  context.fillStyle = theme.paper;
  context.globalAlpha = near ? 0.7 : 0.3;
  context.fillRect(left, top - 1, right - left, bottom - top + 2);
  context.globalAlpha = near ? 1 : 0.4;
  context.font = nameFont(actor);
  lines.forEach((line, i) => {
    const [x, y] = [(left + right) / 2, top + (i + 0.5) * size * LINE_HEIGHT];
    context.strokeText(line, x, y);
    context.fillStyle = theme.ink;
    context.fillText(line, x, y);
  });
  context.globalAlpha = 1;
}

// Along its edge, never upside down.
function drawPhrase(context, { relation, text, width, share }, scale) {
  const { x, y, angle } = pointOn(relation, share);
  context.save();
  context.translate(x * scale, y * scale);
  context.rotate(Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle);
  context.font = phraseFont(relation);
  context.fillStyle = theme.paper;
  context.fillRect(-width / 2 - 3, -EDGE_FONT * 0.62, width + 6, EDGE_FONT * 1.24);
  context.fillStyle = familyColour(relation);
  context.fillText(text, 0, 0.5);
  context.restore();
}

function drawStruckCircle(context, { relation, spot: [x, y] }) {
  context.beginPath();
  context.arc(x, y, STRUCK, 0, 2 * Math.PI);
  context.fillStyle = theme.paper;
  context.fill();
  context.lineWidth = 1.6;
  context.strokeStyle = familyColour(relation);
  context.moveTo(x - STRUCK * 0.7, y + STRUCK * 0.7);
  context.lineTo(x + STRUCK * 0.7, y - STRUCK * 0.7);
  context.stroke();
}

function drawLabels(context) {
  const scale = network.getScale();
  if (placed.scale !== scale || placed.moved !== viewMoved) placeLabels(scale);
  context.save();
  context.scale(1 / scale, 1 / scale);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  placed.struck.forEach((mark) => drawStruckCircle(context, mark));
  placed.phrases.forEach((phrase) => drawPhrase(context, phrase, scale));
  context.lineWidth = 3;
  context.strokeStyle = theme.paper;
  placed.names.forEach((name) => drawName(context, name));
  context.restore();
}
