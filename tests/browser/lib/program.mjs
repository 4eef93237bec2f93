// The notes program, started as its README says, and asked from outside of any browser.

import { spawn } from "node:child_process";
import { appendFile } from "node:fs/promises";
import http from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { atTheEnd, folder } from "./scratch.mjs";

const BINARY = process.env.NOTES ?? new URL("../../../target/debug/notes", import.meta.url).pathname;
const LINK = /^ {2}(\w+) +(http:\/\/([^/]+))\/#portcullis(?:-code)?=([0-9a-f]+)$/;
const PATIENCE = 20_000;

/** A running program. `editor` and `viewer` are its windows: `{ link, origin, host, token }`, or with a code for a token. */
export class Program {
  /** Starts a program on data of its own, or on those in `data`. */
  static async start({ port = 0, data, args = [] } = {}) {
    const program = new Program();
    program.data = data ?? (await folder("notes"));
    program.output = "";
    const child = spawn(BINARY, ["--no-open", "--port", String(port), "--data", program.data, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    program.child = child;
    program.ended = new Promise((done) => child.once("close", done));
    atTheEnd(() => program.stop());
    // Should this process be killed, `run` still knows what to end.
    if (process.env.SCRATCH && child.pid) await appendFile(join(process.env.SCRATCH, "pids"), `${child.pid}\n`);
    child.stderr.setEncoding("utf8").on("data", (text) => (program.output += text));
    const windows = new Promise((found, failed) => {
      const lines = createInterface({ input: child.stdout });
      lines.on("line", (line) => {
        program.output += `${line}\n`;
        const link = LINK.exec(line);
        if (link) program[link[1]] = { link: link[0].trim().split(/ +/)[1], origin: link[2], host: link[3], token: link[4] };
        if (program.editor && program.viewer) found();
      });
      child.once("error", failed);
      child.once("close", () => failed(new Error(`the program ended:\n${program.output}`)));
      setTimeout(() => failed(new Error(`the program prints no links:\n${program.output}`)), PATIENCE).unref();
    });
    try {
      await windows;
    } catch (error) {
      await program.stop();
      throw error;
    }
    program.port = Number(program.editor.host.split(":")[1]);
    return program;
  }

  async stop() {
    this.child.kill("SIGINT");
    const late = setTimeout(() => this.child.kill("SIGKILL"), 8000);
    await this.ended;
    clearTimeout(late);
  }

  /** Sends a request to the program, as whoever wants to say whatever it wants to say. */
  send({ method = "GET", path = "/", headers = {}, body } = {}) {
    return new Promise((done, failed) => {
      const request = http.request(
        { host: "127.0.0.1", port: this.port, method, path, headers, agent: false, setHost: false },
        (response) => {
          const parts = [];
          response.on("data", (part) => parts.push(part));
          response.on("error", failed);
          response.on("end", () =>
            done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }),
          );
        },
      );
      request.on("error", failed);
      request.end(body);
    });
  }

  /** Calls a command as the page of a window does, and gives back its value. */
  async call(command, args = {}, window = this.editor) {
    const answer = await this.send({
      method: "POST",
      path: `/portcullis/${command}`,
      headers: {
        host: window.host,
        origin: window.origin,
        authorization: `Bearer ${window.token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(args),
    });
    if (answer.headers["portcullis-reply"] !== "ok") throw new Error(`${command}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body);
  }

  /** Everything that a command could have changed. */
  async everything() {
    const notes = await this.call("list_notes");
    return Promise.all(notes.map(({ id }) => this.call("read_note", { id })));
  }
}
