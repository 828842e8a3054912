// Explains a mark in the text when it is tapped: the first tap tells what it is, with a link to it; a second tap follows it. A mouse and the
// keyboard need nothing of this: the title and the stylesheet tell it.
import { t } from "./words.js";

let note = null;
let shown = null;

function close() {
  note?.remove();
  note = null;
  shown = null;
}

function explain(mark) {
  close();
  note = document.createElement("div");
  note.className = "mark-note";
  note.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = mark.title;
  const link = document.createElement("a");
  link.href = mark.href;
  link.textContent = t("打开 ›", "Open ›");
  note.append(words, link);
  document.body.append(note);
  shown = mark;
}

let byTouch = false;
document.addEventListener("pointerdown", (event) => { byTouch = event.pointerType === "touch"; });
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".published a.mark[title]");
  if (mark && byTouch && mark !== shown) {
    event.preventDefault();
    explain(mark);
  } else if (!event.target.closest?.(".mark-note")) {
    close();
  }
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
