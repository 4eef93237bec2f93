// WebDriver, as far as it is needed: WebKit's own driver starts a program, and is asked by `fetch`.

import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { atTheEnd } from "../../browser/lib/scratch.mjs";

const DRIVER = process.env.DRIVER ?? "WebKitWebDriver";
const PATIENCE = 60_000;
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A program that a driver has started. It ends with the driver. */
export class Driven {
  /** Starts a program whose webviews may be driven. */
  static async start(binary, args) {
    const driven = new Driven();
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${port}`, "--host=127.0.0.1"], {
      // Tauri lets its webviews be driven only if it is told so. A program inherits this from the driver.
      env: { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true" },
      stdio: ["ignore", "pipe", "pipe"],
      // So that what it starts can be ended with it.
      detached: true,
    });
    driven.driver = driver;
    driven.output = "";
    driven.turn = Promise.resolve();
    for (const stream of [driver.stdout, driver.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (driven.output += text));
    }
    driven.ended = new Promise((done) => driver.once("close", done));
    atTheEnd(() => driven.stop());
    driven.at = `http://127.0.0.1:${port}`;
    await until("the driver answers", () => driven.ask("GET", "/status").then(() => true, () => false));
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
    const { sessionId } = await driven.ask("POST", "/session", { capabilities });
    driven.at += `/session/${sessionId}`;
    await driven.ask("POST", "/timeouts", { script: PATIENCE });
    return driven;
  }

  async ask(method, path, body) {
    const answer = await fetch(this.at + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /** The windows of the program, by their labels. */
  async windows(...labels) {
    const found = {};
    await until(`the windows ${labels}`, async () => {
      for (const handle of await this.ask("GET", "/window/handles")) {
        const window = new Window(this, handle);
        const label = await window.run(() => document.documentElement.dataset.window);
        if (label) found[label] = window;
      }
      return labels.every((label) => label in found);
    });
    return labels.map((label) => found[label]);
  }

  /** Whether the program has ended. */
  async gone() {
    return this.ask("GET", "/window/handles").then((handles) => handles.length === 0, () => true);
  }

  async stop() {
    if (this.stopped) return;
    this.stopped = true;
    await this.ask("DELETE", "").catch(() => {});
    const end = (signal) => {
      try {
        process.kill(-this.driver.pid, signal);
      } catch {
        // They have ended.
      }
    };
    end("SIGTERM");
    const late = setTimeout(end, 5000, "SIGKILL");
    await this.ended;
    clearTimeout(late);
  }
}

/** A window of a program, and the page in it. */
export class Window {
  constructor(driven, handle) {
    Object.assign(this, { driven, handle });
  }

  /** Asks of this window. One asks at a time: which window is meant is said beforehand. */
  ask(method, path, body) {
    const answer = this.driven.turn.then(async () => {
      await this.driven.ask("POST", "/window", { handle: this.handle });
      return this.driven.ask(method, path, body);
    });
    this.driven.turn = answer.catch(() => {});
    return answer;
  }

  /** Runs a function in the page, and gives what it returns or the promise of it. */
  async run(action, ...given) {
    const script = `
      const [given, done] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]];
      (async () => (${action})(...given))().then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }));`;
    const { value, error } = await this.ask("POST", "/execute/async", { script, args: given });
    if (error !== undefined) throw new Error(`in the page: ${error}`);
    return value;
  }

  /** As `run`, with all that `/portcullis.js` has. */
  async with(action, ...given) {
    return this.run(`async (...given) => (${action})(await import(new URL("/portcullis.js", location.href)), ...given)`, ...given);
  }

  /** Waits until a condition holds in the page. */
  until(what, condition, ...given) {
    return until(what, () => this.run(condition, ...given));
  }

  async find(selector) {
    const found = await this.ask("POST", "/element", { using: "css selector", value: selector });
    return `/element/${found[ELEMENT]}`;
  }

  async click(selector) {
    await this.ask("POST", `${await this.find(selector)}/click`, {});
  }

  /** Types. To a field for files, the names of files are typed. */
  async type(selector, text) {
    await this.ask("POST", `${await this.find(selector)}/value`, { text });
  }

  async reload() {
    await this.ask("POST", "/refresh", {});
  }

  async shot(path) {
    await writeFile(path, Buffer.from(await this.ask("GET", "/screenshot"), "base64"));
  }
}

/** Waits for something to become true. */
export async function until(what, condition, patience = 20_000) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await pause(60);
  }
}

export function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
