// The page of notes, as a user sees it.

import { until } from "./browser.mjs";

export const list = (page) => page.getByRole("navigation", { name: "Notes" }).getByRole("button");
export const title = (page) => page.getByLabel("Title");
export const text = (page) => page.getByLabel("Text");
export const search = (page) => page.getByLabel("Search in notes");
export const attachments = (page) => page.getByRole("list", { name: "Attachments" }).getByRole("listitem");

/** Opens a window, and waits until its notes are there, and the first is shown. */
export async function window(context, link) {
  const page = await context.newPage();
  await page.goto(link);
  await list(page).first().waitFor();
  await title(page).waitFor();
  return page;
}

export async function create(page, called = "") {
  await page.getByRole("button", { name: "New note" }).click();
  await until("an empty note is shown", async () => (await title(page).isVisible()) && (await title(page).inputValue()) === "");
  if (called !== "") await title(page).fill(called);
}

/** Opens the note with this title. */
export async function show(page, called) {
  await list(page).filter({ hasText: called }).first().click();
  await until(`${called} is shown`, async () => (await title(page).inputValue()) === called);
}

/** Calls something of `/portcullis.js` in the page. */
export function within(page, action, ...given) {
  return page.evaluate(
    async ([code, given]) => (0, eval)(`(${code})`)(await import("/portcullis.js"), ...given),
    [String(action), given],
  );
}
