/* eslint-disable */
// What window `editor` may call, and nothing else. Written by Portcullis from commands and capabilities: a change here is
// lost when the test that writes it runs again.

/**
 * Attaches something to a note. It is never in memory as a whole; if the page gives up in the middle, nothing is left.
 *
 * Permission: `notes:write`.
 */
export function addAttachment(args: { note: number; name: string; kind: string; content: Blob | ArrayBuffer | ArrayBufferView }, options?: CallOptions): Promise<Result<Attachment, AttachError>> {
  return $call("add_attachment", args, options);
}

/** Permission: `notes:write`. */
export function createNote(args: { title: string; body: string }, options?: CallOptions): Promise<Result<Note, NoteError>> {
  return $call("create_note", args, options);
}

/** Permission: `notes:delete`. */
export function deleteNote(args: { id: number }, options?: CallOptions): Promise<Result<null, NoteError>> {
  return $call("delete_note", args, options);
}

/**
 * Makes notes of the files in a folder and the folders in it. A page that gives up, or goes away, stops it: what has been
 * imported until then stays.
 *
 * Permissions: `notes:import`, `notes:write`.
 */
export function importNotes(args: { folder: string; onProgress: (item: Progress) => void }, options?: CallOptions): Promise<Result<Outcome, ImportError>> {
  return $call("import_notes", args, options);
}

/** Permission: `notes:read`. */
export function listAttachments(args: { note: number }, options?: CallOptions): Promise<Result<Attachment[], NoteError>> {
  return $call("list_attachments", args, options);
}

/**
 * The folders that there are to import, the outermost first.
 *
 * Permission: `notes:import`.
 */
export function listFolders(args: { folder: string }, options?: CallOptions): Promise<Result<Folder[], ImportError>> {
  return $call("list_folders", args, options);
}

/**
 * The latest notes, the last one first: this many, or all.
 *
 * Permission: `notes:read`.
 */
export function listNotes(args: { limit?: number | null | undefined } = {}, options?: CallOptions): Promise<Result<Summary[], NoteError>> {
  return $call("list_notes", args, options);
}

/**
 * What is attached, as it is: read from the file as fast as the page takes it.
 *
 * Permission: `notes:read`.
 */
export function readAttachment(args: { id: number }, options?: CallOptions): Promise<Result<Response, NoteError>> {
  return $call("read_attachment", args, options, { bytes: true });
}

/** Permission: `notes:read`. */
export function readNote(args: { id: number }, options?: CallOptions): Promise<Result<Note, NoteError>> {
  return $call("read_note", args, options);
}

/** Permission: `notes:write`. */
export function removeAttachment(args: { id: number }, options?: CallOptions): Promise<Result<null, NoteError>> {
  return $call("remove_attachment", args, options);
}

/** Permission: `notes:write`. */
export function saveNote(args: { id: number; title: string; body: string }, options?: CallOptions): Promise<Result<Note, NoteError>> {
  return $call("save_note", args, options);
}

/**
 * The notes that contain a text. It may take a while, and a page that types on has no use for it any more: so it has a
 * thread of its own, and stops when it is given up.
 *
 * Permission: `notes:read`.
 */
export function searchNotes(args: { text: string }, options?: CallOptions): Promise<Result<Summary[], NoteError>> {
  return $call("search_notes", args, options);
}

/** Public: returns only the version number. */
export function version(options?: CallOptions): Promise<Result<string>> {
  return $call("version", {}, options);
}

/**
 * Something has changed, in whatever window. A page hears `{"change": "saved", "id": 7, "updated": 1700000000000}`.
 *
 * Permission: `notes:read`.
 */
export function onNoteChanged(listener: (event: NoteChanged) => void, options?: ListenOptions): () => void {
  return $listen("note_changed", listener, options);
}

/** Why something was not attached. The page gets it as `{"kind": "too_large", "limit": 104857600}`. */
export type AttachError =
  | { kind: "not_found"; id: number }
  | { kind: "too_large"; limit: number }
  | /** It did not arrive whole. */ { kind: "broken_off" }
  | { kind: "storage" };

/** Something that is attached to a note. */
export type Attachment = {
  bytes: number;
  id: number;
  /** `image/png`. */
  kind: string;
  name: string;
  note: number;
};

/** A folder that can be imported. */
export type Folder = {
  /** How many notes there are in it, and in the folders in it. */
  files: number;
  /** As `import_notes` takes it: `.`, or `Recipes`. */
  name: string;
};

/**
 * Why a folder was not imported. The page gets it as `{"kind": "folder", "code": "not_found", "message": ".."}`.
 */
export type ImportError = PathError & { kind: "folder" } | { kind: "storage" };

/** A file that cannot be a note. */
export type LeftOut = { name: string; why: string };

/** A note. */
export type Note = {
  body: string;
  id: number;
  title: string;
  /** Milliseconds since 1970. */
  updated: number;
};

