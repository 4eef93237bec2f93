// Importing a folder: which one, how far it is, and how to stop it. The page can go on meanwhile.

import { invoke } from "/portcullis.js";
import { $, count, element, icon } from "/dom.js";
import { guarded } from "/problems.js";

const [dialog, folders, card] = ["import", "folders", "importing"].map($);
const called = (name) => (name === "." ? "everything" : `“${name}”`);

/** Asks which folder. The program says which ones there are; others it does not know. */
export async function choose() {
  const found = await invoke("list_folders", { folder: "." });
  folders.replaceChildren(
    ...found.map(({ name, files }, index) =>
      element(
        "label",
        {},
        element("input", { type: "radio", name: "folder", value: name, checked: index === 0 }),
        icon("folder"),
        element("span", { text: name === "." ? "Everything" : name }),
        element("small", { text: count(files, "file") }),
      )),
  );
  $("no-folders").hidden = found.length > 0;
  $("import-start").disabled = found.length === 0;
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  const folder = folders.querySelector(":checked")?.value;
  if (dialog.returnValue === "import" && folder !== undefined) await run(folder);
}

/** Imports a folder. */
async function run(folder) {
  const controller = new AbortController();
  const started = element("progress", { ariaLabel: "How far the import is" });
  const [told, name] = [element("span", { text: "Looking for files…" }), element("span", { className: "name" })];
  let last = { done: 0, of: 0 };
  put(
    `Importing ${called(folder)}`,
    [started, element("p", {}, told, name)],
    element("button", { className: "quiet", text: "Stop", onclick: () => controller.abort() }),
  );
  const onProgress = (progress) => {
    last = progress;
    Object.assign(started, { max: progress.of, value: progress.done });
    told.textContent = `${progress.done.toLocaleString("en")} of ${progress.of.toLocaleString("en")}`;
    name.textContent = progress.name;
  };
  try {
    const outcome = await invoke("import_notes", { folder, onProgress }, { signal: controller.signal });
    put(outcome.imported > 0 ? `Imported ${count(outcome.imported, "note")}` : "Nothing new", said(outcome), closer());
  } catch (error) {
    if (!controller.signal.aborted) {
      card.hidden = true;
      throw error;
    }
    put("Import stopped", [element("p", { text: `After ${last.done.toLocaleString("en")} of ${last.of.toLocaleString("en")} files. What was imported stays; importing again goes on from there.` })], closer());
  }
}

function said({ known, left_out, named }) {
  const lines = [];
  if (known > 0) lines.push(element("p", { text: `${count(known, "file was", "files were")} imported before.` }));
  if (left_out > 0) {
    lines.push(element("p", { text: `${count(left_out, "file was", "files were")} left out:` }));
    lines.push(element("ul", {}, ...named.map(({ name, why }) => element("li", { text: `${name}: ${why}` }))));
    if (left_out > named.length) lines.push(element("p", { text: `and ${count(left_out - named.length, "more", "more")}` }));
  }
  return lines;
}

function put(heading, content, button) {
  card.replaceChildren(element("header", {}, element("h2", { text: heading }), button), ...content);
  card.hidden = false;
}

function closer() {
  return element("button", { className: "plain", ariaLabel: "Close", onclick: () => (card.hidden = true) }, icon("close"));
}

$("import-open").addEventListener("click", guarded(choose));
