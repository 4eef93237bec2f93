
/** The command ran, and failed with its own error, which is `error`: whatever the command declares. */
export class CommandError extends Error {
  name = "CommandError";

  constructor(command, error) {
    super(`${command}: ${typeof error === "string" ? error : stringify(error, textOfBigInt)}`);
    this.command = command;
    this.error = error;
  }
}

/**
 * The call did not come to a result. `code` says why (`denied`, `invalid`, `unauthorized`, `unreachable`, `cut_off`, ..),
 * `id` is its number in the program's log, if it has one, and `message` is for a person: the program's own words, or
 * `<command>: <code>` if it says nothing.
 */
export class CallFailed extends Error {
  name = "CallFailed";

  constructor(command, { code, id, message, cause }) {
    super(message ?? `${command}: ${code}`);
    this.command = command;
    this.code = code;
    this.id = id;
    if (cause !== undefined) this.cause = cause;
  }
}

const unreachable = (cause) => ({
  failed: { code: "unreachable", message: "The program does not answer. Is it running?", cause },
});
const cutOff = () => ({
  failed: { code: "cut_off", message: "The line to the program broke before the answer: the command may have run." },
});
