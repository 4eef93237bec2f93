
/**
 * Calls a command with named arguments. Gives `{ ok }`, `{ error }` (the command's own) or `{ failed: { code, id?,
 * message? } }`, and never throws, unless `signal` is aborted: then the reason of that, and the program gives the call up.
 *
 * A function among the arguments listens to a channel. A `Blob`, an `ArrayBuffer` or a view of one is sent as bytes; if
 * there are several, in the order in which the command has them. `keepalive` lets a small call outlive its page. `bytes`
 * says that the answer may be bytes: whole, as a `Uint8Array`, or as a `Response` to be read in parts. `revive` makes a
 * `BigInt` of each `{ "$bigint": "12" }` in what comes back; one among the arguments is sent as text.
 */
export function call(command, args = {}, options = {}) {
  return start(command, args, options, null).result;
}

/** As `call`, but gives the value itself, and throws `CommandError` or `CallFailed`. */
export async function invoke(command, args = {}, options = {}) {
  const result = await call(command, args, options);
  const thrown = thrownBy(command, result);
  if (thrown !== null) throw thrown;
  return result.ok;
}

function thrownBy(command, result) {
  if (result.error !== undefined) return new CommandError(command, result.error);
  return result.failed === undefined ? null : new CallFailed(command, result.failed);
}

/** One call from its start to its result, however it travels. */
class Course {
  /** What gives it up on its way. */
  giveUp = () => {};
  settled = false;

  constructor(command, channels, items, revive) {
    this.command = command;
    this.channels = channels;
    this.items = items;
    this.revive = revive;
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Who asks for the items alone is told by them.
    if (items !== null) this.result.catch(() => {});
  }

  read(json) {
    return this.revive ? parse(json, revived) : parse(json);
  }

  /** What is no answer ends the call all the same: it would wait for ever. */
  guarded(use) {
    try {
      use();
    } catch (error) {
      this.giveUp();
      this.settle({ failed: { code: "invalid", message: `${this.command}: the answer cannot be read`, cause: error } });
    }
  }

  settle(result) {
    if (this.settled) return;
    this.settled = true;
    this.done?.();
    this.items?.end(thrownBy(this.command, result));
    this.resolve(result);
  }

  /** An answer that comes whole: `ok`, `error` or `failed`, by its first letter. */
  answer(letter, json) {
    this.guarded(() => this.#answer(letter, json));
  }

  #answer(letter, json) {
    if (letter === "o") this.settle({ ok: this.read(json) });
    else if (letter === "e") this.settle({ error: this.read(json) });
    else {
      const failed = parse(json);
      // Why there is no token says more than that there is none.
      this.settle({ failed: failed.code === "unauthorized" ? (refused ?? failed) : failed });
    }
  }

  /** Lines of an answer that comes in parts. `taken` is called once all of it has been used. */
  lines(text, taken) {
    this.guarded(() => this.#lines(text, taken));
  }

  #lines(text, taken) {
    let items = [];
    // A listener may give the call up, and hears no more of it then.
    for (let at = 0, end; at < text.length && !this.settled; at = end + 1) {
      end = text.indexOf("\n", at);
      if (end < 0) end = text.length;
      const rest = text.slice(at + 1, end);
      switch (text[at]) {
        case "i":
          items.push(this.read(rest));
          break;
        case "c": {
          const space = rest.indexOf(" ");
          tell(this.channels[rest.slice(0, space)], this.read(rest.slice(space + 1)));
          break;
        }
        case "g":
          // After what was not lost.
          this.items?.add(items, () => {});
          items = [];
          this.items?.lost(+rest);
          break;
        case "z":
          this.pass(items, taken);
          return this.settle({ ok: null });
        default:
          this.pass(items, taken);
          return this.answer(text[at], rest);
      }
    }
    this.pass(items, taken);
  }

  pass(items, taken) {
    if (this.items !== null) return this.items.add(items, taken);
    taken();
    if (items.length === 0) return;
    this.giveUp();
    this.settle({ failed: { code: "invalid", message: `${this.command} answers in parts: follow it with \`stream\`` } });
  }
}

function start(command, args, { signal, keepalive = false, bytes = false, revive = false }, items) {
  const channels = { __proto__: null };
  const course = new Course(command, channels, items, revive);
  const abort = () => {
    if (!course.settled) {
      course.settled = true;
      // Whatever the reason is, `null` included.
      items?.end(signal.reason, false);
      course.reject(signal.reason);
    }
    course.giveUp();
  };
  if (signal?.aborted) {
    abort();
    return course;
  }
  signal?.addEventListener("abort", abort, { once: true });
  course.done = () => signal?.removeEventListener("abort", abort);

  let message;
  try {
    message = written(args, channels);
  } catch (error) {
    course.settle({ failed: { code: "invalid", message: `${command}: ${error?.message ?? error}`, cause: error } });
    return course;
  }
  if (keepalive || bytes || message.parts.length > 0 || message.json.length > LONG) byFetch(course, message, keepalive);
  else byLine(course, message);
  return course;
}

/** The arguments as they are sent. In objects without a prototype, a name such as `__proto__` is a name like any other. */
function written(args, channels) {
  const plain = { __proto__: null };
  const parts = [];
  const names = Object.keys(args ?? {});
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at];
    const value = args[name];
    if (typeof value === "function") channels[name] = value;
    else if (value instanceof Blob) plain[name] = parts[parts.push(value) - 1].size;
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) plain[name] = parts[parts.push(value) - 1].byteLength;
    else plain[name] = value;
  }
  return { json: stringify(plain, textOfBigInt), parts };
}

/** A number that JSON has no room for travels as text. */
function textOfBigInt(_, value) {
  return typeof value === "bigint" ? `${value}` : value;
}

function revived(_, value) {
  const text = value?.$bigint;
  const is = typeof text === "string" && Object.keys(value).length === 1 && /^-?[0-9]+$/.test(text);
  return is ? BigInt(text) : value;
}

/** Calls a function of the page, which may throw: that is the page's, and no reason to stop. */
function tell(listener, ...told) {
  try {
    listener?.(...told);
  } catch (error) {
    reportError(error);
  }
}
