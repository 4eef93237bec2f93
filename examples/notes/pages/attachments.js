// What is attached to the note on the sheet. Bytes go to the program and come from it as they are.

import { invoke } from "/portcullis.js";
import { $, count, element, icon, isViewer, size } from "/dom.js";
import { guarded } from "/problems.js";
import { openId } from "/sheet.js";

const strip = $("attachments");
/** Of these a small picture is shown, if they are not too large for that. */
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
const LARGEST_PICTURE = 8e6;

/** What is on its way to the program, by note. */
const sending = new Map();
/** Addresses of the pictures that are shown, by attachment. */
const pictures = new Map();
let attached = [];
let of = null;

export async function show(note) {
  if (note !== of) {
    of = note;
    attached = [];
    for (const address of pictures.values()) URL.revokeObjectURL(address);
    pictures.clear();
    draw();
  }
  if (note === undefined) return;
  const list = await guarded(() => invoke("list_attachments", { note }))();
  if (note !== of || list === undefined) return;
  attached = list;
  draw();
}

function draw() {
  const cards = attached.map(card);
  for (const { file, stop } of sending.get(of) ?? []) {
    const facts = element("span", { className: "about" }, element("strong", { text: file.name }), element("span", { text: `Adding ${size(file.size)}…` }));
    const give = element("button", { className: "drop", title: "Do not attach it", ariaLabel: `Do not attach ${file.name}`, onclick: stop }, icon("close"));
    cards.push(element("li", { className: "card sending" }, element("span", { className: "spin" }), facts, give));
  }
  strip.replaceChildren(...cards);
  strip.hidden = cards.length === 0;
}

function card(attachment) {
  const { id, name, kind, bytes } = attachment;
  const face = element("span", { className: "face" }, icon(kind.startsWith("image/") ? "picture" : "file"));
  const about = element("span", { className: "about" }, element("strong", { text: name }), element("span", { text: size(bytes) }));
  const get = element("button", { className: "get", title: `Download ${name}`, onclick: guarded(() => download(attachment)) }, face, about);
  const drop = element(
    "button",
    { className: "drop only-editor", title: "Remove", ariaLabel: `Remove ${name}`, onclick: guarded(() => invoke("remove_attachment", { id })) },
    icon("close"),
  );
  if (PICTURES.includes(kind) && bytes <= LARGEST_PICTURE) guarded(() => showPicture(attachment, face))();
  return element("li", { className: "card" }, get, drop);
}

async function showPicture({ id, kind }, face) {
  if (!pictures.has(id)) {
    pictures.set(id, "");
    const blob = await read(id);
    pictures.set(id, URL.createObjectURL(new Blob([blob], { type: kind })));
    return draw();
  }
  const address = pictures.get(id);
  if (address) face.replaceChildren(element("img", { src: address, alt: "" }));
}

/** The reply is a `Response`, to be read as any other. */
async function read(id) {
  const response = await invoke("read_attachment", { id }, { bytes: true });
  return response.blob();
}

async function download({ id, name }) {
  const address = URL.createObjectURL(await read(id));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Attaches files to the note on the sheet, all at once. */
export function add(files) {
  const note = openId();
  if (isViewer || note === undefined) return;
  for (const file of files) guarded(() => send(note, file))();
}

async function send(note, file) {
  const controller = new AbortController();
  const entry = { file, stop: () => controller.abort() };
  sending.set(note, [...(sending.get(note) ?? []), entry]);
  draw();
  try {
    await invoke("add_attachment", { note, name: file.name, kind: file.type, content: file }, { signal: controller.signal });
  } finally {
    sending.set(note, sending.get(note).filter((other) => other !== entry));
    if (note === of) await show(note);
  }
}

// Ways in: a button, dropping, pasting

$("attach").addEventListener("click", () => $("files").click());
$("files").addEventListener("change", () => {
  add([...$("files").files]);
  $("files").value = "";
});

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
let over = 0;
const drag = (change) => (event) => {
  if (!carriesFiles(event)) return;
  over = change === 0 ? 0 : over + change;
  $("drop").hidden = isViewer || openId() === undefined || over <= 0;
};
document.addEventListener("dragenter", drag(1));
document.addEventListener("dragleave", drag(-1));
document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  // Otherwise the browser goes to the file, and away from the note.
  event.preventDefault();
  drag(0)(event);
  add([...event.dataTransfer.files]);
});
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  const now = new Date().toLocaleString("sv").replaceAll(":", ".");
  // What is pasted is called the same each time.
  add(files.map((file) => (file.name === "image.png" ? new File([file], `Pasted ${now}.png`, { type: file.type }) : file)));
});
