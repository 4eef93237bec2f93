// What `/portcullis.js` does where things go wrong: nothing waits for ever, and nobody hears what they have given up.
import assert from "node:assert/strict";
import test from "node:test";
import { Storage, line, open, until } from "./page.mjs";

const settled = (promise) => Promise.race([promise, new Promise((_, late) => setTimeout(late, 2000, new Error("it waits for ever")))]);

test("an answer that cannot be read ends its call", async () => {
  const { call, stream } = await open();
  for (const answer of ["o{", "e", "fnull", "f{]"]) {
    const result = call("one");
    const [socket] = await line("c");
    const id = socket.said.at(-1).slice(1).split(" ")[0];
    socket.hears(`${answer[0]}${id} ${answer.slice(1)}`);
    assert.equal((await settled(result)).failed.code, "invalid", answer);
  }
  const items = stream("many");
  const next = items.next();
  const [socket] = await line("c");
  await until(() => socket.said.at(-1).includes(" many"));
  const id = socket.said.at(-1).slice(1).split(" ")[0];
  socket.hears(`s${id}\ni{\n`);
  await assert.rejects(settled(next), { code: "invalid" });
  assert.equal(socket.said.at(-1), `x${id}`, "the program is told");
});

test("a line that breaks before the bytes of an answer cuts it off", async () => {
  const { call } = await open();
  const result = call("picture");
  const [socket, id] = await line("c");
  socket.hears(`b${id}`);
  socket.breaks();
  assert.equal((await settled(result)).failed.code, "cut_off");
});

test("a listener that gives its call up hears no more of it", async () => {
  const { call } = await open();
  const controller = new AbortController();
  const heard = [];
  const result = call("climb", { on(step) {
    heard.push(step);
    controller.abort("enough");
  } }, { signal: controller.signal });
  const [socket, id] = await line("c");
  socket.hears(`s${id}\ncon 1\ncon 2\no2\n`);
  await assert.rejects(settled(result), (reason) => reason === "enough");
  assert.deepEqual(heard, [1]);
  assert.ok(socket.said.includes(`x${id}`));
});

test("a listener that throws is reported, and the call goes on", async () => {
  const { call, reported } = await open();
  const result = call("climb", { on() {
    throw new Error("mine");
  } });
  const [socket, id] = await line("c");
  socket.hears(`s${id}\ncon 1\no2\n`);
  assert.deepEqual(await settled(result), { ok: 2 });
  assert.equal(reported[0].message, "mine");
});

test("what was lost is told in its place, and not after the end of listening", async () => {
  const { listen } = await open();
  const heard = [];
  const stop = listen("news", (item) => {
    heard.push(item);
    if (item === 3) stop();
  }, { onLost: (count) => heard.push(`lost ${count}`) });
  const [socket, id] = await line("l");
  socket.hears(`s${id}\ni1\ng7\ni2\n`);
  assert.deepEqual(heard, [1, "lost 7", 2]);
  socket.hears(`s${id}\ni3\ng8\ni4\n`);
  assert.deepEqual(heard, [1, "lost 7", 2, 3]);
  assert.ok(socket.said.includes(`x${id}`));
});

test("a batch is acknowledged once, when its last item has been taken", async () => {
  const { stream } = await open();
  const items = stream("many");
  const first = items.next();
  const [socket, id] = await line("c");
  socket.hears(`s${id}\ni1\ng1\ni2\n`);
  assert.equal((await settled(first)).value, 1);
  assert.ok(!socket.said.includes(`m${id}`));
  assert.equal((await settled(items.next())).value, 2);
  assert.equal(socket.said.filter((text) => text === `m${id}`).length, 1);
});

test("a loop that is left tells the program, once, and a reason that is null is one", async () => {
  const { stream } = await open();
  const items = stream("many");
  const first = items.next();
  const [socket, id] = await line("c");
  socket.hears(`s${id}\ni1\ni2\n`);
  await settled(first);
  await items.return();
  await items.return();
  assert.equal(socket.said.filter((text) => text === `x${id}`).length, 1);
  assert.deepEqual(await settled(items.next()), { value: undefined, done: true });
  assert.equal((await settled(items.result)).failed.code, "cancelled");

  const controller = new AbortController();
  const aborted = stream("many", {}, { signal: controller.signal });
  const next = aborted.next();
  controller.abort(null);
  await assert.rejects(settled(next), (reason) => reason === null);
  assert.deepEqual(await settled(aborted.next()), { value: undefined, done: true });
});

test("a browser that keeps nothing lets a page call until it is left", async () => {
  class Full extends Storage {
    setItem() {
      throw new Error("QuotaExceededError");
    }
  }
  for (const storage of [() => null, () => new Full()]) {
    const { call } = await open({ storage });
    const result = call("one");
    const [socket, id] = await line("c");
    socket.hears(`o${id} 1`);
    assert.deepEqual(await settled(result), { ok: 1 });
  }
});

test("the link leaves the address bar, whatever the path, and a page whose address cannot be changed calls too", async () => {
  const { replaced } = await open({ pathname: "//evil.test/x", hash: "#portcullis=ab12&there" });
  assert.deepEqual(replaced, ["http://main.localhost:7//evil.test/x#there"]);
  const { call } = await open({
    replaceState() {
      throw new Error("SecurityError");
    },
  });
  const result = call("one");
  const [socket, id] = await line("c");
  socket.hears(`o${id} 1`);
  assert.deepEqual(await settled(result), { ok: 1 });
});
