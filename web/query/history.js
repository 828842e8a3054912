// Queries asked from this browser, the last first. In: a query that was answered; out: a list of links. They stay in this browser; a browser that keeps
// nothing shows none.
import { element, isEnglish, t } from "./words.js";

const KEY = "zhengtu.queries";
const KEPT_MAX = 50;
const CHARS_MAX = 8_000;
const HEAD_CHARS_MAX = 100;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(({ query, at }) => typeof query === "string" && typeof at === "number") : [];
  } catch {
    return [];
  }
}

function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // No room, or none wanted.
  }
}

// A query in a line, without remarks and declarations.
function headOf(query) {
  const lines = query.split("\n").map((line) => line.trim());
  const said = lines.filter((line) => line !== "" && !/^(#|PREFIX\b|BASE\b)/i.test(line)).join(" ");
  return said.length > HEAD_CHARS_MAX ? `${said.slice(0, HEAD_CHARS_MAX)}…` : said;
}

let list = null;

function render() {
  if (!list) return;
  const kept = read();
  const language = new URLSearchParams(location.search).get("lang");
  list.parentElement.hidden = kept.length === 0;
  list.replaceChildren(
    ...kept.map(({ query, at, note }) => {
      const fields = new URLSearchParams({ query, ...(language ? { lang: language } : {}) });
      const when = new Date(at).toLocaleString(isEnglish ? "en" : "zh-CN", { dateStyle: "short", timeStyle: "short" });
      const link = element("a", { href: `/query?${fields}` }, element("code", {}, headOf(query)), " ", element("small", {}, [when, note].filter(Boolean).join(" · ")));
      return element("li", {}, link);
    }),
  );
}

export function remember(query, note) {
  if (query.trim() === "" || query.length > CHARS_MAX) return;
  const others = read().filter((kept) => kept.query !== query);
  write([{ query, at: Date.now(), note }, ...others].slice(0, KEPT_MAX));
  render();
}

export function showHistory(aside) {
  if (!aside) return;
  list = element("ol", { class: "questions" });
  const clear = element("button", { type: "button" }, t("清空", "Clear"));
  clear.addEventListener("click", () => {
    write([]);
    render();
  });
  aside.append(element("details", { class: "history" }, element("summary", {}, t("问过的查询", "Asked before")), list, clear));
  render();
}
