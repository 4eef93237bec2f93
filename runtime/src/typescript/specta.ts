/** What came of a command that may fail. */
export type Result<T, E> = { status: "ok"; data: T } | { status: "error"; error: E };

/** Why a call did not come to a result. It is thrown. */
export type Failure = {
  code: $CODES | (string & {});
  /** Its number in the program's log. */
  id?: number;
  /** For a person. */
  message?: string;
};

type $How = { bytes?: boolean; revive?: boolean };
type $Reply = { ok: unknown } | { error: unknown } | { failed: Failure };

/** How calls get to the program: $WHAT. */
export type Transport = {
  call(command: string, args: object, options: $How): Promise<$Reply>;
  stream?(command: string, args: object, options: $How): AsyncIterable<unknown>;
  listen?(event: string, listener: (event: any) => void, options: $How & { onFailed?: (failure: Failure) => void }): () => void;
};

$WAY

/** A call that was refused, was malformed, or failed on its way. */
export class CallFailed extends Error {
  code: Failure["code"];
  id: number | undefined;

  constructor(command: string, { code, id, message }: Failure) {
    super(message ?? `${command}: ${code}`);
    this.name = "CallFailed";
    this.code = code;
    this.id = id;
  }
}

async function $result(command: string, args: object, how: $How = {}): Promise<any> {
  const reply = await (await $load()).call(command, args, how);
  if ("failed" in reply) throw new CallFailed(command, reply.failed);
  return "error" in reply ? { status: "error", error: reply.error } : { status: "ok", data: reply.ok };
}

const $value = async (command: string, args: object, how?: $How): Promise<any> => (await $result(command, args, how)).data;
