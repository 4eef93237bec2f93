// Both windows run this. What a window may do is decided by the program, not here: the viewer only shows less.

import { invoke, listen } from "/portcullis.js";
import { $, isViewer } from "/dom.js";
import "/importing.js";
import * as list from "/list.js";
import { closePanel, guarded, panel } from "/problems.js";
import * as sheet from "/sheet.js";

const [search, title, body] = ["search", "title", "body"].map($);

// What other windows do, and this one

async function catchUp() {
  await list.refresh();
  await sheet.catchUp();
  closePanel("unreachable");
}

function follow() {
  return listen("note_changed", (change) => {
    list.refreshSoon();
    guarded(() => sheet.hear(change))();
  }, {
    // So much has happened that some of it is lost, or the line broke: what there is now is what counts.
    onLost: guarded(catchUp),
    onFailed({ code, message }) {
      // A page without its token is told so by its first call.
      if (code === "unauthorized") return;
      if (code === "unreachable" || code === "cut_off") followLater();
      else panel("No news any more", message ?? `The program does not tell of changes: ${code}.`);
    },
  });
}

/** The program is gone. Perhaps it comes back. */
function followLater() {
  setTimeout(() => {
    const stop = follow();
    catchUp().catch(() => {
      stop();
      followLater();
    });
  }, 3000);
}

// Keys

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (document.querySelector("dialog[open]")) return;
  const writing = target === title || target === body;
  const command = event.ctrlKey || event.metaKey || event.altKey;
  const free = !writing && target !== search && !command;
  const items = $("list");
  const act = (action) => {
    event.preventDefault();
    guarded(action)();
  };
  if (key === "Escape") {
    closePanel();
    if (target === search && search.value) act(list.clear);
    else items.querySelector("[aria-current]")?.focus();
  } else if ((key === "/" && free) || (key === "k" && (event.ctrlKey || event.metaKey))) {
    act(() => search.select());
  } else if (key === "n" && free && !isViewer) {
    act(sheet.create);
  } else if ((key === "ArrowDown" || key === "ArrowUp") && !writing && !command) {
    act(() => list.step(key === "ArrowDown" ? 1 : -1));
  } else if (key === "Enter" && (target === title || target === search || items.contains(target)) && !command) {
    act(() => body.focus());
  }
});

$("new").addEventListener("click", guarded(sheet.create));
$("delete").addEventListener("click", guarded(sheet.remove));
document.addEventListener("visibilitychange", guarded(() => document.hidden && sheet.save()));
window.addEventListener("pagehide", guarded(() => sheet.save({ keepalive: true })));

// Start

follow();
guarded(async () => {
  const version = await invoke("version");
  $("version").textContent = `notes ${version}`;
  await list.refresh();
  if (list.first()) await sheet.show(list.first().id);
  else $("empty").hidden = false;
})();
