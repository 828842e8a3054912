// Each kind of page in each form that it may take: light and dark, narrow, on paper, and for those who hear it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { PAGES } from "./kinds.js";
import { base, open, visit } from "./service.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FIRST_PAGE_BYTES_MAX = 60 * 1024;
const isQueryPage = (path) => /^\/query(\?|$)/.test(path);

// What is not there is an answer with status 404, which the console tells as an error.
const isExpected = (path, fault) => path === "/nothing" && /^Failed to load resource: .*404/.test(fault);
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 360, height: 740 };

async function seriousFaults(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const report = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = report.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(" | ")}`);
}

// The tests of one page in one language: it is opened once and takes one form after the other.
function holdsInEachForm(path, language) {
  let seen = null;
  before(async () => {
    seen = await open(`${path}${path.includes("?") ? "&" : "?"}lang=${language}`, { colorScheme: "light", viewport: WIDE });
    if (isQueryPage(path)) await seen.page.locator(".cm-content").waitFor();
  });
  after(() => seen?.close());

  for (const colorScheme of ["light", "dark"]) {
    test(`has nothing serious to mend for those who see or hear it otherwise, ${colorScheme}`, async () => {
      await seen.page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousFaults(seen.page), []);
    });
  }

  test("is printed without its navigation", async () => {
    await seen.page.emulateMedia({ media: "print" });
    assert.equal(await seen.page.locator("nav").first().isVisible(), false);
    assert.equal(await seen.page.locator("h1").first().isVisible(), true);
    await seen.page.emulateMedia({ media: "screen" });
  });

  test("does not scroll sideways at 360 px", async () => {
    await seen.page.setViewportSize(NARROW);
    const [inner, outer] = await seen.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(inner <= outer, `${inner} px in ${outer} px`);
  });

  test("is in its language, asks no other host and breaks no policy", async () => {
    assert.equal(await seen.page.locator("html").getAttribute("lang"), language === "zh" ? "zh-CN" : "en");
    assert.deepEqual(seen.faults.filter((fault) => !isExpected(path, fault)), []);
  });
}

describe("each kind of page", { concurrency: 2 }, () => {
  for (const [kind, path] of Object.entries(PAGES)) {
    // Two kinds at once; the forms of one follow each other.
    describe(kind, { concurrency: 1 }, () => {
      for (const language of ["zh", "en"]) describe(language, () => holdsInEachForm(path, language));
    });
  }
});

describe("drawings", () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const [view, example] of [["柱图", "which-department-carries-most-targets"], ["关系图", "who-works-with-whom"]]) {
      test(`${view} has nothing serious to mend, ${colorScheme}`, () =>
        visit(
          `/query?example=${example}`,
          async (page) => {
            await page.getByRole("button", { name: view }).click();
            assert.deepEqual(await seriousFaults(page), []);
          },
          { colorScheme },
        ));
    }
  }
});

describe("weight", () => {
  test("the first page and all that it loads has less than 60 KB, packed", async () => {
    const files = [];
    await visit("/", async (page) => {
      const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      files.push(page.url(), ...loaded);
    });
    let bytes = 0;
    for (const file of files) bytes += gzipSync(Buffer.from(await (await fetch(file)).arrayBuffer())).length;
    assert.ok(files.every((file) => file.startsWith(base())));
    assert.ok(bytes < FIRST_PAGE_BYTES_MAX, `${bytes} bytes in ${files.length} files`);
  });

  test("the editor is loaded by the query page only", async () => {
    for (const path of [PAGES["the first page"], PAGES["a document"], PAGES["results of a search"]]) {
      await visit(path, async (page) => {
        const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
        assert.deepEqual(loaded.filter((name) => name.includes("/query/")), []);
      });
    }
  });
});
