// Windows that go on working when the program is started again, and links that are good once: `notes --remember`.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { EVIL, launch, open, until } from "./lib/browser.mjs";
import { Foreign } from "./lib/foreign.mjs";
import { create, list, show, window } from "./lib/pages.mjs";
import { Program } from "./lib/program.mjs";
import { folder } from "./lib/scratch.mjs";

let browser, foreign, data;
before(async () => {
  browser = await launch();
  foreign = await Foreign.start();
});

async function start(port = 0) {
  data ??= await folder("remember");
  return Program.start({ port, data, args: ["--remember"] });
}

test("n_token_reload: a session outlives its tab and the run of the program, and its link is used up", async () => {
  const first = await start();
  const context = await browser.newContext();
  const page = await window(context, first.editor.link);
  const { origin, link } = first.editor;
  assert.equal(page.url(), `${origin}/`, "the code leaves the address bar");
  await page.reload();
  await list(page).first().waitFor();
  const second = await window(context, `${origin}/`);

  // Elsewhere the link opens nothing any more.
  const stranger = await browser.newContext();
  const late = await open(stranger, link);
  await late.getByRole("alert").waitFor();
  assert.match(await late.getByRole("alert").textContent(), /link/);
  assert.equal(await list(late).count(), 0);
  await stranger.close();
  // Here the page has what it needs.
  await second.goto("about:blank");
  await second.goto(link);
  await list(second).first().waitFor();

  await first.stop();
  // For a while there is nobody.
  await list(page).last().click();
  await page.getByText("The program does not answer. Is it running?").waitFor();
  const again = await start(first.port);
  // A page that was open all the time hears what another does: its line is opened again.
  await second.reload();
  await list(second).first().waitFor();
  await create(second, "After the second start");
  await list(page).filter({ hasText: "After the second start" }).waitFor({ timeout: 30_000 });
  await show(page, "After the second start");
  await until("it is not said any more that the program is gone", async () => !(await page.getByRole("alert").isVisible()));

  // What the file has is no key.
  const kept = await page.evaluate(() => localStorage.getItem("portcullis"));
  const file = await readFile(join(data, "sessions.json"), "utf8");
  assert.ok(/^[0-9a-f]{64}$/.test(kept) && !file.includes(kept));
  const viewer = await window(context, again.viewer.link);
  assert.notEqual(await viewer.evaluate(() => localStorage.getItem("portcullis")), kept);
  const crossed = await viewer.evaluate(async (token) => {
    const options = { method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` }, body: "{}" };
    return (await fetch("/portcullis/list_notes", options)).status;
  }, kept);
  assert.equal(crossed, 401);
  await context.close();
  await again.stop();
});

test("n_simple_post: nobody else exchanges a code, and it stays good", async () => {
  const program = await start();
  const { origin, link, token: code } = program.editor;
  const context = await browser.newContext();
  for (const host of [EVIL, "editor.localhost", "viewer.localhost"]) {
    const page = await open(context, foreign.at(host));
    const got = await page.evaluate(async ([address, code]) => {
      const body = JSON.stringify({ code });
      const got = [];
      for (const [type, mode] of [["application/json", "cors"], ["text/plain", "cors"], ["text/plain", "no-cors"]]) {
        got.push(await fetch(address, { method: "POST", mode, headers: { "Content-Type": type }, body }).then((answer) => answer.text(), () => "no"));
      }
      return got;
    }, [`${origin}/portcullis/~open`, code]);
    assert.deepEqual(got, ["no", "no", "no"], host);
    await page.close();
  }
  const headers = { host: program.editor.host, origin, "content-type": "text/plain" };
  assert.equal((await program.send({ method: "POST", path: "/portcullis/~open", headers, body: JSON.stringify({ code }) })).status, 415);
  assert.equal((await program.send({ path: `/portcullis/~open?code=${code}`, headers: { host: program.editor.host } })).status, 403);
  const page = await window(context, link);
  await show(page, "Welcome");
  await context.close();
  await program.stop();
});

test("codes cannot be guessed fast", async () => {
  const program = await start();
  const context = await browser.newContext();
  const page = await open(context, `${program.editor.origin}/`);
  const codes = await page.evaluate(async () => {
    const guesses = Array.from({ length: 100 }, async (_, guess) => {
      const body = JSON.stringify({ code: String(guess).padStart(64, "0") });
      const answer = await fetch("/portcullis/~open", { method: "POST", headers: { "Content-Type": "application/json" }, body });
      return (await answer.json()).code;
    });
    const got = {};
    for (const code of await Promise.all(guesses)) got[code] = (got[code] ?? 0) + 1;
    return got;
  });
  assert.ok(codes.too_many > 10, JSON.stringify(codes));
  assert.equal(codes.undefined, undefined, "none was right");
  await context.close();
  await program.stop();
});
