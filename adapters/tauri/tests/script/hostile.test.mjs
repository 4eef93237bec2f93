// i_proto_pollution: what anybody may add to what all objects inherit changes nothing here.
import assert from "node:assert/strict";
import test from "node:test";
import { open, settled, turn } from "./page.mjs";

/** Adds this to what all objects inherit, for as long as `use` runs. */
async function polluted(values, use) {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(Object.prototype, name, { configurable: true, writable: true, value });
  }
  try {
    return await use();
  } finally {
    for (const name of Object.keys(values)) delete Object.prototype[name];
  }
}

test("i_proto_pollution: an answer is what it has itself", async () => {
  const { call, invoke, stream, listen, program } = await open();
  const values = { ok: "forged", error: "forged", failed: { code: "forged" }, stream: true, download: {}, end: true, thrown: 1 };
  await polluted(values, async () => {
    for (const reply of [{ ok: 1 }, { error: 2 }, { failed: { code: "denied" } }]) {
      const result = call("one", {}, { bytes: true });
      program.last.answer(reply);
      const came = await settled(result);
      assert.deepEqual(Object.keys(came), Object.keys(reply));
      assert.deepEqual(Object.values(came), Object.values(reply));
    }
    const value = invoke("one");
    program.last.answer({ ok: 3 });
    assert.equal(await settled(value), 3);
    const items = stream("many");
    const { channel, answer } = program.last;
    answer({ stream: true });
    await turn();
    channel.send("i1\n");
    channel.send("i2\nz\n");
    channel.drop();
    assert.equal((await settled(items.next())).value, 1);
    assert.equal((await settled(items.next())).value, 2);
    assert.equal((await settled(items.next())).done, true);
    const heard = [];
    const stop = listen("news", (item) => heard.push(item), { onFailed: (failed) => heard.push(failed) });
    const news = program.last.channel;
    program.last.answer({ ok: null });
    await turn();
    news.send("i1\n");
    stop();
    await turn();
    assert.deepEqual(heard, [1]);
  });
});

test("i_proto_pollution: options and headers are what the page gave", async () => {
  const { call, program } = await open();
  const values = {
    signal: { aborted: true, reason: "forged" },
    bytes: true,
    revive: true,
    Portcullis: "cancel 1",
    type: "bytes",
    start: () => assert.fail(),
    status: 500,
    length: 9,
  };
  await polluted(values, async () => {
    const result = call("one", { id: 1 });
    assert.equal(program.last.verb, "call");
    program.last.answer({ ok: { $bigint: "1" } });
    assert.deepEqual(await settled(result), { ok: { $bigint: "1" } });
    const download = call("export", {}, { bytes: true });
    const { channel, answer } = program.last;
    answer({ download: { type: "text/plain" } });
    const { ok } = await settled(download);
    assert.equal(ok.status, 200);
    assert.equal(ok.headers.get("Content-Length"), null);
    channel.send(new Uint8Array([97]).buffer);
    channel.send("z\n");
    assert.equal(await settled(ok.text()), "a");
  });
});

test("i_proto_pollution: a name is a name like any other", async () => {
  const { call, program } = await open();
  const args = JSON.parse('{ "__proto__": { "admin": true }, "constructor": 1, "toString": 2 }');
  call("one", args);
  assert.deepEqual(Object.keys(program.last.body), ["__proto__", "constructor", "toString"]);
  const heard = [];
  const listeners = Object.defineProperty({}, "__proto__", { enumerable: true, value: (item) => heard.push(item) });
  const result = call("climb", listeners);
  const { channel, answer } = program.last;
  assert.deepEqual(Object.keys(program.last.body), ["__proto__"]);
  answer({ stream: true });
  await turn();
  channel.send("c__proto__ 1\ncconstructor 2\nctoString 3\no4\n");
  assert.deepEqual(await settled(result), { ok: 4 });
  assert.deepEqual(heard, [1]);
});

test("i_proto_pollution: values that bring a prototype bring it as data", async () => {
  const { stream, program } = await open();
  const items = stream("many");
  const { channel, answer } = program.last;
  answer({ stream: true });
  await turn();
  channel.send('i{"__proto__":{"admin":true}}\nz\n');
  const { value } = await settled(items.next());
  assert.equal(value.admin, undefined);
  assert.deepEqual(Object.keys(value), ["__proto__"]);
});

test("i_proto_pollution: what was put in the place of a global is not asked", async () => {
  const { call, program } = await open();
  const { JSON: json, Promise: promise, Uint8Array: array, Blob: blob, Response: response } = globalThis;
  try {
    for (const name of ["JSON", "Blob", "Response"]) {
      globalThis[name] = new Proxy(class {}, { get: () => assert.fail(name), apply: () => assert.fail(name) });
    }
    const { internals } = program;
    let words;
    internals.invoke = async (_, __, { headers }) => ((words = headers.Portcullis), { ok: 1 });
    assert.deepEqual(await call("one", { a: [1] }), { ok: 1 });
    assert.match(words, /^call [0-9]+$/);
  } finally {
    Object.assign(globalThis, { JSON: json, Promise: promise, Uint8Array: array, Blob: blob, Response: response });
  }
});
