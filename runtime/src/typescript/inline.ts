// What gets calls to the program, in a function of its own: its names are not those of this module.
const $inline = /* @__PURE__ */ (() => {
$SOURCE
return { $EXPORTS };
})();

let $transport: Transport = $inline;

/** Takes another way to the program than its own: for tests, say. */
export function useTransport(transport: Transport): void {
  $transport = transport;
}

const $load = async (): Promise<Transport> => $transport;
