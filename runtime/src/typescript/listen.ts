
export type ListenOptions = {
  /** Stops listening. */
  signal?: AbortSignal | undefined;
  /** So many events came faster than they were taken, and are lost; without a number, nobody knows how many. */
  onLost?: (count?: number) => void;
  /** The program does not let this window listen, or is not there. */
  onFailed?: (failure: Failure) => void;
};

function $listen(event: string, listener: (event: any) => void, options: ListenOptions = {}, how?: $How): () => void {
  let stop = () => {};
  let over = false;
  $load().then(
    (transport) => {
      if (!over) stop = transport.listen!(event, listener, { ...options, ...how });
    },
    (cause) => options.onFailed?.($unreachable(cause)),
  );
  return () => {
    over = true;
    stop();
  };
}
