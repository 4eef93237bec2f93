// What a user does every day.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, shot, until } from "./lib/browser.mjs";
import { Program } from "./lib/program.mjs";

let browser, program, context;
before(async () => {
  [browser, program] = await Promise.all([launch(), Program.start()]);
  context = await browser.newContext();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

const list = (page) => page.getByRole("navigation", { name: "Notes" }).getByRole("button");
const title = (page) => page.getByLabel("Title");
const text = (page) => page.getByLabel("Text");
async function create(page) {
  await page.getByRole("button", { name: "New note" }).click();
  await until("an empty note is shown", async () => (await title(page).inputValue()) === "" && (await title(page).isVisible()));
}
const titles = async () => (await program.call("list_notes")).map((note) => note.title);

test("a note is created, changed, found and deleted in the editor", async () => {
  const page = await open(context, program.editor.link);
  await list(page).first().waitFor();
  assert.equal(await list(page).count(), 3);
  assert.equal(await title(page).inputValue(), "Welcome");

  await create(page);
  await title(page).fill("Groceries");
  await text(page).fill("Milk, bread, and something with <b>100%</b> cocoa");
  await page.getByRole("status").filter({ hasText: /^Saved$/ }).waitFor();
  const [first] = await program.everything();
  assert.equal(first.title, "Groceries");
  assert.equal(first.body, "Milk, bread, and something with <b>100%</b> cocoa");

  await page.getByLabel("Search in notes").fill("100%");
  await until("one is found", async () => (await list(page).count()) === 1);
  assert.match(await list(page).first().textContent(), /^Groceries/);
  await page.getByLabel("Search in notes").fill("no such text");
  await page.getByText("Nothing found for “no such text”.").waitFor();
  await page.keyboard.press("Escape");
  await until("all are back", async () => (await list(page).count()) === 4);

  await list(page).filter({ hasText: "Groceries" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await shot(page, "confirm");
  await page.getByRole("button", { name: "Keep it" }).click();
  assert.equal((await titles()).length, 4);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await until("it is gone", async () => !(await titles()).includes("Groceries"));
  await until("and from the list", async () => (await list(page).count()) === 3);
  await page.close();
});

test("the viewer reads, and is refused with the reason", async () => {
  const before = await program.everything();
  const page = await open(context, program.viewer.link);
  await list(page).filter({ hasText: "Two windows" }).click();
  await until("it is shown", async () => (await title(page).inputValue()) === "Two windows, unequal rights");
  assert.equal(await text(page).isEditable(), false);
  assert.equal(await page.getByRole("button", { name: "New note" }).isVisible(), false);

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  await shot(page, "refused");
  const told = await alert.textContent();
  assert.match(told, /Refused by the program/);
  assert.match(told, /delete_note/);
  assert.match(told, /denied/);
  assert.match(told, /notes:delete/, "a debug build says which permission it is");
  await until("the log has it too", () => program.output.includes("delete_note"));
  await page.getByRole("button", { name: "Close" }).click();
  assert.equal(await alert.isVisible(), false);
  assert.deepEqual(await program.everything(), before);
  await page.close();
});

test("what one window changes, the other shows", async () => {
  const [editor, viewer] = [await open(context, program.editor.link), await open(context, program.viewer.link)];
  await list(viewer).first().waitFor();
  await create(editor);
  await title(editor).fill("Seen from both");
  await list(viewer).filter({ hasText: "Seen from both" }).waitFor({ timeout: 6000 });
  await editor.close();
  await viewer.close();
});

test("n_token_reload: a reload, a second tab and a second link go on working", async () => {
  const page = await open(context, program.editor.link);
  await list(page).first().waitFor();
  assert.equal(page.url(), `${program.editor.origin}/`, "the token leaves the address bar");
  for (let again = 0; again < 3; again += 1) {
    await page.reload();
    await list(page).first().waitFor();
    assert.equal(page.url(), `${program.editor.origin}/`);
  }
  const second = await open(context, program.editor.link);
  await list(second).first().waitFor();
  await page.reload();
  await list(page).first().waitFor();

  // Away and back, from the browser's memory or not.
  await page.goto("about:blank");
  await page.goBack();
  await list(page).first().waitFor();
  await list(page).last().click();
  assert.equal(await page.getByRole("alert").isVisible(), false);

  // A tab without the link has no token, and says so.
  const bare = await open(context, `${program.editor.origin}/`);
  await bare.getByText("This page needs its link").waitFor();
  // The link, put into the address bar of that tab, changes the fragment only.
  await bare.evaluate((link) => (location.href = link), program.editor.link);
  await list(bare).first().waitFor();
  assert.equal(bare.url(), `${program.editor.origin}/`);
  for (const tab of [page, second, bare]) await tab.close();
});

test("a program that is gone is said to be gone", async () => {
  const other = await Program.start();
  const page = await open(context, other.editor.link);
  await list(page).first().waitFor();
  await other.stop();
  await list(page).last().click();
  await page.getByText("The program does not answer. Is it running?").waitFor();
  await page.close();
});
