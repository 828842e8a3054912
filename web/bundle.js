// Bundles the editor of the query page into one module. In: web/editor/ and what npm has fetched; out: the file that the argument names.
// Guarantees: nothing is fetched, the same sources give the same bytes. The licences of what is bundled stand at its end, each once.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const web = dirname(fileURLToPath(import.meta.url));
const made = await build({
  absWorkingDir: web,
  entryPoints: ["editor/main.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  write: false,
  metafile: true,
  logLevel: "warning",
});

const packages = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
  if (name) packages.add(name);
}
const licences = new Map();
for (const name of [...packages].sort()) {
  const file = join(web, "node_modules", name, "LICENSE");
  const text = existsSync(file) ? readFileSync(file, "utf8").trim() : `${name}: no licence file`;
  licences.set(text, [...(licences.get(text) ?? []), name]);
}
const notices = [...licences].map(([text, names]) => `${names.join(", ")}\n\n${text.replaceAll("*/", "* /")}`);
writeFileSync(process.argv[2], `${made.outputFiles[0].text}/*\n${notices.join("\n\n")}\n*/\n`);
