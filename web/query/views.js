// Which drawings fit an answer, and the one that is wanted. In: the rows of a table; out: buttons, and a figure above the table, which stays: it is the
// figure's equal. A drawing follows the table when that is sorted or filtered.
import { drawBars } from "./chart.js";
import { figureOf } from "./drawing.js";
import { drawNetwork } from "./network.js";
import { drawTimeline } from "./timeline.js";
import { element, t } from "../words.js";

// The kind of each column: that of all its cells, or none.
function kindsOf(rows, width) {
  return Array.from({ length: width }, (_, column) => {
    const kinds = new Set(rows.map((cells) => cells[column]).filter((cell) => cell?.text).map(({ kind }) => kind));
    return kinds.size === 1 ? [...kinds][0] : "";
  });
}

function fitting(section, { variables, rows }) {
  const kinds = kindsOf(rows(), variables.length);
  const where = (kind) => kinds.flatMap((own, column) => (own === kind ? [column] : []));
  const [numbers, dates, resources] = ["number", "date", "iri"].map(where);
  // Texts name a row better than links, which name it better than anything.
  const name = [kinds.indexOf("text"), kinds.indexOf("iri"), kinds.findIndex((kind) => kind !== "number" && kind !== "date")].find((column) => column >= 0);
  const views = [];
  const isGraph = "graph" in section.dataset;
  if (!isGraph && name !== undefined && numbers.length > 0) {
    views.push(bars(variables, name, numbers));
  }
  if (!isGraph && name !== undefined && dates.length > 0) {
    const more = kinds.findIndex((kind, column) => kind === "text" && column !== name);
    views.push({ id: "timeline", label: t("时间轴", "Timeline"), draw: (data, width) => drawTimeline(data, width, { name, date: dates[0], more }) });
  }
  const links = rows().some((cells) => cells[0]?.href && cells[2]?.href);
  if (isGraph && links) {
    views.push({ id: "network", label: t("关系图", "Network"), draw: (data, width) => drawNetwork(data, width, { from: 0, to: 2, by: 1 }) });
  } else if (!isGraph && resources.length > 1) {
    views.push({ id: "network", label: t("关系图", "Network"), draw: (data, width) => drawNetwork(data, width, { from: resources[0], to: resources[1], by: null }) });
  }
  return views;
}

// Bars of one of the columns of numbers, which may be chosen.
function bars(variables, name, numbers) {
  const view = { id: "chart", label: t("柱图", "Bars"), redraw: () => {} };
  const options = numbers.map((column) => element("option", { value: String(column) }, variables[column]));
  const select = element("select", {}, ...options);
  select.addEventListener("change", () => view.redraw());
  const more = numbers.length > 1 ? element("label", { class: "column" }, t("数值列", "Column"), " ", select) : null;
  view.draw = (data, width) => ({ ...drawBars(data, width, { name, column: Number(select.value) }), more });
  return view;
}

// The drawing that is shown is drawn anew where the window gets another width; the one before it is gone with its answer.
let redraw = () => {};
let waiting = 0;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => redraw(), 150);
});

export function offerViews(section, table) {
  redraw = () => {};
  const views = fitting(section, table);
  if (views.length === 0) return;
  const place = element("div", { class: "view" });
  const group = element("div", { class: "views", role: "group", "aria-label": t("显示方式", "View") });
  let chosen = null;

  function draw() {
    if (!chosen) return place.replaceChildren();
    const width = Math.min(Math.max(place.clientWidth, 280), 960);
    const question = document.querySelector("#asked .question")?.textContent ?? "";
    place.replaceChildren(figureOf(chosen.draw({ variables: table.variables, rows: table.rows() }, width), question, chosen.id));
  }

  for (const view of views) view.redraw = draw;
  for (const view of [null, ...views]) {
    const button = element("button", { type: "button", "aria-pressed": String(view === null) }, view?.label ?? t("只看表格", "Table only"));
    button.addEventListener("click", () => {
      chosen = view;
      for (const other of group.children) other.setAttribute("aria-pressed", String(other === button));
      draw();
    });
    group.append(button);
  }
  const wide = section.querySelector(".wide");
  if (!table.tools.isConnected) wide.before(table.tools);
  table.tools.prepend(group);
  wide.before(place);
  table.watch(draw);
  redraw = () => {
    if (place.isConnected) draw();
  };
}
