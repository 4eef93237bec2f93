// Call sites that were written against tauri-specta's bindings.
import { CallFailed, commands, events, useTransport } from "../generated/specta";
import type { Note, NoteError, Result } from "../generated/specta";
import { is, type Equal } from "./is";

export async function uses() {
  const read = await commands.readNote(7);
  is<Equal<typeof read, Result<Note, NoteError>>>();
  if (read.status === "ok") is<Equal<typeof read.data, Note>>();
  else is<Equal<typeof read.error, NoteError>>();

  const version = await commands.version();
  is<Equal<typeof version, string>>();
  await commands.delete_([1n], null);
  await commands.attach(1, new Uint8Array(1), null);
  await commands.tidy([1], () => {});
  for await (const note of commands.searchNotes("a", null)) is<Equal<typeof note, Note>>();

  const unlisten = await events.noteChanged.listen((event) => is<Equal<typeof event.payload.id, number>>());
  unlisten();
  await events.noteChanged.once(({ payload }) => payload.note);
  // @ts-expect-error
  await commands.readNote("7");
}

export { CallFailed, commands, events, useTransport };
