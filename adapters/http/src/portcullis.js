// Calls commands of the program that serves this page.
//
//     import { invoke, CommandError, CallFailed } from "/portcullis.js";
//     const note = await invoke("read_note", { id: 7 });
//
// The token that lets this page call comes with the link that opened it, behind the `#`: a browser never sends that
// part. It is kept for this tab only, so that a reload goes on working, and leaves the address bar.

// Taken before any other script can put something else in their place.
const { fetch, sessionStorage, location, history, JSON } = globalThis;
const { stringify, parse } = JSON;
const KEY = "portcullis";
const LINK = /^#portcullis=([0-9a-f]+)(?:&(.*))?$/;

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
  // The address is this page's own, whatever a `<base>` says.
  const address = `${location.origin}/portcullis/${encodeURIComponent(command)}`;
  const headers = { "Content-Type": "application/json" };
  const token = sessionStorage.getItem(KEY);
  if (token !== null) headers.Authorization = `Bearer ${token}`;

  let kind, body;
  try {
    const response = await fetch(address, {
      method: "POST",
      headers,
      body: stringify(args ?? {}),
      signal,
      keepalive,
      cache: "no-store",
      redirect: "error",
    });
    kind = response.headers.get("Portcullis-Reply");
    body = await response.text();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreachable(command, error);
  }
  switch (kind) {
    case "ok":
      return parse(body);
    case "error":
      throw new CommandError(command, parse(body));
    case "failed":
      throw new CallFailed(command, parse(body));
    default:
      throw unreachable(command);
  }
}

function unreachable(command, cause) {
  const failed = new CallFailed(command, { code: "unreachable", message: "The program does not answer. Is it running?" });
  failed.cause = cause;
  return failed;
}

function takeToken() {
  const link = LINK.exec(location.hash);
  if (link === null) return false;
  sessionStorage.setItem(KEY, link[1]);
  const rest = link[2] ? `#${link[2]}` : "";
  history.replaceState(history.state, "", location.pathname + location.search + rest);
  return true;
}

takeToken();
// A new link to a page that is open already (the program was started again) changes the fragment only.
globalThis.addEventListener("hashchange", () => {
  if (takeToken()) location.reload();
});
