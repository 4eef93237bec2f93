// Calls commands of the program that serves this page.
//
//     import { invoke, CommandError, CallFailed } from "/portcullis.js";
//     const note = await invoke("read_note", { id: 7 });
//
// What lets this page call comes with the link that opened it, behind the `#`: a browser never sends that part. It leaves
// the address bar at once. A token is kept for this tab only, so that a reload goes on working. A code is good once: it
// is exchanged for a token that is kept for this origin, so that further tabs, and the next run of the program, go on
// working.

// Taken before any other script can put something else in their place.
const { fetch, sessionStorage, location, history, JSON } = globalThis;
const { stringify, parse } = JSON;
const KEY = "portcullis";
const LINK = /^#portcullis(-code)?=([0-9a-f]+)(?:&(.*))?$/;
// A browser that keeps nothing throws here.
const kept = (() => {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
})();

/** The command ran, and failed with its own error, which is `error`: whatever the command declares. */
export class CommandError extends Error {
  name = "CommandError";

  constructor(command, error) {
    super(`${command}: ${typeof error === "string" ? error : stringify(error)}`);
    this.command = command;
    this.error = error;
  }
}

/**
 * The call did not come to a result. `code` says why (`denied`, `invalid`, `unauthorized`, `unreachable`, ..), `id` is
 * its number in the program's log, if it has one, and `message` is for a person: the
 * program's own words, or `<command>: <code>` if it says nothing.
 */
export class CallFailed extends Error {
  name = "CallFailed";

  constructor(command, { code, id, message }) {
    super(message ?? `${command}: ${code}`);
    this.command = command;
    this.code = code;
    this.id = id;
  }
}

/**
 * Calls a command with named arguments, and gives back its value.
 *
 * Throws `CommandError` or `CallFailed`, or, if `signal` is aborted, the reason of that: the program then gives the
 * call up too. `keepalive` lets a small call outlive its page.
 */
export async function invoke(command, args = {}, { signal, keepalive = false } = {}) {
  await opening;
  let kind, body;
  try {
    ({ kind, body } = await ask(command, args, { signal, keepalive }));
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreachable(command, error);
  }
  switch (kind) {
    case "ok":
      return parse(body);
    case "error":
      throw new CommandError(command, parse(body));
    case "failed": {
      const failed = parse(body);
      // Why there is no token says more than that there is none.
      throw new CallFailed(command, failed.code === "unauthorized" ? (refused ?? failed) : failed);
    }
    default:
      throw unreachable(command);
  }
}

function unreachable(command, cause) {
  const failed = new CallFailed(command, { code: "unreachable", message: "The program does not answer. Is it running?" });
  failed.cause = cause;
  return failed;
}

async function ask(command, args, options) {
  // The address is this page's own, whatever a `<base>` says.
  const address = `${location.origin}/portcullis/${encodeURIComponent(command)}`;
  const headers = { "Content-Type": "application/json" };
  const token = sessionStorage.getItem(KEY) ?? kept?.getItem(KEY);
  if (token) headers.Authorization = `Bearer ${token}`;
  const body = stringify(args ?? {});
  const response = await fetch(address, {
    method: "POST",
    headers,
    body,
    ...options,
    cache: "no-store",
    redirect: "error",
  });
  return { kind: response.headers.get("Portcullis-Reply"), body: await response.text() };
}

// Why the code of the link was refused: of use only if no token is kept from before.
let refused;

async function exchange(code) {
  try {
    const { kind, body } = await ask("~open", { code });
    const reply = parse(body);
    if (kind !== "ok") {
      refused = reply;
      return false;
    }
    (kept ?? sessionStorage).setItem(KEY, reply.token);
    if (kept) sessionStorage.removeItem(KEY);
    return true;
  } catch {
    // Calls will say that the program does not answer.
    return false;
  }
}

/** Takes what the link brought. Resolves to whether there is a new token. */
async function takeLink() {
  const link = LINK.exec(location.hash);
  if (link === null) return false;
  const [, isCode, secret, more] = link;
  history.replaceState(history.state, "", location.pathname + location.search + (more ? `#${more}` : ""));
  if (isCode) return exchange(secret);
  sessionStorage.setItem(KEY, secret);
  return true;
}

// Calls wait for it.
let opening = takeLink();
// A new link to a page that is open already (the program was started again) changes the fragment only.
globalThis.addEventListener("hashchange", () => {
  opening = takeLink().then((taken) => {
    if (taken) location.reload();
    return taken;
  });
});
