// The pictures of the README, taken of the program as it is:
//
//     SHOTS=examples/notes/screenshots tests/browser/run screenshots.mjs

import { mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { launch, pause, shot, until } from "./lib/browser.mjs";
import { attachments, list, search, show, window, within } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";
import { folder } from "./lib/scratch.mjs";

const DAY = 24 * 60 * 60 * 1000;
const NOTES = {
  "Lisbon in May.md": [0.02, "# Lisbon in May\n\nThe flat is in Graça, two minutes from the tram. Keys are with Inês on the ground floor (she is in until nine).\n\nTo see\n  · the tile museum, on a weekday morning\n  · the botanical garden behind the university\n  · the ferry to Cacilhas, and back when the lights are on\n\nTo eat\n  · sardines at the corner by the church; no reservation, be there at seven\n  · custard tarts, obviously\n\nThe booking and the plan of the flat are attached."],
  "Groceries.md": [0.15, "# Groceries\n\nOats, lemons, chickpeas, the good olive oil"],
  "Call with the architect.md": [0.3, "# Call with the architect\n\nShe suggests moving the stairs to the north wall. Costs about the same, and the kitchen gets light from both sides."],
  "Birthday list.md": [1.2, "# Birthday list\n\nMina: a kite. Jonas: strings for the old guitar"],
  "Meeting notes.md": [1.4, "# Meeting notes\n\nThree things were decided, and one was put off until the spring."],
  "Sourdough, third try.md": [3, "# Sourdough, third try\n\n75% water, 12 hours at 19 °C. Better crumb, still too flat."],
  "Quotes.md": [5, "# Quotes\n\n“The details are not the details. They make the design.”"],
  "Books to read.md": [12, "# Books to read\n\nThe Left Hand of Darkness, A Pattern Language, The Summer Book"],
  "Garden plan.md": [33, "# Garden plan\n\nBeans along the fence, tomatoes where the sun is until six."],
  "Bicycle repairs.md": [61, "# Bicycle repairs\n\nBrake pads (rear), chain at 3,000 km, the light that flickers"],
};

async function filled(notes) {
  const made = await folder("shots");
  for (const [name, [age, text]] of Object.entries(notes)) {
    const file = join(made, name);
    const when = new Date(Date.now() - age * DAY);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await utimes(file, when, when);
  }
  return made;
}

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
  await within(editor, async ({ invoke }) => {
    const [{ id: note }] = await invoke("list_notes", { limit: 1 });
    const canvas = new OffscreenCanvas(400, 400);
    const draw = canvas.getContext("2d");
    const sky = draw.createLinearGradient(0, 0, 0, 260);
    sky.addColorStop(0, "#f6c9a0");
    sky.addColorStop(1, "#fdeede");
    draw.fillStyle = sky;
    draw.fillRect(0, 0, 400, 400);
    draw.fillStyle = "#e0795b";
    for (const [x, y, width] of [[20, 190, 110], [140, 150, 120], [270, 205, 120]]) draw.fillRect(x, y, width, 300);
    draw.fillStyle = "#8fb7c9";
    draw.fillRect(0, 330, 400, 70);
    const picture = await canvas.convertToBlob();
    await invoke("add_attachment", { note, name: "From the window.png", kind: "image/png", content: picture });
    await invoke("add_attachment", { note, name: "Booking.pdf", kind: "application/pdf", content: new Blob([new Uint8Array(182_000)]) });
    await invoke("add_attachment", { note, name: "Plan of the flat.pdf", kind: "application/pdf", content: new Blob([new Uint8Array(1_240_000)]) });
  });
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
