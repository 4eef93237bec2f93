// The note on the right: reading it, and saving what is typed.

import { invoke } from "/portcullis.js";
import * as attachments from "/attachments.js";
import { $, count, isViewer } from "/dom.js";
import * as list from "/list.js";
import { guarded } from "/problems.js";

const [title, body] = ["title", "body"].map($);

let open = null; // the note on the sheet, as the program has it
let asked = null; // the id of the note that is to be on the sheet
let dirty = false; // whether something is typed that is not saved
let saving = 0; // how many saves are under way
let timer; // until it is saved

export const openId = () => open?.id;

export async function show(id) {
  asked = id;
  await settle();
  const note = await invoke("read_note", { id });
  // What was typed while the note was on its way belongs to the one before.
  await settle();
  if (asked !== id) return;
  put(note);
}

export async function create() {
  await settle();
  const note = await invoke("create_note", { title: "", body: "" });
  await settle();
  asked = note.id;
  put(note);
  // At once: what is typed now is meant for the new note.
  title.focus();
  await list.clear();
}

export async function remove() {
  // The viewer may not, and asks all the same: to show that the page is not what decides.
  if (!isViewer && !(await confirmed())) return;
  clearTimeout(timer);
  dirty = false;
  await invoke("delete_note", { id: open.id });
  await close();
}

/** Takes the note off the sheet, and puts the first of the list there. */
async function close() {
  put(null);
  await list.refresh();
  if (open === null && list.first()) await show(list.first().id);
}

/** Another window, or this one, has changed something. */
export async function hear({ change, id, updated }) {
  if (open?.id !== id) return;
  if (change === "attachments") return attachments.show(id);
  if (change === "deleted" && !dirty) return close();
  // What is being typed here is newer than what was saved there, and what is being saved here is known.
  if (change !== "saved" || dirty || saving > 0 || updated === open.updated) return;
  const note = await invoke("read_note", { id });
  if (open?.id === id && !dirty && saving === 0) put(note);
}

/** Something may have changed while nobody listened. */
export async function catchUp() {
  if (open !== null && !dirty && saving === 0) await show(open.id);
}

function put(note) {
  const same = note !== null && note.id === open?.id;
  open = note;
  $("note").hidden = note === null;
  $("empty").hidden = note !== null;
  list.show();
  attachments.show(note?.id);
  if (note === null) return;
  if (!same || title.value !== note.title) title.value = note.title;
  if (!same || body.value !== note.body) {
    const { selectionStart, selectionEnd, scrollTop } = body;
    body.value = note.body;
    if (same) body.setSelectionRange(selectionStart, selectionEnd);
    body.scrollTop = same ? scrollTop : 0;
  }
  document.title = `${note.title || "Untitled"} · Notes`;
  state("");
  showFacts();
}

function showFacts() {
  const when = new Date(open.updated).toLocaleString([], { dateStyle: "long", timeStyle: "short" });
  const words = body.value.match(/\S+/g)?.length ?? 0;
  $("facts").textContent = `${when} · ${count(words, "word")}`;
}

function state(text, wrong = false) {
  $("state").textContent = text;
  $("state").classList.toggle("wrong", wrong);
}

// Saving

function typed() {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(guarded(() => save()), 400);
  state("Editing…");
}

/** Saves until there is nothing left to save. */
async function settle() {
  while (dirty) await save();
}

export async function save(options) {
  if (!dirty) return;
  clearTimeout(timer);
  dirty = false;
  saving += 1;
  const { id } = open;
  try {
    const saved = await invoke("save_note", { id, title: title.value, body: body.value }, options);
    if (open?.id !== id) return;
    open = saved;
    document.title = `${saved.title || "Untitled"} · Notes`;
    state(dirty ? "Editing…" : "Saved");
    showFacts();
  } catch (error) {
    // What is typed stays on the sheet until it is saved, unless there is nothing left to save it to.
    dirty = error.error?.kind !== "not_found" && open?.id === id;
    state("Not saved", true);
    throw error;
  } finally {
    saving -= 1;
  }
}

function confirmed() {
  const dialog = $("confirm");
  dialog.returnValue = "";
  $("doomed").textContent = `“${open.title || "Untitled"}” will be gone for good, with what is attached to it.`;
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "delete"), { once: true });
  });
}

title.readOnly = body.readOnly = isViewer;
title.addEventListener("input", typed);
body.addEventListener("input", typed);
$("hint").textContent = isViewer ? "Choose a note on the left to read it." : "Choose a note on the left, or press n for a new one.";
