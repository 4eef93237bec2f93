// Both windows run this. What a window may do is decided by the program, not here: the viewer only shows less.

import { invoke, CallFailed, CommandError } from "/portcullis.js";

const isViewer = document.documentElement.dataset.window === "viewer";
const $ = (id) => document.getElementById(id);
const [search, list, title, body] = ["search", "list", "title", "body"].map($);

let notes = []; // what the list shows
let open = null; // the note on the sheet, as the program has it
let asked = null; // the id of the note that is to be on the sheet
let dirty = false; // whether something is typed that is not saved
let timer; // until it is saved

// Reading

async function refresh() {
  const text = search.value.trim();
  notes = await (text ? invoke("search_notes", { text }) : invoke("list_notes"));
  if (text === search.value.trim()) showList();
}

async function show(id) {
  await save();
  asked = id;
  const note = await invoke("read_note", { id });
  if (asked !== id) return;
  open = note;
  showNote();
  showList();
}

/** Another window may have changed something. */
async function catchUp() {
  if (document.hidden || dirty) return;
  const before = open;
  await refresh();
  if (before === null || before !== open || dirty) return;
  const now = notes.find((note) => note.id === before.id);
  if (now && now.updated !== before.updated) await show(before.id);
}

// Writing

async function create() {
  await save();
  search.value = "";
  open = await invoke("create_note", { title: "", body: "" });
  asked = open.id;
  await refresh();
  showNote();
  title.focus();
}

function typed() {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(guarded(() => save()), 500);
  state("Editing…");
}

async function save(options) {
  if (!dirty) return;
  clearTimeout(timer);
  dirty = false;
  const { id } = open;
  try {
    const saved = await invoke("save_note", { id, title: title.value, body: body.value }, options);
    if (open?.id === id) {
      open = saved;
      state(dirty ? "Editing…" : "Saved");
      showWhen();
    }
  } catch (error) {
    // What is typed stays on the sheet until it is saved, unless there is nothing left to save it to.
    dirty = error.error?.kind !== "not_found";
    state("Not saved", true);
    throw error;
  }
  await refresh();
}

async function remove() {
  // The viewer may not, and asks all the same: to show that the page is not what decides.
  if (!isViewer && !(await confirmed())) return;
  clearTimeout(timer);
  dirty = false;
  await invoke("delete_note", { id: open.id });
  open = null;
  await refresh();
  if (notes.length > 0) await show(notes[0].id);
  else showNote();
}

function confirmed() {
  const dialog = $("confirm");
  dialog.returnValue = "";
  $("doomed").textContent = `“${open.title || "Untitled"}” will be gone for good.`;
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "delete"), { once: true });
  });
}

// Showing

function element(tag, { text = "", ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(text, ...children);
  return made;
}

/** Text, with what stands between backticks as code. */
function prose(text) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", { text: part }) : part));
}

function showList() {
  const shown = JSON.stringify([notes, open?.id, search.value]);
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  const focused = document.activeElement?.dataset?.id;
  list.replaceChildren(...notes.map((note) => {
    const item = element(
      "button",
      { className: "item", onclick: guarded(() => (closePanel(), show(note.id))) },
      element("strong", { text: note.title || "Untitled" }),
      element("time", { text: day(note.updated) }),
      element("span", { text: note.preview.trim() || "Nothing written yet" }),
    );
    item.dataset.id = note.id;
    if (note.id === open?.id) item.setAttribute("aria-current", "true");
    return item;
  }));
  if (focused) list.querySelector(`[data-id="${focused}"]`)?.focus();
  const text = search.value.trim();
  $("none").hidden = notes.length > 0;
  $("none").textContent = text ? `Nothing found for “${text}”.` : "No notes yet.";
  showEmpty();
}

function showNote() {
  $("note").hidden = open === null;
  showEmpty();
  if (open === null) return;
  title.value = open.title;
  body.value = open.body;
  body.scrollTop = 0;
  document.title = `${open.title || "Untitled"} · Notes`;
  state("");
  showWhen();
}

function showEmpty() {
  $("empty").hidden = open !== null;
  $("hint").textContent = isViewer ? "Choose a note on the left to read it." : "Choose a note on the left, or press n for a new one.";
}

function showWhen() {
  $("when").textContent = new Date(open.updated).toLocaleString([], { dateStyle: "long", timeStyle: "short" });
}

