// The clients in TypeScript that the program's own test has written, in the pages that they are for.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { transform } from "esbuild";
import { launch } from "./lib/browser.mjs";
import { window } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";

let browser, program, context;
before(async () => {
  browser = await launch();
  program = await Program.start();
  context = await browser.newContext();
  for (const client of ["editor", "viewer"]) {
    const source = await readFile(new URL(`../../examples/notes/clients/${client}.ts`, import.meta.url), "utf8");
    const { code } = await transform(source, { loader: "ts" });
    await context.route(`**/clients/${client}.js`, (route) => route.fulfill({ contentType: "text/javascript", body: code }));
  }
});

/** Runs something in a page, with the client of a window. */
function using(page, client, action, ...given) {
  return page.evaluate(
    async ([code, client, given]) => (0, eval)(`(${code})`)(await import(`/clients/${client}.js`), ...given),
    [String(action), client, given],
  );
}

test("a value, the command's own error and a failure are told apart", async () => {
  const [editor, viewer] = await Promise.all([program.editor, program.viewer].map(({ link }) => window(context, link)));
  const created = await using(editor, "editor", (client) => client.createNote({ title: "Typed", body: "by a client" }));
  assert.equal(created.ok, true);
  assert.equal(created.value.title, "Typed");
  const { id } = created.value;
  const read = await using(viewer, "viewer", (client, id) => client.readNote({ id }), id);
  assert.deepEqual(read, { ok: true, value: created.value });
  const missing = await using(viewer, "viewer", (client) => client.readNote({ id: 999_999 }));
  assert.deepEqual(missing, { ok: false, error: { kind: "not_found", id: 999_999 } });

  // The viewer's own client has no such function; somebody else's gets it no further.
  assert.equal(await using(viewer, "viewer", (client) => typeof client.deleteNote), "undefined");
  const denied = await using(viewer, "editor", (client, id) => client.deleteNote({ id }), id);
  assert.equal(denied.ok, false);
  assert.equal(denied.failure.code, "denied");
  assert.ok(denied.failure.id > 0);
  const malformed = await using(editor, "editor", (client) => client.readNote({ id: "seven" }));
  assert.equal(malformed.failure.code, "invalid");
  assert.match(malformed.failure.message, /argument `id` of command `read_note`/);
  await Promise.all([editor.close(), viewer.close()]);
});

test("an event is heard, and not after it is unwanted", async () => {
  const page = await window(context, program.editor.link);
  const heard = await using(page, "editor", async (client) => {
    const heard = [];
    let wake;
    const stop = client.onNoteChanged((event) => (heard.push(event), wake()));
    const next = () => new Promise((done) => (wake = done));
    // To listen takes a moment, and what is emitted before is not heard.
    let first = next();
    let note;
    do {
      note = (await client.createNote({ title: "Heard", body: "" })).value;
      await Promise.race([first, new Promise((done) => setTimeout(done, 200))]);
    } while (heard.length === 0);
    stop();
    const count = heard.length;
    await client.deleteNote({ id: note.id });
    await client.version();
    return { last: heard.at(-1), expected: note.id, more: heard.length - count };
  });
  assert.deepEqual(heard.last, { change: "created", id: heard.expected });
  assert.equal(heard.more, 0);
  await page.close();
});

test("progress comes by a function among the arguments, and a signal stops what it tells of", async () => {
  const page = await window(context, program.editor.link);
  const { outcome, progress } = await using(page, "editor", async (client) => {
    const progress = [];
    const outcome = await client.importNotes({ folder: ".", onProgress: (done) => progress.push(done) });
    return { outcome, progress };
  });
  assert.equal(outcome.ok, true);
  assert.ok(outcome.value.imported + outcome.value.known > 0);
  assert.ok(progress.every(({ done, of, name }) => done <= of && typeof name === "string"));

  const stopped = await using(page, "editor", async (client) => {
    const controller = new AbortController();
    const call = client.searchNotes({ text: "e" }, { signal: controller.signal });
    controller.abort(new Error("enough"));
    return call.then(() => "answered", (error) => error.message);
  });
  assert.equal(stopped, "enough");
  await page.close();
});

test("bytes go in as a Blob and come out as a Response", async () => {
  const page = await window(context, program.editor.link);
  const { attached, type, same } = await using(page, "editor", async (client) => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const note = (await client.createNote({ title: "Bytes", body: "" })).value;
    const content = new Blob([bytes], { type: "image/png" });
    const attached = await client.addAttachment({ note: note.id, name: "a.png", kind: "image/png", content });
    const read = await client.readAttachment({ id: attached.value.id });
    const back = new Uint8Array(await read.value.arrayBuffer());
    return {
      attached,
      type: read.value.headers.get("content-type"),
      same: back.length === bytes.length && back.every((byte, at) => byte === bytes[at]),
    };
  });
  assert.equal(attached.value.bytes, 60_000);
  assert.equal(type, "image/png");
  assert.ok(same);
  await page.close();
});
