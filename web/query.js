// The query box: Ctrl+Enter runs the query, and a fault puts the cursor where it is.
const box = document.getElementById("query");

box?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});

if (box?.dataset.line && box.dataset.column) {
  const lines = box.value.split("\n");
  const before = lines.slice(0, Number(box.dataset.line) - 1).join("\n");
  // Columns count characters, the box counts UTF-16 units.
  const line = Array.from(lines[Number(box.dataset.line) - 1] ?? "");
  const column = line.slice(0, Number(box.dataset.column) - 1).join("").length;
  const place = before.length + (before ? 1 : 0) + column;
  box.focus();
  box.setSelectionRange(place, place + 1);
}
