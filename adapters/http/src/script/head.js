// Calls commands of the program that serves this page, follows their streams, and listens to its events.
//
//     import { invoke, stream, listen, CommandError, CallFailed } from "/portcullis.js";
//     const note = await invoke("read_note", { id: 7 });
//     for await (const line of stream("follow_log", { name: "today" })) show(line);
//     const stop = listen("note_saved", (note) => refresh(note.id));
//
// Calls go over one WebSocket, the line, since a browser opens six connections to a host and no more. What is large, is
// made of bytes, or is to outlive the page goes by `fetch`; so does everything where the line cannot be opened.

// Taken before any other script can put something else in their place. What the token passes through is one of these,
// or no function at all.
const { AbortController, ArrayBuffer, BigInt, Blob, DataView, Date, JSON, Object, Promise } = globalThis;
const { Reflect, Response, Storage, Symbol, TextDecoder, Uint8Array, WebSocket } = globalThis;
const { clearTimeout, encodeURIComponent, fetch, history, location, reportError, setTimeout } = globalThis;
const { stringify, parse } = JSON;
const { apply } = Reflect;
const { defineProperty } = Object;
const { getItem, setItem, removeItem } = Storage.prototype;
const { text: readText } = Response.prototype;
const { origin: ORIGIN } = location;
const PLAIN = "application/json";
