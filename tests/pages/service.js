// The service and the browser that the tests use. In: the program (ZHENGTU, else the debug build) and Chromium (CHROMIUM, else /usr/bin/chromium); out: pages over a
// release of the repository's own data, and of an invented text with money in it, on a free port of this machine. Guarantee: every page is watched, and whatever asks another host, breaks the policy
// of contents or throws is a fault that `faults` tells.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
// What the repository comes with grants no money.
const TEXTS = ["data/documents", "tests/golden/extract/ok/support-measures.txt"];
const PROGRAM = resolve(ROOT, process.env.ZHENGTU ?? "target/debug/zhengtu");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const START_TRIES = 300;
const WAIT_MS = 15_000;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let running = null;

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export async function start() {
  const folder = mkdtempSync(join(tmpdir(), "zhengtu-pages-"));
  const built = spawnSync(PROGRAM, ["build", "--releases", folder, ...TEXTS], { cwd: ROOT, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`${PROGRAM} build: ${built.error ?? built.stderr}`);
  const base = `http://127.0.0.1:${await freePort()}`;
  const listen = base.slice("http://".length);
  const service = spawn(PROGRAM, ["serve", "--releases", folder, "--listen", listen, "--log-filter", "warn"], { cwd: ROOT, stdio: "inherit" });
  running = { folder, base, service, browser: null };
  for (let tries = 0; ; tries += 1) {
    const isUp = await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false);
    if (isUp) break;
    if (tries === START_TRIES || service.exitCode !== null) throw new Error("the service does not start");
    await pause(100);
  }
  running.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

export async function stop() {
  await running?.browser?.close();
  if (running?.service.exitCode === null) {
    // Nothing has to be drained.
    running.service.kill("SIGKILL");
    await once(running.service, "exit");
  }
  if (running) rmSync(running.folder, { recursive: true, force: true });
}

export const base = () => running.base;

// The answer to a query, as JSON.
export async function ask(query) {
  const headers = { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" };
  const answer = await fetch(`${running.base}/sparql`, { method: "POST", headers, body: query });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

// A page with what went wrong on it so far. Options are those of Playwright's contexts.
export async function open(path, options = {}) {
  const context = await running.browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const faults = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== running.base) faults.push(`asks ${origin}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(running.base + path);
  return { page, faults, close: () => context.close() };
}

// Runs `use` with a page, and holds the page to have no faults.
export async function visit(path, use, options = {}) {
  const { page, faults, close } = await open(path, options);
  try {
    await use(page);
    if (faults.length > 0) throw new Error(`${path}: ${faults.join("; ")}`);
  } finally {
    await close();
  }
}
