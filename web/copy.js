// Shows the buttons that copy a field or a snippet, where a script can copy. In: buttons whose `data-copy` names the element; out: its text in the
// clipboard. Where the browser gives no leave, as over plain HTTP, the text is marked, so that one key copies it; without this it is read and copied by hand.
import { element, t } from "./words.js";

const SHOWN_MS = 2_000;

function select(source) {
  if (source.select) {
    source.focus();
    source.select();
    return;
  }
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

function offer(button, source) {
  const said = element("span", { class: "note", role: "status" });
  button.after(" ", said);
  button.hidden = false;
  let timer = 0;
  button.addEventListener("click", async () => {
    clearTimeout(timer);
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      said.textContent = t("已复制", "Copied");
      timer = setTimeout(() => { said.textContent = ""; }, SHOWN_MS);
    } catch {
      select(source);
      said.textContent = t("已选中，按 Ctrl+C", "Marked; press Ctrl+C");
    }
  });
}

// Offers what is in `place` and not offered yet.
export function offerCopies(place) {
  for (const button of place.querySelectorAll("button[data-copy][hidden]")) {
    const source = document.getElementById(button.dataset.copy);
    if (source) offer(button, source);
  }
}

offerCopies(document);
