
// What lets this page call comes with the link that opened it, behind the `#`: a browser never sends that part. It leaves
// the address bar at once. A token is kept for this tab only, so that a reload goes on working. A code is good once: it
// is exchanged for a token that is kept for this origin, so that further tabs, and the next run of the program, go on
// working.
const KEY = "portcullis";
const LINK = /^#portcullis(-code)?=([0-9a-f]+)(?:&(.*))?$/;
const get = (storage) => apply(getItem, storage, [KEY]);
const set = (storage, value) => apply(setItem, storage, [KEY, value]);
// A browser that keeps nothing throws here.
const kept = (() => {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
})();

/** Why the code of the link was refused: of use only if no token is kept from before. */
let refused;

/** Takes what the link brought: a token, or `null`. */
async function takeLink() {
  const link = LINK.exec(location.hash);
  if (link === null) return null;
  const isCode = link[1] !== undefined;
  const secret = link[2];
  const more = link[3];
  history.replaceState(history.state, "", location.pathname + location.search + (more ? `#${more}` : ""));
  if (isCode) return exchange(secret);
  set(sessionStorage, secret);
  return secret;
}

async function exchange(code) {
  try {
    const response = await request("~open", null, "application/json", stringify({ __proto__: null, code }), undefined, false);
    const reply = parse(await apply(text, response, []));
    if (response.headers.get("Portcullis-Reply") !== "ok") {
      refused = reply;
      return null;
    }
    set(kept ?? sessionStorage, reply.token);
    if (kept !== null) apply(removeItem, sessionStorage, [KEY]);
    return reply.token;
  } catch {
    // Calls will say that the program does not answer.
    return null;
  }
}

/** The token of this page, or `null`. Calls wait for it. */
const token = (async () => (await takeLink()) ?? get(sessionStorage) ?? (kept && get(kept)))();
// A new link to a page that is open already (the program was started again) changes the fragment only.
globalThis.addEventListener("hashchange", async () => {
  if ((await takeLink()) !== null) location.reload();
});
