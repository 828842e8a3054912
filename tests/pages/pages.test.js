// The pages in a real browser: `npm ci --prefix tests/pages` once, then `node --test tests/pages/`. One service and one browser for all of it.
import { after, before } from "node:test";
import { start, stop } from "./service.js";
import "./tasks.js";
import "./plain.js";
import "./forms.js";
import "./complete.js";

before(start, { timeout: 120_000 });
after(stop);
