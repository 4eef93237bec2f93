// Importing a folder: how far it is, stopping it, and what a page may not.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { launch, pause, shot, until } from "./lib/browser.mjs";
import { list, show, text, window, within } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";
import { folder } from "./lib/scratch.mjs";

const FILES = 6000;
let browser, context, imports;
before(async () => {
  imports = await folder("import");
  await mkdir(join(imports, "Few"));
  await writeFile(join(imports, "Few", "One.md"), "# The first\n\nText of the first.\n");
  await writeFile(join(imports, "Few", "Two.txt"), "Text of the second.");
  await writeFile(join(imports, "Few", "Broken.txt"), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  await writeFile(join(imports, "Few", "Picture.png"), "");
  await mkdir(join(imports, "Many"));
  for (let number = 0; number < FILES; number += 1) {
    await writeFile(join(imports, "Many", `${String(number).padStart(5, "0")}.md`), `# Number ${number}\n\n${"words ".repeat(80)}`);
  }
  browser = await launch();
  context = await browser.newContext();
});

const start = () => Program.start({ args: ["--import", imports] });
const total = async (program) => (await program.call("list_notes")).length;
const card = (page) => page.getByRole("status", { name: "Import" });

async function begin(page, name) {
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name }).check({ force: true });
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
}

/** Waits until nothing is imported any more, and says how many notes there are. */
async function settled(program) {
  let before = -1;
  for (let now = await total(program); now !== before; now = await total(program)) {
    before = now;
    await pause(250);
  }
  return before;
}

test("a folder is imported, and what could not be is named", async () => {
  const program = await start();
  const page = await window(context, program.editor.link);
  await begin(page, /^Few/);
  await card(page).getByText("Imported 2 notes").waitFor();
  assert.match(await card(page).textContent(), /1 file was left out:.*Broken\.txt: it is not text/s);
  await show(page, "The first");
  assert.equal(await text(page).inputValue(), "Text of the first.");
  await begin(page, /^Few/);
  await card(page).getByText("2 files were imported before.").waitFor();
  assert.equal(await total(program), 5);
  await card(page).getByRole("button", { name: "Close" }).click();
  assert.equal(await card(page).isVisible(), false);
  await page.close();
  await program.stop();
});

test("progress advances while the page goes on, and the other window sees the notes come", async () => {
  const program = await start();
  const page = await window(context, program.editor.link);
  const viewer = await window(context, program.viewer.link);
  await page.evaluate(() => {
    globalThis.seen = [];
    new MutationObserver(() => {
      const bar = document.querySelector("#importing progress");
      if (bar?.value > 0) seen.push(bar.value);
    }).observe(document.querySelector("#importing"), { subtree: true, attributes: true, childList: true });
  });
  await begin(page, /^Many/);
  await until("some are there", async () => (await list(viewer).filter({ hasText: "Number" }).count()) > 0);
  assert.ok((await total(program)) < FILES, "before all are");
  // Something short, while it runs.
  await show(page, "Two windows, unequal rights");
  await shot(page, "importing");
  await card(page).getByText(`Imported ${FILES.toLocaleString("en")} notes`).waitFor({ timeout: 60_000 });
  const seen = [...new Set(await page.evaluate(() => seen))];
  assert.ok(seen.length >= 5, `${seen}`);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b), "and never goes back");
  assert.equal(await total(program), FILES + 3);
  // More of them come when the end of the list is scrolled to.
  const shown = await list(page).count();
  await page.locator("#list").evaluate((list) => (list.scrollTop = list.scrollHeight));
  await until("more are shown", async () => (await list(page).count()) > shown);
  await page.close();
  await viewer.close();
  await program.stop();
});

test("l_cancel_drops_future: a stopped import stops", async () => {
  const program = await start();
  const page = await window(context, program.editor.link);
  await begin(page, /^Many/);
  await until("some are there", async () => (await total(program)) > 50);
  await card(page).getByRole("button", { name: "Stop" }).click();
  await card(page).getByText("Import stopped").waitFor();
  const left = await settled(program);
  assert.ok(left > 50 && left < FILES, `${left}`);
  // And goes on from there.
  await begin(page, /^Many/);
  await card(page).getByText(`Imported ${(FILES + 3 - left).toLocaleString("en")} notes`).waitFor({ timeout: 60_000 });
  assert.equal(await total(program), FILES + 3);
  await page.close();
  await program.stop();
});

for (const [how, end] of Object.entries({
  "is closed": (page) => page.close(),
  "goes elsewhere": (page) => page.goto("about:blank"),
  "is reloaded": (page) => page.reload(),
  crashes: async (page) => {
    const session = await page.context().newCDPSession(page);
    session.send("Page.crash").catch(() => {});
    await page.waitForEvent("crash");
  },
})) {
  test(`h_purge_on_close: a page that ${how} ends what it has begun`, async () => {
    const program = await start();
    const own = await browser.newContext();
    const page = await window(own, program.editor.link);
    await begin(page, /^Many/);
    await until("some are there", async () => (await total(program)) > 50);
    await end(page);
    const left = await settled(program);
    assert.ok(left < FILES, `${left} of ${FILES}`);
    // The window is free for the next page.
    const next = await window(own, program.editor.link);
    await show(next, "Welcome");
    await own.close();
    await program.stop();
  });
}

test("a page cannot name a folder outside, and the viewer none at all", async () => {
  const program = await start();
  const before = await total(program);
  const page = await window(context, program.editor.link);
  const refused = await within(page, async ({ call }) => {
    const codes = [];
    for (const folder of ["..", "/etc", "Few/../..", "../Few", "C:\\", "$HOME", "~", ".\0", "Few/One.md/..", "%2e%2e", "..\\"]) {
      for (const command of ["list_folders", "import_notes"]) {
        const { ok, error, failed } = await call(command, { folder, ...(command === "import_notes" && { onProgress() {} }) });
        codes.push(failed?.code ?? error?.code ?? `ok ${folder} ${JSON.stringify(ok)}`);
      }
    }
    return [...new Set(codes)].sort();
  });
  for (const code of refused) assert.match(code, /^(denied|not_found|invalid)$/);
  const viewer = await window(context, program.viewer.link);
  const codes = await within(viewer, async ({ call }) => {
    const asked = [call("list_folders", { folder: "." }), call("import_notes", { folder: ".", onProgress() {} })];
    return (await Promise.all(asked)).map(({ failed }) => failed?.code);
  });
  assert.deepEqual(codes, ["denied", "denied"]);
  assert.equal(await total(program), before);
  await page.close();
  await viewer.close();
  await program.stop();
});
