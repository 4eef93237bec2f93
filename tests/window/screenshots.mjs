// The pictures of the README, taken of the program as it is:
//
//     GDK_SCALE=2 SHOTS=examples/notes-tauri/screenshots tests/window/run screenshots.mjs
//     mogrify -strip -resize 75% +dither -colors 256 examples/notes-tauri/screenshots/*.png

import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { NOTES, attach, filled } from "../browser/lib/filled.mjs";
import { pause, until } from "./lib/driver.mjs";
import { begin, show, start, titles } from "./lib/notes.mjs";

const shots = resolve(process.env.SHOTS ?? process.env.SCRATCH);

test("pictures", async () => {
  await mkdir(shots, { recursive: true });
  const { editor, viewer, kept } = await start({ imports: await filled(NOTES) });
  for (const { id } of await kept.call("list_notes")) await kept.call("delete_note", { id });
  await editor.reload();
  await until("there are no notes", async () => (await titles(editor)).length === 0);
  await begin(editor, ".");
  await editor.until("they are there", () => document.querySelector("#importing h2")?.textContent.startsWith("Imported"));
  await editor.click("#importing .plain");

  await show(editor, "Lisbon in May");
  await editor.with(attach);
  await editor.until("the picture is shown", () => document.querySelectorAll("#attachments .card").length === 3 && document.querySelector("#attachments img")?.naturalWidth > 0);
  // It is painted a little later than it is there.
  await pause(2000);
  await editor.shot(join(shots, "editor.png"));

  await show(viewer, "Call with the architect");
  await viewer.click("#delete");
  await viewer.until("it is refused", () => !document.querySelector("#panel").hidden);
  await pause(300);
  await viewer.shot(join(shots, "viewer.png"));
});
