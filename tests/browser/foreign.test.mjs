// Pages that are not the program's try what a page can try. Each knows the address, the names of the commands, and even
// the token: nothing may run, and nothing may be read.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { EVIL, answers, launch, open, pause, until } from "./lib/browser.mjs";
import { Foreign } from "./lib/foreign.mjs";
import { Program } from "./lib/program.mjs";

let browser, program, foreign, untouched;
before(async () => {
  browser = await launch();
  foreign = await Foreign.start();
  program = await Program.start();
  untouched = await program.everything();
});

/** Who tries. Each gives a frame that scripts run in, whose origin is not the editor's. */
const attackers = {
  "another site": (context) => open(context, foreign.at(EVIL)),
  "the same host at another port": (context) => open(context, foreign.at("editor.localhost")),
  "a host beneath it": (context) => open(context, foreign.at("a.editor.localhost")),
  "a frame without an origin": async (context) => {
    const page = await open(context, foreign.at(EVIL));
    await page.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.sandbox = "allow-scripts allow-forms allow-popups";
      frame.src = "/sandboxed";
      document.body.append(frame);
    });
    const frame = await until("it is there", () => page.frames().find((frame) => frame.url().endsWith("/sandboxed")));
    await frame.waitForLoadState();
    assert.equal(await frame.evaluate(() => origin), "null");
    return frame;
  },
  // Its own policy would keep it in; here it has none.
  "the page of another window": (context) => open(context, program.viewer.link),
};

/**
 * What they try. Each runs in the page, with the origin and the token of the editor, and gives back what it has got hold
 * of; `expected` is that. `answered` is what the program may have said to it: nothing but refusals.
 */
