// Each kind of page in each form that it may take: light and dark, narrow, on paper, and for those who hear it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { PAGES } from "./kinds.js";
import { base, visit } from "./service.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FIRST_PAGE_BYTES_MAX = 60 * 1024;
const isQueryPage = (path) => path.startsWith("/query");

// What was not there is an answer with status 404, which the console tells as an error.
const expected = (path) => path === "/nothing";

async function seriousFaults(page) {
  await page.evaluate(AXE);
  const report = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = report.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(" | ")}`);
}

for (const [kind, path] of Object.entries(PAGES)) {
  // The status of what is not there is not a fault of its page.
  const see = (use, options) =>
    visit(path, use, options).catch((error) => {
      if (!(expected(path) && /^\/nothing: Failed to load resource: [^;]*404[^;]*$/.test(error.message))) throw error;
    });

  describe(kind, () => {
    for (const colorScheme of ["light", "dark"]) {
      test(`has nothing serious to mend for those who see or hear it otherwise, ${colorScheme}`, () =>
        see(
          async (page) => {
            if (isQueryPage(path)) await page.locator(".cm-content").waitFor();
            assert.deepEqual(await seriousFaults(page), []);
          },
          { colorScheme },
        ));
    }

    for (const language of ["zh", "en"]) {
      test(`does not scroll sideways at 360 px, ${language}`, async () => {
        const asked = `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
        if (expected(path)) return;
        await visit(
          asked,
          async (page) => {
            if (isQueryPage(path)) await page.locator(".cm-content").waitFor();
            const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
            assert.ok(inner <= outer, `${inner} px in ${outer} px`);
          },
          { viewport: { width: 360, height: 740 } },
        );
      });
    }

    test("is printed without its navigation", () =>
      see(async (page) => {
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator("nav").first().isVisible(), false);
        assert.equal(await page.locator("h1").first().isVisible(), true);
      }));
  });
}

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
