
/** Items, one after the other: `for await (const item of stream)`. Leaving the loop gives the call up. An error or a failure is thrown there, and is in `result`. */
export type Stream<T, E = never> = AsyncIterable<T> & { readonly result: Promise<Result<null, E>> };

function $stream(command: string, args: object, options?: CallOptions, how?: $How): Stream<any, any> {
  const opened = $load().then((transport) => transport.stream!(command, args, { ...options, ...how }));
  const result = opened.then(
    (stream) => stream.result.then($result),
    (cause) => ({ ok: false as const, failure: $unreachable(cause) }),
  );
  // Whoever does not ask for it is told in the loop.
  result.catch(() => {});
  return {
    result,
    async *[Symbol.asyncIterator]() {
      yield* await opened;
    },
  };
}
