// A page in a window of Tauri: a client that has its transport inside, beside what is written against Tauri's own package.
import { Channel, invoke } from "@tauri-apps/api/core";
import { mockIPC } from "@tauri-apps/api/mocks";
import { attach, importNotes, onNoteChanged, readNote, searchNotes, tidy, useTransport, version } from "../generated/tauri";
import type { Note, Page_of_Tag, Transport } from "../generated/tauri";
import { call, parse, reportError, type Reply } from "../generated/tauri_clashes";
import { CallFailed, commands, events } from "../generated/tauri_specta";
import { is, type Equal } from "./is";

export async function uses() {
  const read = await readNote({ id: 7 }, { signal: AbortSignal.timeout(1000) });
  if (read.ok) is<Equal<typeof read.value, Note>>();
  for await (const note of searchNotes({ text: "a" })) is<Equal<typeof note, Note>>();
  await tidy({ ids: [1], progress: (page) => is<Equal<typeof page, Page_of_Tag>>() });
  const other: Transport = { call: async () => ({ ok: 1 }) };
  useTransport(other);
  // Names of the transport's own are the program's too.
  const reply = await call({ sink: { reply: { code: "a" } } });
  if (reply.ok) is<Equal<typeof reply.value, Reply>>();
}

export { CallFailed, Channel, attach, call, commands, events, importNotes, invoke, mockIPC, onNoteChanged, parse };
export { readNote, reportError, searchNotes, tidy, version };
