let $transport: Transport | string = $MODULE;

/** Takes another way to the program than its own `$URL`: for tests, say. */
export function useTransport(transport: Transport): void {
  $transport = transport;
}

async function $load(): Promise<Transport> {
  if (typeof $transport === "string") {
    const loaded = await import(/* @vite-ignore */ /* webpackIgnore: true */ $transport);
    if (typeof $transport === "string") $transport = loaded as Transport;
  }
  return $transport as Transport;
}
