// A network of resources: who is with whom. In: rows with two columns of resources; out: an SVG with its caption. The places follow from pushing and pulling
// from a circle on, without chance: the same rows give the same drawing.
import { canvas, label, mark, textWidth } from "./drawing.js";
import { t } from "../words.js";

const NODES_MAX = 60;
const STEPS = 300;
const LABEL_PX = { narrow: 120, wide: 190 };
const TYPE_SHARE = 12 / 13;
const EDGE_PX = 20;
const NARROW_PX = 600;

function read(rows, { from, to, by }) {
  const nodes = new Map();
  const edges = new Map();
  let isCut = false;
  for (const cells of rows) {
    const ends = [cells[from], cells[to]];
    if (ends.some((cell) => !cell?.href)) continue;
    const fresh = new Set(ends.map(({ href }) => href).filter((href) => !nodes.has(href)));
    if (nodes.size + fresh.size > NODES_MAX) {
      isCut = true;
      continue;
    }
    for (const { href, text } of ends) {
      if (!nodes.has(href)) nodes.set(href, { text, links: 0 });
      nodes.get(href).links += 1;
    }
    const key = ends.map(({ href }) => href).join(" ");
    const words = by === null ? "" : cells[by]?.text ?? "";
    edges.set(key, { ends: ends.map(({ href }) => nodes.get(href)), words: [edges.get(key)?.words, words].filter(Boolean).join("、") });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], isCut };
}

// Pushes nodes apart and pulls linked ones together, ever more gently; then what came of it is stretched to the room there is.
function settle(nodes, edges, width, height) {
  nodes.forEach((node, place) => {
    const turn = (2 * Math.PI * place) / nodes.length;
    [node.x, node.y] = [Math.cos(turn), Math.sin(turn)];
  });
  const ideal = 2 / Math.sqrt(Math.max(nodes.length, 1));
  for (let step = 0; step < STEPS; step += 1) {
    const reach = 0.2 * (1 - step / STEPS) + 0.002;
    // What is linked to nothing else is kept from drifting away.
    for (const node of nodes) [node.dx, node.dy] = [-node.x * 1.2, -node.y * 1.2];
    for (const [place, one] of nodes.entries()) {
      for (const other of nodes.slice(place + 1)) {
        const [dx, dy] = [one.x - other.x || 0.001, one.y - other.y || 0.001];
        move(one, other, dx, dy, (ideal * ideal) / (dx * dx + dy * dy));
      }
    }
    for (const { ends: [one, other] } of edges) {
      const [dx, dy] = [one.x - other.x, one.y - other.y];
      move(one, other, dx, dy, -Math.hypot(dx, dy) / ideal);
    }
    for (const node of nodes) {
      const length = Math.hypot(node.dx, node.dy) || 1;
      node.x += (node.dx / length) * Math.min(length, reach);
      node.y += (node.dy / length) * Math.min(length, reach);
    }
  }
  stretch(nodes, "x", EDGE_PX, width - EDGE_PX);
  stretch(nodes, "y", 16, height - 16);
}

function move(one, other, dx, dy, force) {
  one.dx += dx * force;
  one.dy += dy * force;
  other.dx -= dx * force;
  other.dy -= dy * force;
}

function stretch(nodes, axis, from, to) {
  const places = nodes.map((node) => node[axis]);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  for (const node of nodes) node[axis] = high - low < 1e-6 ? (from + to) / 2 : from + ((node[axis] - low) / (high - low)) * (to - from);
}

// Where the name of a node may stand: beside it, below it or above it; the first is best.
function placesOf(node, textPx) {
  const { x, y, r } = node;
  const places = [
    { x: x + r + 4, y: y + 4, anchor: "start", left: x + r + 4 },
    { x: x - r - 4, y: y + 4, anchor: "end", left: x - r - 4 - textPx },
    { x, y: y + r + 14, anchor: "middle", left: x - textPx / 2 },
    { x, y: y - r - 5, anchor: "middle", left: x - textPx / 2 },
  ];
  return places.map((place) => ({ ...place, right: place.left + textPx, top: place.y - 11, bottom: place.y + 3 }));
}

const shared = (one, other) =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) * Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

// Gives each node the place for its name that covers least of other names and nodes and stays inside; those with most links choose first.
function placeNames(nodes, labelPx, width, height) {
  const taken = nodes.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
  for (const node of [...nodes].sort((one, other) => other.links - one.links)) {
    const textPx = Math.min(textWidth(node.text) * TYPE_SHARE, labelPx);
    const costs = placesOf(node, textPx).map((place, rank) => {
      const outside = Math.max(0, -place.left) + Math.max(0, place.right - width) + Math.max(0, -place.top) + Math.max(0, place.bottom - height);
      const covered = taken.reduce((sum, other) => sum + shared(place, other), 0);
      return { place, cost: outside * 100 + covered + rank };
    });
    node.name = costs.reduce((best, other) => (other.cost < best.cost ? other : best)).place;
    taken.push(node.name);
  }
}

export function drawNetwork({ variables, rows }, width, columns) {
  const { nodes, edges, isCut } = read(rows, columns);
  const isNarrow = width < NARROW_PX;
  const labelPx = isNarrow ? LABEL_PX.narrow : LABEL_PX.wide;
  const height = Math.round(Math.min(Math.max(nodes.length * (isNarrow ? 34 : 22), 260), 1000));
  settle(nodes, edges, width, height);
  const most = Math.max(1, ...nodes.map(({ links }) => links));
  for (const node of nodes) node.r = 4 + 5 * Math.sqrt(node.links / most);
  placeNames(nodes, labelPx, width, height);
  const lines = edges.map(({ ends: [one, other], words }) =>
    mark("line", "edge", { x1: one.x, y1: one.y, x2: other.x, y2: other.y }, mark("title", null, {}, [one.text, words, other.text].filter(Boolean).join(" → "))),
  );
  const dots = nodes.map(({ x, y, r, text }) => mark("circle", "seal", { cx: x, cy: y, r }, mark("title", null, {}, text)));
  const names = nodes.map(({ text, name }) => label(text, labelPx / TYPE_SHARE, "name", { x: name.x, y: name.y, "text-anchor": name.anchor, "font-size": "12" }));
  const { from, to } = columns;
  const size = t(`${nodes.length} 个节点，${edges.length} 条连线`, `${nodes.length} nodes, ${edges.length} links`);
  const cut = isCut ? t(`；只画出前 ${NODES_MAX} 个节点，全部见下表`, `; only the first ${NODES_MAX} nodes are drawn, the table has all`) : "";
  return { svg: canvas(width, height, ...lines, ...dots, ...names), caption: `${variables[from]} → ${variables[to]}（${size}${cut}）` };
}
