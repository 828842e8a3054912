// Mistakes where they stand. In: what the server says of a query, line and column counted from 1 and in characters; out: marks, and for a name
// that the data do not have, the nearest as a remedy that one click applies. Nothing is judged here.
import { linter, setDiagnostics } from "@codemirror/lint";
import { t, isEnglish } from "../words.js";

const WAIT_MS = 700;

// The range of the word at a place; the last character of the line where it is past its end.
function rangeAt(doc, { line, column }) {
  const row = doc.line(Math.min(Math.max(line, 1), doc.lines));
  // Columns count characters, the editor counts UTF-16 units.
  const before = Array.from(row.text).slice(0, column - 1).join("").length;
  const from = row.from + before;
  const word = /^[^\s{}()[\];,]+/u.exec(row.text.slice(before))?.[0].length ?? 1;
  const to = Math.min(from + word, row.to);
  return to > from ? { from, to } : { from: Math.max(row.from, from - 1), to: Math.max(row.to, row.from) };
}

const asError = (doc, error) => ({
  ...rangeAt(doc, error),
  severity: "error",
  message: `${t("第", "line ")}${error.line}${t(" 行第 ", ", column ")}${error.column}${t(" 个字：", ": ")}${error.message}`,
});

// What the server says, in the language of the page.
const wordsOf = ({ message, chinese }) => (isEnglish ? message : chinese || message);

function asWarning(doc, warning) {
  const actions = (warning.nearest ?? []).slice(0, 3).map((name) => ({
    name: `${t("改为", "Make it")} ${name}`,
    apply: (view, from, to) => view.dispatch({ changes: { from, to, insert: name } }),
  }));
  return { ...rangeAt(doc, warning), severity: "warning", message: wordsOf(warning), actions };
}

export function checking() {
  return linter(
    async (view) => {
      const { doc } = view.state;
      const query = doc.toString();
      if (query.trim() === "") return [];
      const headers = { "Content-Type": "application/sparql-query", Accept: "application/json" };
      const answer = await fetch("/sparql/check", { method: "POST", headers, body: query });
      // Whoever checks too often is told so when the query is asked.
      if (!answer.ok) return [];
      const { errors = [], warnings = [] } = await answer.json();
      // What is about no place is told when the query is asked.
      const placed = (note) => note.line !== null && note.column !== null;
      return [
        ...errors.filter(placed).map((error) => asError(doc, { ...error, message: wordsOf(error) })),
        ...warnings.filter(placed).map((warning) => asWarning(doc, warning)),
      ];
    },
    { delay: WAIT_MS },
  );
}

export function showFault(view, { line, column, message }) {
  const { doc } = view.state;
  const mark = asError(doc, { line, column, message });
  view.dispatch(setDiagnostics(view.state, [mark]));
  view.dispatch({ selection: { anchor: mark.from }, scrollIntoView: true });
  view.focus();
}
