// Events: heard one after the other until somebody has enough.
import assert from "node:assert/strict";
import test from "node:test";
import { clean, open, turn } from "./page.mjs";

test("events are heard, and each message is acknowledged", async () => {
  for (const answer of [{ ok: null }, { stream: true }]) {
    const { listen, program } = await open();
    const heard = [];
    const stop = listen("note_changed", (event) => heard.push(event), { revive: true });
    const { cmd, body, verb, words, channel, id } = program.last;
    assert.equal(cmd, "note_changed");
    assert.deepEqual(body, {});
    assert.equal(verb, "listen");
    assert.equal(words, 3);
    program.last.answer(answer);
    await turn();
    channel.send('i{"id":1}\ni{"$bigint":"2"}\n');
    channel.send("i3\n");
    assert.deepEqual(heard, [{ id: 1 }, 2n, 3]);
    assert.deepEqual(program.all("more").map((more) => more.id), [id, id]);
    stop();
    stop();
    assert.deepEqual(program.all("cancel").map((cancel) => [cancel.cmd, cancel.id]), [["note_changed", id]]);
    channel.send("i4\n");
    channel.drop();
    assert.deepEqual(heard, [{ id: 1 }, 2n, 3]);
    clean(program);
  }
});

test("what was lost is told in its place, and not after the end of listening", async () => {
  const { listen, program } = await open();
  const heard = [];
  const stop = listen("news", (item) => {
    heard.push(item);
    if (item === 3) stop();
  }, { onLost: (count) => heard.push(`lost ${count}`) });
  const { channel, answer } = program.last;
  answer({ ok: null });
  await turn();
  channel.send("i1\ng7\ni2\n");
  assert.deepEqual(heard, [1, "lost 7", 2]);
  channel.send("i3\ni4\ng8\ni5\n");
  assert.deepEqual(heard, [1, "lost 7", 2, 3]);
  assert.equal(program.count("cancel"), 1);
  channel.drop();
  clean(program);
});

test("a listener that throws hears what comes next", async () => {
  const { listen, program, reported } = await open();
  listen("news", () => {
    throw new Error("mine");
  });
  const { channel, answer } = program.last;
  answer({ ok: null });
  await turn();
  channel.send("i1\ni2\n");
  assert.equal(reported.length, 2);
  assert.equal(program.count("more"), 1);
});

test("whoever may not listen is told why, once", async () => {
  const { listen, program } = await open();
  const told = [];
  const onFailed = (failed) => told.push(failed.code);
  listen("news", () => {}, { onFailed });
  program.last.answer({ failed: { code: "denied", id: 1 } });
  listen("news", () => {}, { onFailed });
  program.last.refuse("Command news not allowed by ACL");
  listen("news", () => {}, { onFailed });
  const { channel, answer } = program.last;
  answer({ ok: null });
  await turn();
  channel.send('f{"code":"cancelled","id":2}\n');
  channel.drop();
  listen("news", () => {}, { onFailed });
  program.last.channel.drop();
  program.last.answer({ ok: null });
  await turn();
  assert.deepEqual(told, ["denied", "denied", "cancelled", "cut_off"]);
  assert.equal(program.count("cancel"), 0);
  clean(program);
});

test("whoever has stopped is told nothing", async () => {
  const { listen, program } = await open();
  const told = [];
  const stop = listen("news", () => {}, { onFailed: (failed) => told.push(failed) });
  const { answer } = program.last;
  stop();
  assert.equal(program.count("cancel"), 1);
  answer({ failed: { code: "denied" } });
  await turn();
  assert.deepEqual(told, []);
  clean(program);
});

test("a program that hears of the end before it hears of the listener is told again", async () => {
  const { listen, program } = await open();
  const stop = listen("news", () => {});
  const { channel, answer } = program.last;
  stop();
  answer({ ok: null });
  await turn();
  assert.equal(program.count("cancel"), 2);
  channel.drop();
  clean(program);
});

test("a signal stops it", async () => {
  const { listen, program } = await open();
  const controller = new AbortController();
  const told = [];
  const stop = listen("news", () => {}, { signal: controller.signal, onFailed: (failed) => told.push(failed) });
  const { channel, answer } = program.last;
  answer({ ok: null });
  await turn();
  controller.abort();
  stop();
  channel.drop();
  await turn();
  assert.equal(program.count("cancel"), 1);
  assert.deepEqual(told, []);
  clean(program);
});

test("a page that comes back out of the browser's cache is told that nothing more is to come", async () => {
  const { listen, stream, invoke, program, shown } = await open();
  const failed = [];
  const heard = [];
  listen("news", (item) => heard.push(item), { onFailed: (failure) => failed.push(failure.code) });
  const news = program.last;
  news.answer({ stream: true });
  const items = stream("follow");
  program.last.answer({ stream: true });
  const told = invoke("import", { onProgress() {} });
  program.last.answer({ stream: true });
  const over = stream("short");
  const short = program.last;
  short.answer({ stream: true });
  await turn();
  short.channel.send("z\n");
  short.channel.drop();
  assert.equal((await over.result).ok, null);
  // When it is first shown, all of it goes on.
  shown(false);
  news.channel.send("i1\n");
  assert.deepEqual([heard, failed], [[1], []]);

  shown(true);
  await assert.rejects(items.next(), { code: "cut_off" });
  await assert.rejects(told, { code: "cut_off" });
  await turn();
  assert.deepEqual(failed, ["cut_off"]);
  assert.equal(program.count("cancel"), 0, "the program has ended it already");
  shown(true);
  assert.deepEqual(failed, ["cut_off"]);
  clean(program);
});
