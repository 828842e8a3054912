// Queries asked from this browser, the last first. In: a query that was answered; out: a list of links, and of buttons where a query is too long for an
// address. What an answer had is kept as numbers, and put into words in the language of the page. They stay in this browser; a browser that keeps nothing shows none.
import { element, isEnglish, t } from "../words.js";

const KEY = "zhengtu.queries";
const KEPT_MAX = 50;
const CHARS_MAX = 65_536;
const HEAD_CHARS_MAX = 100;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(({ query, at }) => typeof query === "string" && typeof at === "number") : [];
  } catch {
    return [];
  }
}

// Where there is no room for all, the oldest go; a browser that keeps nothing keeps none.
function write(kept) {
  for (let left = kept; ; left = left.slice(0, Math.floor(left.length / 2))) {
    try {
      localStorage.setItem(KEY, JSON.stringify(left));
      return;
    } catch {
      if (left.length === 0) return;
    }
  }
}

// A query in a line, without remarks and declarations.
function headOf(query) {
  const lines = query.split("\n").map((line) => line.trim());
  const said = lines.filter((line) => line !== "" && !/^(#|PREFIX\b|BASE\b)/i.test(line)).join(" ");
  return said.length > HEAD_CHARS_MAX ? `${said.slice(0, HEAD_CHARS_MAX)}…` : said;
}

// How much an answer had and how long it took, in the language of this page; nothing of what was kept as words.
function said(had) {
  if (typeof had !== "object" || had === null) return "";
  const { rows, statements, cut, seconds } = had;
  const count = rows ?? statements;
  const kind = rows === undefined ? t("条陈述", "statements") : t("行", "rows");
  const first = cut === undefined ? "" : t("前 ", "first ");
  const much = count === undefined ? null : `${first}${count} ${kind}`;
  return [much, seconds === undefined ? null : `${seconds} ${t("秒", "s")}`].filter(Boolean).join(" · ");
}

let list = null;
let runner = null;

function render() {
  if (!list) return;
  const kept = read();
  list.parentElement.hidden = kept.length === 0;
  list.replaceChildren(
    ...kept.map(({ query, at, had }) => {
      const address = runner.addressOf(query);
      const when = new Date(at).toLocaleString(isEnglish ? "en" : "zh-CN", { dateStyle: "short", timeStyle: "short" });
      const words = [element("code", {}, headOf(query)), " ", element("small", {}, [when, said(had)].filter(Boolean).join(" · "))];
      if (address !== null) return element("li", {}, element("a", { href: address }, ...words));
      const button = element("button", { type: "button", class: "again" }, ...words);
      button.addEventListener("click", () => runner.ask(query));
      return element("li", {}, button);
    }),
  );
}

export function remember(query, { rows, statements, cut, seconds }) {
  if (query.trim() === "" || query.length > CHARS_MAX) return;
  const others = read().filter((kept) => kept.query !== query);
  write([{ query, at: Date.now(), had: { rows, statements, cut, seconds } }, ...others].slice(0, KEPT_MAX));
  render();
}

export function showHistory(aside, run) {
  if (!aside) return;
  runner = run;
  list = element("ol", { class: "questions" });
  const clear = element("button", { type: "button" }, t("清空", "Clear"));
  clear.addEventListener("click", () => {
    write([]);
    render();
  });
  aside.append(element("details", { class: "history" }, element("summary", {}, t("问过的查询", "Asked before")), list, clear));
  render();
}
