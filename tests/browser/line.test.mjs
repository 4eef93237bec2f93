// The line of a page, spoken to without `/portcullis.js`: what a page that has been taken over can say on it.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { launch, until } from "./lib/browser.mjs";
import { show, window, within } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";
import { folder } from "./lib/scratch.mjs";

const FILES = 3000;
let browser, program, context, files, untouched;
before(async () => {
  files = await folder("line");
  for (let number = 0; number < FILES; number += 1) await writeFile(join(files, `${number}.txt`), "text");
  browser = await launch();
  program = await Program.start({ args: ["--import", files] });
  context = await browser.newContext();
  untouched = await program.everything();
});

/** Runs in a page: opens a line, says something, and gives back what was answered, and how the line ended. */
function say([frames, patience, protocols]) {
  return new Promise((done) => {
    const token = sessionStorage.getItem("portcullis");
    const socket = new WebSocket(`ws://${location.host}/portcullis`, protocols ?? ["portcullis", `portcullis.token.${token}`]);
    const heard = [];
    const end = (code, reason) => done({ heard, code, reason });
    socket.onopen = () => {
      for (const frame of frames) socket.send(Array.isArray(frame) ? new Uint8Array(frame) : frame);
      setTimeout(() => (end("open"), socket.close()), patience);
    };
    socket.onmessage = ({ data }) => heard.push(typeof data === "string" ? data : "bytes");
    socket.onclose = ({ code, reason }) => end(code, reason);
  });
}

