/* eslint-disable */
// What window `editor` may call, and nothing else. Written by Portcullis from commands and capabilities: a change here is
// lost when the test that writes it runs again.

export const commands = {
  /** Permission: `notes:write`. */
  async attach(id: number, file: Blob | ArrayBuffer | ArrayBufferView, preview: Blob | ArrayBuffer | ArrayBufferView | null): Promise<Uint8Array> {
    return $value("attach", { id, file, preview }, { bytes: true });
  },
  /** Permission: `clock:read`. */
  async clockNow(): Promise<string> {
    return $value("clock:now", {});
  },
  /** Permission: `clock:set`. */
  async clockSet(to: string): Promise<string> {
    return $value("clock:set", { to });
  },
  /** Permission: `clock:allow-wind-up`. */
  async clockWindUp(): Promise<null> {
    return $value("clock:wind_up", {});
  },
  /** Public: counts. */
  async countWords(texts: Record<string, string[]>): Promise<Record<string, number>> {
    return $value("count-words", { texts });
  },
  /**
   * Permission: `notes:delete`.
   *
   * Refused until the program has switched on `notes:delete`.
   */
  async delete_(ids: bigint[], before: string | null): Promise<number> {
    return $value("delete", { ids, before });
  },
  /** Permission: `pages:fetch`. */
  async fetchPages(page: string, more: string[] | null): Promise<null> {
    return $value("fetch_pages", { page, more });
  },
  /** Permission: `notes:write`. */
  async importNotes(archive: Blob | ArrayBuffer | ArrayBufferView): Promise<Result<Response, string>> {
    return $result("import_notes", { archive }, { bytes: true });
  },
  /**
   * Reads one note.
   *
   * Permission: `notes:read`.
   */
  async readNote(id: number): Promise<Result<Note, NoteError>> {
    return $result("read_note", { id }, { revive: true });
  },
  /**
   * Saves a note, and ends with *\/ to see what becomes of it.
   *
   * Permission: `notes:write`.
   */
  async saveNote(note: NoteInput, folder: string | null): Promise<null> {
    return $value("save_note", { note, folder });
  },
  /** Permission: `notes:search`. */
  searchNotes(text: string | null, page: number | null): AsyncGenerator<Note, void, void> {
    return $stream("search_notes", { text, page }, { revive: true });
  },
  /** Permission: `notes:write`. */
  async tidy(ids: number[], progress: (item: Page_of_Tag) => void): Promise<null> {
    return $value("tidy", { ids, progress });
  },
  /** Public: shows the version. */
  async version(): Promise<string> {
    return $value("version", {});
  },
};

export const events = {
  /**
   * A note is another than it was.
   *
   * Permission: `notes:read`.
   */
  noteChanged: $event<NoteChanged>("note_changed", { revive: true }),
};

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

/** What came of a command that may fail. */
export type Result<T, E> = { status: "ok"; data: T } | { status: "error"; error: E };

/** Why a call did not come to a result. It is thrown. */
export type Failure = {
  code: "denied" | "invalid" | "panicked" | "cancelled" | "timeout" | "too_large" | "too_deep" | "too_many" | "internal" | "unauthorized" | "unreachable" | "cut_off" | (string & {});
  /** Its number in the program's log. */
  id?: number;
  /** For a person. */
  message?: string;
};

type $How = { bytes?: boolean; revive?: boolean };
type $Reply = { ok: unknown } | { error: unknown } | { failed: Failure };

/** How calls get to the program: what `/portcullis.js` exports. */
export type Transport = {
  call(command: string, args: object, options: $How): Promise<$Reply>;
  stream?(command: string, args: object, options: $How): AsyncIterable<unknown>;
  listen?(event: string, listener: (event: any) => void, options: $How & { onFailed?: (failure: Failure) => void }): () => void;
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

/** A call that was refused, was malformed, or failed on its way. */
export class CallFailed extends Error {
  code: Failure["code"];
  id: number | undefined;

  constructor(command: string, { code, id, message }: Failure) {
    super(message ?? `${command}: ${code}`);
    this.name = "CallFailed";
    this.code = code;
    this.id = id;
  }
}

async function $result(command: string, args: object, how: $How = {}): Promise<any> {
  const reply = await (await $load()).call(command, args, how);
  if ("failed" in reply) throw new CallFailed(command, reply.failed);
  return "error" in reply ? { status: "error", error: reply.error } : { status: "ok", data: reply.ok };
}

const $value = async (command: string, args: object, how?: $How): Promise<any> => (await $result(command, args, how)).data;

async function* $stream(command: string, args: object, how: $How = {}): AsyncGenerator<any, void, void> {
  yield* (await $load()).stream!(command, args, how);
}

type $Listener<T> = (event: { event: string; payload: T }) => void;

function $event<T>(event: string, how: $How = {}) {
  const listen = async (listener: $Listener<T>): Promise<() => void> =>
    (await $load()).listen!(event, (payload: T) => listener({ event, payload }), how);
  const once = async (listener: $Listener<T>): Promise<() => void> => {
    const stop = await listen((told) => {
      stop();
      listener(told);
    });
    return stop;
  };
  return { listen, once };
}
