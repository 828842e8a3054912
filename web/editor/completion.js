// What may follow what is typed: variables of the query, prefixes, classes and properties that the data hold, and resources by their Chinese
// names, by pinyin or initials too. In: `/query/terms.json`, asked for once, and `/suggest.json`, asked as one types. What comes too late is not shown.
import { snippetCompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { nameOf, prefixesOf } from "./names.js";
import { isEnglish, kindName } from "../words.js";

const TERMS_MAX = 30;
const RESOURCES_MAX = 12;
const KEYWORDS =
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS VALUES BIND GRAPH SERVICE CONSTRUCT DESCRIBE ASK PREFIX LIMIT OFFSET HAVING COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG REGEX CONTAINS STRSTARTS BOUND COALESCE YEAR EXISTS".split(" ");
const FRAMES = [
  snippetCompletion("ORDER BY ${?name}", { label: "ORDER BY", type: "keyword" }),
  snippetCompletion("GROUP BY ${?name}", { label: "GROUP BY", type: "keyword" }),
  snippetCompletion('FILTER(LANG(${?name}) = "zh")', { label: 'FILTER(LANG(…) = "zh")', type: "keyword" }),
  snippetCompletion('${?thing} text:query "${养老}"', { label: "text:query", type: "property" }),
];

let asked = null;

// The vocabulary; asked for again where it did not come.
function terms() {
  asked ??= fetch("/query/terms.json")
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .catch(() => {
      asked = null;
      return { prefixes: {}, classes: [], properties: [] };
    });
  return asked;
}

const labelOf = ({ labels }) => labels[isEnglish ? "en" : "zh"] ?? labels.zh ?? labels[""] ?? "";

// Terms whose name begins so or whose label has it inside, those that are used most first.
function termOptions({ classes, properties }, typed, isClass) {
  const wanted = typed.toLowerCase();
  const fits = ({ name, labels }) => {
    const local = name.slice(name.indexOf(":") + 1).toLowerCase();
    return (
      name.toLowerCase().startsWith(wanted) ||
      (!wanted.includes(":") && local.startsWith(wanted)) ||
      Object.values(labels).some((label) => label.toLowerCase().includes(wanted))
    );
  };
  const option = (type, counted) => (term) => ({
    label: term.name,
    detail: [labelOf(term), term[counted]?.toLocaleString()].filter(Boolean).join(" · "),
    type,
  });
  const ofClasses = classes.filter(fits).map(option("class", "members"));
  const ofProperties = properties.filter(fits).map(option("property", "triples"));
  return (isClass ? [...ofClasses, ...ofProperties] : [...ofProperties, ...ofClasses]).slice(0, TERMS_MAX);
}

// Resources whose name the words may become; `namespace` keeps those that are in it.
async function resourceOptions(words, namespace, prefixes, signal) {
  if (words === "") return [];
  const size = namespace === null ? RESOURCES_MAX : 50;
  const answer = await fetch(`/suggest.json?q=${encodeURIComponent(words)}&size=${size}`, { signal });
  if (!answer.ok) return [];
  const { suggestions } = await answer.json();
  const named = suggestions.filter(({ iri }) => iri && (namespace === null || iri.startsWith(namespace)));
  return named.slice(0, RESOURCES_MAX).map(({ text, kind, iri }) => {
    const name = nameOf(iri, prefixes);
    return { label: name, displayLabel: text, detail: [kindName(kind), name].filter(Boolean).join(" · "), type: "constant" };
  });
}

function variableOptions(text, typed) {
  const names = new Set(Array.from(text.matchAll(/[?$][\p{L}\p{N}_]+/gu), ([name]) => name));
  names.delete(typed);
  return [...names].filter((name) => name.startsWith(typed)).map((label) => ({ label, type: "variable" }));
}

function prefixOptions(prefixes, typed) {
  const names = [...prefixes].filter(([name]) => name.startsWith(typed));
  return names.map(([name, namespace]) => ({ label: `${name}:`, detail: namespace, type: "namespace" }));
}

async function optionsFor(word, context, known, prefixes, signal) {
  const text = context.state.doc.toString();
  if (/^[?$]/.test(word.text)) return variableOptions(text, word.text);
  const before = context.state.sliceDoc(Math.max(0, word.from - 12), word.from);
  const isClass = /(^|[\s;])a\s+$/.test(before);
  const [, prefix, local] = /^([^:]*):(.*)$/u.exec(word.text) ?? [];
  if (prefix !== undefined) {
    const namespace = prefixes.get(prefix);
    const own = termOptions(known, word.text, isClass);
    if (namespace === undefined) return own;
    // Labels lead to names too: `zt:牵头` is `zt:leadBy`.
    const byLabel = local === "" ? [] : termOptions(known, local, isClass).filter(({ label }) => label.startsWith(`${prefix}:`));
    const resources = await resourceOptions(local, namespace, prefixes, signal);
    const seen = new Set();
    return [...own, ...byLabel, ...resources].filter(({ label }) => !seen.has(label) && seen.add(label));
  }
  if (/^\p{Script=Han}/u.test(word.text)) {
    return [...(await resourceOptions(word.text, null, prefixes, signal)), ...termOptions(known, word.text, isClass)];
  }
  const upper = word.text.toUpperCase();
  const keywords = KEYWORDS.filter((keyword) => keyword.startsWith(upper)).map((label) => ({ label, type: "keyword" }));
  const frames = FRAMES.filter(({ label }) => label.toUpperCase().startsWith(upper));
  // Pinyin leads to names too, for those who ask: a word in Latin letters is mostly none.
  const resources = context.explicit ? await resourceOptions(word.text, null, prefixes, signal) : [];
  return [...resources, ...prefixOptions(prefixes, word.text), ...keywords, ...frames, ...termOptions(known, word.text, isClass)];
}

// Whether the place is inside a text or a remark, where nothing is completed.
const isProse = (context) => /String|Comment/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name);

export function completeWith() {
  return async (context) => {
    const word = context.matchBefore(/[?$]?[\p{L}\p{N}_\-·〔〕（）《》]*(:[^\s<>"{}|^`()[\];,]*)?/u);
    if (!word || (word.from === word.to && !context.explicit) || isProse(context)) return null;
    const stopped = new AbortController();
    context.addEventListener("abort", () => stopped.abort());
    try {
      const known = await terms();
      const prefixes = prefixesOf(context.state.doc.toString(), known.prefixes);
      const options = await optionsFor(word, context, known, prefixes, stopped.signal);
      // What is typed already, whole, needs no offer.
      const isDone = options.length === 1 && options[0].label === word.text;
      return options.length === 0 || isDone ? null : { from: word.from, options, filter: false };
    } catch {
      return null;
    }
  };
}
