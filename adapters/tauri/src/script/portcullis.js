// Made from tauri.ts, which is what to change.

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
/**
 * Calls a command with named arguments. Gives `{ ok }`, `{ error }` (the command's own) or `{ failed: { code, id?,
 * message? } }`, and never throws, unless `signal` is aborted: then the reason of that, and the program gives the call up.
 *
 * A function among the arguments listens to a channel. A `Blob`, an `ArrayBuffer` or a view of one is sent as bytes; if
 * there are several, in the order in which the command has them. `bytes` says that the answer may be bytes: whole, as a
 * `Uint8Array`, or as a `Response` to be read in parts. `revive` makes a `BigInt` of each `{ "$bigint": "12" }` in what
 * comes back; one among the arguments is sent as text.
 */
export function call(command, args = {}, options = {}) {
  return start(command, args, options, null).result;
}
/** As `call`, but gives the value itself, and throws `CommandError` or `CallFailed`. */
export async function invoke(command, args = {}, options = {}) {
  const result = await call(command, args, options);
  const thrown = thrownBy(command, result);
  if (thrown !== null)
    throw thrown;
  return result.ok;
}
/**
 * Calls a command that answers in parts, and gives them one by one: `for await (const item of stream("follow", { .. }))`.
 * Throws `CommandError` or `CallFailed` where a part would be. The program goes on as fast as the items are used, and is
 * told to stop when the loop is left. `.result` is the end of it, as `call` would give it.
 */
export function stream(command, args = {}, options = {}) {
  const items = queue(() => course.leave());
  const course = start(command, args, options, items);
  // Who asks for the items alone is told by them.
  course.result.catch(() => { });
  return assign(items.iterator, { result: course.result });
}
/**
 * Calls `listener` with what an event carries, each time that the program sends it. Gives a function that ends it.
 *
 * `onLost` is told how many were left out since the page was too slow. `onFailed` is told `{ code, .. }` if the page may
 * not listen, or if the program has ended it.
 */
