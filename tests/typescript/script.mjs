// `portcullis.js` of the Tauri adapter is `tauri.ts` without its types. Compared, or written with UPDATE_EXPECTED=1.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const path = "../../adapters/tauri/src/script/portcullis.js";
const folder = await mkdtemp(join(tmpdir(), "portcullis-"));
try {
  execFileSync("npx", ["tsc", "--project", "transport.json", "--outDir", folder], { stdio: "inherit" });
  const made = await readFile(join(folder, "tauri.js"), "utf8");
  // It is read by people, and indented as everything here.
  const text = `// Made from tauri.ts, which is what to change.\n\n${made.replace(/^(?: {4})+/gm, (margin) => " ".repeat(margin.length / 2))}`;
  if (process.env.UPDATE_EXPECTED) await writeFile(path, text);
  const there = await readFile(path, "utf8").catch(() => "");
  assert(there === text, "portcullis.js is not tauri.ts without its types: write it with UPDATE_EXPECTED=1 tests/typescript/run");
} finally {
  await rm(folder, { recursive: true });
}
