// A page without a browser: `/portcullis.js` with a line that says what a test makes it say.
import { readFile } from "node:fs/promises";

const sources = new URL("../../src/", import.meta.url);
const listed = await readFile(new URL("script.rs", sources), "utf8");
const parts = [...listed.matchAll(/include_str!\("(.*?)"\)/g)].map(([, name]) => readFile(new URL(name, sources), "utf8"));
const script = (await Promise.all(parts)).join("");

export class Storage {
  #values = new Map();
  getItem(name) {
    return this.#values.get(name) ?? null;
  }
  setItem(name, value) {
    this.#values.set(name, value);
  }
  removeItem(name) {
    this.#values.delete(name);
  }
}

/** The program's end of a line. */
export class Socket extends EventTarget {
  static opened = [];
  said = [];
  closed = false;
  constructor(address) {
    super();
    this.address = address;
    Socket.opened.push(this);
    setTimeout(() => this.dispatchEvent(new Event("open")));
  }
  send(text) {
    this.said.push(text);
  }
  close() {
    this.closed = true;
  }
  hears(data) {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
  breaks() {
    this.dispatchEvent(new Event("close"));
  }
}

let pages = 0;

/** Loads the script as a page does that was opened by a link. Gives what it exports, its socket, and what was reported. */
export async function open({ pathname = "/", storage = () => new Storage(), hash = "#portcullis=ab12", replaceState } = {}) {
  const reported = [];
  const replaced = [];
  const tab = storage();
  Socket.opened = [];
  const globals = {
    WebSocket: Socket,
    Storage,
    location: { origin: "http://main.localhost:7", pathname, search: "", hash },
    history: { state: null, replaceState: replaceState ?? ((...state) => replaced.push(state[2])) },
    reportError: (error) => reported.push(error),
    addEventListener() {},
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { configurable: true, value });
  }
  for (const name of ["sessionStorage", "localStorage"]) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get() {
        if (tab === null) throw new Error("SecurityError");
        return tab;
      },
    });
  }
  pages += 1;
  const page = await import(`data:text/javascript,${encodeURIComponent(script)}//${pages}`);
  return { ...page, reported, replaced };
}

/** What `reached` gives, once it gives something. */
export async function until(reached) {
  for (let turn = 0; turn < 1000; turn += 1) {
    const value = reached();
    if (value) return value;
    await new Promise((next) => setTimeout(next));
  }
  throw new Error("not in time");
}

/** The socket of the page, and the id of what it has said last, which begins with this letter. */
export async function line(letter) {
  const socket = await until(() => Socket.opened.at(-1));
  const said = await until(() => socket.said.find((text) => text.startsWith(letter)));
  return [socket, said.slice(1).split(" ")[0]];
}
