// What people come for, done with the mouse and with the keyboard alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { visit } from "./service.js";

const NOTICE = "菏政发〔2024〕11号";
const TOUCH = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } };
const heading = (page) => page.locator("h1").first().textContent();

// The box of the editor, whatever is in it taken out.
async function emptyEditor(page) {
  const box = page.locator(".cm-content");
  await box.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  return box;
}

// For a moment after its list has come the editor takes no key for it, so that nobody takes what was not seen.
async function takeCompletion(page, words) {
  await page.locator(".cm-tooltip-autocomplete li", { hasText: words }).first().waitFor();
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
}

const results = (page) => page.locator("table.answer tbody tr:visible");

describe("searching", () => {
  test("a measure is found by a word that a suggestion completes, with the keyboard", () =>
    visit("/", async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("养老");
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("ArrowDown");
      assert.match(await page.locator("#find").inputValue(), /养老/);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/search/);
      await page.locator(".hits h2 a").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL((address) => !address.pathname.startsWith("/search"));
      assert.notEqual(await heading(page), "");
    }));

  test("a suggestion is taken with the mouse, and a facet narrows the results", () =>
    visit("/", async (page) => {
      await page.locator("#find").click();
      await page.keyboard.type("fgw");
      await page.getByRole("option").first().click();
      await page.waitForURL(/\/search/);
      const before = await page.locator(".hits > li").count();
      assert.ok(before > 0);
      await page.goto(new URL("/search?q=城市&kind=measure", page.url()).href);
      assert.ok((await page.locator(".hits .kind").allTextContents()).every((kind) => kind === "措施"));
    }));

  test("a second value of a facet is added with the keyboard, and both are taken off by their chips", () =>
    visit("/search?q=城市", async (page) => {
      const total = async () => Number.parseInt(await page.locator(".count").textContent(), 10);
      const all = await total();
      const kinds = page.locator(".facets details").first().locator("a");
      await kinds.nth(0).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/kind=/);
      const first = await total();
      await kinds.nth(1).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/kind=.*kind=/);
      const both = await total();
      assert.ok(first < both && both <= all, `${first} ${both} ${all}`);
      for (const left of [1, 0]) {
        await page.locator(".chips a").first().click();
        await page.waitForURL((address) => address.searchParams.getAll("kind").length === left);
      }
      assert.equal(await total(), all);
    }));

  test("on a phone the facets open above the results, and close again", () =>
    visit(
      "/search?q=城市",
      async (page) => {
        const facets = page.locator(".facets");
        assert.equal(await facets.isVisible(), false);
        await page.locator(".to-facets a").tap();
        assert.ok((await facets.boundingBox()).y < (await page.locator(".hits").boundingBox()).y);
        await page.getByRole("link", { name: "收起" }).tap();
        assert.equal(await facets.isVisible(), false);
        await page.locator(".to-facets a").tap();
        await facets.locator("a").filter({ hasText: "措施" }).first().tap();
        await page.waitForURL(/kind=measure/);
        assert.ok((await page.locator(".hits .kind").allTextContents()).every((kind) => kind === "措施"));
      },
      TOUCH,
    ));

  test("a search that its filters leave empty leads to what there is without them", () =>
    visit("/search?q=城市&kind=place&targets=yes", async (page) => {
      await page.locator(".ways a").last().click();
      assert.ok((await page.locator(".hits > li").count()) > 0);
      assert.equal(await page.locator(".chips").count(), 0);
    }));

  test("a search that finds nothing offers what was meant", () =>
    visit("/search?q=养老拖育", async (page) => {
      await page.getByRole("link", { name: "养老托育" }).first().click();
      assert.ok((await page.locator(".hits > li").count()) > 0);
    }));
});

