// Where the page is found, where else it is not, and where the token goes.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { EVIL, answers, launch, open, until } from "./lib/browser.mjs";
import { Foreign } from "./lib/foreign.mjs";
import { Program } from "./lib/program.mjs";

let browser, program, foreign, untouched;
before(async () => {
  browser = await launch();
  foreign = await Foreign.start();
  program = await Program.start();
  untouched = await program.everything();
});

const list = (page) => page.getByRole("navigation", { name: "Notes" }).getByRole("button");

test("n_host_rebind: a name that leads to the program is not its name", async () => {
  const context = await browser.newContext();
  const hosts = [EVIL, "127.0.0.1", "localhost", "0.0.0.0", "[::1]", "editor.localhost.", "a.editor.localhost", "other.localhost"];
  for (const host of hosts) {
    const origin = `http://${host}:${program.port}`;
    const page = await context.newPage();
    const told = await answers(page, origin);
    const answer = await page.goto(`${origin}/`).catch((error) => error);
    if (answer instanceof Error) {
      // A browser may refuse to go there at all.
      assert.match(answer.message, /ERR_(ADDRESS_INVALID|BLOCKED|CONNECTION_REFUSED|UNSAFE)/, host);
      await page.close();
      continue;
    }
    assert.equal(answer.status(), 421, host);
    assert.doesNotMatch(await answer.text(), /<script|portcullis=/, host);
    // The refusal is a page of the rebound name: for the browser, the program is its own server.
    const got = await page.evaluate(async ({ token }) => {
      const call = await fetch("/portcullis/delete_note", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
        body: `{"id":1}`,
      });
      const script = await fetch("/portcullis.js");
      const socket = await new Promise((done) => {
        const socket = new WebSocket(`ws://${location.host}/portcullis`, ["portcullis", `portcullis.token.${token}`]);
        socket.onopen = () => done("opened");
        socket.onerror = () => done("no");
      });
      return [call.status, (await call.json()).code, script.status, socket];
    }, program.editor);
    assert.deepEqual(got, [421, "unknown_host", 421, "no"], host);
    assert.deepEqual([...new Set(told.map((line) => line.split(" ").pop()))], ["421"], host);
    await page.close();
  }
  assert.deepEqual(await program.everything(), untouched);
  await context.close();
});

test("n_token_not_servable: nothing that can be fetched has the token", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const bodies = [];
  const addresses = [];
  page.on("request", (request) => addresses.push(request.url()));
  page.on("response", (response) => bodies.push(response.text().catch(() => "")));
  await page.goto(program.editor.link);
  await list(page).first().waitFor();
  for (const window of [program.editor, program.viewer]) {
    for (const path of ["/", "/index.html", "/app.js", "/portcullis.js", "/portcullis", "/portcullis/", "/portcullis/token", "/style.css", "/icon.svg", "/nothing", "/.env", "/../notes.sqlite3"]) {
      for (const method of ["GET", "HEAD", "POST", "OPTIONS"]) {
        const { headers, body } = await program.send({ method, path, headers: { host: window.host, origin: window.origin } });
        bodies.push(JSON.stringify(headers) + body);
        assert.equal(headers["set-cookie"], undefined);
      }
    }
  }
  for (const body of await Promise.all(bodies)) {
    for (const { token } of [program.editor, program.viewer]) assert.ok(!body.includes(token), body.slice(0, 200));
  }
  // Playwright tells the fragment of a link, which is not sent: what is sent has none.
  for (const address of addresses.map((address) => address.split("#")[0])) assert.ok(!address.includes(program.editor.token));

  // Nor is it left where the page's address is shown or passed on.
  const left = await page.evaluate(() => [location.href, document.URL, document.referrer, document.cookie, document.documentElement.outerHTML, JSON.stringify(localStorage), JSON.stringify(history.state)].join("\n"));
  assert.ok(!left.includes(program.editor.token));
  assert.equal(await page.evaluate(() => history.length), 2, "about:blank, and the page: going back meets no link");
  await page.goBack();
  await page.goForward();
  assert.equal(page.url(), `${program.editor.origin}/`);
  await context.close();
});

