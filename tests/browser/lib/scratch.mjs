// What a test leaves behind, and what is done about it: once, at the end of its file, also if it has failed.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const undone = [];
after(async () => {
  while (undone.length > 0) await undone.pop()();
});

/** Does this at the end. What was asked for last is done first. */
export function atTheEnd(action) {
  undone.push(action);
}

/** A folder of its own, until the end. */
export async function folder(name) {
  const made = await mkdtemp(join(process.env.SCRATCH ?? tmpdir(), `${name}-`));
  atTheEnd(() => rm(made, { recursive: true, force: true }));
  return made;
}
