
/** The longest arguments that go over the line, where others wait behind them. */
const LONG = 256 * 1024;
/** How many calls are under way on the line at once. Further ones wait here, and are not refused there. */
const AT_ONCE = 200;
/** How long it may take to open the line, and how long it is not tried again if that fails. */
const OPENING = 5_000;
const NOT_AGAIN = 10_000;

/** A promise of the line, or of `null` if it cannot be opened. */
let opening = null;
/** The one that came to nothing. */
let refusedLine = null;
/** The line itself, open or not. */
let current = null;

/** `again`: tries it again at once if it could not be opened, however short ago that was. */
function openLine(again = false) {
  if (again && opening === refusedLine) opening = null;
  opening ??= connect();
  return opening;
}

async function connect() {
  await ready;
  // A request says better why that is so.
  if (token === null) return null;
  return new Promise((opened) => {
    current = new Line(opened);
  });
}

async function byLine(course, { json }) {
  const line = await openLine();
  if (course.settled) return;
  if (line === null) byFetch(course, { json, parts: [] }, false);
  else line.call(course, `${course.command}\n${json}`);
}

class Line {
  /** By id: what is under way. */
  #courses = { __proto__: null };
  #lastId = 0;
  #calls = 0;
  #waiting = [];
  /** Whose bytes come next. */
  #bytesOf = null;
  #socket = null;
  #wasOpen = false;
  #broken = false;
  #opened;

  constructor(opened) {
    this.#opened = opened;
    try {
      this.#socket = new WebSocket(`ws${ORIGIN.slice(4)}/portcullis`, protocols());
    } catch {
      // A policy of the page forbids it.
      return this.break();
    }
    const slow = setTimeout(() => this.break(), OPENING);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.addEventListener("open", () => {
      clearTimeout(slow);
      this.#wasOpen = true;
      opened(this);
    });
    this.#socket.addEventListener("close", () => this.break());
    this.#socket.addEventListener("message", ({ data }) => this.#receive(data));
  }

  call(course, text) {
    if (this.#broken) return course.settle(cutOff());
    if (this.#calls >= AT_ONCE && course.items === null) {
      this.#waiting.push([course, text]);
      return;
    }
    this.#begin("c", course, text);
  }

  listen(course, event) {
    if (this.#broken) return course.settle(cutOff());
    this.#begin("l", course, event);
  }

  #begin(letter, course, text) {
    do this.#lastId = (this.#lastId + 1) % 2 ** 32;
    while (this.#lastId in this.#courses);
    const id = this.#lastId;
    if (course.items === null) this.#calls += 1;
    this.#courses[id] = course;
    course.giveUp = () => {
      if (this.#end(id)) this.#send(`x${id}`);
    };
    this.#send(`${letter}${id} ${text}`);
  }

  /** The id is free; the next call may go. */
  #end(id) {
    const course = this.#courses[id];
    if (course === undefined) return false;
    delete this.#courses[id];
    if (course.items === null) this.#calls -= 1;
    while (this.#calls < AT_ONCE && this.#waiting.length > 0) {
      const [next, text] = this.#waiting.shift();
      if (!next.settled) this.#begin("c", next, text);
    }
    return true;
  }

  #send(text) {
    if (!this.#broken) this.#socket.send(text);
  }

  #receive(data) {
    if (typeof data !== "string") {
      this.#bytesOf?.settle({ ok: new Uint8Array(data) });
      this.#bytesOf = null;
      return;
    }
    const letter = data[0];
    const end = data.indexOf(letter === "s" ? "\n" : " ");
    const id = data.slice(1, end < 0 ? undefined : end);
    const course = this.#courses[id];
    if (letter === "s") {
      // Given up: it ends by itself.
      course?.lines(data.slice(end + 1), () => this.#send(`m${id}`));
      if (course?.settled) this.#end(id);
      return;
    }
    this.#end(id);
    if (letter === "b") this.#bytesOf = course;
    else course?.answer(letter, data.slice(end + 1));
  }

  /** Whatever is under way is cut off. It is not repeated: it may have run. What has not been sent goes another way. */
  break(leaving = false) {
    if (this.#broken) return;
    this.#broken = true;
    this.#socket?.close();
    const courses = this.#courses;
    const waiting = this.#waiting;
    this.#courses = { __proto__: null };
    this.#waiting = [];
    // A line that never was is not tried again with every call.
    if (this.#wasOpen) opening = null;
    else {
      const refused = (refusedLine = opening);
      setTimeout(() => {
        if (opening === refused) opening = null;
      }, NOT_AGAIN);
    }
    this.#opened(null);
    this.#bytesOf?.settle(cutOff());
    for (const id in courses) courses[id].settle(cutOff());
    for (const [course, text] of waiting) {
      if (leaving) course.settle(cutOff());
      else byLine(course, { json: text.slice(course.command.length + 1) });
    }
  }
}

/** What a browser walks without asking `Array.prototype`, which anybody may change. */
function protocols() {
  const names = ["portcullis", `portcullis.token.${token}`];
  let at = 0;
  const next = () => ({ __proto__: null, done: at === names.length, value: names[at++] });
  return { __proto__: null, [Symbol.iterator]: () => ({ __proto__: null, next }) };
}

// A page with an open line is not kept for the way back.
globalThis.addEventListener("pagehide", () => current?.break(true));
