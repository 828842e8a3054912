// The query page with scripts: the editor, running without leaving the page, views of the answer, a history. In: the page as the server made it; out: the
// same page with more ways to use it. Guarantee: whatever does not come, as the editor where the build had none, leaves the form as it was.
import { offerCopies } from "../copy.js";
import { searchExamples } from "./examples.js";
import { remember, showHistory } from "./history.js";
import { runner } from "./run.js";
import { enrichTable } from "./table.js";
import { offerViews } from "./views.js";

const form = document.getElementById("ask");
const box = document.getElementById("query");
let editor = null;

// Where the fault of the answer stands, if it has a place.
function faultOf() {
  const { line, column } = box.dataset;
  if (!line || !column) return null;
  const message = document.querySelector("#fault .said")?.textContent ?? "";
  return { line: Number(line), column: Number(column), message };
}

function showFault() {
  const said = document.querySelectorAll("#fault > p");
  editor?.describe(Array.from(said, (part) => part.textContent).join("\n"));
  const fault = faultOf();
  if (!fault) return;
  if (editor) {
    editor.fault(fault);
    return;
  }
  const lines = box.value.split("\n");
  const before = lines.slice(0, fault.line - 1).join("\n");
  // Columns count characters, the box counts UTF-16 units.
  const line = Array.from(lines[fault.line - 1] ?? "");
  const column = line.slice(0, fault.column - 1).join("").length;
  const place = before.length + (fault.line > 1 ? 1 : 0) + column;
  box.focus();
  box.setSelectionRange(place, place + 1);
}

function enrich() {
  const answer = document.querySelector("#outcome .outcome");
  if (answer?.querySelector("table.answer")) offerViews(answer, enrichTable(answer));
  offerCopies(document.getElementById("outcome"));
  const isAnswered = document.getElementById("answer") !== null;
  if (isAnswered) remember(box.value, document.querySelector("#answer .tag")?.dataset ?? {});
}

const run = runner(form, (text) => {
  box.value = text;
  editor?.show(text);
  enrich();
  showFault();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run.ask();
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});

enrich();
searchExamples(document.querySelector(".query aside"));
showHistory(document.querySelector(".query aside"), run);

try {
  if (form.dataset.editor) {
    const { edit } = await import(form.dataset.editor);
    editor = edit(box, () => form.requestSubmit());
  }
} catch {
  // The plain box does all that it did.
}
showFault();
run.restore();
