// What clients do, against a program that is not there.
import assert from "node:assert/strict";
import { build } from "esbuild";
import { pathToFileURL } from "node:url";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mkdtemp, rm } from "node:fs/promises";

const folder = await mkdtemp(join(tmpdir(), "portcullis-"));
async function load(name) {
  const outfile = join(folder, `${name}.mjs`);
  await build({ entryPoints: [`uses/${name}.ts`], bundle: true, format: "esm", outfile, logLevel: "error" });
  return import(pathToFileURL(outfile));
}

try {
  const { attach, onNoteChanged, readNote, saveNote, searchNotes, transport, useTransport, version } = await load("functions");
  // There is no `/portcullis.js` here: that is a failure, and no exception.
  const lost = await version();
  assert.equal(lost.ok, false);
  assert.equal(lost.failure.code, "unreachable");
  const empty = searchNotes({});
  assert.equal((await empty.result).failure.code, "unreachable");
  await assert.rejects(async () => {
    for await (const _ of searchNotes({}));
  });
  const told = await new Promise((onFailed) => onNoteChanged(() => {}, { onFailed }));
  assert.equal(told.code, "unreachable");

  useTransport(transport);
  assert.deepEqual(await version(), { ok: true, value: "1" });
  assert.deepEqual(await readNote({ id: 7 }), { ok: false, error: "NotFound" });
  assert.deepEqual(await saveNote({ note: {} }), { ok: false, failure: { code: "denied", id: 7 } });
  const { asked } = transport;
  assert.deepEqual(asked[0], ["version", {}, {}]);
  assert.deepEqual(asked[1], ["read_note", { id: 7 }, { revive: true }]);
  await attach({ id: 1, file: new Uint8Array(2) });
  assert.deepEqual(asked.at(-1)[2], { bytes: true });

  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(version({ signal }), { message: "enough" });

  const items = [];
  const all = searchNotes({ text: "a" });
  for await (const item of all) items.push(item);
  assert.deepEqual(items, [1, 2]);
  assert.deepEqual(await all.result, { ok: true, value: null });
  // Leaving the loop ends the stream of the program.
  const left = searchNotes();
  for await (const _ of left) break;
  assert.deepEqual(await left.result, { ok: true, value: null });

  const heard = await new Promise((listener) => onNoteChanged(listener));
  assert.deepEqual(heard, { id: 1 });
  const stop = onNoteChanged(() => {});
  await Promise.resolve().then(() => {});
  stop();
  assert.deepEqual(asked.at(-1), ["stopped"]);
  // Stopped before the way to the program was there: it is never asked.
  onNoteChanged(() => {})();
  const count = asked.length;
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(asked.length, count);

  const specta = await load("specta");
  await assert.rejects(specta.commands.version());
  specta.useTransport(transport);
  assert.equal(await specta.commands.version(), "1");
  assert.deepEqual(await specta.commands.readNote(7), { status: "error", error: "NotFound" });
  await assert.rejects(specta.commands.saveNote({}, null), { name: "CallFailed", code: "denied", id: 7 });
  assert.deepEqual(asked.at(-1)[1], { note: {}, folder: null });
  const notes = [];
  for await (const note of specta.commands.searchNotes(null, null)) notes.push(note);
  assert.deepEqual(notes, [1, 2]);
  const payload = await new Promise((listener) => specta.events.noteChanged.listen((event) => listener(event.payload)));
  assert.deepEqual(payload, { id: 1 });
  console.log("clients do what they say");
} finally {
  await rm(folder, { recursive: true });
}
