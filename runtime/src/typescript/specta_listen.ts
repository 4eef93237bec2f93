
type $Listener<T> = (event: { event: string; payload: T }) => void;

function $event<T>(event: string, how: $How = {}) {
  const listen = async (listener: $Listener<T>): Promise<() => void> =>
    (await $load()).listen!(event, (payload: T) => listener({ event, payload }), how);
  const once = async (listener: $Listener<T>): Promise<() => void> => {
    const stop = await listen((told) => {
      stop();
      listener(told);
    });
    return stop;
  };
  return { listen, once };
}
