// Answers in parts: channels, streams and downloads, and how far a program may go ahead of its page.
import assert from "node:assert/strict";
import test from "node:test";
import { clean, open, settled, turn } from "./page.mjs";

/** Answers that lines follow, and gives the channel that they come through. */
function follow(program) {
  const { channel, answer } = program.last;
  answer({ stream: true });
  return channel;
}

async function all(items) {
  const values = [];
  for await (const item of items) values.push(item);
  return values;
}

test("what a command sends through a channel is heard, and then its value", async () => {
  const { call, program } = await open();
  const heard = [];
  const result = call("tidy", { ids: [1], progress: (item) => heard.push(item) });
  const { body, verb, words, id } = program.last;
  assert.equal(verb, "open");
  assert.equal(words, 3);
  assert.match(body.progress, /^__CHANNEL__:[0-9]+$/);
  assert.notEqual(body.progress, `__CHANNEL__:${program.last.channel.callback}`);
  const channel = follow(program);
  await turn();
  channel.send('cprogress {"at":1}\ncprogress {"at":2}\n');
  channel.send("cother 1\ncprogress null\n");
  assert.deepEqual(program.all("more").map((more) => [more.cmd, more.id, more.words]), [["tidy", id, 2], ["tidy", id, 2]]);
  channel.send('o"done"\n');
  channel.drop();
  assert.deepEqual(await settled(result), { ok: "done" });
  assert.deepEqual(heard, [{ at: 1 }, { at: 2 }, null]);
  assert.equal(program.count("more"), 2, "nobody waits for what comes after the end");
  clean(program);
});

test("a command that sends nothing answers whole", async () => {
  const { call, program } = await open();
  const result = call("tidy", { progress() {} });
  const progress = program.channel(program.last.body.progress);
  program.last.answer({ ok: 1 });
  assert.deepEqual(await settled(result), { ok: 1 });
  progress.drop();
  clean(program);
});

test("a command that was not run has no channel", async () => {
  const { call, program } = await open();
  const result = call("tidy", { progress() {} });
  program.last.answer({ failed: { code: "denied", id: 1 } });
  assert.equal((await settled(result)).failed.code, "denied");
  clean(program);
});

test("a channel of Tauri's own is heard by its callback, in order, and for as long as the program holds on to it", async () => {
  const { call, program } = await open();
  const heard = [];
  const result = call("subscribe", { on: (item) => heard.push(item) });
  const on = program.channel(program.last.body.on);
  const [first, second] = [on.later("a"), on.later("b")];
  second();
  assert.deepEqual(heard, []);
  first();
  assert.deepEqual(heard, ["a", "b"]);
  program.last.answer({ ok: null });
  await settled(result);
  const third = on.later("c");
  on.drop();
  third();
  assert.deepEqual(heard, ["a", "b", "c"]);
  clean(program);
});

test("messages are put in order, and so is the end behind them", async () => {
  const { stream, program } = await open();
  const items = all(stream("many"));
  const channel = follow(program);
  await turn();
  const parts = ["i1\ni2\n", "i3\n", "i4\n", "z\n"].map((text) => channel.later(text));
  const end = channel.dropLater();
  for (const at of [2, 3, 1]) parts[at]();
  end();
  parts[0]();
  assert.deepEqual(await settled(items), [1, 2, 3, 4]);
  clean(program);
});

test("what comes before the answer that says what it is waits for it", async () => {
  const { stream, program } = await open();
  const items = all(stream("many"));
  const { channel, answer } = program.last;
  channel.send("i1\n");
  channel.send("i2\nz\n");
  channel.drop();
  await turn();
  assert.equal(program.count("more"), 0);
  answer({ stream: true });
  assert.deepEqual(await settled(items), [1, 2]);
  clean(program);
});

test("a stream ends with its value, its error or its failure", async () => {
  const { stream, CommandError, CallFailed, program } = await open();
  for (const [end, result, thrown] of [
    ["z\n", { ok: null }],
    ["o5\n", { ok: 5 }],
    ['e"torn"\n', { error: "torn" }, CommandError],
    ['f{"code":"timeout","id":7}\n', { failed: { code: "timeout", id: 7 } }, CallFailed],
  ]) {
    const items = stream("many", { text: "a" });
    assert.equal(program.last.verb, "open");
    const channel = follow(program);
    await turn();
    channel.send("i1\n");
    channel.send(`i2\n${end}`);
    channel.drop();
    assert.equal((await settled(items.next())).value, 1);
    assert.equal((await settled(items.next())).value, 2);
    if (thrown) await assert.rejects(settled(items.next()), thrown);
    assert.deepEqual(await settled(items.next()), { value: undefined, done: true });
    assert.deepEqual(await settled(items.result), result);
    clean(program);
  }
});

