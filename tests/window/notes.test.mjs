// What a user does with the notes program in windows of Tauri.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { folder } from "../browser/lib/scratch.mjs";
import { pause, until } from "./lib/driver.mjs";
import { begin, close, many, settled, show, shown, start, text, titles, value, visible } from "./lib/notes.mjs";

const FILES = 6000;
let driven, editor, viewer, kept, imports;
before(async () => {
  imports = await many(FILES);
  ({ driven, editor, viewer, kept } = await start({ imports }));
});

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const panel = (window) => text(window, "#panel");
const keptTitles = async () => (await kept.call("list_notes")).map(({ title }) => title);

test("pages are Tauri's own, under the policy of `tauri.conf.json`", async () => {
  for (const [label, window] of Object.entries({ editor, viewer })) {
    assert.equal(await window.run(() => location.href), `tauri://localhost/${label}.html`);
    // Calls are requests to `ipc:`, and not what Tauri falls back to where a policy forbids those.
    const asked = await window.with(async ({ invoke }) => {
      const { fetch } = globalThis;
      const asked = [];
      globalThis.fetch = async (address, options) => {
        const answer = await fetch(address, options);
        asked.push(`${address} ${answer.status}`);
        return answer;
      };
      await invoke("version");
      globalThis.fetch = fetch;
      return asked;
    });
    assert.deepEqual(asked, ["ipc://localhost/version 200"]);
    const got = await window.run(async () => {
      const got = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => got.push(effectiveDirective));
      document.body.append(Object.assign(document.createElement("script"), { textContent: "globalThis.inline = true" }));
      await fetch("http://127.0.0.1:1/").catch(() => {});
      await new Promise((later) => setTimeout(later, 200));
      return [...got.sort(), globalThis.inline ?? false];
    });
    assert.deepEqual(got, ["connect-src", "script-src-elem", false]);
  }
});

test("a note is created, saved and listed in the editor, and the viewer shows it without being loaded again", async () => {
  await viewer.run(() => void (globalThis.same = true));
  await editor.click("#new");
  await editor.until("an empty note", () => document.querySelector("#title").value === "" && document.activeElement.id === "title");
  await editor.type("#title", "Groceries");
  await editor.type("#body", "Milk, and something with <b>100%</b> cocoa");
  await editor.until("it is saved", () => document.querySelector("#state").textContent === "Saved");
  const [first] = await kept.everything();
  assert.deepEqual([first.title, first.body], ["Groceries", "Milk, and something with <b>100%</b> cocoa"]);

  await until("the viewer lists it", async () => (await titles(viewer))[0] === "Groceries");
  await show(viewer, "Groceries");
  await editor.type("#body", ", and a line typed while it is read");
  await viewer.until("the viewer shows it", () => document.querySelector("#body").value.endsWith("while it is read"));
  assert.equal(await viewer.run(() => globalThis.same), true);
});

test("the viewer is refused, and says why", async () => {
  const before = await kept.everything();
  assert.equal(await visible(viewer, "#new"), false);
  await viewer.click("#delete");
  await viewer.until("it is told", () => !document.querySelector("#panel").hidden);
  const told = await panel(viewer);
  for (const part of [/Refused by the program/, /delete_note/, /denied/, /notes:delete/]) assert.match(told, part);
  await until("the log has it too", () => driven.output.includes("delete_note"));

  // Nor by any other way that there is.
  const got = await viewer.with(async ({ call, listen }) => {
    const { invoke } = globalThis.__TAURI_INTERNALS__;
    const plain = await invoke("delete_note", { id: 1 }).catch((error) => error);
    const spoofed = await invoke("delete_note", { id: 1 }, { headers: { Origin: "tauri://localhost", Portcullis: "call 1" } }).catch((error) => error);
    const unknown = await invoke("no_such_command").catch((error) => error);
    const own = await call("add_attachment", { note: 1, name: "a", kind: "", content: new Blob(["a"]) });
    const title = await invoke("plugin:window|set_title", { value: "x" }).catch((error) => error);
    const event = await new Promise((onFailed) => listen("no_such_event", () => {}, { onFailed }));
    return { plain, spoofed, unknown, own, title, event };
  });
  assert.match(got.plain, /^denied \(failure \d+\)/);
  assert.equal(got.spoofed.failed.code, "denied");
  assert.match(got.unknown, /^denied/);
  assert.equal(got.own.failed.code, "denied");
  assert.match(got.title, /not allowed/, "that one is Tauri's");
  assert.equal(got.event.code, "denied");
  assert.deepEqual(await kept.everything(), before);
  await viewer.click("#panel .close");
});

