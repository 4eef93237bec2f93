// The pictures of the README, taken of the program as it is:
//
//     SHOTS=examples/notes/screenshots tests/browser/run screenshots.mjs

import { test } from "node:test";
import { launch, pause, shot, until } from "./lib/browser.mjs";
import { NOTES, attach, filled } from "./lib/filled.mjs";
import { attachments, list, search, show, window, within } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";

const card = (page) => page.getByRole("status", { name: "Import" });
async function begin(page, name) {
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name }).check({ force: true });
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
}

/** A program with notes of several months, and of them alone. */
async function begun(browser, notes) {
  const program = await Program.start({ args: ["--import", await filled(notes)] });
  for (const { id } of await program.call("list_notes")) await program.call("delete_note", { id });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(program.editor.link);
  await begin(page, /^Everything/);
  await card(page).getByText(/^Imported/).waitFor();
  await context.close();
  return program;
}

const view = { viewport: { width: 1180, height: 760 }, deviceScaleFactor: 1.5, locale: "en-GB" };

test("pictures", async () => {
  const browser = await launch();
  const program = await begun(browser, NOTES);
  const context = await browser.newContext(view);

  const editor = await window(context, program.editor.link);
  await show(editor, "Lisbon in May");
  await within(editor, attach);
  await until("all three are there", async () => (await attachments(editor).count()) === 3);
  await attachments(editor).locator("img").waitFor();
  await pause(200);
  await shot(editor, "editor");
  await search(editor).fill("the");
  await until("it has found some", async () => (await editor.locator("mark").count()) > 3);
  await shot(editor, "search");

  const viewer = await window(context, program.viewer.link);
  await show(viewer, "Call with the architect");
  await viewer.getByRole("button", { name: "Delete", exact: true }).click();
  await viewer.getByRole("alert").waitFor();
  await shot(viewer, "viewer");
  await context.close();
  await program.stop();

  // One that takes long enough to be looked at.
  const archive = {};
  const kinds = ["Letters", "Journal", "Reading", "Recipes", "Letters/Old"];
  for (let number = 0; number < 9000; number += 1) {
    const kind = kinds[number % kinds.length];
    archive[`${kind}/${String(number).padStart(4, "0")}.md`] = [200 + number, `# ${kind.split("/")[0]}, page ${number}\n\nFrom an old computer.`];
  }
  const other = await begun(browser, NOTES);
  await other.stop();
  const moved = await Program.start({ data: other.data, args: ["--import", await filled(archive)] });
  const dark = await browser.newContext({ ...view, colorScheme: "dark" });
  const page = await window(dark, moved.editor.link);
  await show(page, "Lisbon in May");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await pause(200);
  await shot(page, "choose");
  await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
  await until("it is half way", () => page.evaluate(() => document.querySelector("progress")?.position > 0.45), 60_000);
  await shot(page, "import");
  await card(page).getByText(/^Imported/).waitFor({ timeout: 60_000 });
  await list(page).first().waitFor();
  await moved.stop();
  await browser.close();
});