function day(updated) {
  const date = new Date(updated);
  const today = date.toDateString() === new Date().toDateString();
  return today ? date.toLocaleTimeString([], { timeStyle: "short" }) : date.toLocaleDateString([], { month: "short", day: "numeric" });
}

function state(text, wrong = false) {
  $("state").textContent = text;
  $("state").classList.toggle("wrong", wrong);
}

// What goes wrong

/** Runs something, and shows what goes wrong with it. */
function guarded(action) {
  return async (...given) => {
    try {
      return await action(...given);
    } catch (error) {
      explain(error);
    }
  };
}

function explain(error) {
  if (error instanceof CommandError) {
    // The command's own error: what `NoteError` says in Rust.
    const { kind, limit } = error.error;
    const words = {
      not_found: "This note is gone: another window has deleted it.",
      too_long: `A note has room for ${Math.round(limit / 1024)} kB, and this one is longer. It is not saved.`,
      storage: "The file with the notes could not be used. The program's output says why.",
    };
    panel("That did not work", words[kind] ?? kind);
  } else if (error instanceof CallFailed && error.code === "denied") {
    panel(
      "Refused by the program",
      `This window asked for \`${error.command}\`, and holds no permission for it. So the command did not run, whatever the page says or does.`,
      [
        ["Code", error.code],
        ["Number", `${error.id}, the same as in the program's log`],
        ["Reason", error.message === `${error.command}: ${error.code}` ? "told in a debug build only" : error.message],
      ],
    );
  } else if (error instanceof CallFailed && error.code === "unauthorized") {
    panel(
      "This page needs its link",
      "Open the link that the program printed when it started. It is good for this window only, and for one run of the program.",
    );
  } else {
    panel("That did not work", error.message);
    if (!(error instanceof CallFailed)) console.error(error);
  }
}

function panel(heading, text, facts = []) {
  const rows = facts.flatMap(([name, value]) => [element("dt", { text: name }), element("dd", {}, ...prose(value))]);
  $("panel").replaceChildren(
    element("h2", {}, shield(), heading),
    element("p", {}, ...prose(text)),
    ...(rows.length > 0 ? [element("dl", {}, ...rows)] : []),
    element("button", { className: "close", text: "×", ariaLabel: "Close", onclick: closePanel }),
  );
  $("panel").hidden = false;
}

function shield() {
  return $("shield").content.cloneNode(true);
}

function closePanel() {
  $("panel").hidden = true;
}

// Keys

function step(by) {
  const items = [...list.children];
  const at = items.findIndex((item) => item === document.activeElement || (item.ariaCurrent && !list.contains(document.activeElement)));
  const next = items[Math.min(Math.max(at + by, 0), items.length - 1)];
  next?.focus();
  next?.click();
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const writing = target === title || target === body;
  const command = event.ctrlKey || event.metaKey || event.altKey;
  if ($("confirm").open) return;
  if (key === "Escape") {
    closePanel();
    if (target === search && search.value) {
      search.value = "";
      guarded(refresh)();
    } else {
      list.querySelector("[aria-current]")?.focus();
    }
  } else if ((key === "/" && !writing && target !== search && !command) || (key === "k" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    search.select();
  } else if (key === "n" && !writing && target !== search && !command && !isViewer) {
    event.preventDefault();
    guarded(create)();
  } else if ((key === "ArrowDown" || key === "ArrowUp") && !writing && !command) {
    event.preventDefault();
    step(key === "ArrowDown" ? 1 : -1);
  } else if (key === "Enter" && (target === title || target === search || list.contains(target)) && !command) {
    event.preventDefault();
    body.focus();
  }
});

// Start

title.readOnly = body.readOnly = isViewer;
title.addEventListener("input", typed);
body.addEventListener("input", typed);
search.addEventListener("input", guarded(refresh));
$("new").addEventListener("click", guarded(create));
$("delete").addEventListener("click", guarded(remove));
document.addEventListener("visibilitychange", guarded(() => (document.hidden ? save() : catchUp())));
window.addEventListener("pagehide", guarded(() => save({ keepalive: true })));
setInterval(() => catchUp().catch(() => {}), 2000);

guarded(async () => {
  const version = await invoke("version");
  $("foot").textContent = `notes ${version} · kept on this machine`;
  await refresh();
  if (notes.length > 0) await show(notes[0].id);
})();
