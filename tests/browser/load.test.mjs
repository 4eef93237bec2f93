// Much at once: from one page, through one line.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { launch, pause, until } from "./lib/browser.mjs";
import { create, list, show, title, window, within } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";
import { folder } from "./lib/scratch.mjs";

const FILES = 400;
let browser, program, context, files;
before(async () => {
  files = await folder("load");
  for (let number = 0; number < FILES; number += 1) {
    await writeFile(join(files, `${String(number).padStart(5, "0")}.md`), `# Number ${number}\n\n${"words ".repeat(200)}`);
  }
  browser = await launch();
  program = await Program.start({ args: ["--import", files] });
  context = await browser.newContext();
});

test("64 calls and streams at once are all answered, and short calls go on working", async () => {
  const page = await window(context, program.editor.link);
  const got = await within(page, async ({ call, listen }) => {
    let progress = 0;
    let heard = 0;
    const stops = Array.from({ length: 32 }, () => listen("note_changed", () => (heard += 1)));
    const imports = Array.from({ length: 64 }, () => call("import_notes", { folder: ".", onProgress: () => (progress += 1) }));
    const reads = Array.from({ length: 64 }, (_, at) => call("read_note", { id: (at % 3) + 1 }));
    // Short calls, one after the other, for as long as the long ones run.
    let over = false;
    const all = Promise.all([...imports, ...reads]).then((answers) => ((over = true), answers));
    let short = 0;
    for (; !over; short += 1) {
      const { ok } = await call("version");
      if (typeof ok !== "string") throw new Error("no answer");
    }
    const answers = await all;
    for (const stop of stops) stop();
    const outcomes = answers.slice(0, 64);
    return {
      failed: answers.filter(({ ok }) => ok === undefined),
      imported: outcomes.reduce((sum, { ok }) => sum + (ok?.imported ?? 0), 0),
      seen: outcomes.map(({ ok }) => ok && ok.imported + ok.known),
      progress, heard, short,
    };
  });
  assert.deepEqual(got.failed, []);
  assert.equal(got.imported, FILES, "each file once, whoever was first");
  assert.deepEqual([...new Set(got.seen)], [FILES]);
  assert.ok(got.progress >= 64 && got.heard >= 32 && got.short > 10, JSON.stringify(got));
  await page.close();
});

test("a burst of 10,000 calls is answered, each with its own answer", async () => {
  const page = await window(context, program.editor.link);
  const got = await within(page, async ({ call }) => {
    const texts = Array.from({ length: 10_000 }, (_, at) => (at % 2 === 0 ? `none ${at}` : at % 3));
    const answers = await Promise.all(texts.map((what) => (typeof what === "string" ? call("no_such_command", { what }) : call("read_note", { id: what + 1 }))));
    const wrong = answers.filter(({ ok, failed }, at) => (typeof texts[at] === "string" ? failed?.code !== "denied" : ok?.id !== texts[at] + 1));
    return { answered: answers.length, wrong: wrong.slice(0, 3) };
  });
  assert.deepEqual(got, { answered: 10_000, wrong: [] });
  await show(page, "Welcome");
  await page.close();
});

test("a page that is too slow loses events, is told so, and shows what there is in the end", async () => {
  const slow = await context.newPage();
  const lost = [];
  slow.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => {
    for (const [, count] of String(payload).matchAll(/^g(\d+)$/gm)) lost.push(Number(count));
  }));
  await slow.goto(program.editor.link);
  await list(slow).first().waitFor();
  const other = await window(context, program.viewer.link);
  const before = await list(slow).count();
  const busy = slow.evaluate(() => {
    const until = performance.now() + 4000;
    while (performance.now() < until);
  });
  await pause(200);
  const made = [];
  for (let number = 0; number < 3000; number += 50) {
    const several = Array.from({ length: 50 }, (_, at) => program.call("create_note", { title: `Burst ${number + at}`, body: "" }));
    made.push(...(await Promise.all(several)));
  }
  // Nobody else waits for it.
  await list(other).filter({ hasText: "Burst 2" }).first().waitFor();
  await busy;
  await program.call("save_note", { id: made[0].id, title: "The last of them", body: "" });
  await list(slow).first().filter({ hasText: "The last of them" }).waitFor({ timeout: 10_000 });
  assert.ok((await list(slow).count()) >= before);
  assert.ok(lost.some((count) => count > 0), "it was told how many it has not heard of");
  await slow.close();
  await other.close();
});

test("an import does not wait for a page that reads nothing", async () => {
  const other = await Program.start({ args: ["--import", files] });
  const page = await window(context, other.editor.link);
  const got = within(page, async ({ call }) => {
    const answer = call("import_notes", { folder: ".", onProgress() {} });
    await new Promise((done) => setTimeout(done, 20));
    const until = performance.now() + 3000;
    while (performance.now() < until);
    return answer;
  });
  await until("all are there, while the page is busy", async () => (await other.call("list_notes")).length === FILES + 3, 15_000);
  assert.equal((await got).ok.imported, FILES);
  await page.close();
  await other.stop();
});

test("several tabs of one window, each with a line of its own", async () => {
  const pages = [];
  for (let tab = 0; tab < 10; tab += 1) pages.push(await window(context, program.editor.link));
  await create(pages[0], "Seen in ten tabs");
  for (const page of pages) await list(page).filter({ hasText: "Seen in ten tabs" }).waitFor();
  await show(pages[9], "Seen in ten tabs");
  await title(pages[9]).fill("And changed in the tenth");
  await until("the first shows it", async () => (await title(pages[0]).inputValue()) === "And changed in the tenth");
  for (const page of pages) await page.close();
});
