// One call and its answer: what is sent, what comes of it, and that nothing of it stays.
import assert from "node:assert/strict";
import test from "node:test";
import { clean, open, settled, turn } from "./page.mjs";

/** The JSON and the bytes of a payload that is raw. */
function apart(body) {
  const length = new DataView(body.buffer).getUint32(0);
  return [JSON.parse(new TextDecoder().decode(body.subarray(4, 4 + length))), [...body.subarray(4 + length)]];
}

test("a call says who it is and carries its arguments as JSON", async () => {
  const { call, program } = await open();
  const result = call("notes:read_note", { id: 7, folder: undefined, when: new Date(0), tags: ["a", null] });
  const { cmd, body, verb, id, words } = program.last;
  assert.equal(cmd, "notes:read_note");
  assert.deepEqual(body, { id: 7, when: "1970-01-01T00:00:00.000Z", tags: ["a", null] });
  assert.equal(verb, "call");
  assert.match(id, /^[1-9][0-9]*$/);
  assert.equal(words, 2);
  program.last.answer({ ok: { title: "a" } });
  assert.deepEqual(await settled(result), { ok: { title: "a" } });
  clean(program);
});

test("a command without arguments is sent none", async () => {
  const { call, program } = await open();
  call("version");
  call("version", null);
  call("version", undefined, {});
  for (const { body } of program.said) assert.deepEqual(body, {});
});

test("values, errors and failures are what they are", async () => {
  const { call, program } = await open();
  const replies = [
    { ok: null },
    { ok: false },
    { ok: [{ ok: 1 }] },
    { error: "NotFound" },
    { error: null },
    { error: { Locked: { by: "a" } } },
    { failed: { code: "denied", id: 7 } },
    { failed: { code: "invalid", id: 8, message: "what is wrong" } },
  ];
  for (const reply of replies) {
    const result = call("one");
    program.last.answer(reply);
    assert.deepEqual(await settled(result), reply);
  }
  clean(program);
});

test("invoke gives the value, and throws what the other two are", async () => {
  const { invoke, CommandError, CallFailed, program } = await open();
  const value = invoke("one", { a: 1 });
  program.last.answer({ ok: 5 });
  assert.equal(await settled(value), 5);
  const error = invoke("one");
  program.last.answer({ error: { Locked: { by: "a" } } });
  await assert.rejects(settled(error), (thrown) => {
    assert(thrown instanceof CommandError && thrown instanceof Error);
    assert.deepEqual(thrown.error, { Locked: { by: "a" } });
    assert.equal(thrown.message, 'one: {"Locked":{"by":"a"}}');
    return thrown.command === "one" && thrown.name === "CommandError";
  });
  const failed = invoke("one");
  program.last.answer({ failed: { code: "timeout", id: 9 } });
  await assert.rejects(settled(failed), (thrown) => {
    assert(thrown instanceof CallFailed);
    assert.equal(thrown.message, "one: timeout");
    return thrown.code === "timeout" && thrown.id === 9 && thrown.name === "CallFailed";
  });
  clean(program);
});

test("what Tauri itself refuses is denied, and what else it says is that nobody is there", async () => {
  const { call, program } = await open();
  const said = [
    ["one not allowed. Command not found", "denied"],
    ["Command one not allowed by ACL", "denied"],
    ["Command one not found", "denied"],
    ["failed to acquire webview reference", "unreachable"],
    [{ kind: "io" }, "unreachable"],
    [undefined, "unreachable"],
  ];
  for (const [reason, code] of said) {
    for (const options of [{}, { bytes: true }]) {
      const result = call("one", { on() {} }, options);
      program.last.refuse(reason);
      const { failed } = await settled(result);
      assert.equal(failed.code, code);
      if (typeof reason === "string") assert.equal(failed.message, reason);
    }
  }
  clean(program);
});

test("a page that is in no window of Tauri is told so, and nothing waits", async () => {
  const { call, invoke, stream, listen } = await open(null);
  const calls = [call("one"), call("one", { on() {} }), call("one", { file: new Uint8Array(1) }), call("one", {}, { bytes: true })];
  for (const result of calls) assert.equal((await settled(result)).failed.code, "unreachable");
  await assert.rejects(settled(invoke("one")), { name: "CallFailed", code: "unreachable" });
  const items = stream("many");
  await assert.rejects(settled(items.next()), { code: "unreachable" });
  assert.equal((await settled(items.result)).failed.code, "unreachable");
  const told = await settled(new Promise((onFailed) => listen("news", () => {}, { onFailed })));
  assert.equal(told.code, "unreachable");
});

test("a window that breaks is no exception", async () => {
  const { call, program } = await open();
  program.internals.invoke = () => {
    throw new Error("broken");
  };
  assert.equal((await settled(call("one"))).failed.code, "unreachable");
  assert.equal((await settled(call("one", {}, { bytes: true }))).failed.code, "unreachable");
  clean(program);
});

test("bytes go behind the JSON, in the order of its keys, and their values there are their lengths", async () => {
  const { call, program } = await open();
  const view = new Uint8Array([9, 1, 2, 9]).subarray(1, 3);
  const result = call("attach", {
    id: 1,
    view,
    blob: new Blob([new Uint8Array([3]), "A"]),
    none: new ArrayBuffer(0),
    data: new DataView(new Uint8Array([0, 4, 5]).buffer, 1),
    title: "a",
    wide: new Uint16Array([0x0606]),
  });
  await turn();
  assert.deepEqual(apart(program.last.body), [
    { id: 1, view: 2, blob: 2, none: 0, data: 2, title: "a", wide: 2 },
    [1, 2, 3, 65, 4, 5, 6, 6],
  ]);
  assert.deepEqual(Object.keys(apart(program.last.body)[0]), ["id", "view", "blob", "none", "data", "title", "wide"]);
  assert.equal(program.last.verb, "call");
  program.last.answer({ ok: null });
  assert.deepEqual(await settled(result), { ok: null });
  clean(program);
});

