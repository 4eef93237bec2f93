// A real Chromium, and what crosses its wire.

import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { atTheEnd } from "./scratch.mjs";

/** A name that is not the program's, and leads to this machine. */
export const EVIL = "evil.test";

export async function launch(...more) {
  const options = {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--no-proxy-server",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--host-resolver-rules=MAP ${EVIL} 127.0.0.1`,
      ...more,
    ],
  };
  // On a machine that is very busy it may fall over while it starts.
  const again = (error) => (console.log(`another try: ${error.message.split("\n")[0]}`), chromium.launch(options));
  const browser = await chromium.launch(options).catch(again).catch(again);
  atTheEnd(() => browser.close());
  return browser;
}

/** Opens an address in a tab. */
export async function open(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/**
 * What the program answered to a frame, also where the browser keeps the answer from the page: lines such as
 * `POST /portcullis/delete_note 403`.
 */
export async function answers(frame, origin) {
  const page = frame.page?.() ?? frame;
  const lines = [];
  const sessions = [];
  for (const target of new Set([page, frame])) {
    // A frame has a session of its own only if it has a process of its own.
    const session = await page.context().newCDPSession(target).catch(() => undefined);
    if (session) sessions.push(session);
  }
  for (const session of sessions) {
    const asked = new Map();
    const note = (id) => {
      const { line, status } = asked.get(id) ?? {};
      if (line && status) {
        asked.delete(id);
        lines.push(`${line} ${status}`);
      }
    };
    const set = (id, part) => {
      asked.set(id, { ...asked.get(id), ...part });
      note(id);
    };
    const line = (method, url) => {
      const parsed = new URL(url);
      const own = parsed.origin.replace(/^ws/, "http") === origin;
      return own ? `${method} ${parsed.pathname}` : undefined;
    };
    session.on("Network.requestWillBeSent", ({ requestId, request }) => set(requestId, { line: line(request.method, request.url) }));
    session.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => set(requestId, { status: statusCode }));
    session.on("Network.webSocketCreated", ({ requestId, url }) => set(requestId, { line: line("WS", url) }));
    session.on("Network.webSocketFrameError", ({ requestId, errorMessage }) =>
      set(requestId, { status: /\d{3}$/.exec(errorMessage)?.[0] ?? errorMessage }));
    session.on("Network.webSocketHandshakeResponseReceived", ({ requestId, response }) => set(requestId, { status: response.status }));
    await session.send("Network.enable");
  }
  return lines;
}

/** Keeps a picture of a page, in the folder `SHOTS`, for people to look at. */
export async function shot(page, name) {
  const folder = process.env.SHOTS ?? process.env.SCRATCH ?? tmpdir();
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}

/** Waits for something to become true. */
export async function until(what, condition, patience = 8000) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await pause(40);
  }
}

export function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
