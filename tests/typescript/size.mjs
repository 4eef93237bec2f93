// A client takes at most 2 kB and 150 bytes a command, minified.
import assert from "node:assert/strict";
import { transform } from "esbuild";
import { readFile } from "node:fs/promises";

for (const name of ["editor", "viewers", "types", "specta", "specta_viewers"]) {
  const source = await readFile(`generated/${name}.ts`, "utf8");
  const commands = source.match(/^(export function (?!useTransport)|  (async )?\w+\(.*\{$|  \w+: \$event)/gm).length;
  const { code } = await transform(source, { loader: "ts", format: "esm", minify: true });
  const limit = 2000 + 150 * commands;
  console.log(`${name}: ${code.length} bytes, ${commands} commands and events, at most ${limit}`);
  assert(code.length <= limit, `${name} is too large`);
}
