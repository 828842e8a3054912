// Names of resources in a query: `prefix:name` and IRIs. In: a query's text and the prefixes that need no declaration; out: what a prefix stands
// for, and the shortest name of an IRI. Guarantee: a name that is given is one that SPARQL reads as this IRI.
const FIRST = /[A-Za-z0-9_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]/u;
const LATER = new RegExp(`${FIRST.source.slice(0, -1)}.\\-\\u00B7\\u0300-\\u036F\\u203F\\u2040]`, "u");
const ESCAPED = /[~!$&'()*+,;=/?#@%]/;

// Prefixes of a query: those that it declares before those that need no declaration.
export function prefixesOf(text, known) {
  const all = new Map(Object.entries(known));
  for (const [, name, namespace] of text.matchAll(/\bPREFIX\s+([\p{L}\p{N}_-]*):\s*<([^<>\s]*)>/giu)) {
    all.set(name, namespace);
  }
  return all;
}

function localName(rest) {
  const characters = Array.from(rest);
  if (characters.at(-1) === ".") return null;
  let name = "";
  for (const [at, character] of characters.entries()) {
    if ((at === 0 ? FIRST : LATER).test(character)) name += character;
    else if (ESCAPED.test(character) || (at === 0 && /[.-]/.test(character))) name += `\\${character}`;
    else return null;
  }
  return name;
}

export function nameOf(iri, prefixes) {
  let best = null;
  for (const [prefix, namespace] of prefixes) {
    if (namespace !== "" && iri.startsWith(namespace) && namespace.length > (best?.namespace.length ?? 0)) {
      best = { prefix, namespace };
    }
  }
  const local = best && localName(iri.slice(best.namespace.length));
  return local === null ? `<${iri}>` : `${best.prefix}:${local}`;
}