test("a stream that is refused is told as a call is", async () => {
  const { stream, program } = await open();
  for (const [reply, code] of [[{ failed: { code: "denied", id: 1 } }, "denied"], [{ error: "NotFound" }, undefined]]) {
    const items = stream("many");
    program.last.answer(reply);
    await assert.rejects(settled(items.next()), { name: code ? "CallFailed" : "CommandError" });
    assert.deepEqual(await settled(items.result), reply);
  }
  const refused = stream("many");
  program.last.refuse("Command many not allowed by ACL");
  await assert.rejects(settled(refused.next()), { code: "denied" });
  clean(program);
});

test("a stream that the program drops before its end is cut off", async () => {
  const { stream, call, program } = await open();
  const items = stream("many");
  const channel = follow(program);
  await turn();
  channel.send("i1\n");
  channel.drop();
  assert.equal((await settled(items.next())).value, 1);
  await assert.rejects(settled(items.next()), { code: "cut_off" });
  // Before its answer is there.
  const result = call("tidy", { on() {} });
  program.last.channel.drop();
  program.channel(program.last.body.on).drop();
  program.last.answer({ stream: true });
  assert.equal((await settled(result)).failed.code, "cut_off");
  clean(program);
});

test("a message is acknowledged once, when its last item has been taken", async () => {
  const { stream, program } = await open();
  const items = stream("many");
  const channel = follow(program);
  await turn();
  for (let at = 0; at < 8; at += 1) channel.send(`i${at}\ni${at}\n`);
  await turn();
  assert.equal(program.count("more"), 0, "nobody has asked for them");
  await settled(items.next());
  assert.equal(program.count("more"), 0);
  await settled(items.next());
  assert.equal(program.count("more"), 1);
  for (let at = 0; at < 14; at += 1) await settled(items.next());
  assert.equal(program.count("more"), 8);
  channel.send("i9\nz\n");
  channel.drop();
  assert.equal((await settled(items.next())).value, 9);
  assert.equal((await settled(items.next())).done, true);
  assert.equal(program.count("more"), 8);
  assert.equal(program.count("cancel"), 0);
  clean(program);
});

test("whoever asks before there is something is served in turn", async () => {
  const { stream, program } = await open();
  const items = stream("many");
  const asked = [items.next(), items.next(), items.next()];
  const channel = follow(program);
  await turn();
  channel.send("i1\n");
  channel.send("i2\nz\n");
  channel.drop();
  assert.deepEqual((await settled(Promise.all(asked))).map(({ value, done }) => [value, done]), [[1, false], [2, false], [undefined, true]]);
  clean(program);
});

test("a command that answers in parts is no call", async () => {
  const { call, program } = await open();
  // With a channel, it is seen by its items.
  const result = call("many", { on() {} });
  const on = program.channel(program.last.body.on);
  const channel = follow(program);
  await turn();
  channel.send("i1\n");
  const { failed } = await settled(result);
  assert.equal(failed.code, "invalid");
  assert.equal(failed.message, "many answers in parts: follow it with `stream`");
  assert.equal(program.count("cancel"), 1);
  channel.drop();
  on.drop();
  // Without one, by its answer, should the program give it.
  const plain = call("many");
  program.last.answer({ stream: true });
  assert.equal((await settled(plain)).failed.code, "invalid");
  assert.equal(program.count("cancel"), 2);
  // An empty one is like no value.
  const empty = call("many", {}, { bytes: true });
  const nothing = follow(program);
  await turn();
  nothing.send("z\n");
  nothing.drop();
  assert.deepEqual(await settled(empty), { ok: null });
  clean(program);
});

test("lines that are none end their call, and the program is told", async () => {
  const { call, stream, program } = await open();
  for (const line of ["i{\n", "x1\n", "o\n", "fnull\n", "con {\n", "f{}\n"]) {
    const items = stream("many", { on() {} });
    program.channel(program.last.body.on).drop();
    const channel = follow(program);
    await turn();
    const before = program.count("cancel");
    channel.send(line);
    await assert.rejects(settled(items.next()), { code: "invalid" }, line);
    assert.equal(program.count("cancel"), before + 1, line);
    channel.drop();
  }
  const result = call("one", { on() {} });
  program.channel(program.last.body.on).drop();
  const channel = follow(program);
  await turn();
  channel.send({ neither: "text nor bytes" });
  assert.equal((await settled(result)).failed.code, "invalid");
  channel.drop();
  clean(program);
});

test("a listener that throws is reported, and the call goes on", async () => {
  const { call, program, reported } = await open();
  const on = () => {
    throw new Error("mine");
  };
  const result = call("climb", { on, other: on });
  const other = program.channel(program.last.body.other);
  const channel = follow(program);
  await turn();
  channel.send("con 1\ncon 2\n");
  other.send(1);
  other.drop();
  channel.send("o2\n");
  channel.drop();
  assert.deepEqual(await settled(result), { ok: 2 });
  assert.deepEqual(reported.map(({ message }) => message), ["mine", "mine", "mine"]);
  clean(program);
});

