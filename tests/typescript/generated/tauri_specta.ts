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

/** How calls get to the program: what this module has inside, or another that exports the same. */
export type Transport = {
  call(command: string, args: object, options: $How): Promise<$Reply>;
  stream?(command: string, args: object, options: $How): AsyncIterable<unknown>;
  listen?(event: string, listener: (event: any) => void, options: $How & { onFailed?: (failure: Failure) => void }): () => void;
};

// What gets calls to the program, in a function of its own: its names are not those of this module.
const $inline = /* @__PURE__ */ (() => {
// Calls commands of the program whose window shows this page, follows their streams, and listens to its events, by way of
// Tauri's own `invoke`.
//
//     const note = await invoke("read_note", { id: 7 });
//     for await (const line of stream("follow_log", { name: "today" })) show(line);
//     const stop = listen("note_saved", (note) => refresh(note.id));

// Taken before any other script can put something else in their place, and whatever stands around this when it is part of
// another module.
const { Array, ArrayBuffer, BigInt, Blob, DataView, Error, JSON, Object, Promise, ReadableStream } = globalThis;
const { Reflect, Response, Symbol, TextEncoder, TypeError, Uint32Array, Uint8Array, crypto, reportError } = globalThis;
const { addEventListener, removeEventListener } = globalThis;
const { parse, stringify } = JSON;
const { assign, keys } = Object;
const { apply } = Reflect;
const { hasOwnProperty } = Object.prototype;

/** Why a call did not come to a result. */
type Failed = { code: string; id?: number; message?: string; cause?: unknown };
/** What came of a call. */
type Reply = { ok: unknown } | { error: unknown } | { failed: Failed };
type Options = {
  signal?: AbortSignal | undefined;
  /** Means nothing here: a call goes on when its page is left, as all calls do in Tauri. */
  keepalive?: boolean | undefined;
  bytes?: boolean | undefined;
  revive?: boolean | undefined;
};
type ListenOptions = {
  signal?: AbortSignal | undefined;
  onLost?: ((count?: number) => void) | undefined;
  onFailed?: ((failed: Failed) => void) | undefined;
  revive?: boolean | undefined;
};
type Items = AsyncIterableIterator<any> & { result: Promise<Reply> };

/**
 * Calls a command with named arguments. Gives `{ ok }`, `{ error }` (the command's own) or `{ failed: { code, id?,
 * message? } }`, and never throws, unless `signal` is aborted: then the reason of that, and the program gives the call up.
 *
 * A function among the arguments listens to a channel. A `Blob`, an `ArrayBuffer` or a view of one is sent as bytes; if
 * there are several, in the order in which the command has them. `bytes` says that the answer may be bytes: whole, as a
 * `Uint8Array`, or as a `Response` to be read in parts. `revive` makes a `BigInt` of each `{ "$bigint": "12" }` in what
 * comes back; one among the arguments is sent as text.
 */
function call(command: string, args: object = {}, options: Options = {}): Promise<Reply> {
  return start(command, args, options, null).result;
}

/** As `call`, but gives the value itself, and throws `CommandError` or `CallFailed`. */
async function invoke(command: string, args: object = {}, options: Options = {}): Promise<any> {
  const result = await call(command, args, options);
  const thrown = thrownBy(command, result);
  if (thrown !== null) throw thrown;
  return (result as { ok: unknown }).ok;
}

/**
 * Calls a command that answers in parts, and gives them one by one: `for await (const item of stream("follow", { .. }))`.
 * Throws `CommandError` or `CallFailed` where a part would be. The program goes on as fast as the items are used, and is
 * told to stop when the loop is left. `.result` is the end of it, as `call` would give it.
 */
function stream(command: string, args: object = {}, options: Options = {}): Items {
  const items = queue(() => course.leave());
  const course = start(command, args, options, items);
  // Who asks for the items alone is told by them.
  course.result.catch(() => {});
  return assign(items.iterator, { result: course.result });
}

/**
 * Calls `listener` with what an event carries, each time that the program sends it. Gives a function that ends it.
 *
 * `onLost` is told how many were left out since the page was too slow. `onFailed` is told `{ code, .. }` if the page may
 * not listen, or if the program has ended it.
 */
function listen(event: string, listener: (event: any) => void, options: ListenOptions = {}): () => void {
  const { signal, onLost, onFailed, revive } = bare(options);
  if (signal?.aborted) return () => {};
  let over = false;
  const sink: Sink = {
    add(values, taken) {
      for (let at = 0; at < values.length && !over; at += 1) tell(listener, values[at]);
      taken();
    },
    lost(count) {
      if (!over) tell(onLost, count);
    },
    end() {},
  };
  const course = start(event, {}, { revive }, sink, "listen");
  const stop = () => {
    over = true;
    signal?.removeEventListener("abort", stop);
    course.leave();
  };
  signal?.addEventListener("abort", stop, { once: true });
  course.result.then((result: any) => {
    if (over) return;
    stop();
    if (own(result, "failed")) tell(onFailed, result.failed);
  });
  return stop;
}

/** The command ran, and failed with its own error, which is `error`: whatever the command declares. */
class CommandError extends Error {
  command: string;
  error: any;

  constructor(command: string, error: unknown) {
    super(`${command}: ${typeof error === "string" ? error : stringify(error, textOfBigInt)}`);
    this.name = "CommandError";
    this.command = command;
    this.error = error;
  }
}

/**
 * The call did not come to a result. `code` says why (`denied`, `invalid`, `unreachable`, `cut_off`, ..), `id` is its
 * number in the program's log, if it has one, and `message` is for a person: the program's own words, or
 * `<command>: <code>` if it says nothing.
 */
class CallFailed extends Error {
  command: string;
  code: string;
  id: number | undefined;

  constructor(command: string, { code, id, message, cause }: Failed) {
    super(message ?? `${command}: ${code}`);
    this.name = "CallFailed";
    this.command = command;
    this.code = code;
    this.id = id;
    if (cause !== undefined) assign(this, { cause });
  }
}

function thrownBy(command: string, result: any): Error | null {
  if (own(result, "error")) return new CommandError(command, result.error);
  return own(result, "failed") ? new CallFailed(command, result.failed) : null;
}

/** What Tauri puts into each page. */
type Tauri = {
  invoke(command: string, payload: unknown, options: object): Promise<unknown>;
  transformCallback(callback: (framed: any) => void): number;
  unregisterCallback(id: number): void;
};
/** Where the items of an answer in parts go. `taken` is called once all of them have been used. */
type Sink = {
  add(values: unknown[], taken: () => void): void;
  lost(count: number): void;
  end(thrown: { thrown: unknown } | null): void;
};
type Listener = (item: any) => void;

/** Behind the last message of a channel. */
const END = Symbol();
/** The number of the last call. Another module in this page counts from elsewhere. */
let lastId = crypto.getRandomValues(new Uint32Array(1))[0]! * 2 ** 20;

/** One call from its start to its result, and how to give it up. */
function start(command: string, args: object, options: Options, sink: Sink | null, listens?: "listen") {
  const { signal, bytes, revive } = bare(options);
  const id = (lastId += 1);
  // Looked up with each call: a test may put another in its place.
  const tauri = (globalThis as any).__TAURI_INTERNALS__ as Tauri;
  const listeners: Record<string, Listener> = bare({});
  /** Which callbacks of Tauri hear the channels, by argument. */
  const callbacks: Record<string, number> = bare({});
  /** And which one hears the answer in parts. */
  let control: number | undefined;
  let sent = false;
  /** Nothing more is to come from the program. */
  let over = false;
  /** Nor is it wanted. */
  const given = { up: false };
  /** The page has been told the end. */
  let finished = false;
  let resolve: (result: Reply) => void;
  let reject: (reason: unknown) => void;
  const result = new Promise<Reply>((...both) => ([resolve, reject] = both));

  const ask = async (payload: object, said: string) =>
    tauri.invoke(command, payload, bare({ headers: bare({ Portcullis: said }) }));
  /** Where the program is gone, its answers say so. */
  const say = (word: string) => void ask(bare({}), `${word} ${id}`).catch(() => {});
  const giveUp = () => {
    if (over) return;
    over = given.up = true;
    if (sent) say("cancel");
  };
  const finish = (result: Reply) => {
    if (finished) return;
    finished = true;
    signal?.removeEventListener("abort", abort);
    removeEventListener?.("pageshow", back);
    const thrown = thrownBy(command, result);
    sink?.end(thrown && { thrown });
    // Where the page has its `Response`, this changes nothing.
    resolve(result);
  };
  const fail = (code: string, message: string, cause?: unknown) => {
    giveUp();
    finish({ failed: cause === undefined ? { code, message } : { code, message, cause } });
  };
  const leave = () => fail("cancelled", `${command}: the page has left the stream`);
  const inParts = () => fail("invalid", `${command} answers in parts: follow it with \`stream\``);
  const abort = () => {
    finished = true;
    removeEventListener?.("pageshow", back);
    // Whatever the reason is, `null` included.
    sink?.end({ thrown: signal!.reason });
    reject(signal!.reason);
    giveUp();
  };
  /** What is no answer ends the call all the same: it would wait for ever. */
  const guarded = (use: () => void) => {
    try {
      use();
    } catch (cause) {
      fail("invalid", `${command}: the answer cannot be read`, cause);
    }
  };

  const forget = (callback: number | undefined) => {
    if (callback !== undefined) tauri.unregisterCallback(callback);
  };
  const forgetAll = () => {
    forget(control);
    for (const name in callbacks) forget(callbacks[name]);
  };

  const read = (json: string) => (revive ? parse(json, revived) : parse(json));
  const ended = (letter: string | undefined, json: string): Reply => {
    if (letter === "z") return { ok: null };
    if (letter === "o") return { ok: read(json) };
    return letter === "e" ? { error: read(json) } : { failed: failure(parse(json)) };
  };
  const pass = (items: unknown[], taken: () => void) => {
    if (sink !== null) return sink.add(items, taken);
    taken();
    if (items.length > 0) inParts();
  };
  const lines = (text: string, taken: () => void) => {
    let items: unknown[] = [];
    // A listener may give the call up, and hears no more of it then.
    for (let at = 0, end; at < text.length && !finished; at = end + 1) {
      end = text.indexOf("\n", at);
      if (end < 0) end = text.length;
      const rest = text.slice(at + 1, end);
      switch (text[at]) {
        case "i":
          items.push(read(rest));
          break;
        case "c": {
          const space = rest.indexOf(" ");
          const name = rest.slice(0, space);
          // It comes this way, and by no callback of its own.
          forget(callbacks[name]);
          delete callbacks[name];
          tell(listeners[name], read(rest.slice(space + 1)));
          break;
        }
        case "g":
          // After what was not lost.
          sink?.add(items, () => {});
          items = [];
          sink?.lost(+rest);
          break;
        default: {
          const result = ended(text[at], rest);
          over = true;
          pass(items, taken);
          return finish(result);
        }
      }
    }
    pass(items, taken);
  };
  const follow = (message: unknown) => {
    if (over) return;
    if (message === END) {
      over = true;
      return fail("cut_off", "The program broke off before the answer: the command may have run.");
    }
    const taken = () => {
      if (!over) say("more");
    };
    guarded(() => {
      if (typeof message === "string") lines(message, taken);
      else pass([bytesOf(message)], taken);
    });
  };
  /** A page that comes back out of the browser's cache goes on, but the program has ended this when the page was left. */
  const back = ({ persisted }: { persisted: boolean }) => {
    if (!persisted || over) return;
    forgetAll();
    follow(END);
  };
  /** What comes before the answer that says what it is waits for that. */
  const waiting: unknown[] = [];
  let receive = (message: unknown): void => void waiting.push(message);

  const answered = (reply: any) => {
    if (own(reply, "stream") || own(reply, "download") || (listens && own(reply, "ok"))) {
      // Given up, and perhaps before the program knew of it.
      if (over) return say("cancel");
      if (control === undefined) return inParts();
      if (own(reply, "download")) {
        const body = queue(leave);
        const response = responseOf(reply.download, body.iterator);
        sink = body;
        resolve({ ok: response });
      }
      addEventListener?.("pageshow", back);
      receive = follow;
      return waiting.forEach(follow);
    }
    over = true;
    forget(control);
    const whole = (value: unknown) => (revive ? read(stringify(value)) : value);
    if (own(reply, "ok")) finish({ ok: whole(reply.ok) });
    else if (own(reply, "error")) finish({ error: whole(reply.error) });
    else if (own(reply, "failed")) {
      forgetAll();
      finish({ failed: failure(reply.failed) });
    } else finish({ ok: bytesOf(reply) });
  };

  const send = async () => {
    let plain, body;
    try {
      const { parts, ...rest } = written(args, listeners);
      plain = rest.plain;
      body = parts.length > 0 ? await new Blob(parts).arrayBuffer() : null;
    } catch (cause: any) {
      return fail("invalid", `${command}: ${cause?.message ?? cause}`, cause);
    }
    let reply;
    try {
      if (over) return;
      let opens = bytes || sink !== null;
      for (const name in listeners) {
        opens = true;
        callbacks[name] = hear(tauri, heardBy(listeners[name]!, given));
        plain[name] = `__CHANNEL__:${callbacks[name]}`;
      }
      if (opens) control = hear(tauri, (message) => receive(message));
      sent = true;
      const said = opens ? `${listens ?? "open"} ${id} ${control}` : `call ${id}`;
      reply = await ask(body === null ? plain : withBytes(plain, body), said);
    } catch (cause) {
      forgetAll();
      over = true;
      // What Tauri itself says is a text.
      const message = typeof cause === "string" ? cause : "The program does not answer.";
      return fail(/not (allowed|found)/.test(message) ? "denied" : "unreachable", message, cause);
    }
    guarded(() => answered(reply ?? {}));
  };

  if (signal?.aborted) abort();
  else {
    signal?.addEventListener("abort", abort, { once: true });
    send();
  }
  return { result, leave };
}

/** Has Tauri call `take` with the messages of a channel, in the order in which they were sent. */
function hear(tauri: Tauri, take: (message: unknown) => void): number {
  const early: Record<number, any> = bare({});
  let next = 0;
  const callback = tauri.transformCallback((framed) => {
    early[framed.index] = framed;
    for (let now; (now = early[next]) !== undefined; ) {
      delete early[next];
      next += 1;
      if (own(now, "end")) tauri.unregisterCallback(callback);
      take(own(now, "end") ? END : now.message);
    }
  });
  return callback;
}

/** A program may hold on to a channel of Tauri's own when the call is over: all else of the call may go then. */
function heardBy(listener: Listener, given: { up: boolean }) {
  return (message: unknown) => {
    if (message !== END && !given.up) tell(listener, message);
  };
}

/** Items on their way from the program to whoever asks for the next one. `left` is called when nobody does any more. */
function queue(left: () => void) {
  /** Values, and, behind the last of each batch, what is to be called when it has been taken. */
  let queued: ({ value: unknown } | (() => void))[] = [];
  const asking: [(result: { value: any; done: boolean }) => void, (reason: unknown) => void][] = [];
  let ended = false;
  let thrown: { thrown: unknown } | null = null;

  const serve = () => {
    for (;;) {
      const first = queued[0];
      if (typeof first === "function") {
        queued.shift();
        first();
        continue;
      }
      if (asking.length === 0 || (first === undefined && !ended)) return;
      const [resolve, reject] = asking.shift()!;
      queued.shift();
      // What is thrown is thrown once.
      const last = thrown;
      if (first !== undefined) resolve({ value: first.value, done: false });
      else if (last === null) resolve({ value: undefined, done: true });
      else {
        thrown = null;
        reject(last.thrown);
      }
    }
  };
  const iterator: AsyncIterableIterator<any> = {
    next: () =>
      new Promise((...both) => {
        asking.push(both);
        serve();
      }),
    async return(value) {
      ended = true;
      thrown = null;
      queued = [];
      left();
      serve();
      return { value, done: true };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return {
    add(values: unknown[], taken: () => void) {
      for (let at = 0; at < values.length; at += 1) queued.push({ value: values[at] });
      queued.push(taken);
      serve();
    },
    lost() {},
    end(how: { thrown: unknown } | null) {
      if (!ended) thrown = how;
      ended = true;
      serve();
    },
    iterator,
  };
}

/** What is downloaded, to be read in parts: the next is asked for when there is somebody to read it. */
function responseOf(download: { type: string | null; length: number | null }, chunks: AsyncIterableIterator<any>): Response {
  const { type, length } = bare(download);
  const headers: Record<string, string> = bare({});
  if (typeof type === "string") headers["Content-Type"] = type;
  if (typeof length === "number") headers["Content-Length"] = `${length}`;
  const source = {
    async pull(controller: any) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return!();
    },
  };
  const body: any = new ReadableStream(bare(source), bare({ highWaterMark: 0 }));
  return new Response(body, bare({ headers }));
}

/** The arguments as they are sent, and what of them is bytes. */
function written(args: object, listeners: Record<string, Listener>) {
  const plain: Record<string, unknown> = bare({});
  const parts: any[] = [];
  const names = keys(args ?? {});
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at]!;
    const value = (args as any)[name];
    if (typeof value === "function") listeners[name] = value;
    else if (value instanceof Blob) plain[name] = (parts[parts.length] = value).size;
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      plain[name] = (parts[parts.length] = value).byteLength;
    } else {
      // What Tauri would not send as JSON has it: a number that is too large travels as text.
      const json = stringify(value, textOfBigInt);
      if (json !== undefined) plain[name] = parse(json);
    }
  }
  return { plain, parts };
}

