/* eslint-disable */
// What window `editor` may call, and nothing else. Written by Portcullis from commands and capabilities: a change here is
// lost when the test that writes it runs again.

/** Permission: `notes:write`. */
export function attach(args: { id: number; file: Blob | ArrayBuffer | ArrayBufferView; preview?: Blob | ArrayBuffer | ArrayBufferView | null | undefined }, options?: CallOptions): Promise<Result<Uint8Array>> {
  return $call("attach", args, options, { bytes: true });
}

/** Permission: `clock:read`. */
export function clockNow(options?: CallOptions): Promise<Result<string>> {
  return $call("clock:now", {}, options);
}

/** Permission: `clock:set`. */
export function clockSet(args: { to: string }, options?: CallOptions): Promise<Result<string>> {
  return $call("clock:set", args, options);
}

/** Permission: `clock:allow-wind-up`. */
export function clockWindUp(options?: CallOptions): Promise<Result<null>> {
  return $call("clock:wind_up", {}, options);
}

/** Public: counts. */
export function countWords(args: { texts: Record<string, string[]> }, options?: CallOptions): Promise<Result<Record<string, number>>> {
  return $call("count-words", args, options);
}

/**
 * Permission: `notes:delete`.
 *
 * Refused until the program has switched on `notes:delete`.
 */
export function delete_(args: { ids: bigint[]; before?: string | null | undefined }, options?: CallOptions): Promise<Result<number>> {
  return $call("delete", args, options);
}

/** Permission: `pages:fetch`. */
export function fetchPages(args: { page: string; more?: string[] | null | undefined }, options?: CallOptions): Promise<Result<null>> {
  return $call("fetch_pages", args, options);
}

/** Permission: `notes:write`. */
export function importNotes(args: { archive: Blob | ArrayBuffer | ArrayBufferView }, options?: CallOptions): Promise<Result<Response, string>> {
  return $call("import_notes", args, options, { bytes: true });
}

/**
 * Reads one note.
 *
 * Permission: `notes:read`.
 */
export function readNote(args: { id: number }, options?: CallOptions): Promise<Result<Note, NoteError>> {
  return $call("read_note", args, options, { revive: true });
}

/**
 * Saves a note, and ends with *\/ to see what becomes of it.
 *
 * Permission: `notes:write`.
 */
export function saveNote(args: { note: NoteInput; folder?: string | null | undefined }, options?: CallOptions): Promise<Result<null>> {
  return $call("save_note", args, options);
}

/** Permission: `notes:search`. */
export function searchNotes(args: { text?: string | null | undefined; page?: number | null | undefined } = {}, options?: CallOptions): Stream<Note, string | NoteError> {
  return $stream("search_notes", args, options, { revive: true });
}

/** Permission: `notes:write`. */
export function tidy(args: { ids: number[]; progress: (item: Page_of_Tag) => void }, options?: CallOptions): Promise<Result<null>> {
  return $call("tidy", args, options);
}

/** Public: shows the version. */
export function version(options?: CallOptions): Promise<Result<string>> {
  return $call("version", {}, options);
}

/**
 * A note is another than it was.
 *
 * Permission: `notes:read`.
 */
export function onNoteChanged(listener: (event: NoteChanged) => void, options?: ListenOptions): () => void {
  return $listen("note_changed", listener, options, { revive: true });
}

/** A note. */
export type Note = {
  /** Its number. */
  id: number;
  /** Where it is. */
  link: `note:${string}` | null;
  /** In bytes. */
  size: bigint;
  tags: Tag[];
  title: string;
};

/** A note is another than it was. */
export type NoteChanged = { id: number; note: Note | null };

/** Why there is no note. */
export type NoteError = "NotFound" | { Broken: { at: number } };

/** A note. */
export type NoteInput = {
  /** Its number. */
  id: number;
  /** Where it is. */
  link?: `note:${string}` | null;
  /** In bytes. */
  size: bigint;
  tags?: Tag[];
  title: string;
};

/** A part of a longer list. */
export type Page_of_Tag = { items: Tag[]; more: boolean };

/** What a note is about. */
export type Tag =
  | /** As it is. */ { kind: "plain"; name: string }
  | { kind: "coloured"; colour: [number, number, number]; name: string }
  | { kind: "none" };

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

/** Items, one after the other: `for await (const item of stream)`. Leaving the loop gives the call up. An error or a failure is thrown there, and is in `result`. */
export type Stream<T, E = never> = AsyncIterable<T> & { readonly result: Promise<Result<null, E>> };

function $stream(command: string, args: object, options?: CallOptions, how?: $How): Stream<any, any> {
  const opened = $load().then((transport) => transport.stream!(command, args, { ...options, ...how }));
  const result = opened.then(
    (stream) => stream.result.then($result),
    (cause) => ({ ok: false as const, failure: $unreachable(cause) }),
  );
  // Whoever does not ask for it is told in the loop.
  result.catch(() => {});
  return {
    result,
    async *[Symbol.asyncIterator]() {
      yield* await opened;
    },
  };
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