export function listen(event, listener, options = {}) {
  const { signal, onLost, onFailed, revive } = bare(options);
  if (signal?.aborted)
    return () => { };
  let over = false;
  const sink = {
    add(values, taken) {
      for (let at = 0; at < values.length && !over; at += 1)
        tell(listener, values[at]);
      taken();
    },
    lost(count) {
      if (!over)
        tell(onLost, count);
    },
    end() { },
  };
  const course = start(event, {}, { revive }, sink, "listen");
  const stop = () => {
    over = true;
    signal?.removeEventListener("abort", stop);
    course.leave();
  };
  signal?.addEventListener("abort", stop, { once: true });
  course.result.then((result) => {
    if (over)
      return;
    stop();
    if (own(result, "failed"))
      tell(onFailed, result.failed);
  });
  return stop;
}
/** The command ran, and failed with its own error, which is `error`: whatever the command declares. */
export class CommandError extends Error {
  command;
  error;
  constructor(command, error) {
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
export class CallFailed extends Error {
  command;
  code;
  id;
  constructor(command, { code, id, message, cause }) {
    super(message ?? `${command}: ${code}`);
    this.name = "CallFailed";
    this.command = command;
    this.code = code;
    this.id = id;
    if (cause !== undefined)
      assign(this, { cause });
  }
}
function thrownBy(command, result) {
  if (own(result, "error"))
    return new CommandError(command, result.error);
  return own(result, "failed") ? new CallFailed(command, result.failed) : null;
}
/** Behind the last message of a channel. */
const END = Symbol();
/** The number of the last call. Another module in this page counts from elsewhere. */
let lastId = crypto.getRandomValues(new Uint32Array(1))[0] * 2 ** 20;
/** One call from its start to its result, and how to give it up. */
function start(command, args, options, sink, listens) {
  const { signal, bytes, revive } = bare(options);
  const id = (lastId += 1);
  // Looked up with each call: a test may put another in its place.
  const tauri = globalThis.__TAURI_INTERNALS__;
  const listeners = bare({});
  /** Which callbacks of Tauri hear the channels, by argument. */
  const callbacks = bare({});
  /** And which one hears the answer in parts. */
  let control;
  let sent = false;
  /** Nothing more is to come from the program. */
  let over = false;
  /** Nor is it wanted. */
  const given = { up: false };
  /** The page has been told the end. */
  let finished = false;
  let resolve;
  let reject;
  const result = new Promise((...both) => ([resolve, reject] = both));
  const ask = async (payload, said) => tauri.invoke(command, payload, bare({ headers: bare({ Portcullis: said }) }));
  /** Where the program is gone, its answers say so. */
  const say = (word) => void ask(bare({}), `${word} ${id}`).catch(() => { });
  const giveUp = () => {
    if (over)
      return;
    over = given.up = true;
    if (sent)
      say("cancel");
  };
  const finish = (result) => {
    if (finished)
      return;
    finished = true;
    signal?.removeEventListener("abort", abort);
    removeEventListener?.("pageshow", back);
    const thrown = thrownBy(command, result);
    sink?.end(thrown && { thrown });
    // Where the page has its `Response`, this changes nothing.
    resolve(result);
  };
  const fail = (code, message, cause) => {
    giveUp();
    finish({ failed: cause === undefined ? { code, message } : { code, message, cause } });
  };
  const leave = () => fail("cancelled", `${command}: the page has left the stream`);
  const inParts = () => fail("invalid", `${command} answers in parts: follow it with \`stream\``);
  const abort = () => {
    finished = true;
    removeEventListener?.("pageshow", back);
    // Whatever the reason is, `null` included.
    sink?.end({ thrown: signal.reason });
    reject(signal.reason);
    giveUp();
  };
  /** What is no answer ends the call all the same: it would wait for ever. */
  const guarded = (use) => {
    try {
      use();
    }
    catch (cause) {
      fail("invalid", `${command}: the answer cannot be read`, cause);
    }
  };
  const forget = (callback) => {
    if (callback !== undefined)
      tauri.unregisterCallback(callback);
  };
  const forgetAll = () => {
    forget(control);
    for (const name in callbacks)
      forget(callbacks[name]);
  };
  const read = (json) => (revive ? parse(json, revived) : parse(json));
  const ended = (letter, json) => {
    if (letter === "z")
      return { ok: null };
    if (letter === "o")
      return { ok: read(json) };
    return letter === "e" ? { error: read(json) } : { failed: failure(parse(json)) };
  };
  const pass = (items, taken) => {
    if (sink !== null)
      return sink.add(items, taken);
    taken();
    if (items.length > 0)
      inParts();
  };
  const lines = (text, taken) => {
    let items = [];
    // A listener may give the call up, and hears no more of it then.
    for (let at = 0, end; at < text.length && !finished; at = end + 1) {
      end = text.indexOf("\n", at);
      if (end < 0)
        end = text.length;
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
          sink?.add(items, () => { });
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
  const follow = (message) => {
    if (over)
      return;
    if (message === END) {
      over = true;
      return fail("cut_off", "The program broke off before the answer: the command may have run.");
    }
    const taken = () => {
      if (!over)
        say("more");
    };
    guarded(() => {
      if (typeof message === "string")
        lines(message, taken);
      else
        pass([bytesOf(message)], taken);
    });
  };
  /** A page that comes back out of the browser's cache goes on, but the program has ended this when the page was left. */
  const back = ({ persisted }) => {
    if (!persisted || over)
      return;
    forgetAll();
    follow(END);
  };
  /** What comes before the answer that says what it is waits for that. */
  const waiting = [];
  let receive = (message) => void waiting.push(message);
  const answered = (reply) => {
    if (own(reply, "stream") || own(reply, "download") || (listens && own(reply, "ok"))) {
      // Given up, and perhaps before the program knew of it.
      if (over)
        return say("cancel");
      if (control === undefined)
        return inParts();
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
    const whole = (value) => (revive ? read(stringify(value)) : value);
    if (own(reply, "ok"))
      finish({ ok: whole(reply.ok) });
    else if (own(reply, "error"))
      finish({ error: whole(reply.error) });
    else if (own(reply, "failed")) {
      forgetAll();
      finish({ failed: failure(reply.failed) });
    }
    else
      finish({ ok: bytesOf(reply) });
  };
  const send = async () => {
    let plain, body;
    try {
      const { parts, ...rest } = written(args, listeners);
      plain = rest.plain;
      body = parts.length > 0 ? await new Blob(parts).arrayBuffer() : null;
    }
    catch (cause) {
      return fail("invalid", `${command}: ${cause?.message ?? cause}`, cause);
    }
    let reply;
    try {
      if (over)
        return;
      let opens = bytes || sink !== null;
      for (const name in listeners) {
        opens = true;
        callbacks[name] = hear(tauri, heardBy(listeners[name], given));
        plain[name] = `__CHANNEL__:${callbacks[name]}`;
      }
      if (opens)
        control = hear(tauri, (message) => receive(message));
      sent = true;
      const said = opens ? `${listens ?? "open"} ${id} ${control}` : `call ${id}`;
      reply = await ask(body === null ? plain : withBytes(plain, body), said);
    }
    catch (cause) {
      forgetAll();
      over = true;
      // What Tauri itself says is a text.
      const message = typeof cause === "string" ? cause : "The program does not answer.";
      return fail(/not (allowed|found)/.test(message) ? "denied" : "unreachable", message, cause);
    }
    guarded(() => answered(reply ?? {}));
  };
  if (signal?.aborted)
    abort();
  else {
    signal?.addEventListener("abort", abort, { once: true });
    send();
  }
  return { result, leave };
}
/** Has Tauri call `take` with the messages of a channel, in the order in which they were sent. */
function hear(tauri, take) {
  const early = bare({});
  let next = 0;
  const callback = tauri.transformCallback((framed) => {
    early[framed.index] = framed;
    for (let now; (now = early[next]) !== undefined;) {
      delete early[next];
      next += 1;
      if (own(now, "end"))
        tauri.unregisterCallback(callback);
      take(own(now, "end") ? END : now.message);
    }
  });
  return callback;
}
/** A program may hold on to a channel of Tauri's own when the call is over: all else of the call may go then. */
function heardBy(listener, given) {
  return (message) => {
    if (message !== END && !given.up)
      tell(listener, message);
  };
}
/** Items on their way from the program to whoever asks for the next one. `left` is called when nobody does any more. */
function queue(left) {
  /** Values, and, behind the last of each batch, what is to be called when it has been taken. */
  let queued = [];
  const asking = [];
  let ended = false;
  let thrown = null;
  const serve = () => {
    for (;;) {
      const first = queued[0];
      if (typeof first === "function") {
        queued.shift();
        first();
        continue;
      }
      if (asking.length === 0 || (first === undefined && !ended))
        return;
      const [resolve, reject] = asking.shift();
      queued.shift();
      // What is thrown is thrown once.
      const last = thrown;
      if (first !== undefined)
        resolve({ value: first.value, done: false });
      else if (last === null)
        resolve({ value: undefined, done: true });
      else {
        thrown = null;
        reject(last.thrown);
      }
    }
  };
  const iterator = {
    next: () => new Promise((...both) => {
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
    add(values, taken) {
      for (let at = 0; at < values.length; at += 1)
        queued.push({ value: values[at] });
      queued.push(taken);
      serve();
    },
    lost() { },
    end(how) {
      if (!ended)
        thrown = how;
      ended = true;
      serve();
    },
    iterator,
  };
}
/** What is downloaded, to be read in parts: the next is asked for when there is somebody to read it. */
function responseOf(download, chunks) {
  const { type, length } = bare(download);
  const headers = bare({});
  if (typeof type === "string")
    headers["Content-Type"] = type;
  if (typeof length === "number")
    headers["Content-Length"] = `${length}`;
  const source = {
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done)
        controller.close();
      else
        controller.enqueue(value);
    },
    async cancel() {
      await chunks.return();
    },
  };
  const body = new ReadableStream(bare(source), bare({ highWaterMark: 0 }));
  return new Response(body, bare({ headers }));
}
/** The arguments as they are sent, and what of them is bytes. */
function written(args, listeners) {
  const plain = bare({});
  const parts = [];
  const names = keys(args ?? {});
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at];
    const value = args[name];
    if (typeof value === "function")
      listeners[name] = value;
    else if (value instanceof Blob)
      plain[name] = (parts[parts.length] = value).size;
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      plain[name] = (parts[parts.length] = value).byteLength;
    }
    else {
      // What Tauri would not send as JSON has it: a number that is too large travels as text.
      const json = stringify(value, textOfBigInt);
      if (json !== undefined)
        plain[name] = parse(json);
    }
  }
  return { plain, parts };
}
/** The length of the JSON, the JSON, and the bytes. */
function withBytes(plain, bytes) {
  const json = new TextEncoder().encode(stringify(plain));
  const whole = new Uint8Array(4 + json.length + bytes.byteLength);
  new DataView(whole.buffer).setUint32(0, json.length);
  whole.set(json, 4);
  whole.set(new Uint8Array(bytes), 4 + json.length);
  return whole;
}
/** As an array of numbers they come where Tauri cannot do better. */
function bytesOf(value) {
  if (value instanceof Uint8Array)
    return value;
  if (value instanceof ArrayBuffer || Array.isArray(value))
    return new Uint8Array(value);
  throw new TypeError("neither an answer nor bytes");
}
function failure(failed) {
  if (typeof failed.code !== "string")
    throw new TypeError("a failure without a code");
  return failed;
}
function textOfBigInt(_, value) {
  return typeof value === "bigint" ? `${value}` : value;
}
function revived(_, value) {
  const text = value?.$bigint;
  const is = typeof text === "string" && keys(value).length === 1 && /^-?[0-9]+$/.test(text);
  return is ? BigInt(text) : value;
}
/** Calls a function of the page, which may throw: that is the page's, and no reason to stop. */
function tell(listener, ...told) {
  try {
    listener?.(...told);
  }
  catch (error) {
    reportError(error);
  }
}
/** Whether it has this itself: anybody may add to what all objects inherit. */
function own(value, key) {
  return apply(hasOwnProperty, value, [key]);
}
/** The same, with nothing that is inherited. */
function bare(object) {
  return assign({ __proto__: null }, object);
}
