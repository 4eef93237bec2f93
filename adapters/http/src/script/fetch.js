
/**
 * One request. The address is this page's own, whatever a `<base>` says. What has the token in it has no prototype, so
 * that nobody can add a getter which is asked with the token at hand.
 */
function request(command, authorized, type, body, signal, keepalive) {
  const headers = { __proto__: null, "Content-Type": type };
  if (authorized && token !== null) headers.Authorization = `Bearer ${token}`;
  return fetch(`${ORIGIN}/portcullis/${encodeURIComponent(command)}`, {
    __proto__: null,
    method: "POST",
    headers,
    body,
    signal,
    keepalive,
    cache: "no-store",
    redirect: "error",
  });
}

/** One call by one request. */
async function byFetch(course, { json, parts }, keepalive) {
  const controller = new AbortController();
  course.giveUp = () => controller.abort();
  const { signal } = controller;
  await ready;
  try {
    const response = await (parts.length === 0
      ? request(course.command, true, PLAIN, json, signal, keepalive)
      : request(course.command, true, "application/x-portcullis", withBytes(json, parts), signal, keepalive));
    const kind = response.headers.get("Portcullis-Reply");
    if (kind === "ok" || kind === "error" || kind === "failed") course.answer(kind[0], await apply(readText, response, []));
    else if (kind === "bytes") course.settle({ ok: new Uint8Array(await response.arrayBuffer()) });
    else if (kind === "download") hand(course, response);
    else if (kind === "stream") await follow(course, response);
    else course.settle(unreachable());
  } catch (error) {
    course.settle(unreachable(error));
  }
}

/** The length of the JSON, the JSON, and the bytes. A `Blob` of blobs is read when it is sent, and not before. */
function withBytes(json, parts) {
  const said = new Blob([json]);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, said.size);
  return new Blob([length, said, ...parts]);
}

/** A response whose body is the page's to read: the signal of the call goes on until it has. */
function hand(course, response) {
  course.done = undefined;
  course.settle({ ok: response });
}

async function follow(course, response) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  while (!course.settled) {
    const { done, value } = await reader.read();
    if (done) return course.settle(cutOff());
    rest += decoder.decode(value, { stream: true });
    const end = rest.lastIndexOf("\n") + 1;
    if (end === 0) continue;
    const whole = rest.slice(0, end);
    rest = rest.slice(end);
    // Nothing further is read until this has been used: that holds the program back too.
    await new Promise((taken) => course.lines(whole, taken));
  }
}
