// Clients that have their transport inside, and Tauri's own package beside them, in one page.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Program, clean, settled, turn } from "../../../adapters/tauri/tests/script/page.mjs";

const folder = await mkdtemp(join(tmpdir(), "portcullis-"));
after(() => rm(folder, { recursive: true }));
const outfile = join(folder, "tauri.mjs");
await build({ entryPoints: ["uses/tauri.ts"], bundle: true, format: "esm", outfile, logLevel: "error" });
globalThis.window = globalThis;
const page = await import(pathToFileURL(outfile));

function window() {
  const program = new Program();
  globalThis.__TAURI_INTERNALS__ = program.internals;
  return program;
}

/** What the page has said, once it has said so much. */
async function said(program, count = 1) {
  while (program.said.length < count) await turn();
  return program.said[count - 1];
}

test("a client calls, follows and listens", async () => {
  const program = window();
  const read = page.readNote({ id: 7 });
  const call = await said(program);
  assert.deepEqual([call.cmd, call.verb, call.body], ["read_note", "call", { id: 7 }]);
  call.answer({ ok: { id: 7, size: { $bigint: "5" } } });
  assert.deepEqual(await settled(read), { ok: true, value: { id: 7, size: 5n } });

  const refused = page.version();
  (await said(program, 2)).answer({ failed: { code: "denied", id: 1 } });
  assert.deepEqual(await settled(refused), { ok: false, failure: { code: "denied", id: 1 } });

  const found = page.searchNotes({ text: "a" });
  const items = (async () => {
    const all = [];
    for await (const item of found) all.push(item);
    return all;
  })();
  const open = await said(program, 3);
  assert.equal(open.verb, "open");
  open.answer({ stream: true });
  open.channel.send('i{"size":{"$bigint":"1"}}\nz\n');
  open.channel.drop();
  assert.deepEqual(await settled(items), [{ size: 1n }]);
  assert.deepEqual(await settled(found.result), { ok: true, value: null });

  const heard = [];
  const stop = page.onNoteChanged((event) => heard.push(event));
  const listen = await said(program, 4);
  assert.deepEqual([listen.cmd, listen.verb], ["note_changed", "listen"]);
  listen.answer({ ok: null });
  await turn();
  listen.channel.send('i{"id":1}\n');
  stop();
  listen.channel.drop();
  assert.deepEqual(heard, [{ id: 1 }]);

  const attached = page.attach({ id: 1, file: new Uint8Array([1]) });
  while (program.count("open") < 2) await turn();
  program.last.answer(new Uint8Array([2]).buffer);
  assert.deepEqual(await settled(attached), { ok: true, value: new Uint8Array([2]) });
  clean(program);
});

test("a client in the other style does so too", async () => {
  const program = window();
  const read = page.commands.readNote(7);
  (await said(program)).answer({ error: "NotFound" });
  assert.deepEqual(await settled(read), { status: "error", error: "NotFound" });
  const version = page.commands.version();
  (await said(program, 2)).refuse("Command version not allowed by ACL");
  await assert.rejects(settled(version), (thrown) => thrown instanceof page.CallFailed && thrown.code === "denied");
  const heard = page.events.noteChanged.listen(({ payload }) => payload);
  (await said(program, 3)).answer({ ok: null });
  (await settled(heard))();
  program.all("listen")[0].channel.drop();
  clean(program);
});

test("what a program calls its commands is not heard in the transport", async () => {
  const program = window();
  const reported = page.reportError({ error: "a" });
  (await said(program)).answer({ ok: null });
  assert.deepEqual(await settled(reported), { ok: true, value: null });
  const call = page.call({ sink: { reply: { code: "a" } } });
  (await said(program, 2)).answer({ ok: { code: "b" } });
  assert.deepEqual(await settled(call), { ok: true, value: { code: "b" } });
  clean(program);
});

test("Tauri's own invoke goes its own way beside it", async () => {
  const program = window();
  const ours = page.readNote({ id: 1 });
  await said(program);
  const theirs = page.invoke("read_note", { id: 2 });
  const failing = page.invoke("read_note", { id: 3 });
  const [first, second, third] = program.said;
  assert.deepEqual([first.verb, second.verb, third.verb], ["call", null, null]);
  assert.deepEqual([second.cmd, second.body], ["read_note", { id: 2 }]);
  third.refuse({ Locked: { by: "a" } });
  second.answer({ id: 2 });
  first.answer({ ok: { id: 1 } });
  assert.deepEqual(await settled(ours), { ok: true, value: { id: 1 } });
  assert.deepEqual(await settled(theirs), { id: 2 });
  await assert.rejects(settled(failing), (error) => error.Locked.by === "a");
  const bytes = page.invoke("attach", new Uint8Array([1, 2]), { headers: { Name: "a" } });
  assert.deepEqual([program.last.verb, program.last.body], [null, new Uint8Array([1, 2])]);
  program.last.answer(null);
  await settled(bytes);
  clean(program);
});

test("Tauri's own channel is heard in its order, by its invoke and by a call of ours", async () => {
  const program = window();
  for (const start of [(progress) => page.invoke("tidy", { ids: [], progress }), (progress) => page.tidy({ ids: [], progress })]) {
    const heard = [];
    const progress = new page.Channel((item) => heard.push(item));
    const before = program.said.length;
    const tidied = start(progress);
    const { body, answer } = await said(program, before + 1);
    assert.equal(body.progress, `__CHANNEL__:${progress.id}`);
    const channel = program.channel(body.progress);
    const [one, two] = [channel.later(1), channel.later(2)];
    two();
    one();
    channel.drop();
    assert.deepEqual(heard, [1, 2]);
    answer({ ok: null });
    await settled(tidied);
  }
  clean(program);
});

test("a test of a page may put its mocks in Tauri's place", async () => {
  delete globalThis.__TAURI_INTERNALS__;
  page.mockIPC((cmd, args) => (cmd === "read_note" ? { ok: { id: args.id } } : { failed: { code: "denied" } }));
  assert.deepEqual(await settled(page.readNote({ id: 9 })), { ok: true, value: { id: 9 } });
  const tidied = await settled(page.tidy({ ids: [], progress() {} }));
  assert.equal(tidied.failure.code, "denied");
});
