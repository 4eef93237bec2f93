// i_target_origin: what a page says goes to the program behind it, and to no other window or frame.
import assert from "node:assert/strict";
import test from "node:test";
import { clean, open, settled, turn } from "./page.mjs";

/** Puts something that tells of every use in the place of each way to another window, for as long as `use` runs. */
async function watched(use) {
  const used = [];
  const told = (name) => () => {
    used.push(name);
  };
  const windows = Object.fromEntries(["window", "parent", "top", "opener", "frames"].map((name) => [name, new Proxy({}, { get: (_, key) => used.push(`${name}.${String(key)}`) })]));
  const ways = { ...windows, open: told("open"), postMessage: told("postMessage"), BroadcastChannel: told("BroadcastChannel"), MessageChannel: told("MessageChannel"), fetch: told("fetch"), WebSocket: told("WebSocket"), ipc: { postMessage: told("ipc.postMessage") }, name: "" };
  const before = new Map(Object.keys(ways).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  for (const [name, value] of Object.entries(ways)) Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  try {
    await use();
    assert.equal(globalThis.name, "");
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) delete globalThis[name];
      else Object.defineProperty(globalThis, name, descriptor);
    }
  }
  assert.deepEqual(used, []);
}

test("i_target_origin: everything goes through what Tauri has given the page", async () => {
  await watched(async () => {
    const { call, invoke, stream, listen, program } = await open();
    const result = call("one", { secret: "mine" });
    program.last.answer({ ok: 1 });
    assert.deepEqual(await settled(result), { ok: 1 });
    const refused = invoke("two");
    program.last.answer({ failed: { code: "denied", id: 1 } });
    await assert.rejects(settled(refused), { code: "denied" });
    const items = stream("many");
    const { channel, answer } = program.last;
    answer({ stream: true });
    await turn();
    channel.send("i1\nz\n");
    channel.drop();
    assert.equal((await settled(items.next())).value, 1);
    assert.equal((await settled(items.next())).done, true);
    const stop = listen("news", () => {});
    const news = program.last;
    news.answer({ ok: null });
    await turn();
    news.channel.send("i1\n");
    stop();
    await turn();
    news.channel.drop();
    assert.deepEqual(program.said.map(({ cmd }) => cmd).filter((cmd) => !["one", "two", "many", "news"].includes(cmd)), []);
    clean(program);
  });
});
