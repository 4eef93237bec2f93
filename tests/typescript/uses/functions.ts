// What a page writes against a client with functions. What must not compile says so.
import { attach, countWords, delete_, fetchPages, importNotes, onNoteChanged, readNote, saveNote, searchNotes, tidy, useTransport, version } from "../generated/editor";
import type { CallOptions, Failure, Note, NoteChanged, NoteError, NoteInput, Page_of_Tag, Result, Tag, Transport } from "../generated/editor";
import * as viewer from "../generated/viewers";
import { is, type Equal } from "./is";

// A command that no capability grants to a window is not in its client.
// @ts-expect-error
viewer.saveNote;
// @ts-expect-error
viewer.delete_;

export async function narrowing() {
  const read = await readNote({ id: 7 });
  if (read.ok) {
    is<Equal<typeof read.value, Note>>();
    is<Equal<typeof read.value.size, bigint>>();
  } else if (read.failure) {
    is<Equal<typeof read.failure, Failure>>();
    // @ts-expect-error
    read.error.toString();
  } else {
    is<Equal<typeof read.error, NoteError>>();
  }
  // @ts-expect-error: not before it is known that there is one
  read.value;

  // A command that does not fail has no error of its own.
  const told = await version();
  if (!told.ok) is<Equal<typeof told.failure, Failure>>();
  if (!told.ok) is<Equal<typeof told.error, undefined>>();
  const [ok, error]: [string | undefined, NoteError | undefined] = [told.ok ? told.value : undefined, read.error];
  return [ok, error];
}

export async function args() {
  const note: NoteInput = { id: 1, title: "a", size: 3n, link: "note:1" };
  await fetchPages({ page: "https://example.com", more: ["https://example.com/a"] });
  // @ts-expect-error
  await saveNote({ note: { ...note, link: "1" } });
  const folder = undefined as string | undefined;
  await saveNote({ note });
  await saveNote({ note, folder });
  await saveNote({ note, folder: null });
  await searchNotes().result;
  await searchNotes({}).result;
  await searchNotes({ text: "a" }, { signal: AbortSignal.timeout(1) }).result;
  await delete_({ ids: [1n], before: "7" });
  await version({ keepalive: true });
  await countWords({ texts: { a: ["b"] } });
  // @ts-expect-error: an argument is missing
  await readNote({});
  // @ts-expect-error: the name on the wire
  await readNote({ note_id: 7 });
  // @ts-expect-error
  await readNote({ id: "7" });
  // @ts-expect-error: what the host gives is no argument
  await readNote({ id: 7, _who: null });
  // @ts-expect-error
  await delete_({ ids: [1] });
  // @ts-expect-error
  await saveNote({ note: { id: 1, title: "a", size: 3 } });
}

export async function more() {
  const signal = new AbortController().signal;
  const options: CallOptions = { signal };
  const attached = await attach({ id: 1, file: new Uint8Array(2) }, options);
  if (attached.ok) is<Equal<typeof attached.value, Uint8Array>>();
  await attach({ id: 1, file: new Blob([]), preview: new ArrayBuffer(1) });
  const tidied = await tidy({ ids: [1], progress: (page) => is<Equal<typeof page, Page_of_Tag>>() });
  if (tidied.ok) is<Equal<typeof tidied.value, null>>();
  const imported = await importNotes({ archive: new Blob([]) });
  if (imported.ok) is<Equal<typeof imported.value, Response>>();
  else if (!imported.failure) is<Equal<typeof imported.error, string>>();

  const found = searchNotes({ text: "a" });
  for await (const note of found) is<Equal<typeof note, Note>>();
  const result = await found.result;
  is<Equal<typeof result, Result<null, string | NoteError>>>();

  const stop = onNoteChanged((changed) => is<Equal<typeof changed, NoteChanged>>(), { signal, onLost: () => {} });
  stop();
}

export function exhaustive(tag: Tag): string {
  switch (tag.kind) {
    case "plain":
      return tag.name;
    case "coloured":
      return tag.colour.map((part) => part.toString(16)).join("");
    case "none":
      return "";
  }
}

/** A program that is not there. */
export const transport: Transport & { asked: unknown[][] } = {
  asked: [],
  async call(...asked) {
    this.asked.push(asked);
    const [command, , { signal }] = asked;
    signal?.throwIfAborted();
    if (command === "version") return { ok: "1" };
    if (command === "read_note") return { error: "NotFound" };
    return { failed: { code: "denied", id: 7 } };
  },
  stream(...asked) {
    this.asked.push(asked);
    let over = (_: { ok: null }) => {};
    const result = new Promise<{ ok: null }>((done) => (over = done));
    return Object.assign(
      (async function* () {
        try {
          yield 1;
          yield 2;
        } finally {
          over({ ok: null });
        }
      })(),
      { result },
    );
  },
  listen(event, listener) {
    this.asked.push([event]);
    listener({ id: 1 });
    return () => void this.asked.push(["stopped"]);
  },
};

export { attach, onNoteChanged, readNote, saveNote, searchNotes, useTransport, version };
