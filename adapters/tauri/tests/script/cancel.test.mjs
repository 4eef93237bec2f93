// A call that is given up, at every moment: the page is told at once, the program as soon as it can know, and only then.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import test from "node:test";
import { clean, open, settled, turn } from "./page.mjs";

test("a call that was given up before it was made is not made", async () => {
  const { call, invoke, stream, listen, program } = await open();
  const signal = AbortSignal.abort("enough");
  for (const promise of [call("one", {}, { signal }), invoke("one", {}, { signal }), stream("one", {}, { signal }).next()]) {
    await assert.rejects(settled(promise), (reason) => reason === "enough");
  }
  listen("news", () => {}, { signal })();
  assert.equal(program.said.length, 0);
  clean(program);
});

test("while its bytes are read, it is not sent", async () => {
  const { call, program } = await open();
  const controller = new AbortController();
  const result = call("attach", { file: new Blob(["a"]), on() {} }, { signal: controller.signal });
  controller.abort("enough");
  await assert.rejects(settled(result), (reason) => reason === "enough");
  await turn();
  assert.equal(program.said.length, 0);
  clean(program);
});

test("before its answer, the program is told once, and the answer goes nowhere", async () => {
  const { call, program } = await open();
  for (const [args, options] of [[{}, {}], [{ on() {} }, {}], [{}, { bytes: true }]]) {
    for (const answer of [{ ok: 1 }, { failed: { code: "cancelled" } }, new ArrayBuffer(1)]) {
      const controller = new AbortController();
      const result = call("slow", args, { ...options, signal: controller.signal });
      const { id, body, answer: reply } = program.last;
      const before = program.count("cancel");
      controller.abort("enough");
      controller.abort("again");
      await assert.rejects(settled(result), (reason) => reason === "enough");
      const cancels = program.all("cancel").slice(before);
      assert.deepEqual(cancels.map((cancel) => [cancel.cmd, cancel.id, cancel.words]), [["slow", id, 2]]);
      reply(answer);
      if (body.on) program.channel(body.on).drop();
      await turn();
      assert.equal(program.count("cancel"), before + 1);
    }
  }
  clean(program);
});

test("if the call was refused meanwhile, nothing is left of it", async () => {
  const { call, program } = await open();
  const controller = new AbortController();
  const result = call("slow", { on() {} }, { signal: controller.signal });
  const { refuse } = program.last;
  controller.abort(null);
  await assert.rejects(settled(result), (reason) => reason === null);
  refuse("Command slow not found");
  await turn();
  clean(program);
});

test("a program that hears of it before it hears of the call is told again", async () => {
  const { stream, call, program } = await open();
  for (const head of [{ stream: true }, { download: { type: null, length: null } }]) {
    const controller = new AbortController();
    const { signal } = controller;
    const result = head.stream ? stream("many", {}, { signal }).next() : call("many", {}, { bytes: true, signal });
    const { channel, answer, id } = program.last;
    const before = program.count("cancel");
    controller.abort();
    await assert.rejects(settled(result), { name: "AbortError" });
    channel.send("i1\n");
    answer(head);
    await turn();
    assert.deepEqual(program.all("cancel").slice(before).map((cancel) => cancel.id), [id, id]);
    channel.drop();
  }
  assert.equal(program.count("more"), 0);
  clean(program);
});

test("between two messages, what comes after is not heard, and not acknowledged", async () => {
  const { call, program } = await open();
  const controller = new AbortController();
  const heard = [];
  const result = call("climb", { on: (item) => heard.push(item) }, { signal: controller.signal });
  const { channel, answer } = program.last;
  answer({ stream: true });
  await turn();
  channel.send("con 1\n");
  controller.abort("enough");
  await assert.rejects(settled(result), (reason) => reason === "enough");
  channel.send("con 2\n");
  channel.send("o1\n");
  channel.drop();
  assert.deepEqual(heard, [1]);
  assert.equal(program.count("more"), 1);
  assert.equal(program.count("cancel"), 1);
  clean(program);
});

