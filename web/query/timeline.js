// A timeline: when each row is, in order of time, a line for each. In: rows, the columns of dates, of names and of what is to be said of them, if any; out: an SVG with its caption.
import { canvas, label, mark, textWidth } from "./drawing.js";
import { t } from "../words.js";

const ROWS_MAX = 60;
const ROW_PX = 24;
const HEAD_PX = 28;
const EDGE_PX = 26;
const YEAR_PX = 44;

// A date as years and their parts, which is as exact as a line can be.
function yearsOf(text) {
  // Years of more digits are no dates of policies, and no line could show them.
  const [, year, month, day] = /^(-?\d{4})(?!\d)(?:-(\d\d))?(?:-(\d\d))?/.exec(text) ?? [];
  if (year === undefined) return null;
  return Number(year) + (Number(month ?? 1) - 1) / 12 + (Number(day ?? 1) - 1) / 372;
}

export function drawTimeline({ variables, rows }, width, { name, date, more }) {
  const all = rows
    .map((cells) => ({ at: yearsOf(cells[date]?.text ?? ""), text: cells[date]?.text ?? "", name: cells[name]?.text ?? "", more: cells[more]?.text ?? "" }))
    .filter(({ at }) => at !== null);
  const points = all.slice(0, ROWS_MAX).sort((one, other) => one.at - other.at);
  if (points.length === 0) return { svg: canvas(width, HEAD_PX), caption: t("没有可画的行", "No row to draw") };
  const first = Math.floor(Math.min(...points.map(({ at }) => at)));
  const last = Math.max(first + 1, Math.ceil(Math.max(...points.map(({ at }) => at))));
  const x = (at) => EDGE_PX + ((at - first) / (last - first)) * (width - 2 * EDGE_PX);
  const height = HEAD_PX + points.length * ROW_PX + 4;
  const step = Math.max(1, Math.ceil(((last - first) * YEAR_PX) / (width - 2 * EDGE_PX)));
  const marks = [];
  for (let year = first; year <= last; year += step) {
    marks.push(mark("line", "axis", { x1: x(year), x2: x(year), y1: HEAD_PX - 8, y2: height }));
    marks.push(label(String(year), YEAR_PX, "soft", { x: x(year), y: 14, "text-anchor": "middle" }));
  }
  points.forEach((point, place) => {
    const y = HEAD_PX + place * ROW_PX + ROW_PX / 2;
    const isLeft = x(point.at) > width / 2;
    const px = (isLeft ? x(point.at) : width - x(point.at)) - 16;
    const wordings = [[point.name, point.more, point.text], [point.name, point.text]].map((parts) => parts.filter(Boolean).join(" "));
    const words = wordings.find((wording) => textWidth(wording) <= px) ?? point.name;
    marks.push(mark("circle", "seal", { cx: x(point.at), cy: y, r: 5 }));
    marks.push(
      label(words, px, "ink", { x: x(point.at) + (isLeft ? -10 : 10), y: y + 5, "text-anchor": isLeft ? "end" : "start" }),
    );
  });
  const cut = all.length > ROWS_MAX ? t(`（前 ${ROWS_MAX} 行）`, ` (first ${ROWS_MAX} rows)`) : "";
  return { svg: canvas(width, height, ...marks), caption: `${variables[name]} — ${variables[date]}${cut}` };
}
