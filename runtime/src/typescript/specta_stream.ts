
async function* $stream(command: string, args: object, how: $How = {}): AsyncGenerator<any, void, void> {
  yield* (await $load()).stream!(command, args, how);
}