test("a line of one's own is opened with the window's own token alone", async () => {
  const page = await window(context, program.editor.link);
  const own = `portcullis.token.${program.editor.token}`;
  const well = await page.evaluate(say, [["c7 version\n{}"], 500, ["portcullis", own]]);
  assert.match(well.heard.join(), /^o7 "/);
  for (const protocols of [[], ["portcullis"], [own], ["portcullis", `portcullis.token.${program.viewer.token}`], ["portcullis", own.slice(0, -1)], ["portcullis", own.toUpperCase().toLowerCase().replace("token", "code")]]) {
    const { heard, code } = await page.evaluate(say, [["c7 version\n{}"], 500, protocols]);
    assert.deepEqual([heard, code], [[], 1006], protocols.join());
  }
  await page.close();
});

test("h_callback_not_numeric: what is malformed ends the line, with a reason, and runs nothing", async () => {
  const page = await window(context, program.editor.link);
  const call = `create_note\n{"title":"planted","body":""}`;
  const malformed = ["", " ", "q1", "c", "c1", `c ${call}`, `cabc ${call}`, `c-1 ${call}`, `c1.5 ${call}`, `c1e3 ${call}`, `c4294967296 ${call}`, `c 1 ${call}`, `c1${call}`, `C1 ${call}`, "x", "xx", "m-1", "l", "l1", [99, 49, 32, 120]];
  for (const frame of malformed) {
    const { heard, code, reason } = await page.evaluate(say, [[frame, `c9 ${call}`], 1500]);
    assert.deepEqual(heard, [], `${frame}`);
    assert.equal(code, 1008, `${frame}: ${code}`);
    assert.ok(reason.length > 5, `${frame}: ${reason}`);
  }
  // An id is in use once at a time.
  const twice = await page.evaluate(say, [["l1 note_changed", "l1 note_changed"], 1500]);
  assert.equal(twice.code, 1008);
  assert.deepEqual(await program.everything(), untouched);
  await page.close();
});

test("l_null_payload, l_deep_json: arguments that are none are answered", async () => {
  const page = await window(context, program.editor.link);
  const deep = `{"id":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  const texts = ["", "null", "[]", "0", `"x"`, "{", "{}", "{}{}", `{"id":null}`, `{"id":"1"}`, `{"id":1e400}`, `{"id":1,"id":2}`, `{"id":\u0000}`, deep, `{"id":1,"more":${deep}}`];
  const { heard, code } = await page.evaluate(say, [texts.map((text, at) => `c${at} read_note\n${text}`), 1500]);
  assert.equal(code, "open");
  assert.equal(heard.length, texts.length);
  for (const answer of heard) assert.match(answer, /^f\d+ \{"code":"(invalid|too_deep)"/);
  await page.close();
});

test("h_foreign_rid, h_channel_data_foreign_webview: what runs on another line is out of reach", async () => {
  const editor = await window(context, program.editor.link);
  const viewer = await window(context, program.viewer.link);
  const importing = within(editor, ({ call }) => call("import_notes", { folder: ".", onProgress() {} }));
  await until("it runs", async () => (await program.call("list_notes")).length > 50);
  const ids = Array.from({ length: 300 }, (_, id) => id);
  // A tab of the same window, and the other window: neither has the ids of that line.
  for (const page of [viewer, await window(context, program.editor.link)]) {
    const { heard } = await page.evaluate(say, [ids.flatMap((id) => [`x${id}`, `m${id}`]), 300]);
    assert.ok(!heard.join().includes("onProgress"), heard.join().slice(0, 100));
  }
  const { ok } = await importing;
  assert.deepEqual([ok.imported, ok.known], [FILES, 0]);
  for (const { id } of (await program.call("list_notes")).filter(({ preview }) => preview === "text")) await program.call("delete_note", { id });
  await editor.close();
  await viewer.close();
});

test("h_reply_spoof: a reply comes from the program alone", async () => {
  const page = await window(context, program.editor.link);
  const got = await within(page, async ({ call }) => {
    const asked = Array.from({ length: 20 }, () => call("version"));
    for (let id = 0; id < 200; id += 1) {
      const data = `o${id} "spoofed"`;
      globalThis.dispatchEvent(new MessageEvent("message", { data }));
      postMessage(data, "*");
      new BroadcastChannel("portcullis").postMessage(data);
    }
    return [...new Set((await Promise.all(asked)).map(({ ok }) => ok))];
  });
  assert.equal(got.length, 1);
  assert.match(got[0], /^\d+\.\d+/);
  await page.close();
});

test("l_denial_audited: each refusal has a number, and a line in the log with it", async () => {
  const viewer = await window(context, program.viewer.link);
  const got = await within(viewer, async ({ call, listen }) => {
    const refused = [];
    for (const command of ["delete_note", "save_note", "import_notes", "no_such_command", "~open", "note_changed", "a".repeat(1000), "delete_note\u0000", "../version", "Delete_Note"]) {
      const { failed } = await call(command, {});
      refused.push([failed?.code, failed?.id]);
    }
    refused.push(await new Promise((done) => listen("no_such_event", () => {}, { onFailed: ({ code, id }) => done([code, id]) })));
    return refused;
  });
  for (const [code, id] of got) {
    assert.equal(code, "denied");
    assert.ok(Number.isInteger(id));
    await until(`number ${id} is in the log`, () => program.output.includes(`(failure ${id})`));
  }
  assert.equal(new Set(got.map(([, id]) => id)).size, got.length);
  await viewer.close();
});

test("the line survives being cut: calls go on, and what was missed is made up for", async () => {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const sockets = (globalThis.sockets = []);
    globalThis.WebSocket = class extends WebSocket {
      constructor(...given) {
        super(...given);
        sockets.push(this);
      }
    };
  });
  await page.goto(program.editor.link);
  await show(page, "Welcome");
  const lines = () => page.evaluate(() => sockets.length);
  for (const called of ["Two windows, unequal rights", "Welcome"]) {
    const before = await lines();
    await page.evaluate(() => sockets.at(-1).close());
    await show(page, called);
    await until("there is a new line", async () => (await lines()) > before);
  }
  // What happens while there is no line is seen once there is one.
  await page.evaluate(() => {
    const { close } = WebSocket.prototype;
    globalThis.blocked = setInterval(() => sockets.forEach((socket) => Reflect.apply(close, socket, [])), 5);
  });
  await program.call("create_note", { title: "While the line was cut", body: "" });
  await page.evaluate(() => clearInterval(blocked));
  await page.getByText("While the line was cut").waitFor({ timeout: 30_000 });
  await program.call("create_note", { title: "Heard on the new line", body: "" });
  await page.getByText("Heard on the new line").waitFor();
  await page.close();
});