test("an error of a command's own reaches the page as it is", async () => {
  const got = await viewer.with(async ({ call }) => [
    await call("read_note", { id: 99_999 }),
    await globalThis.__TAURI_INTERNALS__.invoke("read_note", { id: 99_999 }).catch((error) => error),
    await call("read_note", { id: "seven" }).then(({ failed }) => failed.code),
    await globalThis.__TAURI_INTERNALS__.invoke("version"),
  ]);
  const error = { kind: "not_found", id: 99_999 };
  assert.deepEqual(got.slice(0, 3), [{ error }, error, "invalid"]);
  assert.match(got[3], /^\d+\.\d+/);
});

test("what is long arrives whole, both ways", async () => {
  const body = `${"ä€ 😀 ".repeat(20_000)}end`;
  const got = await editor.with(async ({ invoke }, body) => {
    const { id } = await invoke("create_note", { title: "Long", body });
    return [id, (await invoke("read_note", { id })).body === body];
  }, body);
  assert.equal(got[1], true);
  assert.equal((await kept.call("read_note", { id: got[0] })).body, body);
  await kept.call("delete_note", { id: got[0] });
});

test("progress is told in order while the page goes on, and the other window sees the notes come", async () => {
  const before = (await keptTitles()).length;
  await editor.run(() => {
    globalThis.seen = [];
    new MutationObserver(() => {
      const bar = document.querySelector("#importing progress");
      if (bar?.max > 1) seen.push(bar.value);
    }).observe(document.querySelector("#importing"), { subtree: true, attributes: true, childList: true });
  });
  await begin(editor, "First");
  await until("the viewer has some", async () => (await titles(viewer)).some((title) => title.startsWith("First,")));
  assert.ok((await keptTitles()).length < FILES, "before all are there");
  // Something short, while it runs.
  await show(editor, "Groceries");
  await editor.click("#importing .quiet");
  await editor.until("it is stopped", () => document.querySelector("#importing h2").textContent === "Import stopped");
  const left = await settled(kept);
  assert.ok(left > before && left < FILES, `${left}`);
  const seen = [...new Set(await editor.run(() => seen))];
  assert.ok(seen.length >= 3, `${seen}`);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));

  // What is left is few, and is imported to its end.
  await begin(editor, "Few");
  await editor.until("it is done", () => document.querySelector("#importing h2").textContent === "Imported 1 note");
  assert.match(await text(editor, "#importing"), /Broken\.txt: it is not text/);
  assert.equal((await keptTitles()).length, left + 1);
});

test("many calls at once are all answered, each with its own", async () => {
  const got = await editor.with(async ({ call, invoke }) => {
    const notes = await invoke("list_notes", { limit: 20 });
    const asked = Array.from({ length: 400 }, (_, at) => notes[at % notes.length].id);
    const answers = await Promise.all(asked.map((id, at) => (at % 10 === 9 ? call("search_notes", { text: "Groceries" }) : call("read_note", { id }))));
    return answers.filter(({ ok }, at) => (at % 10 === 9 ? ok?.[0].title !== "Groceries" : ok?.id !== asked[at]));
  });
  assert.deepEqual(got, []);
});