test("bytes are as they were when the call was made", async () => {
  const { call, program } = await open();
  const file = new Uint8Array([1, 2]);
  call("attach", { file });
  file[0] = 7;
  await turn();
  assert.deepEqual(apart(program.last.body)[1], [1, 2]);
});

test("bytes that cannot be read are sent nowhere", async () => {
  const { call, program } = await open();
  class Gone extends Blob {}
  const file = new Gone(["a"]);
  const { arrayBuffer } = Blob.prototype;
  Blob.prototype.arrayBuffer = () => Promise.reject(new Error("the file is another"));
  try {
    const { failed } = await settled(call("attach", { file, on() {} }));
    assert.equal(failed.code, "invalid");
    assert.equal(failed.message, "attach: the file is another");
  } finally {
    Blob.prototype.arrayBuffer = arrayBuffer;
  }
  assert.equal(program.said.length, 0);
  clean(program);
});

test("functions go with bytes, and are no bytes", async () => {
  const { call, program } = await open();
  const result = call("attach", { on() {}, file: new Uint8Array([1]) });
  await turn();
  const [json, bytes] = apart(program.last.body);
  assert.deepEqual(bytes, [1]);
  assert.match(json.on, /^__CHANNEL__:[0-9]+$/);
  assert.equal(json.file, 1);
  assert.equal(program.last.verb, "open");
  program.last.refuse("gone");
  await settled(result);
  clean(program);
});

test("bytes come as a buffer, as a view or as numbers", async () => {
  const { call, program } = await open();
  for (const answer of [new Uint8Array([1, 255]).buffer, new Uint8Array([1, 255]), [1, 255]]) {
    for (const options of [{}, { bytes: true }, { bytes: true, revive: true }]) {
      const result = call("picture", {}, options);
      assert.equal(program.last.verb, options.bytes ? "open" : "call");
      program.last.answer(answer);
      const { ok } = await settled(result);
      assert(ok instanceof Uint8Array);
      assert.deepEqual([...ok], [1, 255]);
    }
  }
  for (const nothing of [new ArrayBuffer(0), []]) {
    const result = call("picture", {}, { bytes: true });
    program.last.answer(nothing);
    assert.deepEqual(await settled(result), { ok: new Uint8Array(0) });
  }
  clean(program);
});

test("a large integer goes as text, and comes back as what it is if that is asked for", async () => {
  const { call, program } = await open();
  const result = call("delete", { ids: [2n ** 63n, -1n], one: 5n }, { revive: true });
  assert.deepEqual(program.last.body, { ids: ["9223372036854775808", "-1"], one: "5" });
  program.last.answer({ ok: { size: { $bigint: "18446744073709551615" }, not: { $bigint: "x" }, nor: { $bigint: "1", a: 1 } } });
  assert.deepEqual(await settled(result), { ok: { size: 18446744073709551615n, not: { $bigint: "x" }, nor: { $bigint: "1", a: 1 } } });
  const error = call("delete", {}, { revive: true });
  program.last.answer({ error: [{ $bigint: "-3" }] });
  assert.deepEqual(await settled(error), { error: [-3n] });
  const plain = call("delete");
  program.last.answer({ ok: { $bigint: "1" } });
  assert.deepEqual(await settled(plain), { ok: { $bigint: "1" } });
});

test("arguments that are no JSON are sent nowhere", async () => {
  const { call, stream, program } = await open();
  const circle = {};
  circle.circle = circle;
  const thrower = {
    get id() {
      throw new Error("mine");
    },
  };
  for (const args of [{ on() {}, circle }, thrower]) {
    const { failed } = await settled(call("one", args));
    assert.equal(failed.code, "invalid");
    assert.match(failed.message, /^one: /);
    await assert.rejects(settled(stream("many", args).next()), { code: "invalid" });
  }
  assert.equal(program.said.length, 0);
  clean(program);
});

test("an answer that is none ends its call", async () => {
  const { call, program } = await open();
  for (const answer of [null, 5, "text", {}, { failed: null }, { failed: {} }, { failed: { code: 7 } }]) {
    for (const options of [{}, { bytes: true }]) {
      const result = call("one", {}, options);
      program.last.answer(answer);
      const { failed } = await settled(result);
      assert.equal(failed.code, "invalid", JSON.stringify(answer));
      assert.equal(failed.message, "one: the answer cannot be read");
    }
  }
  assert.equal(program.count("cancel"), 0);
  clean(program);
});

test("each call has a number of its own, also beside another module in the page", async () => {
  // Two that begin close to each other, which is not likely.
  const { getRandomValues } = crypto;
  let next = 7;
  crypto.getRandomValues = (numbers) => numbers.fill((next += 1));
  const { call, program } = await open();
  const other = await open(program);
  crypto.getRandomValues = getRandomValues;
  for (let at = 0; at < 100; at += 1) {
    call("one");
    other.call("one");
  }
  const ids = program.said.map(({ id }) => id);
  assert.equal(new Set(ids).size, 200);
  for (const id of ids) assert(Number.isSafeInteger(+id) && /^[0-9]+$/.test(id));
});

test("keepalive means nothing", async () => {
  const { call, program } = await open();
  const result = call("one", {}, { keepalive: true });
  program.last.answer({ ok: 1 });
  assert.deepEqual(await settled(result), { ok: 1 });
});
