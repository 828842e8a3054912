// Whether each kind of page is among those that the tests open, so that a new one cannot be forgotten. In: the routes in the program's source, and what the
// release holds; out: the kinds that kinds.js lacks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { PAGES } from "./kinds.js";
import { ask, base } from "./service.js";

const ROUTER = new URL("../../src/service/mod.rs", import.meta.url);
const opened = new Set(Object.values(PAGES).map((path) => new URL(path, "http://page/").pathname));

// The routes that need no name of anything, as the router has them.
function routes() {
  const all = [...readFileSync(ROUTER, "utf8").matchAll(/\.route\("([^"]+)"/g)].map(([, route]) => route);
  return all.filter((route) => !route.includes("{"));
}

// Whether a browser that goes there gets a page of its own.
async function isPage(route) {
  const answer = await fetch(base() + route, { headers: { Accept: "text/html" }, redirect: "manual" });
  await answer.arrayBuffer();
  return answer.ok && answer.headers.get("content-type").startsWith("text/html");
}

describe("the pages that are opened", () => {
  test("are each that the router has", async () => {
    const pages = [];
    for (const route of routes()) if (await isPage(route)) pages.push(route);
    assert.ok(pages.length > 5, `${pages}`);
    assert.deepEqual(pages.filter((route) => !opened.has(route)), []);
  });

  test("are one of each kind of resource that the release holds", async () => {
    const namespace = "https://w3id.org/zhengtu/";
    const { results } = await ask(`SELECT DISTINCT ?kind {
      { SELECT DISTINCT ?s { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "${namespace}") && !CONTAINS(STR(?s), "#")) } }
      BIND(REPLACE(STRAFTER(STR(?s), "${namespace}"), "/.*", "") AS ?kind)
    }`);
    const kinds = results.bindings.map(({ kind }) => kind.value);
    const shown = new Set([...opened].map((path) => decodeURIComponent(path).split(/[/.]/)[1]));
    assert.ok(kinds.length > 10, `${kinds}`);
    // The endpoint is described as a resource, and has a route of its own.
    const named = kinds.filter((kind) => !routes().includes(`/${kind}`));
    assert.deepEqual(named.filter((kind) => !shown.has(kind)), []);
  });
});