test("a search that is typed on gives up the one before, and shows the last", async () => {
  await editor.run(async () => {
    const field = document.querySelector("#search");
    for (const typed of ["w", "wo", "wor", "word", "<b>", "<b>100%"]) {
      field.value = typed;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      for (let turn = 0; turn < 50; turn += 1) await null;
    }
  });
  await until("the last is shown", async () => (await titles(editor)).join() === "Groceries");
  assert.equal(await text(editor, "mark"), "<b>100%");
  await editor.run(() => {
    const field = document.querySelector("#search");
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await until("all are back", async () => (await titles(editor)).length > 2);
});

test("bytes go up and come down as they are, in parts", async () => {
  const scratch = await folder("files");
  const files = { "empty.bin": Buffer.alloc(0), "lines.txt": Buffer.from("one\r\ntwo\n\0\u{feff}"), "large.bin": randomBytes(20 * 1024 * 1024 + 7) };
  await show(editor, "Groceries");
  await show(viewer, "Groceries");
  const [{ id: note }] = (await kept.call("list_notes")).filter(({ title }) => title === "Groceries");
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(scratch, name), bytes);
    await editor.type("#files", join(scratch, name));
    for (const window of [editor, viewer]) {
      await window.until(`${name} is there`, (name) => [...document.querySelectorAll("#attachments .get strong")].some(({ textContent }) => textContent === name), name);
    }
    const { id } = (await kept.call("list_attachments", { note })).find((attachment) => attachment.name === name);
    const read = await kept.send({
      method: "POST",
      path: "/portcullis/read_attachment",
      headers: { host: kept.editor.host, origin: kept.editor.origin, authorization: `Bearer ${kept.editor.token}`, "content-type": "application/json" },
      body: JSON.stringify({ id }),
    });
    assert.equal(read.headers["content-length"], String(bytes.length), name);
    for (const window of [editor, viewer]) {
      const got = await window.with(async ({ invoke }, id) => {
        const response = await invoke("read_attachment", { id }, { bytes: true });
        const bytes = await response.arrayBuffer();
        const digest = await crypto.subtle.digest("SHA-256", bytes);
        return [response.headers.get("content-type"), bytes.byteLength, [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")];
      }, id);
      assert.deepEqual(got.slice(1), [bytes.length, digest(bytes)], name);
    }
  }
});

test("an attachment that is given up on its way leaves nothing", async () => {
  const [{ id }] = (await kept.call("list_notes")).filter(({ title }) => title === "Welcome");
  const got = await editor.with(async ({ invoke }, note) => {
    const controller = new AbortController();
    const sent = invoke("add_attachment", { note, name: "huge", kind: "", content: new Blob([new Uint8Array(60e6)]) }, { signal: controller.signal });
    controller.abort();
    return sent.then(() => "attached", (error) => error.name);
  }, id);
  assert.equal(got, "AbortError");
  await pause(500);
  assert.deepEqual(await kept.call("list_attachments", { note: id }), []);
});

test("h_purge_on_reload: a page that is loaded again ends what it has begun, and hears again", async () => {
  const before = (await keptTitles()).length;
  await begin(editor, "Second");
  await until("some are there", async () => (await keptTitles()).length > before + 20);
  await editor.reload();
  await shown(editor);
  const more = (await settled(kept)) - before;
  assert.ok(more > 20 && more < FILES, `${more} of ${FILES}`);

  // Many documents in one window, more than one may have listeners: each ends with the next.
  for (let again = 0; again < 3; again += 1) await viewer.reload();
  await shown(viewer);
  await viewer.run(() => {
    globalThis.warned = [];
    const warn = console.warn;
    console.warn = (...told) => (warned.push(told.join(" ")), warn(...told));
  });
  await editor.click("#new");
  await editor.until("an empty note", () => document.querySelector("#title").value === "" && document.activeElement.id === "title");
  await editor.type("#title", "After the reload");
  await until("the viewer hears of it", async () => (await titles(viewer)).includes("After the reload"));
  await pause(300);
  // Had a document before still a listener, Tauri would warn of a callback that is not there.
  assert.deepEqual(await viewer.run(() => warned), []);
});

test("a call that is under way when its page is left runs once", async () => {
  // Tauri's script sends it again, the other way, where its request breaks off: whether it has run or not.
  const [{ id: note }] = (await kept.call("list_notes")).filter(({ title }) => title === "Welcome");
  for (let round = 0; round < 6; round += 1) {
    await editor.with(({ invoke }, note, name) => {
      invoke("add_attachment", { note, name, kind: "", content: new Blob([new Uint8Array(2e6)]) }).catch(() => {});
    }, note, `round ${round}`);
    await pause(20 * round);
    await editor.reload();
    await shown(editor);
  }
  await pause(1500);
  const names = (await kept.call("list_attachments", { note })).map(({ name }) => name);
  assert.deepEqual(names, [...new Set(names)]);
  await show(editor, "After the reload");
});

test("o_redirected_window: a window that has gone elsewhere has no rights there, and has them when it is back", async () => {
  const before = await keptTitles();
  const elsewhere = `http://127.0.0.1:${kept.port}/`;
  await editor.run((address) => void setTimeout(() => (location.href = address)), elsewhere);
  await until("it is elsewhere", () => editor.run(() => location.href).then((address) => address === elsewhere, () => false));
  const got = await editor.run(async () => {
    const { invoke, transformCallback } = globalThis.__TAURI_INTERNALS__;
    const channel = transformCallback(() => {});
    const asked = [
      invoke("delete_note", { id: 1 }),
      invoke("list_notes", {}, { headers: { Portcullis: "call 7" } }),
      invoke("version"),
      invoke("note_changed", {}, { headers: { Portcullis: `listen 8 ${channel}` } }),
    ];
    return (await Promise.allSettled(asked)).map(({ status, reason }) => `${status}: ${reason}`);
  });
  for (const answer of got) assert.match(answer, /^rejected: .*not allowed/);
  await editor.ask("POST", "/back", {});
  await shown(editor);
  await show(editor, "After the reload");
  assert.deepEqual(await keptTitles(), before);
});

test("a page that comes back as it was left is told that its listeners are gone, and hears again", async () => {
  // WebKit keeps a page for those who go back, and what runs in it stands still. The program has ended all of that.
  await viewer.run(() => void (globalThis.kept = true));
  await viewer.run(() => void setTimeout(() => (location.href = "/icon.svg")));
  await viewer.until("it is elsewhere", () => location.pathname === "/icon.svg");
  await viewer.ask("POST", "/back", {});
  await viewer.until("it is back", () => location.pathname === "/viewer.html" && globalThis.kept === true);
  await editor.with(({ invoke }) => invoke("create_note", { title: "While it was away", body: "" }));
  await until("the viewer hears of it", async () => (await titles(viewer)).includes("While it was away"));
});

test("h_purge_on_close: closing the viewer while it reads disturbs nobody", async () => {
  await show(viewer, "Groceries");
  const [{ id: note }] = (await kept.call("list_notes")).filter(({ title }) => title === "Groceries");
  const { id } = (await kept.call("list_attachments", { note })).find(({ name }) => name === "large.bin");
  await viewer.with(async ({ invoke }, id) => {
    // The first part of it, and then no more.
    const reader = (await invoke("read_attachment", { id }, { bytes: true })).body.getReader();
    globalThis.first = (await reader.read()).value.length;
    globalThis.reader = reader;
  }, id);
  assert.ok((await viewer.run(() => first)) > 0);
  close("Groceries · Notes");
  await until("its window is gone", async () => (await driven.ask("GET", "/window/handles")).length === 1);

  await editor.type("#body", "The viewer is closed");
  await editor.until("it is saved", () => document.querySelector("#state").textContent === "Saved");
  await until("it is kept", async () => (await kept.call("search_notes", { text: "The viewer is closed" })).length === 1);
  assert.doesNotMatch(driven.output, /panicked/);
  await driven.stop();
});

test("h_purge_on_close: closing the editor ends its import, and the viewer goes on", async () => {
  const other = await start({ imports, data: kept.data });
  await show(other.editor, "After the reload");
  await show(other.viewer, "Groceries");
  const before = (await keptTitles()).length;
  await begin(other.editor, "Third");
  await until("some are there", async () => (await keptTitles()).length > before + 20);
  close("After the reload · Notes");
  const more = (await settled(kept)) - before;
  assert.ok(more > 20 && more < FILES, `${more} of ${FILES}`);
  await show(other.viewer, "Welcome");
  close("Welcome · Notes");
  await until("the program has ended", () => other.driven.gone());
  assert.doesNotMatch(other.driven.output, /panicked/);
});
