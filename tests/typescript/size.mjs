// A client takes at most 2 kB and 150 bytes a command, minified; one that has its transport inside, 6.5 kB more.
import assert from "node:assert/strict";
import { build, transform } from "esbuild";
import { readFile } from "node:fs/promises";

for (const name of ["editor", "viewers", "types", "specta", "specta_viewers", "tauri", "tauri_specta"]) {
  const source = await readFile(`generated/${name}.ts`, "utf8");
  const [own] = source.split("\nconst $inline = ");
  const commands = own.match(/^(export function (?!useTransport)|  (async )?\w+\(.*\{$|  \w+: \$event)/gm).length;
  const { code } = await transform(source, { loader: "ts", format: "esm", minify: true });
  const limit = 2000 + 150 * commands + (name.startsWith("tauri") ? 6500 : 0);
  console.log(`${name}: ${code.length} bytes, ${commands} commands and events, at most ${limit}`);
  assert(code.length <= limit, `${name} is too large`);
}

// What a page does not use of a client is not in its bundle.
async function bundled(contents) {
  const options = { bundle: true, format: "esm", minify: true, write: false };
  const { outputFiles } = await build({ stdin: { contents, loader: "ts", resolveDir: "generated" }, ...options });
  return outputFiles[0].text;
}
for (const name of ["editor", "tauri"]) {
  assert.equal((await bundled(`import "./${name}";`)).trim(), "");
  const one = await bundled(`import { readNote } from "./${name}"; readNote({ id: 7 });`);
  assert(one.includes("read_note") && !one.includes("save_note") && !one.includes("note_changed"));
}