test("what comes is revived if that is asked for", async () => {
  const { stream, call, program } = await open();
  const items = all(stream("many", {}, { revive: true }));
  const channel = follow(program);
  await turn();
  channel.send('i{"$bigint":"5"}\nz\n');
  channel.drop();
  assert.deepEqual(await settled(items), [5n]);
  const heard = [];
  const result = call("tidy", { on: (item) => heard.push(item) }, { revive: true });
  const other = follow(program);
  await turn();
  other.send('con {"$bigint":"6"}\no{"$bigint":"7"}\n');
  other.drop();
  assert.deepEqual(await settled(result), { ok: 7n });
  assert.deepEqual(heard, [6n]);
});

/** Calls for a download, and gives the response and the channel of its chunks. */
async function download({ call, program }, head, options) {
  const result = call("export", {}, { bytes: true, ...options });
  const { channel, answer } = program.last;
  answer({ download: head });
  const { ok } = await settled(result);
  assert(ok instanceof Response);
  return [ok, channel];
}

const bytes = (...values) => new Uint8Array(values).buffer;

test("a download is a response with its type and length", async () => {
  const page = await open();
  const [response, channel] = await download(page, { type: "text/plain; charset=utf-8", length: 3 });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("Content-Type"), "text/plain; charset=utf-8");
  assert.equal(response.headers.get("Content-Length"), "3");
  channel.send(bytes(97, 98));
  // Where Tauri cannot do better.
  channel.send([99]);
  channel.send("z\n");
  channel.drop();
  assert.equal(await settled(response.text()), "abc");
  const [bare, other] = await download(page, { type: null, length: null });
  assert.deepEqual([...bare.headers], []);
  other.send("z\n");
  other.drop();
  assert.equal((await settled(bare.arrayBuffer())).byteLength, 0);
  clean(page.program);
});

test("a download may be there before its answer", async () => {
  const { call, program } = await open();
  const result = call("export", {}, { bytes: true });
  const { channel, answer } = program.last;
  const [one, two, end, drop] = [channel.later(bytes(1)), channel.later(bytes(2)), channel.later("z\n"), channel.dropLater()];
  for (const part of [drop, end, two, one]) part();
  await turn();
  answer({ download: { type: null, length: 2 } });
  const { ok } = await settled(result);
  assert.deepEqual([...new Uint8Array(await settled(ok.arrayBuffer()))], [1, 2]);
  clean(program);
});

test("chunks are acknowledged when they are read, and not before", async () => {
  const page = await open();
  const { program } = page;
  const [response, channel] = await download(page, { type: null, length: null });
  for (let at = 0; at < 8; at += 1) channel.send(bytes(at));
  await turn();
  assert.equal(program.count("more"), 0);
  const reader = response.body.getReader();
  assert.deepEqual((await settled(reader.read())).value, new Uint8Array([0]));
  await turn();
  assert.equal(program.count("more"), 1);
  await settled(reader.read());
  await turn();
  assert.equal(program.count("more"), 2);
  await settled(reader.cancel());
  assert.equal(program.count("cancel"), 1);
  channel.drop();
  clean(program);
});

test("a download that fails in its middle is no whole one", async () => {
  const page = await open();
  for (const end of ['f{"code":"internal","id":5}\n', null, "i{\n"]) {
    const [response, channel] = await download(page, { type: null, length: null });
    channel.send(bytes(1));
    if (end !== null) channel.send(end);
    channel.drop();
    const code = end === null ? "cut_off" : end.startsWith("f") ? "internal" : "invalid";
    await assert.rejects(settled(response.arrayBuffer()), { name: "CallFailed", code });
  }
  clean(page.program);
});

test("a download whose head is none is a failure", async () => {
  const { call, program } = await open();
  const result = call("export", {}, { bytes: true });
  const { channel, answer } = program.last;
  answer({ download: { type: "a\nb", length: 1 } });
  assert.equal((await settled(result)).failed.code, "invalid");
  assert.equal(program.count("cancel"), 1);
  channel.drop();
  clean(program);
});

test("a download is refused as any call is", async () => {
  const { call, program } = await open();
  for (const reply of [{ error: "no" }, { failed: { code: "denied" } }]) {
    const result = call("export", {}, { bytes: true });
    program.last.answer(reply);
    assert.deepEqual(await settled(result), reply);
  }
  clean(program);
});

test("a signal goes on until a download has been read", async () => {
  const page = await open();
  const controller = new AbortController();
  const [response, channel] = await download(page, { type: null, length: null }, { signal: controller.signal });
  channel.send(bytes(1));
  const reader = response.body.getReader();
  await settled(reader.read());
  const next = reader.read();
  controller.abort("enough");
  await assert.rejects(settled(next), (reason) => reason === "enough");
  assert.equal(page.program.count("cancel"), 1);
  channel.drop();
  // Read to its end, it is over.
  const late = new AbortController();
  const [whole, other] = await download(page, { type: null, length: null }, { signal: late.signal });
  other.send(bytes(1));
  other.send("z\n");
  other.drop();
  await settled(whole.arrayBuffer());
  late.abort();
  assert.equal(page.program.count("cancel"), 1);
  clean(page.program);
});
