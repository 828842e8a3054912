// Without scripts the pages tell the same facts, and the forms work.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { visit } from "./service.js";
import { PAGES } from "./kinds.js";

const OFF = { javaScriptEnabled: false };

describe("without JavaScript", () => {
  for (const kind of ["results of a search", "a document", "a measure", "a table of answers"]) {
    test(`${kind}: the words are those that there are with it`, async () => {
      const words = [];
      for (const options of [{}, OFF]) {
        await visit(
          PAGES[kind],
          async (page) => {
            // What scripts add are controls, not facts; the time that an answer took is another each time.
            if (options !== OFF) await page.locator("button[data-copy]").evaluateAll((buttons) => buttons.forEach((button) => button.remove()));
            const main = page.locator(kind === "a table of answers" ? "table.answer" : "main");
            words.push((await main.innerText()).replace(/\s+|↕/g, ""));
          },
          options,
        );
      }
      assert.equal(words[0], words[1]);
    });
  }

  test("a query is asked by the form and answered", () =>
    visit(
      "/query",
      async (page) => {
        await page.locator("textarea").fill("SELECT ?m { ?m a zt:Measure }");
        await page.getByRole("button", { name: "运行" }).click();
        assert.ok((await page.locator("table.answer tbody tr").count()) > 1);
        assert.ok((await page.locator(".answer .iri").count()) > 1);
      },
      OFF,
    ));

  test("a query that is too long for an address is asked by the form and answered", () =>
    visit(
      "/query",
      async (page) => {
        await page.locator("textarea").fill(`SELECT ?m { ?m a zt:Measure BIND("${"长".repeat(2_000)}" AS ?long) }`);
        await page.getByRole("button", { name: "运行" }).click();
        assert.ok((await page.locator("table.answer tbody tr").count()) > 1);
        assert.match(await page.locator(".short").textContent(), /POST/);
      },
      OFF,
    ));

  test("a search is made by the form", () =>
    visit(
      "/",
      async (page) => {
        await page.locator("#find").fill("城市更新");
        await page.locator(".find button").click();
        assert.ok((await page.locator(".hits > li").count()) > 0);
      },
      OFF,
    ));
});