describe("reading", () => {
  test("a document leads from a finding to the place in its text", () =>
    visit(`/document/${NOTICE}.html`, async (page) => {
      const link = page.locator(".findings a[href*='#char=']").first();
      const place = new URL(await link.getAttribute("href"), page.url()).hash;
      await link.click();
      await page.waitForURL((address) => address.hash === place);
      await page.waitForLoadState();
      assert.ok(await page.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null));
    }));

  test("the outline leads to a measure with the keyboard", () =>
    visit(`/document/${NOTICE}.html`, async (page) => {
      await page.locator(".outline a", { hasText: "10" }).first().focus();
      await page.keyboard.press("Enter");
      assert.match(decodeURIComponent(page.url()), /#item-10/);
    }));

  test("a measure says who leads it, and the name leads to the department", () =>
    visit(`/measure/${NOTICE}.10.html`, async (page) => {
      const leader = page.locator(".agents a").first();
      const name = (await leader.textContent()).trim();
      await leader.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/agency\//);
      assert.ok((await heading(page)).includes(name) || name.includes((await heading(page)).trim()));
    }));

  test("an indicator is found among the indicators and compares province and city", () =>
    visit("/", async (page) => {
      await page.getByRole("navigation").getByRole("link", { name: "指标" }).click();
      await page.locator(".within input[type=search], .within input:not([type=hidden])").first().fill("城镇化率");
      await page.keyboard.press("Enter");
      await page.locator(".hits h2 a", { hasText: /^常住人口城镇化率$/ }).first().click();
      const text = await page.locator("main").textContent();
      assert.match(text, /57%/);
      assert.match(text, /67%/);
    }));

  test("a document is compared with the one that it implements, and the comparison is there as CSV", () =>
    visit(`/document/${NOTICE}.html`, async (page) => {
      await page.getByRole("link", { name: "逐项对比指标" }).click();
      await page.waitForURL(/\/compare\?/);
      const shared = page.locator("section[aria-labelledby=shared]");
      assert.match(await shared.textContent(), /城镇化率/);
      const file = await shared.getByRole("link", { name: /CSV/ }).getAttribute("href");
      const answer = await page.request.get(new URL(file, page.url()).href);
      assert.match(answer.headers()["content-type"], /^text\/csv/);
      assert.match(await answer.text(), /城镇化率/);
    }));

  test("deadlines are narrowed to a year, and the year is taken off again", () =>
    visit("/deadlines", async (page) => {
      const total = async () => Number(await page.locator("#list .tag").textContent());
      const all = await total();
      const year = page.locator(".tallies tbody a").first();
      await year.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/year=/);
      assert.ok((await total()) < all);
      await page.locator(".chips a").click();
      await page.waitForURL((address) => !address.search.includes("year="));
      assert.equal(await total(), all);
    }));

  test("a tap on a mark tells what it is, and the note leads to its page", () =>
    visit(
      `/document/${NOTICE}.html`,
      async (page) => {
        const mark = page.locator(".published a.mark.target").first();
        const words = await mark.getAttribute("title");
        await mark.tap();
        assert.ok((await page.locator(".mark-note").textContent()).includes(words));
        assert.match(decodeURIComponent(page.url()), /\/document\//);
        await page.locator(".mark-note a").tap();
        await page.waitForURL(/\/target\//);
      },
      TOUCH,
    ));

  test("without JavaScript a tap on a mark leads to its page", () =>
    visit(
      `/document/${NOTICE}.html`,
      async (page) => {
        await page.locator(".published a.mark.target").first().tap();
        await page.waitForURL(/\/target\//);
      },
      { ...TOUCH, javaScriptEnabled: false },
    ));

  test("the language is switched, and the page stays the same", () =>
    visit(`/measure/${NOTICE}.10.html`, async (page) => {
      await page.getByRole("link", { name: "English" }).click();
      await page.waitForURL(/lang=en/);
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.match(decodeURIComponent(page.url()), /11号\.10/);
    }));
});

describe("asking", () => {
  test("a question is found by a word, asked with the mouse, and answered with a table", () =>
    visit("/query", async (page) => {
      await page.getByLabel("找问题").fill("第 10 条");
      const questions = page.locator("aside > .questions li:visible");
      assert.equal(await questions.count(), 1);
      await questions.getByRole("link").click();
      assert.ok((await results(page).count()) > 1);
      assert.match(await page.locator("#answer").textContent(), /\d+ 行 · \d+\.\d+ 秒/);
    }));

  test("a query is typed, asked with Ctrl+Enter, and answered without leaving the page", () =>
    visit("/query", async (page) => {
      await emptyEditor(page);
      await page.evaluate(() => (window.isSame = true));
      await page.keyboard.type("ASK { ?m a zt:Measure");
      await page.keyboard.press("Control+Enter");
      await page.locator("#outcome .figure").waitFor();
      assert.equal(await page.locator("#outcome .figure").textContent(), "是");
      assert.equal(await page.evaluate(() => window.isSame), true);
      assert.match(page.url(), /query=ASK/);
      await page.goBack();
      await page.locator("#outcome .figure").waitFor({ state: "detached" });
    }));

  test("a fault is marked at its place, and a name that nothing has is mended by one of the nearest", () =>
    visit(`/query?query=${encodeURIComponent("SELECT ?who {\n ?m zt:leadsBy ?who ")}`, async (page) => {
      assert.match(await page.locator("#fault").textContent(), /第 2 行/);
      await page.locator(".cm-lintRange-error").waitFor();
      await page.keyboard.press("Control+End");
      await page.keyboard.type("}");
      const wrong = page.locator(".cm-lintRange-warning");
      await wrong.waitFor();
      assert.equal(await wrong.textContent(), "zt:leadsBy");
      await wrong.hover();
      await page.getByRole("button", { name: "改为 zt:leadBy" }).click();
      await page.getByRole("button", { name: "运行" }).click();
      await results(page).first().waitFor();
      assert.equal(await page.locator("#fault").count(), 0);
    }));

  test("a resource is completed by its Chinese name, a property by its label", () =>
    visit("/query", async (page) => {
      await emptyEditor(page);
      await page.keyboard.type("SELECT * { ?t zt:indicator 常住人口城镇");
      await takeCompletion(page, "indicator:常住人口城镇化率");
      assert.match(await page.locator("#query").inputValue(), /zt:indicator indicator:常住人口城镇化率/);
      await page.keyboard.type(" . ?m zt:牵头");
      await takeCompletion(page, "zt:leadBy");
      assert.match(await page.locator("#query").inputValue(), /\?m zt:leadBy/);
    }));

  test("a class, a prefix and a variable are completed from what the data and the query hold", () =>
    visit("/query", async (page) => {
      await emptyEditor(page);
      await page.keyboard.type("SELECT ?measure { ?measure a zt:Meas");
      await takeCompletion(page, "zt:Measure");
      await page.keyboard.type(" ; skos");
      await page.locator(".cm-tooltip-autocomplete li", { hasText: "skos:" }).first().waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.type(":prefLabel ?x . ?mea");
      await page.locator(".cm-tooltip-autocomplete li", { hasText: "?measure" }).first().waitFor();
      assert.match(await page.locator("#query").inputValue(), /a zt:Measure ; skos:prefLabel/);
    }));

  test("Tab leaves the editor", () =>
    visit("/query", async (page) => {
      await page.locator(".cm-content").focus();
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "运行");
    }));

  test("a table is sorted as numbers and filtered by words", () =>
    visit("/query?example=which-department-carries-most-targets", async (page) => {
      const numbers = () => page.locator("table.answer td[data-kind=number]:visible").allTextContents();
      const sort = page.getByRole("button", { name: "targets" });
      await sort.focus();
      await page.keyboard.press("Enter");
      const up = (await numbers()).map(Number);
      assert.deepEqual(up, [...up].sort((one, other) => one - other));
      assert.equal(await page.locator("th[aria-sort]").getAttribute("aria-sort"), "ascending");
      await page.keyboard.press("Enter");
      const down = (await numbers()).map(Number);
      assert.deepEqual(down, [...down].sort((one, other) => other - one));
      await page.getByLabel("筛选行").fill("水务");
      assert.deepEqual(await page.locator("table.answer tbody tr:visible td:first-child").allTextContents(), ["菏泽市水务局"]);
    }));

  for (const [view, example, shape] of [
    ["柱图", "which-department-carries-most-targets", "rect.seal"],
    ["时间轴", "which-targets-fall-due-by-2025", "circle.seal"],
    ["关系图", "who-works-with-whom", "line.edge"],
  ]) {
    test(`${view} is drawn beside its table, with a caption and a download`, () =>
      visit(`/query?example=${example}`, async (page) => {
        await page.getByRole("button", { name: view }).click();
        assert.ok((await page.locator(`.drawing ${shape}`).count()) > 3);
        assert.notEqual(await page.locator(".drawing figcaption").textContent(), "");
        assert.ok(await page.locator("table.answer").isVisible());
        const waiting = page.waitForEvent("download");
        await page.getByRole("button", { name: "下载 SVG" }).click();
        const svg = readFileSync(await (await waiting).path(), "utf8");
        assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      }));
  }

  test("of several columns of numbers the one that is drawn is chosen", () => {
    const query = "SELECT ?name (COUNT(?m) AS ?measures) (COUNT(DISTINCT ?role) AS ?roles) { ?m zt:responsibility ?r . ?r zt:agent ?a ; zt:role ?role . ?a rdfs:label ?name } GROUP BY ?name";
    return visit(`/query?query=${encodeURIComponent(query)}`, async (page) => {
      await page.getByRole("button", { name: "柱图" }).click();
      assert.match(await page.locator("figcaption").textContent(), /name — measures/);
      await page.getByLabel("数值列").selectOption("roles");
      assert.match(await page.locator("figcaption").textContent(), /name — roles/);
    });
  });

  test("a short address leads to the query that was asked", () =>
    visit("/query?query=ASK+%7B+%3Fshort+a+zt:Target+%7D", async (page) => {
      await page.locator(".short a").click();
      await page.locator("#outcome .figure").waitFor();
      assert.equal(await page.locator("#query").inputValue(), "ASK { ?short a zt:Target }");
    }));

  test("an answer is downloaded as CSV", () =>
    visit("/query?example=who-leads-a-measure", async (page) => {
      const address = await page.locator(".downloads").getByRole("link", { name: "CSV" }).getAttribute("href");
      const answer = await page.request.get(new URL(address, page.url()).href);
      assert.match(answer.headers()["content-type"], /^text\/csv/);
      assert.match(await answer.text(), /^order,body,role\r?\n/);
    }));

  test("a run that is given up leaves the query as it was", () =>
    visit("/query", async (page) => {
      // The answer waits until the test has ended.
      await page.route("**/query?query=*", () => {});
      await emptyEditor(page);
      await page.keyboard.type("ASK { }");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("button", { name: "取消" }).click();
      assert.match(await page.locator(".actions .clock").textContent(), /已取消/);
      assert.equal(await page.locator("#query").inputValue(), "ASK { }");
    }));

  test("a query that was asked is in the history, until that is cleared", () =>
    visit("/query?query=ASK+%7B%7D", async (page) => {
      await page.goto(new URL("/query", page.url()).href);
      await page.getByText("问过的查询").click();
      await page.locator(".history a", { hasText: "ASK {}" }).click();
      await page.locator("#outcome .figure").waitFor();
      await page.getByText("问过的查询").click();
      await page.getByRole("button", { name: "清空" }).click();
      assert.equal(await page.locator(".history").isVisible(), false);
    }));

  test("the history says what an answer had in the language of the page that shows it", () =>
    visit("/query?query=SELECT+%2A+%7B%7D", async (page) => {
      await page.goto(new URL("/query?lang=en", page.url()).href);
      await page.getByText("Asked before").click();
      assert.match(await page.locator(".history li small").first().textContent(), / · 1 rows · [\d.]+ s$/);
    }));

  test("a query that is too long for an address is asked, kept in the history, and there again after a step back and after loading anew", () =>
    visit("/query", async (page) => {
      const long = `ASK { ?m a zt:Measure BIND("${"长".repeat(2_000)}" AS ?long) }`;
      await emptyEditor(page);
      await page.keyboard.insertText(long);
      await page.keyboard.press("Control+Enter");
      await page.locator("#outcome .figure").waitFor();
      assert.match(new URL(page.url()).pathname, /^\/q\/[0-9a-f]{16}$/);
      assert.match(await page.locator(".short small").textContent(), /POST/);
      await page.goBack();
      await page.locator("#outcome .figure").waitFor({ state: "detached" });
      await page.goForward();
      await page.locator("#outcome .figure").waitFor();
      await page.reload();
      await page.locator("#outcome .figure").waitFor();
      assert.equal(await page.locator("#query").inputValue(), long);
      await page.goto(new URL("/query", page.url()).href);
      await page.getByText("问过的查询").click();
      await page.locator(".history button.again").click();
      await page.locator("#outcome .figure").waitFor();
      assert.equal(await page.locator("#query").inputValue(), long);
    }));

  test("a query that is too long for a short address too is there again after loading anew", () =>
    visit("/query", async (page) => {
      const long = `ASK { ?m a zt:Measure BIND("${"长".repeat(6_000)}" AS ?long) }`;
      await emptyEditor(page);
      await page.keyboard.insertText(long);
      await page.keyboard.press("Control+Enter");
      await page.locator("#outcome .figure").waitFor();
      assert.match(await page.locator(".short").textContent(), /16 KB/);
      await page.reload();
      await page.locator("#outcome .figure").waitFor();
      assert.equal(await page.locator("#query").inputValue(), long);
    }));

  test("the answer to a long query is downloaded by a form", () =>
    visit("/query", async (page) => {
      await emptyEditor(page);
      await page.keyboard.insertText(`SELECT ?m { ?m a zt:Measure BIND("${"长".repeat(2_000)}" AS ?long) }`);
      await page.keyboard.press("Control+Enter");
      await page.locator("#answer").waitFor();
      const waiting = page.waitForEvent("download");
      await page.locator("form.downloads").getByRole("button", { name: "CSV" }).click();
      assert.match(readFileSync(await (await waiting).path(), "utf8"), /^m\r?\nhttps:/);
    }));

  test("a fault is told to those who hear the editor, until it is mended", () =>
    visit(`/query?query=${encodeURIComponent("ASK { ?m a zt:Measure")}`, async (page) => {
      const box = page.locator(".cm-content[aria-invalid=true]");
      await box.waitFor();
      const described = await box.evaluate((content) => content.getRootNode().getElementById(content.getAttribute("aria-describedby")).textContent);
      assert.match(described, /第 1 行/);
      await page.keyboard.press("Control+End");
      await page.keyboard.type("}");
      await page.keyboard.press("Control+Enter");
      await page.locator("#outcome .figure").waitFor();
      assert.equal(await page.locator(".cm-content[aria-invalid]").count(), 0);
    }));

  test("the same question is shown for a shell and for Python", () =>
    visit("/query?example=who-leads-a-measure", async (page) => {
      await page.getByText("从程序里提同样的问题").click();
      const [curl, python] = await page.locator("pre.snippet").allTextContents();
      assert.match(curl, /^curl 'http:\/\/127\.0\.0\.1:\d+\/sparql'/);
      assert.match(python, /urlopen/);
      assert.equal(await page.locator(".snippets").getByRole("button", { name: "复制" }).count(), 2);
    }));
});
