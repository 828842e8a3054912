// Runs the query without leaving the page. In: the form; out: the parts of the page that the server makes for the answer, put in the place of the old
// ones, and the address of the answer as that of the page. A run can be given up: the service ends an evaluation whose asker has gone. Surprising: a query
// that is too long for an address is posted, and the page then stands under its short address, or under none that holds it.
import { element, t } from "../words.js";

const PARTS = ["asked", "faults", "outcome", "limits"];
const FAULT_MARKS = ["aria-invalid", "aria-describedby", "data-line", "data-column"];
// A query that takes no longer shows no sign of running.
const QUIET_MS = 150;
const GIVEN_UP = t("已取消", "Cancelled");

const here = () => location.pathname + location.search;

// Path and query of an address that the server gave, which may know this service by another name.
function pathOf(address, language) {
  const { pathname, search } = new URL(address, location);
  const fields = new URLSearchParams(search);
  if (language) fields.set("lang", language);
  return fields.size > 0 ? `${pathname}?${fields}` : pathname;
}

export function runner(form, taken) {
  const box = form.elements.query;
  const action = new URL(form.action);
  const language = action.searchParams.get("lang");
  const addressMax = Number(form.dataset.addressMax);
  const stop = element("button", { type: "button", class: "stop", hidden: true }, t("取消", "Cancel"));
  const clock = element("span", { class: "clock" });
  const said = element("span", { class: "unseen", role: "status" });
  form.querySelector(".actions").append(stop, " ", clock, said);
  let running = null;
  // What the page shows; a step to a place inside it is no step to another answer.
  let shown = here();

  function begin() {
    running?.abort();
    running = new AbortController();
    const begun = performance.now();
    const mine = running;
    const tick = setInterval(() => {
      const took = performance.now() - begun;
      if (took < QUIET_MS) return;
      stop.hidden = false;
      if (said.textContent === "") said.textContent = t("正在查询", "Running");
      clock.textContent = `${(took / 1000).toFixed(1)} ${t("秒", "s")}`;
    }, 100);
    said.textContent = "";
    form.setAttribute("aria-busy", "true");
    const end = (words) => {
      clearInterval(tick);
      if (running !== mine) return;
      running = null;
      // Whoever gave it up stays in the form.
      if (document.activeElement === stop) form.querySelector("[type=submit]").focus();
      stop.hidden = true;
      form.removeAttribute("aria-busy");
      const isAnswered = document.getElementById("answer") !== null && words !== "" && words !== GIVEN_UP;
      // The answer may be below what the window shows.
      clock.replaceChildren(isAnswered ? element("a", { href: "#answer" }, `${words} ↓`) : words);
      said.textContent = words;
    };
    return { signal: mine.signal, end };
  }

  function fail(title, detail) {
    const warning = element("div", { class: "warning", id: "fault", role: "alert" });
    warning.append(element("p", {}, element("b", {}, title)), element("p", { class: "said" }, detail));
    document.getElementById("faults").replaceChildren(warning);
    document.getElementById("outcome").replaceChildren();
  }

  function take(page) {
    const failure = page.getElementById("outcome") === null;
    if (failure) {
      fail(page.querySelector("h1")?.textContent ?? "", page.querySelector(".lead, main p:not(.kicker)")?.textContent ?? "");
      return;
    }
    for (const id of PARTS) {
      document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    }
    const asked = page.getElementById("query");
    for (const name of FAULT_MARKS) {
      if (asked.hasAttribute(name)) box.setAttribute(name, asked.getAttribute(name));
      else box.removeAttribute(name);
    }
    document.querySelector(".switch").href = page.querySelector(".switch").href;
    for (const link of document.querySelectorAll(".questions [aria-current]")) link.removeAttribute("aria-current");
    taken(asked.value);
  }

  // `step` is told the page that came, and makes it a step in the browser's history where it is one.
  async function load(address, options, step) {
    const { signal, end } = begin();
    try {
      const answer = await fetch(address, { ...options, signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.getElementById("outcome")) step(page);
      shown = here();
      take(page);
      end(document.querySelector("#answer .tag")?.textContent ?? "");
    } catch (error) {
      if (error.name === "AbortError") end(GIVEN_UP);
      else {
        fail(t("没有收到回答", "No answer came"), t("服务没有响应，请稍后再试。", "The service does not respond; try again in a moment."));
        end("");
      }
    }
  }

  function post(query, step) {
    return load(action, { method: "POST", body: new URLSearchParams({ query }) }, step);
  }

  // The address of the answer to a query; none for one that is too long.
  function addressOf(query) {
    const fields = new URLSearchParams(language ? { query, lang: language } : { query });
    const address = `${action.pathname}?${fields}`;
    return address.length <= addressMax ? address : null;
  }

  stop.addEventListener("click", () => running?.abort());
  addEventListener("popstate", ({ state }) => {
    if (state?.query) post(state.query, () => {});
    else if (here() !== shown) load(location.href, {}, () => {});
  });

  return {
    addressOf,
    ask(query = box.value) {
      const address = addressOf(query);
      if (address !== null) {
        // The same again is a look at new data, not a step in the history.
        const isNew = new URL(address, location).href !== location.href;
        return load(address, {}, () => isNew && history.pushState(null, "", address));
      }
      return post(query, (page) => {
        if (history.state?.query === query) return;
        const short = page.querySelector(".short a")?.href;
        history.pushState({ query }, "", pathOf(short ?? action, language));
      });
    },
    // After the page was loaded again at an address that does not hold its query.
    restore() {
      const { query } = history.state ?? {};
      if (query && box.value.trim() === "") post(query, () => {});
    },
  };
}
