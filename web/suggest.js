// Names that the text in the search box may become: a listbox below it, after the ARIA pattern of a combobox. Arrows choose, Enter takes,
// Escape closes; without this module the box searches as it is.
import { element, kindName } from "./words.js";

const WAIT_MS = 60;
const box = document.getElementById("find");

if (box) {
  const list = element("ul", { id: "suggestions", class: "suggestions", role: "listbox", "aria-label": box.labels[0]?.textContent ?? "", hidden: true });
  box.after(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  let typed = box.value;
  let chosen = -1;
  let timer = 0;
  let asked = null;

  const close = () => {
    // What was asked for before comes too late.
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const options = [...list.children];
    chosen = place;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = options[place];
    box.value = option ? option.dataset.text : typed;
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  };

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map(({ text, kind }, at) => {
      const attributes = { id: `suggestion-${at}`, role: "option", "aria-selected": "false", "data-text": text };
      return element("li", attributes, element("span", { lang: "zh-CN" }, text), element("small", {}, kindName(kind)));
    }));
    chosen = -1;
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
  };

  const ask = async () => {
    asked?.abort();
    if (typed.trim() === "") return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`/suggest.json?q=${encodeURIComponent(typed)}&size=8`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
      else close();
    } catch (error) {
      // A later text was typed, or the service is away: the box still searches.
      if (error.name !== "AbortError") close();
    }
  };

  box.addEventListener("input", (event) => {
    // Pinyin that an input method has not turned into characters yet is asked for too.
    typed = box.value;
    clearTimeout(timer);
    timer = setTimeout(ask, event.isComposing ? 2 * WAIT_MS : WAIT_MS);
  });

  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const count = list.children.length;
    if (event.key === "ArrowDown") choose(chosen + 1 < count ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen === -1 ? count - 1 : chosen - 1);
    else if (event.key === "Escape") {
      box.value = typed;
      close();
    } else return;
    event.preventDefault();
  });

  // The box keeps the focus, so that the list stays until the button is let go.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    box.value = option.dataset.text;
    box.form.requestSubmit();
  });

  box.addEventListener("blur", close);
}