/**
 * Something has changed, in whatever window. A page hears `{"change": "saved", "id": 7, "updated": 1700000000000}`.
 */
export type NoteChanged =
  | { change: "created"; id: number }
  | { change: "saved"; id: number; updated: number }
  | { change: "deleted"; id: number }
  | /** What is attached to the note. */ { change: "attachments"; id: number }
  | /** Notes have come out of a folder. */ { change: "imported" };

/** What may go wrong with a note. The page gets it as `{"kind": "not_found", "id": 7}`. */
export type NoteError = { kind: "not_found"; id: number } | { kind: "too_long"; limit: number } | { kind: "storage" };

/** What has become of the files. */
export type Outcome = {
  imported: number;
  /** Files that a note was made of before. */
  known: number;
  /** Files that cannot be notes; only the first are named. */
  left_out: number;
  named: LeftOut[];
};

/** A file or folder could not be used: it is refused, or the system has failed. */
export type PathError = {
  /** Which: `refused`, `not_found`, `storage_full`, .. */
  code: string;
  /** For a person. */
  message: string;
};

/** How far an import is. */
export type Progress = {
  done: number;
  /** The file that is next. */
  name: string;
  of: number;
};

/** A note in a list. */
export type Summary = {
  /** How many attachments it has. */
  attachments: number;
  id: number;
  /** How the text begins, or what is around what was searched for. */
  preview: string;
  title: string;
  /** Milliseconds since 1970. */
  updated: number;
};

/** Why a call did not come to a result: refused, malformed, or the program or the way to it failed. */
export type Failure = {
  code: "denied" | "invalid" | "panicked" | "cancelled" | "timeout" | "too_large" | "too_deep" | "too_many" | "internal" | "unauthorized" | "unreachable" | "cut_off" | (string & {});
  /** Its number in the program's log. */
  id?: number;
  /** For a person. */
  message?: string;
};

/** What came of a call: its value, the command's own error, or a failure of the call. Of a command that does not fail there is no error. */
export type Result<T, E = never> =
  | { ok: true; value: T; error?: undefined; failure?: undefined }
  | ([E] extends [never] ? never : { ok: false; error: E; failure?: undefined })
  | { ok: false; failure: Failure; error?: undefined };

export type CallOptions = {
  /** Gives the call up: the promise rejects with the reason of the signal, and the program stops the command. */
  signal?: AbortSignal | undefined;
  /** Lets a small call outlive its page. */
  keepalive?: boolean | undefined;
};

type $How = { bytes?: boolean; revive?: boolean };
type $Reply = { ok: unknown } | { error: unknown } | { failed: Failure };

/** How calls get to the program: what `/portcullis.js` exports. */
export type Transport = {
  call(command: string, args: object, options: CallOptions & $How): Promise<$Reply>;
  stream?(command: string, args: object, options: CallOptions & $How): AsyncIterable<unknown> & { result: Promise<$Reply> };
  listen?(
    event: string,
    listener: (event: any) => void,
    options: $How & { signal?: AbortSignal | undefined; onLost?: (count?: number) => void; onFailed?: (failure: Failure) => void },
  ): () => void;
};

let $transport: Transport | string = "/portcullis.js";

/** Takes another way to the program than its own `/portcullis.js`: for tests, say. */
export function useTransport(transport: Transport): void {
  $transport = transport;
}

async function $load(): Promise<Transport> {
  if (typeof $transport === "string") {
    const loaded = await import(/* @vite-ignore */ /* webpackIgnore: true */ $transport);
    if (typeof $transport === "string") $transport = loaded as Transport;
  }
  return $transport as Transport;
}

const $unreachable = (cause: unknown): Failure => ({ code: "unreachable", message: String(cause) });

function $result(reply: $Reply): any {
  if ("ok" in reply) return { ok: true, value: reply.ok };
  return "error" in reply ? { ok: false, error: reply.error } : { ok: false, failure: reply.failed };
}

async function $call(command: string, args: object, options?: CallOptions, how?: $How): Promise<any> {
  let transport;
  try {
    transport = await $load();
  } catch (cause) {
    return { ok: false, failure: $unreachable(cause) };
  }
  return $result(await transport.call(command, args, { ...options, ...how }));
}

export type ListenOptions = {
  /** Stops listening. */
  signal?: AbortSignal | undefined;
  /** So many events came faster than they were taken, and are lost; without a number, nobody knows how many. */
  onLost?: (count?: number) => void;
  /** The program does not let this window listen, or is not there. */
  onFailed?: (failure: Failure) => void;
};

function $listen(event: string, listener: (event: any) => void, options: ListenOptions = {}, how?: $How): () => void {
  let stop = () => {};
  let over = false;
  $load().then(
    (transport) => {
      if (!over) stop = transport.listen!(event, listener, { ...options, ...how });
    },
    (cause) => options.onFailed?.($unreachable(cause)),
  );
  return () => {
    over = true;
    stop();
  };
}
