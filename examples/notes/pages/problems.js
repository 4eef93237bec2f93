// What goes wrong, and what is said about it.

import { CallFailed, CommandError } from "/portcullis.js";
import { $, element, icon, prose, size } from "/dom.js";

/** Runs something, and shows what goes wrong with it. What the page itself has given up is not wrong. */
export function guarded(action) {
  return async (...given) => {
    try {
      return await action(...given);
    } catch (error) {
      if (error?.name !== "AbortError") explain(error);
    }
  };
}

/** The commands' own errors: `NoteError`, `AttachError` and `ImportError` in Rust. */
const WORDS = {
  not_found: () => "It is gone: another window has deleted it.",
  too_long: ({ limit }) => `A note has room for ${size(limit)}, and this one is longer. It is not saved.`,
  too_large: ({ limit }) => `An attachment may have ${size(limit)}, and this one has more. It is not attached.`,
  broken_off: () => "The file did not arrive whole. It is not attached.",
  folder: ({ message }) => `The folder cannot be read: ${message}.`,
  storage: () => "The file with the notes could not be used. The program's output says why.",
};

function explain(error) {
  if (error instanceof CommandError) {
    const words = WORDS[error.error.kind];
    panel("That did not work", words ? words(error.error) : error.message);
  } else if (error instanceof CallFailed && error.code === "denied") {
    panel(
      "Refused by the program",
      `This window asked for \`${error.command}\`, and holds no permission for it. So the command did not run, whatever the page says or does.`,
      [
        ["Code", error.code],
        ["Number", `${error.id}, the same as in the program's log`],
        ["Reason", error.message === `${error.command}: ${error.code}` ? "told in a debug build only" : error.message],
      ],
    );
  } else if (error instanceof CallFailed && error.code === "unauthorized") {
    panel(
      "This page needs its link",
      "Open the link that the program printed when it started. It is good for this window only, and for one run of the program.",
    );
  } else {
    panel("That did not work", error?.message ?? String(error), [], error?.code);
    if (!(error instanceof CallFailed)) console.error(error);
  }
}

export function panel(heading, text, facts = [], code = "") {
  $("panel").dataset.code = code;
  const rows = facts.flatMap(([name, value]) => [element("dt", { text: name }), element("dd", {}, ...prose(value))]);
  $("panel").replaceChildren(
    element("h2", {}, icon("shield"), heading),
    element("p", {}, ...prose(text)),
    ...(rows.length > 0 ? [element("dl", {}, ...rows)] : []),
    element("button", { className: "close", ariaLabel: "Close", onclick: () => closePanel() }, icon("close")),
  );
  $("panel").hidden = false;
}

/** Closes the panel, or only if it says this. */
export function closePanel(code) {
  if (code === undefined || $("panel").dataset.code === code) $("panel").hidden = true;
}
