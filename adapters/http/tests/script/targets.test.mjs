// i_target_origin, i_key_nonextractable: nothing of a page goes to another window, and what lets it call does not leave the script.
import assert from "node:assert/strict";
import test from "node:test";
import { Socket, Storage, line, open, until } from "./page.mjs";

const TOKEN = "0123456789abcdef";

/** Puts something that tells of every use in the place of each way to another window, for as long as `use` runs. */
async function watched(use) {
  const used = [];
  const told = (name) => () => {
    used.push(name);
  };
  const windows = Object.fromEntries(["window", "parent", "top", "opener", "frames"].map((name) => [name, new Proxy({}, { get: (_, key) => used.push(`${name}.${String(key)}`) })]));
  const ways = { ...windows, open: told("open"), postMessage: told("postMessage"), BroadcastChannel: told("BroadcastChannel"), MessageChannel: told("MessageChannel"), SharedWorker: told("SharedWorker"), name: "" };
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

/** Everything that a page does with its script, with a reply of each kind. */
async function everything({ call, invoke, stream, listen }) {
  const result = call("one", { secret: "mine" });
  const [socket, id] = await line("c");
  socket.hears(`o${id} 1`);
  assert.deepEqual(await result, { ok: 1 });
  const refused = invoke("two");
  const again = await until(() => socket.said.find((text) => text.includes(" two")));
  socket.hears(`f${again.slice(1).split(" ")[0]} {"code":"denied","id":1}`);
  await assert.rejects(refused, { code: "denied" });
  const items = stream("many");
  const next = items.next();
  const many = await until(() => socket.said.find((text) => text.includes(" many")));
  socket.hears(`s${many.slice(1).split(" ")[0]}\ni1\nz\n`);
  assert.equal((await next).value, 1);
  await items.return();
  const stop = listen("news", () => {});
  const news = await until(() => socket.said.find((text) => text.startsWith("l")));
  socket.hears(`s${news.slice(1).split(" ")[0]}\ni1\n`);
  stop();
  return socket;
}

test("i_target_origin: no window but the page's own is looked at, told or opened", async () => {
  await watched(async () => {
    const page = await open({ hash: `#portcullis=${TOKEN}` });
    const socket = await everything(page);
    assert.equal(socket.address, "ws://main.localhost:7/portcullis", "what is said goes to where the page is from");
    socket.breaks();
  });
});

test("i_key_nonextractable: neither what the script gives a page nor the page's address has the token", async () => {
  const tab = new Storage();
  const page = await open({ hash: `#portcullis=${TOKEN}`, storage: () => tab });
  const { reported, replaced, ...exported } = page;
  const results = [];
  for (const value of Object.values(exported)) assert.equal(typeof value, "function", "there is nothing to read off");
  const socket = await everything(page);
  const failure = await (async () => {
    const lost = page.call("three");
    await until(() => socket.said.find((text) => text.includes(" three")));
    socket.breaks();
    return lost;
  })();
  results.push(failure, new page.CallFailed("x", { code: "denied" }), new page.CommandError("x", {}));
  const everywhere = [
    ...Object.values(exported).map(String),
    ...Object.values(exported).flatMap((value) => Reflect.ownKeys(value).map((key) => JSON.stringify(value[key]) ?? "")),
    ...results.flatMap((result) => [JSON.stringify(result), String(result.stack ?? "")]),
    ...socket.said,
    socket.address,
    ...replaced,
    ...reported.map(String),
    ...Object.getOwnPropertyNames(globalThis).map((name) => (typeof globalThis[name] === "string" ? globalThis[name] : "")),
  ];
  for (const text of everywhere) assert.ok(!text.includes(TOKEN), text.slice(0, 200));
  assert.deepEqual(replaced, ["http://main.localhost:7/"], "the address has lost it before anything else runs");
  assert.equal(tab.getItem("portcullis"), TOKEN, "the browser keeps it for this origin alone");
  assert.equal(Socket.opened.at(-1), socket);
});
