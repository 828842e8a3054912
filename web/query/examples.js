// A box that narrows the list of questions. In: the list; out: the same list with those left that have all the words.
import { element, t } from "../words.js";

export function searchExamples(aside) {
  const list = aside?.querySelector(".questions");
  if (!list) return;
  const box = element("input", { type: "search", id: "questions-filter", autocomplete: "off" });
  const count = element("span", { class: "note", role: "status" });
  const label = element("label", { for: "questions-filter" }, t("找问题", "Find a question"));
  list.before(element("p", { class: "filter" }, label, box, count));
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const item of list.children) {
      const text = item.textContent.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) left += 1;
    }
    count.textContent = words.length === 0 ? "" : t(`${left} 个`, `${left} found`);
  });
}
