// What a user does every day.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { launch, open, shot, until } from "./lib/browser.mjs";
import { create, list, search, show, text, title, window } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";

let browser, program, context;
before(async () => {
  browser = await launch();
  program = await Program.start();
  context = await browser.newContext();
});

const titles = async () => (await program.call("list_notes")).map((note) => note.title);

test("a note is created, changed, found and deleted in the editor", async () => {
  const page = await window(context, program.editor.link);
  assert.equal(await list(page).count(), 3);
  assert.equal(await title(page).inputValue(), "Welcome");

  await create(page);
  await title(page).fill("Groceries");
  await text(page).fill("Milk, bread, and something with <b>100%</b> cocoa");
  await page.getByRole("status").filter({ hasText: /^Saved$/ }).waitFor();
  const [first] = await program.everything();
  assert.equal(first.title, "Groceries");
  assert.equal(first.body, "Milk, bread, and something with <b>100%</b> cocoa");

  await search(page).fill("100%");
  await until("one is found", async () => (await list(page).count()) === 1);
  assert.match(await list(page).first().textContent(), /^Groceries/);
  await search(page).fill("no such text");
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
  const page = await window(context, program.viewer.link);
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

test("what one window types, the other shows within a moment", async () => {
  const [editor, viewer] = [await window(context, program.editor.link), await window(context, program.viewer.link)];
  await create(editor, "Seen from both");
  await list(viewer).filter({ hasText: "Seen from both" }).waitFor();
  await show(viewer, "Seen from both");
  await text(editor).fill("First line");
  await until("it is saved", async () => (await program.everything())[0].body === "First line");
  await until("it is shown", async () => (await text(viewer).inputValue()) === "First line");

  // Where the other window is being read does not change under the reader's eyes.
  await text(viewer).evaluate((area) => area.setSelectionRange(3, 5));
  await text(editor).fill("First line, and a second");
  await until("it is shown", async () => (await text(viewer).inputValue()) === "First line, and a second");
  assert.deepEqual(await text(viewer).evaluate((area) => [area.selectionStart, area.selectionEnd]), [3, 5]);

  await editor.getByRole("button", { name: "Delete", exact: true }).click();
  await editor.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await until("it is gone from the sheet", async () => (await title(viewer).inputValue()) !== "Seen from both");
  await until("and the list", async () => (await list(viewer).filter({ hasText: "Seen from both" }).count()) === 0);
  await editor.close();
  await viewer.close();
});

test("what is typed while another note is on its way is kept where it was typed", async () => {
  const page = await window(context, program.editor.link);
  await create(page, "One");
  await create(page, "Two");
  await text(page).fill("of two");
  for (let round = 0; round < 5; round += 1) {
    await show(page, round % 2 === 0 ? "One" : "Two");
    // No time to be saved: the next one is asked for at once, and typing goes on.
    await text(page).pressSequentially(`${round}`);
    await list(page).filter({ hasText: round % 2 === 0 ? /^Two\d/ : /^One\d/ }).click();
    await page.keyboard.press("Escape");
  }
  await until("all is saved", async () => {
    const bodies = Object.fromEntries((await program.everything()).map(({ title, body }) => [title, body]));
    return [...bodies.One].sort().join("") === "024" && [...bodies.Two.replace("of two", "")].sort().join("") === "13";
  });
  for (const { id } of (await program.call("list_notes")).filter((note) => ["One", "Two"].includes(note.title))) await program.call("delete_note", { id });
  await page.close();
});

test("a search that is typed gives up the one before, and shows the last", async () => {
  const { id } = await program.call("create_note", { title: "Needle", body: `${"hay ".repeat(1000)}abcdefghijklmnop` });
  const page = await context.newPage();
  const sent = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  await page.goto(program.editor.link);
  await list(page).first().waitFor();
  sent.length = 0;
  // Faster than anybody types: all in one turn of the page, so that none can have been answered.
  await search(page).evaluate(async (field) => {
    for (const length of [1, 3, 5, 7, 9, 11, 13]) {
      field.value = "abcdefghijklmnop".slice(0, length);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      for (let turn = 0; turn < 50; turn += 1) await null;
    }
  });
  await until("the last is shown", async () => (await list(page).count()) === 1);
  assert.match(await list(page).first().textContent(), /^Needle.*…hay hay.*abcdefghijklm/s);
  assert.equal(await page.locator("mark").first().textContent(), "abcdefghijklm");
  const searches = sent.filter((frame) => /^c\d+ search_notes/.test(frame));
  const givenUp = sent.filter((frame) => /^x\d+$/.test(frame));
  assert.equal(searches.length, 7);
  assert.equal(givenUp.length, 6, "all but the last");
  await page.keyboard.press("Escape");
  await program.call("delete_note", { id });
  await page.close();
});

test("the keyboard does what the mouse does", async () => {
  const page = await window(context, program.editor.link);
  await page.keyboard.press("n");
  await until("a new note", async () => (await title(page).inputValue()) === "");
  await page.keyboard.type("By keys");
  await page.keyboard.press("Enter");
  await page.keyboard.type("alone");
  await page.keyboard.press("Escape");
  await until("it is saved", async () => (await program.everything()).some(({ title, body }) => title === "By keys" && body === "alone"));
  await page.keyboard.press("ArrowDown");
  await until("the next", async () => (await title(page).inputValue()) !== "By keys");
  await page.keyboard.press("ArrowUp");
  await until("the one before", async () => (await title(page).inputValue()) === "By keys");
  await page.keyboard.press("/");
  await page.keyboard.type("by key");
  await until("it is found", async () => (await list(page).count()) === 1);
  await page.keyboard.press("Escape");
  await until("all are back", async () => (await list(page).count()) > 1);
  const { id } = (await program.call("list_notes")).find(({ title }) => title === "By keys");
  await program.call("delete_note", { id });
  await page.close();
});

test("n_token_reload: a reload, a second tab and a second link go on working", async () => {
  const page = await window(context, program.editor.link);
  assert.equal(page.url(), `${program.editor.origin}/`, "the token leaves the address bar");
  for (let again = 0; again < 3; again += 1) {
    await page.reload();
    await list(page).first().waitFor();
    assert.equal(page.url(), `${program.editor.origin}/`);
  }
  const second = await window(context, program.editor.link);
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
  const page = await window(context, other.editor.link);
  await other.stop();
  await list(page).last().click();
  await page.getByText("The program does not answer. Is it running?").waitFor();
  await page.close();
});