test("o_redirected_window: a window that has gone elsewhere has no rights there, and has them when it is back", async () => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await open(context, program.editor.link);
  await list(page).first().waitFor();
  for (const host of [EVIL, "editor.localhost", "viewer.localhost", "localhost"]) {
    // The page itself is made to go, as a script that was planted in it would.
    await page.evaluate((address) => void (location.href = address), foreign.at(host, "/landed"));
    await page.waitForURL("**/landed");
    const told = await answers(page, program.editor.origin);
    const got = await page.evaluate(async ({ origin }) => {
      const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: `{"id":1}` };
      return [
        document.referrer,
        sessionStorage.length,
        await import(`${origin}/portcullis.js`).then(() => "imported", () => "no"),
        await fetch(`${origin}/portcullis/delete_note`, post).then(() => "answered", () => "no"),
        await fetch(`/portcullis/delete_note`, post).then((answer) => answer.status),
      ];
    }, program.editor);
    // The last one has gone to the foreign server: its own page is all that it gets.
    assert.deepEqual(got, ["", 0, "no", "no", 200], host);
    assert.ok(told.length > 0 && told.every((line) => line.endsWith(" 403")), told.join());
    await page.goBack();
    await list(page).last().click();
    await list(page).first().waitFor();
    assert.equal(await page.getByRole("alert").isVisible(), false, host);
  }
  for (const { url, headers, body } of foreign.seen) {
    const sent = JSON.stringify([url, headers, body]);
    assert.ok(!sent.includes(program.editor.token), sent);
    assert.ok(!headers.referer?.startsWith(program.editor.origin), headers.referer);
  }
  assert.deepEqual(await program.everything(), untouched);
  await context.close();
});

test("n_endpoint_pin: no address, fragment or base leads calls elsewhere", async () => {
  const seen = foreign.seen.length;
  const evil = foreign.at(EVIL, "");
  const context = await browser.newContext({ bypassCSP: true });
  const query = new URLSearchParams({ gatewayUrl: evil, endpoint: evil, origin: evil, host: EVIL, portcullis: evil });
  const links = [
    `${program.editor.origin}/?${query}#portcullis=${program.editor.token}`,
    `${program.editor.origin}/?${query}#portcullis=${program.editor.token}&${query}`,
    `${program.editor.link}&@${EVIL}`,
  ];
  for (const link of links) {
    const page = await open(context, link);
    await list(page).first().waitFor();
    // Even where its own policy would not stop a `<base>`, relative addresses are not what calls go by.
    await page.evaluate((href) => document.head.prepend(Object.assign(document.createElement("base"), { href })), `${evil}/`);
    await list(page).nth(1).click();
    const value = await page.evaluate(async (from) => (await import(from)).invoke("version"), `${program.editor.origin}/portcullis.js`);
    assert.match(value, /^\d/);
    await page.close();
  }
  assert.deepEqual(foreign.seen.slice(seen).map(({ url }) => url), [], "nobody has asked there");

  // What stands behind the token stays with the page, and a token that is none stays where it is.
  const page = await open(context, `${program.editor.link}&note=2`);
  await list(page).first().waitFor();
  assert.equal(page.url(), `${program.editor.origin}/#note=2`);
  await page.close();
  await context.close();
});

test("a token is good for its own window alone, and for one run", async () => {
  const context = await browser.newContext();
  const crossed = await open(context, `${program.editor.origin}/#portcullis=${program.viewer.token}`);
  await crossed.getByText("This page needs its link").waitFor();
  await crossed.close();

  const first = await Program.start();
  const { port, editor } = first;
  await first.stop();
  const second = await Program.start({ port });
  const page = await open(context, editor.link);
  await page.getByText("This page needs its link").waitFor();
  await page.goto(second.editor.link);
  await until("the new link works", async () => (await list(page).count()) === 3);
  await second.stop();
  await context.close();
});
