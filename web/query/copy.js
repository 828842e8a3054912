// A button that copies a snippet. Where the browser gives no leave to copy, as over plain HTTP, the text is marked for Ctrl+C.
import { element, t } from "./words.js";

function select(text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

export function offerCopies(place) {
  for (const text of place.querySelectorAll("pre.snippet")) {
    const button = element("button", { type: "button", class: "copy" }, t("复制", "Copy"));
    const said = element("span", { class: "note", role: "status" });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        said.textContent = t("已复制", "Copied");
      } catch {
        select(text);
        said.textContent = t("已选中，按 Ctrl+C", "Marked; press Ctrl+C");
      }
    });
    text.before(element("p", { class: "copying" }, button, " ", said));
  }
}
