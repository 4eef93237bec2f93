// Attachments: what is downloaded is what was attached, byte for byte.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { launch, shot, until } from "./lib/browser.mjs";
import { attachments, show, window, within } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";
import { folder } from "./lib/scratch.mjs";

let browser, program, context, scratch;
before(async () => {
  browser = await launch();
  program = await Program.start();
  context = await browser.newContext({ acceptDownloads: true });
  scratch = await folder("files");
});

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const card = (page, name) => attachments(page).filter({ hasText: name });

async function file(name, bytes) {
  const path = join(scratch, name);
  await writeFile(path, bytes);
  return path;
}

async function downloaded(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), card(page, name).getByTitle(`Download ${name}`).click()]);
  assert.equal(download.suggestedFilename(), name);
  return readFile(await download.path());
}

test("attachments come out as they went in, in both windows", async () => {
  const editor = await window(context, program.editor.link);
  const viewer = await window(context, program.viewer.link);
  await show(editor, "Welcome");
  await show(viewer, "Welcome");
  const files = {
    "empty.bin": Buffer.alloc(0),
    "one.bin": Buffer.from([0]),
    "lines.txt": Buffer.from("one\r\ntwo\n\0three\u{feff}"),
    "ümlaut 'quoted' & more.dat": randomBytes(300_000),
    "large.bin": randomBytes(20 * 1024 * 1024),
  };
  const paths = [];
  for (const [name, bytes] of Object.entries(files)) paths.push(await file(name, bytes));
  await editor.getByLabel("Files to attach").setInputFiles(paths);
  for (const [name, bytes] of Object.entries(files)) {
    await card(editor, name).getByTitle(`Download ${name}`).waitFor({ timeout: 30_000 });
    await card(viewer, name).getByTitle(`Download ${name}`).waitFor();
    for (const page of [editor, viewer]) assert.equal(digest(await downloaded(page, name)), digest(bytes), name);
  }
  await shot(editor, "attachments");
  assert.equal(await attachments(viewer).getByRole("button", { name: /^Remove/ }).count(), 0);
  const [welcome] = (await program.call("list_notes")).filter(({ title }) => title === "Welcome");
  assert.equal(welcome.attachments, 5);

  await card(editor, "one.bin").hover();
  await editor.getByRole("button", { name: "Remove one.bin" }).click();
  await until("it is gone in both", async () => (await attachments(editor).count()) === 4 && (await attachments(viewer).count()) === 4);
  await editor.close();
  await viewer.close();
});

test("files are dropped and pasted", async () => {
  const page = await window(context, program.editor.link);
  await show(page, "Two windows, unequal rights");
  const put = (kind) => page.evaluate((kind) => {
    const data = new DataTransfer();
    data.items.add(new File([`by ${kind}`], kind === "paste" ? "image.png" : "dropped.txt", { type: kind === "paste" ? "image/png" : "text/plain" }));
    const at = document.querySelector("#body");
    const options = { bubbles: true, cancelable: true };
    if (kind === "paste") return at.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: data }));
    at.dispatchEvent(new DragEvent("dragenter", { ...options, dataTransfer: data }));
    globalThis.overlay = !document.querySelector("#drop").hidden;
    return at.dispatchEvent(new DragEvent("drop", { ...options, dataTransfer: data }));
  }, kind);
  assert.equal(await put("drop"), false, "the browser does not go to the file");
  assert.equal(await page.evaluate(() => overlay), true);
  assert.equal(await page.getByText("Drop to attach").isVisible(), false);
  // Told of by an event, it may stand there a moment before its own call has been answered.
  await card(page, "dropped.txt").getByTitle("Download dropped.txt").waitFor();
  assert.equal(await put("paste"), false);
  await card(page, "Pasted ").getByTitle(/^Download Pasted /).waitFor();
  assert.equal((await downloaded(page, "dropped.txt")).toString(), "by drop");
  await page.close();
});

test("an attachment that is given up on its way leaves nothing", async () => {
  const page = await window(context, program.editor.link);
  await show(page, "Where to look in the code");
  const [{ id }] = (await program.call("list_notes")).filter(({ title }) => title === "Where to look in the code");
  // More than the program reads before anybody could stop it.
  const got = await within(page, async ({ invoke }, note) => {
    const controller = new AbortController();
    const content = new Blob([new Uint8Array(90 * 1024 * 1024)]);
    const sent = invoke("add_attachment", { note, name: "huge", kind: "", content }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 150);
    return sent.then(() => "attached", (error) => error.name);
  }, id);
  assert.equal(got, "AbortError");
  await until("nothing is left", async () => (await program.call("list_attachments", { note: id })).length === 0);
  await page.close();
});

test("the viewer may fetch, and neither add nor remove", async () => {
  const editor = await window(context, program.editor.link);
  const made = await within(editor, ({ invoke }) => invoke("add_attachment", { note: 1, name: "mine", kind: "text/plain", content: new Blob(["x"]) }));
  const viewer = await window(context, program.viewer.link);
  const got = await within(viewer, async ({ call }, id) => {
    const added = await call("add_attachment", { note: 1, name: "theirs", kind: "", content: new Blob(["y"]) });
    const removed = await call("remove_attachment", { id });
    const { ok } = await call("read_attachment", { id }, { bytes: true });
    return [added.failed?.code, removed.failed?.code, await ok.text(), ok.headers.get("content-type"), ok.headers.get("content-disposition"), ok.headers.get("x-content-type-options")];
  }, made.id);
  assert.deepEqual(got.slice(0, 4), ["denied", "denied", "x", "text/plain"]);
  assert.equal(got[5], "nosniff");
  assert.deepEqual((await program.call("list_attachments", { note: 1 })).map(({ name }) => name), ["mine"]);
  await editor.close();
  await viewer.close();
});

test("what is attached is never a page of the window", async () => {
  const editor = await window(context, program.editor.link);
  const html = "<script>document.title = 'ran'</script>";
  const { id } = await within(editor, ({ invoke }, html) => invoke("add_attachment", { note: 2, name: "page.html", kind: "text/html", content: new Blob([html]) }), html);
  for (const path of [`/portcullis/read_attachment?id=${id}`, "/portcullis/read_attachment", `/attachments/${id}`]) {
    const tab = await context.newPage();
    const answer = await tab.goto(program.editor.origin + path).catch(() => null);
    assert.ok(answer === null || answer.status() >= 400, path);
    assert.notEqual(await tab.title(), "ran");
    await tab.close();
  }
  await editor.close();
});
