// Bars: a name and a number of each row. In: rows, the column of names and that of numbers; out: an SVG with its caption. Bars begin at zero.
import { canvas, label, mark, textWidth } from "./drawing.js";
import { t } from "../words.js";

const BARS_MAX = 40;
const ROW_PX = 26;
const GAP_PX = 8;

export function drawBars({ variables, rows }, width, { name, column }) {
  const all = rows.filter((cells) => cells[column]?.text && cells[name]?.text);
  const bars = all.slice(0, BARS_MAX).map((cells) => ({ name: cells[name].text, text: cells[column].text, value: Number(cells[column].text) }));
  const values = bars.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const widest = (texts) => Math.max(0, ...texts.map(textWidth));
  const namesPx = Math.min(widest(bars.map((bar) => bar.name)), width * 0.42);
  const valuesPx = Math.min(widest(bars.map((bar) => bar.text)), width * 0.2);
  const [left, right] = [namesPx + GAP_PX, width - valuesPx - GAP_PX];
  const x = (value) => left + ((value - low) / (high - low || 1)) * (right - left);
  const height = bars.length * ROW_PX + GAP_PX;
  const marks = bars.flatMap((bar, place) => {
    const y = place * ROW_PX + GAP_PX / 2;
    const [from, to] = [x(Math.min(0, bar.value)), x(Math.max(0, bar.value))];
    return [
      label(bar.name, namesPx, "ink", { x: namesPx, y: y + 17, "text-anchor": "end" }),
      mark("rect", "seal", { x: from, y: y + 4, width: Math.max(to - from, 1), height: ROW_PX - GAP_PX }),
      label(bar.text, valuesPx, "soft", { x: to + 6, y: y + 17 }),
    ];
  });
  const zero = mark("line", "axis", { x1: x(0), x2: x(0), y1: 0, y2: height });
  const which = `${variables[name]} — ${variables[column]}`;
  const cut = all.length > BARS_MAX ? t(`（前 ${BARS_MAX} 行）`, ` (first ${BARS_MAX} rows)`) : "";
  return { svg: canvas(width, Math.max(height, ROW_PX), zero, ...marks), caption: `${which}${cut}` };
}
