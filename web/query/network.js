// A network of resources: who is with whom. In: rows with two columns of resources; out: an SVG with its caption. The places follow from pushing and pulling
// from a circle on, without chance: the same rows give the same drawing.
import { canvas, label, mark } from "./drawing.js";
import { t } from "../words.js";

const NODES_MAX = 60;
const STEPS = 300;
const LABEL_PX = 120;
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

// A label stands on the side where fewer lines are, if there is room.
function isLabelLeft(node, edges, width) {
  let pull = 0;
  for (const { ends: [one, other] } of edges) {
    if (one === node) pull += other.x - node.x;
    if (other === node) pull += one.x - node.x;
  }
  if (node.x < LABEL_PX) return false;
  return node.x > width - LABEL_PX || pull > 0;
}

export function drawNetwork({ variables, rows }, width, columns) {
  const { nodes, edges, isCut } = read(rows, columns);
  const height = Math.round(Math.min(Math.max(nodes.length * (width < NARROW_PX ? 34 : 22), 260), 1000));
  settle(nodes, edges, width, height);
  const lines = edges.map(({ ends: [one, other], words }) =>
    mark("line", "edge", { x1: one.x, y1: one.y, x2: other.x, y2: other.y }, mark("title", null, {}, [one.text, words, other.text].filter(Boolean).join(" → "))),
  );
  const most = Math.max(1, ...nodes.map(({ links }) => links));
  const dots = nodes.flatMap((node) => {
    const isLeft = isLabelLeft(node, edges, width);
    const r = 4 + 5 * Math.sqrt(node.links / most);
    return [
      mark("circle", "seal", { cx: node.x, cy: node.y, r }, mark("title", null, {}, node.text)),
      label(node.text, LABEL_PX, "ink", { x: node.x + (isLeft ? -r - 4 : r + 4), y: node.y + 4, "text-anchor": isLeft ? "end" : "start", "font-size": "12" }),
    ];
  });
  const { from, to } = columns;
  const size = t(`${nodes.length} 个节点，${edges.length} 条连线`, `${nodes.length} nodes, ${edges.length} links`);
  const cut = isCut ? t(`；只画出前 ${NODES_MAX} 个节点，全部见下表`, `; only the first ${NODES_MAX} nodes are drawn, the table has all`) : "";
  return { svg: canvas(width, height, ...lines, ...dots), caption: `${variables[from]} → ${variables[to]}（${size}${cut}）` };
}
