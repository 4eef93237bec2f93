// Both windows run this. What a window may do is decided by the program, not here: the reader only shows less.

import { invoke, CallFailed, CommandError } from "/portcullis.js";

const own = document.documentElement.dataset.window;
const $ = (id) => document.getElementById(id);

let about; // what the program says of itself
let clips = []; // what the list shows
let open = null; // the name of the clip on the sheet

// Reading

async function refresh() {
  clips = await invoke("list_clips", { folder: "." });
  showList();
}

async function show(name) {
  const text = await invoke("read_clip", { clip: name });
  open = name;
  $("title").textContent = name;
  $("when").textContent = when(clips.find((clip) => clip.name === name));
  $("text").replaceChildren(...blocks(text));
  $("text").scrollTop = 0;
  showList();
}

// Collecting

async function collect() {
  closePanel();
  const name = $("name").value;
  await invoke("collect_article", { article: $("article").value, clip: name });
  await refresh();
  if (clips.some((clip) => clip.name === name)) await show(name);
}

/** `http://site/articles/tea?today` is saved as `tea.md`. */
function suggestName() {
  const last = $("article").value.split(/[?#]/)[0].split("/").pop();
  $("name").value = last ? `${last}.md` : "";
}

async function rename() {
  closePanel();
  const to = await ask({ question: "Rename", detail: "A name with private/ before it hides the clip from the reader.", yes: "Rename", answer: open });
  if (to === null || to === open) return;
  await invoke("rename_clip", { clip: open, to });
  open = null;
  await refresh();
  await show(to);
}

async function remove() {
  closePanel();
  // Once for this run of the program: it remembers.
  if (!about.deletes) {
    const detail = "Deleting is off. If you agree, this window may delete clips until the program ends.";
    if ((await ask({ question: "Let this window delete clips?", detail, yes: "Let it delete" })) === null) return;
    await invoke("allow_deleting");
    about = await invoke("about");
  }
  await invoke("delete_clip", { clip: open });
  open = null;
  await refresh();
}

/** What the user answers, or null. */
function ask({ question, detail, yes, answer }) {
  $("question").textContent = question;
  $("detail").textContent = detail;
  $("yes").textContent = yes;
  $("answer").hidden = answer === undefined;
  $("answer").value = answer ?? "";
  $("ask").returnValue = "";
  $("ask").showModal();
  return new Promise((done) => {
    const closed = () => done($("ask").returnValue === "yes" ? $("answer").value : null);
    $("ask").addEventListener("close", closed, { once: true });
  });
}

// Traps: what a page would try that has been taken over

async function showTraps() {
  const text = await (await fetch("/traps.json")).text();
  const traps = JSON.parse(text.replaceAll("{port}", new URL(about.site).port))[own];
  $("traps").replaceChildren(...traps.map((trap) => element("button", { className: "trap", text: trap.title, onclick: () => spring(trap) })));
}

async function spring(trap) {
  const call = ["Call", `\`${trap.command} ${JSON.stringify(trap.arguments)}\``];
  try {
    await invoke(trap.command, trap.arguments);
    panel("Let through", "The program has done it. This is not what the example wants to show.", [call]);
  } catch (error) {
    const { heading, text, facts = [] } = explanation(error);
    panel(heading, text, [call, ...facts]);
  }
  await refresh().catch(() => {});
}

// What goes wrong

/** Runs something, and shows what goes wrong with it. */
function guarded(action) {
  return async (...given) => {
    try {
      return await action(...given);
    } catch (error) {
      const { heading, text, facts } = explanation(error);
      panel(heading, text, facts);
    }
  };
}

function explanation(error) {
  if (error instanceof CommandError) return ofTheCommand(error.error);
  if (!(error instanceof CallFailed)) console.error(error);
  const told = error.message !== `${error.command}: ${error.code}`;
  const facts = [["Code", error.code], ["Number", `${error.id}, the same as in the program's log`], ["Reason", told ? error.message : "told in a debug build only"]];
  switch (error.code) {
    case "denied":
      return { heading: "Refused by the program", text: `\`${error.command}\` did not run: nothing that is granted to this window lets it through.`, facts };
    case "invalid":
      return { heading: "Refused by the program", text: `\`${error.command}\` did not run: nobody could be granted this.`, facts };
    case "unauthorized":
      return { heading: "This page needs its link", text: "Open the link that the program printed when it started. It is good for this window only, and for one run of the program." };
    default:
      return { heading: "That did not work", text: error.message };
  }
}

/** The command ran, and failed with its own error: `PathError`, `FetchError` or `NotYours` in Rust. */
function ofTheCommand({ code, message, why, status, limit, seconds }) {
  const words = {
    redirect: "The site leads to another address. That one was decided on as if you had typed it, and was not fetched.",
    too_many_redirects: `The site leads from one address to the next: more than ${limit} are not followed.`,
    status: `The site answers with ${status}.`,
    not_text: "This is no text.",
    too_large: `This is longer than ${limit / 1024} kB.`,
    too_slow: `The site has not answered in ${seconds} seconds.`,
    unreachable: "The site cannot be reached. The program's output says why.",
    not_yours: "No capability lets this window delete, not even if you agree.",
    already_exists: "There is a clip of this name.",
    refused: "The window may use this name, and not what lies behind it. That was decided on when it was opened.",
  };
  const reason = { refused: message, redirect: why }[code];
  const facts = [["Code", code], ...(reason ? [["Reason", reason]] : [])];
  return { heading: reason ? "Refused on the way" : "That did not work", text: words[code] ?? message, facts };
}

function panel(heading, text, facts = []) {
  const rows = facts.flatMap(([name, value]) => [element("dt", { text: name }), element("dd", {}, ...prose(value))]);
  $("panel").replaceChildren(
    element("h2", { text: heading }),
    element("p", {}, ...prose(text)),
    element("dl", {}, ...rows),
    element("button", { className: "close", text: "×", ariaLabel: "Close", onclick: closePanel }),
  );
  $("panel").hidden = false;
}

function closePanel() {
  $("panel").hidden = true;
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

/** As much of Markdown as a clip needs. It comes from elsewhere, so it is put in as text and never as HTML. */
function blocks(text) {
  return text.trim().split(/\n{2,}/).map((block) => {
    if (block === "---") return element("hr");
    if (block.startsWith("# ")) return element("h2", { text: block.slice(2) });
    return element("p", {}, ...prose(block));
  });
}

function showList() {
  $("list").replaceChildren(...clips.map((clip) => {
    const parts = clip.name.split("/");
    const name = parts.pop();
    const item = element(
      "button",
      { className: "item", onclick: guarded(() => (closePanel(), show(clip.name))) },
      element("strong", { text: name }),
      element("span", { text: [...parts, `${clip.bytes} bytes`].join(" · ") }),
    );
    if (clip.name === open) item.setAttribute("aria-current", "true");
    return item;
  }));
  $("clip").hidden = open === null;
  $("empty").hidden = open !== null;
}

function when(clip) {
  return clip?.modified ? new Date(clip.modified).toLocaleString([], { dateStyle: "long", timeStyle: "short" }) : "";
}

// Start

$("collect").addEventListener("submit", (event) => {
  event.preventDefault();
  guarded(collect)();
});
$("article").addEventListener("input", suggestName);
$("rename").addEventListener("click", guarded(rename));
$("delete").addEventListener("click", guarded(remove));
$("no").addEventListener("click", () => $("ask").close());
document.addEventListener("visibilitychange", guarded(async () => document.hidden || (await refresh())));

guarded(async () => {
  about = await invoke("about");
  $("foot").textContent = `clips ${about.version} · articles at ${about.site}`;
  $("articles").replaceChildren(...about.articles.map((path) => element("option", { value: about.site + path })));
  $("article").value = about.site + about.articles[0];
  suggestName();
  await showTraps();
  await refresh();
  // Nothing private comes up unasked.
  const first = clips.find((clip) => !clip.name.includes("/"));
  if (first) await show(first.name);
})();