/** The length of the JSON, the JSON, and the bytes. */
function withBytes(plain: object, bytes: ArrayBuffer): Uint8Array {
  const json = new TextEncoder().encode(stringify(plain));
  const whole = new Uint8Array(4 + json.length + bytes.byteLength);
  new DataView(whole.buffer).setUint32(0, json.length);
  whole.set(json, 4);
  whole.set(new Uint8Array(bytes), 4 + json.length);
  return whole;
}

/** As an array of numbers they come where Tauri cannot do better. */
function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer || Array.isArray(value)) return new Uint8Array(value as ArrayBuffer);
  throw new TypeError("neither an answer nor bytes");
}

function failure(failed: Failed): Failed {
  if (typeof failed.code !== "string") throw new TypeError("a failure without a code");
  return failed;
}

function textOfBigInt(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}` : value;
}

function revived(_: string, value: any): unknown {
  const text = value?.$bigint;
  const is = typeof text === "string" && keys(value).length === 1 && /^-?[0-9]+$/.test(text);
  return is ? BigInt(text) : value;
}

/** Calls a function of the page, which may throw: that is the page's, and no reason to stop. */
function tell(listener: ((...told: any[]) => void) | undefined, ...told: unknown[]): void {
  try {
    listener?.(...told);
  } catch (error) {
    reportError(error);
  }
}

/** Whether it has this itself: anybody may add to what all objects inherit. */
function own(value: object, key: string): boolean {
  return apply(hasOwnProperty, value, [key]);
}

/** The same, with nothing that is inherited. */
function bare<T extends object>(object: T): T {
  return assign({ __proto__: null }, object);
}
return { call, invoke, stream, listen, CommandError, CallFailed };
})();

let $transport: Transport = $inline;

/** Takes another way to the program than its own: for tests, say. */
export function useTransport(transport: Transport): void {
  $transport = transport;
}

const $load = async (): Promise<Transport> => $transport;

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
