// What is shown in pictures: notes that somebody could have.

import { mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { folder } from "./scratch.mjs";

const DAY = 24 * 60 * 60 * 1000;
/** Notes of several months: how many days old, and the text. */
export const NOTES = {
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

/** A folder with such notes, to be imported. */
export async function filled(notes) {
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

/** Attaches a picture and two documents to the latest note. It is run in the page. */
export async function attach({ invoke }) {
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
}
