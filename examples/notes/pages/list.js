// The notes on the left, and the search above them.

import { invoke } from "/portcullis.js";
import { $, count, day, element, icon, marked, period } from "/dom.js";
import { closePanel, guarded } from "/problems.js";
import * as sheet from "/sheet.js";

const [search, list] = ["search", "list"].map($);

/** How many more are shown when the end is scrolled to. */
const MORE = 200;
let limit = MORE;

let notes = [];
/** The reading that is under way: a newer one gives it up. */
let reading = new AbortController();

export const first = () => notes[0];

/** Shows the notes as they are now: those that are searched for, or the latest. Every key typed asks anew. */
export async function refresh() {
  reading.abort();
  reading = new AbortController();
  const { signal } = reading;
  const text = search.value.trim();
  const found = await (text ? invoke("search_notes", { text }, { signal }) : invoke("list_notes", { limit }, { signal }));
  if (signal.aborted) return;
  notes = found;
  show();
}

let running = false;
let again = false;
/** As `refresh`, but once where several things happen at once, and never so often that none comes to its end. */
export async function refreshSoon() {
  again = true;
  if (running) return;
  running = true;
  while (again) {
    await new Promise((later) => setTimeout(later, 60));
    again = false;
    await guarded(refresh)();
  }
  running = false;
}

export function show() {
  const text = search.value.trim();
  const open = sheet.openId();
  const shown = JSON.stringify([notes, open, text]);
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  const focused = document.activeElement?.dataset?.id;
  let above = "";
  const rows = notes.flatMap((note) => {
    const heading = text ? `${count(notes.length, "note")} with “${text}”` : period(note.updated);
    const headings = heading === above ? [] : [element("h2", { className: "group", text: heading })];
    above = heading;
    return [...headings, item(note, text, note.id === open)];
  });
  list.replaceChildren(...rows);
  if (focused) list.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
  $("none").hidden = notes.length > 0;
  $("none").textContent = text ? `Nothing found for “${text}”.` : "No notes yet.";
}

function item({ id, title, preview, updated, attachments }, searched, isOpen) {
  const extras = attachments > 0 ? [element("span", { className: "clip", title: count(attachments, "attachment") }, icon("clip"))] : [];
  const made = element(
    "button",
    { className: "item", data: { id }, onclick: guarded(() => (closePanel(), sheet.show(id))) },
    element("strong", {}, ...marked(title || "Untitled", searched)),
    element("span", { className: "when" }, ...extras, element("time", { text: day(updated) })),
    element("span", { className: "preview" }, ...marked(preview || "Nothing written yet", searched)),
  );
  if (isOpen) made.setAttribute("aria-current", "true");
  return made;
}

/** Goes up or down the list. */
export function step(by) {
  const items = [...list.querySelectorAll(".item")];
  const at = items.findIndex((item) => item === document.activeElement || (item.ariaCurrent && !list.contains(document.activeElement)));
  const next = items[Math.min(Math.max(at + by, 0), items.length - 1)];
  next?.focus();
  next?.click();
}

/** Ends the search. */
export function clear() {
  search.value = "";
  return refresh();
}

search.addEventListener("input", guarded(refresh));
list.addEventListener("scroll", () => {
  const isEnd = list.scrollTop + list.clientHeight > list.scrollHeight - 600;
  if (!isEnd || search.value.trim() || notes.length < limit) return;
  limit += MORE;
  guarded(refresh)();
});
