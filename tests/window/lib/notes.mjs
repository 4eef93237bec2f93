// The notes program in its two windows, and what is really in its file.

import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Program } from "../../browser/lib/program.mjs";
import { folder } from "../../browser/lib/scratch.mjs";
import { Driven, until } from "./driver.mjs";

const BINARY = process.env.NOTES_TAURI ?? new URL("../../../target/debug/notes-tauri", import.meta.url).pathname;

/** Starts the program on data of its own: `{ driven, editor, viewer, kept }`, where `kept` says what is in its file. */
export async function start({ imports, data } = {}) {
  data ??= await folder("data");
  const driven = await Driven.start(BINARY, ["--data", data, ...(imports ? ["--import", imports] : [])]);
  const [editor, viewer] = await driven.windows("editor", "viewer");
  for (const window of [editor, viewer]) await shown(window);
  // The same notes, asked of the program that serves them over HTTP.
  const kept = await Program.start({ data });
  return { driven, editor, viewer, kept, data };
}

/** A folder to import: three folders in it have so many files, and one has few. */
export async function many(files) {
  const made = await folder("import");
  await mkdir(join(made, "Few"));
  await writeFile(join(made, "Few", "One.md"), "# The first\n\nText of the first.\n");
  await writeFile(join(made, "Few", "Broken.txt"), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  for (const name of ["First", "Second", "Third"]) {
    await mkdir(join(made, name));
    for (let number = 0; number < files; number += 1) {
      await writeFile(join(made, name, `${String(number).padStart(5, "0")}.md`), `# ${name}, number ${number}\n\n${"words ".repeat(80)}`);
    }
  }
  return made;
}

/** Waits until a page shows its first note. */
export const shown = (window) => window.until("a note is shown", () => document.querySelector("#note")?.hidden === false);

export const titles = (window) => window.run(() => [...document.querySelectorAll("#list .item strong")].map(({ textContent }) => textContent));
export const text = (window, selector) => window.run((selector) => document.querySelector(selector).textContent, selector);
export const value = (window, selector) => window.run((selector) => document.querySelector(selector).value, selector);
export const visible = (window, selector) => window.run((selector) => document.querySelector(selector)?.checkVisibility() ?? false, selector);

/** Opens the note with this title. */
export async function show(window, title) {
  await until(`${title} is in the list`, () =>
    window.run((title) => {
      const item = [...document.querySelectorAll("#list .item")].find((item) => item.querySelector("strong").textContent === title);
      item?.click();
      return item !== undefined;
    }, title));
  await window.until(`${title} is shown`, (title) => document.querySelector("#title").value === title, title);
}

/** Imports a folder, as a user does. */
export async function begin(window, name) {
  await window.click("#import-open");
  await window.until("there are folders", () => document.querySelector("#import").open);
  await window.run((name) => [...document.querySelectorAll("#folders input")].find(({ value }) => value === name).click(), name);
  await window.click("#import-start");
}

/** Waits until nothing is imported any more, and says how many notes there are. */
export async function settled(kept) {
  let before = -1;
  await until("it has come to rest", async () => {
    const now = (await kept.call("list_notes")).length;
    const same = now === before;
    before = now;
    if (!same) await new Promise((later) => setTimeout(later, 400));
    return same;
  });
  return before;
}

/** Closes a window as a user does. */
export function close(title) {
  const [id] = execFileSync("xdotool", ["search", "--onlyvisible", "--name", title], { encoding: "utf8" }).trim().split("\n");
  execFileSync("xdotool", ["windowactivate", "--sync", id, "key", "--clearmodifiers", "alt+F4"]);
}