const attempts = {
  "n_acao: a call with the token": {
    async tries({ origin, token }) {
      const got = [];
      for (const [credentials, type] of [["omit", "application/json"], ["include", "application/json"], ["omit", "application/x-portcullis"]]) {
        const options = {
          method: "POST",
          credentials,
          headers: { "Content-Type": type, Authorization: `Bearer ${token}` },
          body: `{"id":1}`,
        };
        got.push(await fetch(`${origin}/portcullis/delete_note`, options).then((answer) => answer.text(), () => "no"));
      }
      return got;
    },
    expected: ["no", "no", "no"],
    answered: /^OPTIONS \/portcullis\/delete_note (403|405)$/,
  },
  "n_acao: pages and scripts are not readable": {
    async tries({ origin }) {
      const got = [];
      for (const path of ["/", "/portcullis.js", "/app.js", "/portcullis/list_notes", "/nothing"]) {
        got.push(await fetch(origin + path).then((answer) => answer.text(), () => "no"));
        got.push(await fetch(origin + path, { credentials: "include", redirect: "manual" }).then((answer) => answer.text(), () => "no"));
      }
      return got;
    },
    expected: Array(10).fill("no"),
    answered: /^GET \S+ 403$/,
  },
  "n_simple_post: what needs no preflight": {
    async tries({ origin }) {
      const got = [];
      const body = `{"title":"planted","body":""}`;
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
        const options = { method: "POST", headers: { "Content-Type": type }, body };
        const address = `${origin}/portcullis/create_note`;
        got.push(await fetch(address, options).then((answer) => answer.text(), () => "no"));
        got.push(await fetch(address, { ...options, mode: "no-cors", credentials: "include" }).then((answer) => answer.text(), () => "no"));
      }
      navigator.sendBeacon(`${origin}/portcullis/create_note`, body);
      return got;
    },
    // What a page gets of an answer that is not for it: nothing, or nothing with a promise kept.
    expected: (got) => got.every((text) => text === "no" || text === ""),
    answered: /^POST \/portcullis\/create_note 403$/,
  },
  "n_simple_post: forms": {
    async tries({ origin }) {
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
        const frame = document.createElement("iframe");
        frame.name = `into ${type}`;
        const form = document.createElement("form");
        Object.assign(form, { action: `${origin}/portcullis/create_note`, method: "post", enctype: type, target: frame.name });
        // As text, name and value make an object: {"title":"planted","body":"="}
        form.append(Object.assign(document.createElement("input"), { name: `{"title":"planted","body":"`, value: `"}` }));
        document.body.append(frame, form);
        form.submit();
      }
      await new Promise((done) => setTimeout(done, 500));
      return [...document.querySelectorAll("iframe")].map((frame) => {
        try {
          return frame.contentDocument?.body.textContent ?? "no";
        } catch {
          return "no";
        }
      });
    },
    expected: ["no", "no", "no"],
    answered: /^POST \/portcullis\/create_note 403$/,
  },
  "n_get_no_side_effect: what markup fetches": {
    async tries({ origin }) {
      const call = `${origin}/portcullis/delete_note?id=1&x=`;
      let number = 0;
      const element = (tag, properties) => {
        const made = document.createElement(tag);
        const told = new Promise((done) => {
          made.onload = () => done(`${tag} loaded`);
          made.onerror = () => done("no");
          setTimeout(() => done("no"), 1500);
        });
        Object.assign(made, properties);
        document.body.append(made);
        return told;
      };
      const tries = [];
      for (const address of [() => call + number++, () => `${origin}/app.js?${number++}`, () => `${origin}/portcullis.js?${number++}`, () => `${origin}/style.css?${number++}`, () => `${origin}/icon.svg?${number++}`]) {
        tries.push(element("img", { src: address() }));
        tries.push(element("script", { src: address() }));
        tries.push(element("script", { type: "module", src: address() }));
        tries.push(element("link", { rel: "stylesheet", href: address() }));
        tries.push(element("link", { rel: "prefetch", href: address() }));
        tries.push(element("link", { rel: "preload", as: "script", href: address() }));
        tries.push(element("video", { src: address() }));
        tries.push(import(address()).then(() => "imported", () => "no"));
      }
      tries.push(new Promise((done) => {
        const source = new EventSource(call + number);
        source.onopen = () => done("opened");
        source.onerror = () => (source.close(), done("no"));
      }));
      return [...new Set(await Promise.all(tries))];
    },
    expected: ["no"],
    answered: /^GET \S+ 403$/,
  },
  "n_get_no_side_effect: workers and worklets": {
    async tries({ origin }) {
      const got = [];
      const attempt = (make) => new Promise((done) => {
        try {
          const worker = make();
          worker.onerror = () => done("no");
          worker.onmessage = ({ data }) => done(data);
          setTimeout(() => done("silence"), 1500);
        } catch {
          done("no");
        }
      });
      got.push(await attempt(() => new Worker(`${origin}/portcullis.js`)));
      const code = `try { importScripts("${origin}/app.js"); postMessage("imported"); } catch { postMessage("no"); }`;
      got.push(await attempt(() => new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })))));
      for (const script of ["/portcullis.js", "/app.js", "/portcullis/list_notes"]) {
        const worker = navigator.serviceWorker;
        // In a frame without an origin, asking is refused already.
        const registered = async () => worker.register(origin + script, { scope: `${origin}/` });
        got.push(await registered().then(() => "registered", () => "no"));
      }
      return got;
    },
    expected: Array(5).fill("no"),
    answered: /^GET \S+ 403$/,
    mayBeUnasked: true,
  },
  "n_ws_origin: a socket to the gate": {
    async tries({ origin, token }) {
      const got = [];
      for (const path of ["/portcullis", "/portcullis/", "/portcullis/list_notes", "/"]) {
        for (const protocols of [[], ["portcullis"], ["portcullis", `portcullis.token.${token}`]]) {
          got.push(await new Promise((done) => {
            const socket = new WebSocket(origin.replace("http", "ws") + path, protocols);
            socket.onopen = () => (socket.send(`c1 delete_note\n{"id":1}`), done("opened"));
            socket.onerror = () => done("no");
          }));
        }
      }
      return got;
    },
    expected: Array(12).fill("no"),
    answered: /^WS \S+ 403$/,
  },
  "o_subframe_key: the page in a frame": {
    async tries({ origin, token }) {
      const got = [];
      for (const path of ["/", `/#portcullis=${token}`, "/portcullis.js", "/portcullis/list_notes"]) {
        for (const tag of ["iframe", "embed", "object"]) {
          const frame = document.createElement(tag);
          frame[tag === "object" ? "data" : "src"] = origin + path;
          document.body.append(frame);
          await new Promise((done) => ((frame.onload = frame.onerror = done), setTimeout(done, 800)));
          frame.contentWindow?.postMessage({ command: "delete_note", id: 1 }, "*");
          try {
            got.push(frame.contentDocument?.body?.textContent || "no");
          } catch {
            got.push("no");
          }
        }
      }
      return [...new Set(got)];
    },
    expected: ["no"],
    answered: /^GET \S+ (403|404)$/,
  },
  "i_key_nonextractable: what lets the page in, from all that a browser shares between pages": {
    async tries({ origin }) {
      const got = [];
      const tab = open(`${origin}/`);
      await new Promise((done) => setTimeout(done, 700));
      const looks = [
        () => tab?.sessionStorage.getItem("portcullis"),
        () => tab?.localStorage.getItem("portcullis"),
        () => tab?.document.documentElement.outerHTML,
        () => tab?.location.hash,
        () => tab?.name,
        () => tab?.history.state,
        () => sessionStorage.getItem("portcullis"),
        () => localStorage.getItem("portcullis"),
        () => document.cookie,
        () => (document.referrer.startsWith(origin) ? document.referrer : "no"),
        () => performance.getEntries().map(({ name }) => name).filter((name) => name.includes("portcullis=")).join(),
        () => import(`${origin}/portcullis.js`).then((script) => Object.keys(script).join()),
        () => caches.keys().then((names) => names.join()),
        () => indexedDB.databases().then((all) => all.map(({ name }) => name).join()),
        () => fetch(`${origin}/portcullis.js`, { mode: "no-cors", cache: "only-if-cached" }).then((answer) => answer.text()),
        () => new Promise((done) => {
          const channel = new BroadcastChannel("portcullis");
          channel.onmessage = ({ data }) => done(data);
          channel.postMessage("?");
          setTimeout(done, 200, "");
        }),
      ];
      for (const look of looks) {
        try {
          got.push((await look()) || "no");
        } catch {
          got.push("no");
        }
      }
      tab?.close();
      return got;
    },
    // The page of the other window has its own, and finds that alone.
    expected: (got) => got.every((what) => what === "no" || what.includes(program.viewer.token)),
    answered: /^GET \S+ (200|403)$/,
    mayBeUnasked: true,
  },
  "o_redirected_window: the page in a tab that this one has opened": {
    async tries({ origin, token }) {
      const got = [];
      for (const path of ["/", `/#portcullis=${token}`, "/portcullis/delete_note?id=1"]) {
        const tab = open(origin + path);
        // Whether it may be opened at all is the browser's to say.
        if (tab === null) continue;
        await new Promise((done) => setTimeout(done, 700));
        tab.postMessage({ command: "delete_note", id: 1 }, "*");
        for (const look of [() => tab.location.href, () => tab.document.title, () => tab.sessionStorage.getItem("portcullis"), () => tab.eval("1")]) {
          try {
            got.push(look());
          } catch {
            got.push("no");
          }
        }
        got.push(tab.closed ? "cut off" : "held");
      }
      return [...new Set(got)];
    },
    // The tab is another's from the moment that it shows the page: whoever opened it sees it as closed.
    expected: (got) => got.every((what) => what === "no" || what === "cut off"),
    answered: /./,
    mayBeUnasked: true,
  },
};

for (const [who, come] of Object.entries(attackers)) {
  describe(who, () => {
    for (const [what, { tries, expected, answered, mayBeUnasked }] of Object.entries(attempts)) {
      test(what, async () => {
        const context = await browser.newContext({ bypassCSP: true });
        const frame = await come(context);
        const told = await answers(frame, program.editor.origin);
        const got = await frame.evaluate(tries, program.editor);
        await pause(100);
        if (typeof expected === "function") assert.ok(expected(got), JSON.stringify(got));
        else assert.deepEqual(got, expected);
        assert.ok(mayBeUnasked || told.length > 0, "the attempt has reached the program");
        for (const line of told) assert.match(line, answered);
        if (process.env.TELL) console.log(who, "|", what, "|", [...new Set(told)].join(", "), "|", JSON.stringify([...new Set(got)]));
        assert.deepEqual(await program.everything(), untouched, "no command has run");
        await context.close();
      });
    }
  });
}
