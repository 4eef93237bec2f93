// A page without a webview: what Tauri puts into each, and the program's end of it, in the hands of a test.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const script = await readFile(new URL("../../src/script/portcullis.js", import.meta.url), "utf8");

/** Tauri's half of a page. What the page says is in `said`, and a test answers it. */
export class Program {
  said = [];
  callbacks = new Map();
  /** Callbacks that were called when they were gone: Tauri complains of them to whoever looks at the console. */
  missed = [];
  #lastCallback = 0x9000_0000;

  constructor() {
    this.internals = {
      invoke: (cmd, payload = {}, options) => this.#invoke(cmd, payload, options),
      transformCallback: (callback, once = false) => this.#register(callback, once),
      unregisterCallback: (id) => void this.callbacks.delete(id),
      runCallback: (id, data) => this.run(id, data),
    };
  }

  #register(callback, once) {
    this.#lastCallback += 7;
    const id = this.#lastCallback;
    this.callbacks.set(id, (data) => {
      if (once) this.callbacks.delete(id);
      return callback?.(data);
    });
    return id;
  }

  run(id, data) {
    const callback = this.callbacks.get(id);
    if (callback === undefined) this.missed.push(id);
    else callback(data);
  }

  #invoke(cmd, payload, options) {
    return new Promise((resolve, reject) => {
      const ok = this.#register((value) => {
        this.callbacks.delete(failed);
        resolve(value);
      }, true);
      const failed = this.#register((value) => {
        this.callbacks.delete(ok);
        reject(value);
      }, true);
      // What throws here rejects the promise, as it does there.
      const raw = payload instanceof ArrayBuffer || ArrayBuffer.isView(payload) || Array.isArray(payload);
      const body = raw ? bytesIn(payload) : JSON.parse(JSON.stringify(payload, inTauri));
      const words = new Headers(options?.headers ?? {}).get("Portcullis")?.split(" ") ?? [];
      const said = {
        cmd,
        body,
        verb: words[0] ?? null,
        id: words[1],
        channel: words[2] === undefined ? undefined : this.channel(words[2]),
        words: words.length,
        answer: (value) => this.run(ok, value),
        refuse: (value) => this.run(failed, value),
      };
      this.said.push(said);
      // These are answered at once, and with nothing.
      if (said.verb === "more" || said.verb === "cancel") said.answer(null);
    });
  }

  /** The program's end of a channel. `later` gives what is to be delivered, in any order. */
  channel(id) {
    const callback = Number(`${id}`.replace("__CHANNEL__:", ""));
    let index = 0;
    const later = (framed) => () => this.run(callback, framed);
    return {
      callback,
      send: (message) => later({ message, index: index++ })(),
      later: (message) => later({ message, index: index++ }),
      drop: () => later({ end: true, index })(),
      dropLater: () => later({ end: true, index }),
    };
  }

  /** What the page has said last. */
  get last() {
    return this.said.at(-1);
  }

  /** What it has said of this kind. */
  all(verb) {
    return this.said.filter((said) => said.verb === verb);
  }

  /** How often it has said so. */
  count(verb) {
    return this.all(verb).length;
  }
}

function bytesIn(payload) {
  if (!ArrayBuffer.isView(payload)) return new Uint8Array(payload);
  return new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength).slice();
}

function inTauri(_, value) {
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Uint8Array) return Array.from(value);
  if (value instanceof ArrayBuffer) return Array.from(new Uint8Array(value));
  if (typeof value === "object" && value !== null && "__TAURI_TO_IPC_KEY__" in value) return value.__TAURI_TO_IPC_KEY__();
  return value;
}

let pages = 0;

/** Loads the script. Gives what it exports, the program behind it, what was reported, and how the page is shown. */
export async function open(program = new Program()) {
  const reported = [];
  const window = new EventTarget();
  const globals = {
    __TAURI_INTERNALS__: program?.internals,
    reportError: (error) => reported.push(error),
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  }
  pages += 1;
  const page = await import(`data:text/javascript,${encodeURIComponent(script)}//${pages}`);
  const shown = (persisted) => window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
  return { ...page, program, reported, shown };
}

/** Tauri holds on to nothing of what was done, and had nobody to tell anything to who was gone. */
export function clean({ callbacks, missed }) {
  assert.equal(callbacks.size, 0, "no callback stays");
  assert.deepEqual(missed, [], "no callback is missed");
}

/** Lets go on whatever can. */
export const turn = () => new Promise((next) => setTimeout(next));

/** What comes of it, which is not to wait for ever. */
export const settled = (promise) =>
  Promise.race([promise, new Promise((_, late) => setTimeout(late, 2000, new Error("it waits for ever")).unref())]);
