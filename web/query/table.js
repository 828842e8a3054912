// A table of answers that can be sorted and filtered. In: a table whose cells say their kind; out: the same table with buttons in its head and a box above
// it, and its rows as data for the views. Numbers sort as numbers, texts as Chinese sorts them, empty cells come last.
import { element, t } from "../words.js";

const collator = new Intl.Collator(["zh-CN", "en"], { numeric: true });

function cellOf(cell) {
  const link = cell.querySelector("a");
  const text = (link ?? cell).textContent.trim();
  return { text, kind: cell.dataset.kind ?? "", href: link?.getAttribute("href") ?? "", iri: cell.querySelector(".iri")?.textContent ?? "" };
}

function compare(one, other, direction) {
  if (one.text === "" || other.text === "") return (one.text === "" ? 1 : 0) - (other.text === "" ? 1 : 0);
  const order =
    one.kind === "number" && other.kind === "number"
      ? Number(one.text) - Number(other.text)
      : collator.compare(one.text, other.text);
  return direction * order;
}

export function enrichTable(section) {
  const table = section.querySelector("table.answer");
  const heads = [...table.tHead.rows[0].cells];
  const variables = heads.map((head) => head.textContent);
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row, place) => ({ row, place, cells: [...row.cells].map(cellOf) }));
  const watchers = [];
  let shown = rows;
  let sorting = { column: -1, direction: 1 };
  const tell = () => watchers.forEach((watch) => watch());

  function sort() {
    const { column, direction } = sorting;
    const ordered = [...rows].sort((one, other) =>
      column === -1 ? one.place - other.place : compare(one.cells[column], other.cells[column], direction) || one.place - other.place,
    );
    body.append(...ordered.map(({ row }) => row));
    shown = ordered.filter(({ row }) => !row.hidden);
    tell();
  }

  heads.forEach((head, column) => {
    const button = element("button", { type: "button", class: "sort" }, variables[column]);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      // Up, down, as it came.
      if (sorting.column !== column) sorting = { column, direction: 1 };
      else if (sorting.direction === 1) sorting = { column, direction: -1 };
      else sorting = { column: -1, direction: 1 };
      for (const other of heads) other.removeAttribute("aria-sort");
      if (sorting.column === column) head.setAttribute("aria-sort", sorting.direction === 1 ? "ascending" : "descending");
      sort();
    });
  });

  const box = element("input", { type: "search", id: "rows-filter", autocomplete: "off" });
  const count = element("span", { class: "note", role: "status" });
  const label = element("label", { for: "rows-filter" }, t("筛选行", "Filter rows"));
  const tools = element("div", { class: "tools" }, element("p", { class: "filter" }, label, box, count));
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const { row } of rows) row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
    sort();
    count.textContent = wanted === "" ? "" : `${shown.length} / ${rows.length} ${t("行", "rows")}`;
  });
  if (rows.length > 1) section.querySelector(".wide").before(tools);

  return {
    variables,
    tools,
    rows: () => shown.map(({ cells }) => cells),
    watch: (watcher) => watchers.push(watcher),
  };
}