test("a listener that gives its call up hears no more of it", async () => {
  const { call, program } = await open();
  for (const own of [false, true]) {
    const controller = new AbortController();
    const heard = [];
    const on = (item) => {
      heard.push(item);
      controller.abort("enough");
    };
    const before = program.count("cancel");
    const result = call("climb", { on }, { signal: controller.signal });
    const { channel, answer, body } = program.last;
    answer({ stream: true });
    await turn();
    const tauris = program.channel(body.on);
    if (own) {
      tauris.send(1);
      tauris.send(2);
      tauris.drop();
    } else {
      channel.send("con 1\ncon 2\no2\n");
    }
    channel.drop();
    await assert.rejects(settled(result), (reason) => reason === "enough");
    assert.deepEqual(heard, [1]);
    assert.equal(program.count("cancel"), before + 1);
  }
  clean(program);
});

test("after the end there is nothing to give up", async () => {
  const { call, stream, program } = await open();
  const controller = new AbortController();
  const { signal } = controller;
  const whole = call("one", {}, { signal });
  program.last.answer({ ok: 1 });
  await settled(whole);
  const items = stream("many", {}, { signal });
  const { channel, answer } = program.last;
  answer({ stream: true });
  await turn();
  channel.send("i1\nz\n");
  channel.drop();
  await settled(items.result);
  assert.deepEqual(getEventListeners(signal, "abort"), [], "a signal that lives on holds nothing");
  controller.abort();
  // What has come is there to be read, and to be left.
  assert.equal((await settled(items.next())).value, 1);
  await items.return();
  assert.equal(program.count("cancel"), 0);
  assert.equal(program.count("more"), 0);
  clean(program);
});

test("a loop that is left tells the program, once", async () => {
  const { stream, program } = await open();
  const items = stream("many");
  const { channel, answer } = program.last;
  answer({ stream: true });
  await turn();
  channel.send("i1\ni2\n");
  for await (const item of items) {
    assert.equal(item, 1);
    break;
  }
  await items.return();
  assert.equal(program.count("cancel"), 1);
  assert.deepEqual(await settled(items.next()), { value: undefined, done: true });
  assert.equal((await settled(items.result)).failed.code, "cancelled");
  channel.send("i3\n");
  channel.drop();
  assert.equal(program.count("more"), 0);
  clean(program);
});

test("a stream that is left before its answer gives those who ask an end", async () => {
  const { stream, program } = await open();
  const items = stream("many");
  const { answer } = program.last;
  const next = items.next();
  await items.return("a");
  assert.deepEqual(await settled(next), { value: undefined, done: true });
  answer({ failed: { code: "cancelled" } });
  await turn();
  assert.equal(program.count("cancel"), 1);
  clean(program);
});

test("a stream whose signal is aborted throws the reason, once", async () => {
  const { stream, program } = await open();
  const controller = new AbortController();
  const items = stream("many", {}, { signal: controller.signal });
  const { channel, answer } = program.last;
  answer({ stream: true });
  const next = items.next();
  await turn();
  controller.abort(null);
  await assert.rejects(settled(next), (reason) => reason === null);
  assert.deepEqual(await settled(items.next()), { value: undefined, done: true });
  await assert.rejects(settled(items.result), (reason) => reason === null);
  channel.drop();
  clean(program);
});

test("a stream that is left throws nothing afterwards", async () => {
  const { stream, program } = await open();
  const items = stream("many");
  program.last.answer({ error: "torn" });
  assert.deepEqual(await settled(items.result), { error: "torn" });
  await items.return();
  assert.deepEqual(await settled(items.next()), { value: undefined, done: true });
  clean(program);
});

test("a program that cannot be told is no exception", async () => {
  const { stream, program } = await open();
  const items = stream("many");
  program.last.answer({ stream: true });
  await turn();
  program.internals.invoke = () => {
    throw new Error("gone");
  };
  await settled(items.return());
  program.internals.invoke = () => Promise.reject("gone");
  await settled(items.return());
});
