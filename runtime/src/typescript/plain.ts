/** Why a call did not come to a result: refused, malformed, or the program or the way to it failed. */
export type Failure = {
  code: $CODES | (string & {});
  /** Its number in the program's log. */
  id?: number;
  /** For a person. */
  message?: string;
};

/** What came of a call: its value, the command's own error, or a failure of the call. Of a command that does not fail there is no error. */
export type Result<T, E = never> =
  | { ok: true; value: T; error?: undefined; failure?: undefined }
  | ([E] extends [never] ? never : { ok: false; error: E; failure?: undefined })
  | { ok: false; failure: Failure; error?: undefined };

export type CallOptions = {
  /** Gives the call up: the promise rejects with the reason of the signal, and the program stops the command. */
  signal?: AbortSignal | undefined;
  /** Lets a small call outlive its page. */
  keepalive?: boolean | undefined;
};

type $How = { bytes?: boolean; revive?: boolean };
type $Reply = { ok: unknown } | { error: unknown } | { failed: Failure };

/** How calls get to the program: $WHAT. */
export type Transport = {
  call(command: string, args: object, options: CallOptions & $How): Promise<$Reply>;
  stream?(command: string, args: object, options: CallOptions & $How): AsyncIterable<unknown> & { result: Promise<$Reply> };
  listen?(
    event: string,
    listener: (event: any) => void,
    options: $How & { signal?: AbortSignal | undefined; onLost?: (count?: number) => void; onFailed?: (failure: Failure) => void },
  ): () => void;
};

$WAY

const $unreachable = (cause: unknown): Failure => ({ code: "unreachable", message: String(cause) });

function $result(reply: $Reply): any {
  if ("ok" in reply) return { ok: true, value: reply.ok };
  return "error" in reply ? { ok: false, error: reply.error } : { ok: false, failure: reply.failed };
}

async function $call(command: string, args: object, options?: CallOptions, how?: $How): Promise<any> {
  let transport;
  try {
    transport = await $load();
  } catch (cause) {
    return { ok: false, failure: $unreachable(cause) };
  }
  return $result(await transport.call(command, args, { ...options, ...how }));
}
