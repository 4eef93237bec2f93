
/**
 * Calls a command that answers in parts, and gives them one by one: `for await (const item of stream("follow", { .. }))`.
 * Throws `CommandError` or `CallFailed` where a part would be. The program goes on as fast as the items are used, and is
 * told to stop when the loop is left. `.result` is the end of it, as `call` would give it.
 */
export function stream(command, args = {}, options = {}) {
  const items = new Items();
  const course = start(command, args, options, items);
  items.giveUp = () => {
    course.giveUp();
    course.settle({ failed: { code: "cancelled", message: `${command}: the page has left the stream` } });
  };
  items.result = course.result;
  return items;
}

/** Items on their way from the program to whoever asks for the next one. */
class Items {
  /** Values in `{ value }`, and, behind the last of each batch, what is to be called when it has been taken. */
  #queue = [];
  #asking = [];
  /** Whether there is an end, and `{ thrown }` if something is thrown there. */
  #ended = false;
  #thrown = null;

  add(values, taken) {
    for (let at = 0; at < values.length; at += 1) this.#queue.push({ value: values[at] });
    this.#queue.push(taken);
    this.#serve();
  }

  lost() {}

  end(thrown, well = thrown === null) {
    if (!this.#ended) this.#thrown = well ? null : { thrown };
    this.#ended = true;
    this.#serve();
  }

  #serve() {
    for (;;) {
      if (typeof this.#queue[0] === "function") this.#queue.shift()();
      else if (this.#asking.length === 0) return;
      else if (this.#queue.length > 0) this.#asking.shift().resolve({ value: this.#queue.shift().value, done: false });
      else if (!this.#ended) return;
      else this.#close(this.#asking.shift());
    }
  }

  /** What is thrown is thrown once. */
  #close({ resolve, reject }) {
    const thrown = this.#thrown;
    this.#thrown = null;
    if (thrown === null) resolve({ value: undefined, done: true });
    else reject(thrown.thrown);
  }

  next() {
    return new Promise((resolve, reject) => {
      this.#asking.push({ resolve, reject });
      this.#serve();
    });
  }

  async return(value) {
    this.#ended = true;
    this.#thrown = null;
    this.#queue = [];
    this.giveUp();
    this.#serve();
    return { value, done: true };
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

/** How often a line that broke is opened again for those who listen, at growing distances, before they are told. */
const TRIES = 6;
/** A line that was open for as long is none that breaks at once, whenever it is opened. */
const STEADY = 30_000;

/**
 * Calls `listener` with what an event carries, each time that the program sends it. Gives a function that ends it.
 *
 * `onLost` is told how many were left out since the page was too slow; or nothing, when the line broke and is open again:
 * then nobody knows.
 * `onFailed` is told `{ code, .. }` if the page may not listen, or if the program is gone for good.
 */
export function listen(event, listener, { signal, onLost, onFailed, revive = false } = {}) {
  let course = null;
  let over = false;
  let tries = 0;
  let missed = false;
  const items = {
    add(values, taken) {
      for (let at = 0; at < values.length && !over; at += 1) tell(listener, values[at]);
      taken();
    },
    lost(count) {
      if (!over) tell(onLost, count);
    },
    end() {},
  };
  const begin = async () => {
    if (over) return;
    const since = Date.now();
    // Those who listen wait longer between their tries than calls do.
    const line = await openLine(tries > 0);
    if (over) return;
    course = new Course(event, { __proto__: null }, items, revive);
    if (line === null) explain(course);
    else {
      line.listen(course, event);
      // Not before: what there is can be asked for now, and nothing further is missed meanwhile.
      if (missed) tell(onLost);
      missed = false;
    }
    const { failed } = await course.result;
    if (over || failed === undefined) return;
    if (Date.now() - since > STEADY) tries = 0;
    const broke = failed.code === "cut_off" || failed.code === "unreachable";
    if (!broke || tries === TRIES) {
      stop();
      return tell(onFailed, failed);
    }
    if (failed.code === "cut_off") missed = true;
    setTimeout(begin, 250 * 2 ** tries);
    tries += 1;
  };
  const stop = () => {
    if (over) return;
    over = true;
    signal?.removeEventListener("abort", stop);
    course?.giveUp();
  };
  if (signal?.aborted) over = true;
  signal?.addEventListener("abort", stop, { once: true });
  begin();
  return stop;
}

/** Events come over the line alone. If there is none, a request may say why. */
async function explain(course) {
  const asked = new Course(course.command, { __proto__: null }, null, false);
  byFetch(asked, { json: "{}", parts: [] }, false);
  const { failed } = await asked.result;
  // The request itself was let in, and an event cannot be called.
  const letIn = failed === undefined || failed.code === "denied";
  course.settle(letIn ? { failed: { code: "unreachable", message: "The line to the program cannot be opened." } } : { failed });
}
