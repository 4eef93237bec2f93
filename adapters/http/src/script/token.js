
// What lets this page call comes with the link that opened it, behind the `#`: a browser never sends that part. It leaves
// the address bar at once. A token is kept for this tab only, so that a reload goes on working. A code is good once: it
// is exchanged for a token that is kept for this origin, so that further tabs, and the next run of the program, go on
// working.
const KEY = "portcullis";
const LINK = /^#portcullis(-code)?=([0-9a-f]+)(?:&(.*))?$/;
/** What a browser throws that keeps nothing, or nothing more, is no reason not to work until the page is left. */
const perhaps = (use) => {
  try {
    return use();
  } catch {
    return null;
  }
};
const tab = perhaps(() => globalThis.sessionStorage);
const kept = perhaps(() => globalThis.localStorage);
const get = (storage) => perhaps(() => apply(getItem, storage, [KEY]));
const set = (storage) => perhaps(() => apply(setItem, storage, [KEY, token]));
const remove = (storage) => perhaps(() => apply(removeItem, storage, [KEY]));

/** The token, or `null`. No promise is ever one of it: whoever changes `Promise.prototype` is handed those. */
let token = get(tab) ?? get(kept);
/** Why the code of the link was refused: of use only if no token is kept from before. */
let refused;

/** Takes what the link brought. Resolves to whether there is a new token. */
async function takeLink() {
  const link = LINK.exec(location.hash);
  if (link === null) return false;
  const isCode = link[1] !== undefined;
  const more = link[3];
  // With the origin, since a path that begins with two slashes would be read as another host.
  const address = ORIGIN + location.pathname + location.search + (more ? `#${more}` : "");
  perhaps(() => history.replaceState(history.state, "", address));
  if (isCode) return exchange(link[2]);
  token = link[2];
  set(tab);
  return true;
}

async function exchange(code) {
  try {
    const response = await own(request("~open", false, PLAIN, stringify({ __proto__: null, code }), undefined, false));
    const reply = parse(await own(apply(readText, response, [])));
    if (response.headers.get("Portcullis-Reply") !== "ok") {
      refused = reply;
      return false;
    }
    token = reply.token;
    set(kept ?? tab);
    if (kept !== null) remove(tab);
    return true;
  } catch {
    // Calls will say that the program does not answer.
    return false;
  }
}

/** A promise that can be awaited without asking `Promise.prototype`. */
function own(promise) {
  return defineProperty(promise, "constructor", { __proto__: null, value: Promise });
}

/** Calls wait for it. */
const ready = takeLink();
// A new link to a page that is open already (the program was started again) changes the fragment only.
globalThis.addEventListener("hashchange", async () => {
  if (await takeLink()) location.reload();
});
