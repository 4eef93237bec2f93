/* eslint-disable */
// What window `main` may call, and nothing else. Written by Portcullis from commands and capabilities: a change here is
// lost when the test that writes it runs again.

/** Public: a test. */
export function adjacent(args: { value: Adjacent }, options?: CallOptions): Promise<Result<Adjacent>> {
  return $call("adjacent", args, options);
}

/** Public: a test. */
export function allDefault(args: { value: AllDefaultInput }, options?: CallOptions): Promise<Result<AllDefault>> {
  return $call("all_default", args, options);
}

/** Public: a test. */
export function anything(args: { value: unknown }, options?: CallOptions): Promise<Result<unknown>> {
  return $call("anything", args, options);
}

/** Public: a test. */
export function branded(args: { value: Array<Branded | null> }, options?: CallOptions): Promise<Result<Array<Branded | null>>> {
  return $call("branded", args, options);
}

/** Public: a test. */
export function defaultIntegers(args: { value: DefaultIntegersInput }, options?: CallOptions): Promise<Result<DefaultIntegers>> {
  return $call("default_integers", args, options);
}

/** Public: a test. */
export function defaults(args: { value: DefaultsInput }, options?: CallOptions): Promise<Result<Defaults>> {
  return $call("defaults", args, options);
}

/** Public: a test. */
export function documented(args: { value: Documented }, options?: CallOptions): Promise<Result<Documented>> {
  return $call("documented", args, options);
}

/** Public: a test. */
export function empty(args: { value: Empty }, options?: CallOptions): Promise<Result<Empty>> {
  return $call("empty", args, options);
}

/** Public: a test. */
export function external(args: { value: ExternalInput }, options?: CallOptions): Promise<Result<External>> {
  return $call("external", args, options);
}

/** Public: a test. */
export function flatEnum(args: { value: FlatEnumInput }, options?: CallOptions): Promise<Result<FlatEnum>> {
  return $call("flat_enum", args, options);
}

/** Public: a test. */
export function flatMap(args: { value: FlatMap }, options?: CallOptions): Promise<Result<FlatMap>> {
  return $call("flat_map", args, options);
}

/** Public: a test. */
export function flatOption(args: { value: FlatOption }, options?: CallOptions): Promise<Result<FlatOption>> {
  return $call("flat_option", args, options);
}

/** Public: a test. */
export function flatOptionEnum(args: { value: FlatOptionEnumInput }, options?: CallOptions): Promise<Result<FlatOptionEnum>> {
  return $call("flat_option_enum", args, options);
}

/** Public: a test. */
export function flatStruct(args: { value: FlatStruct }, options?: CallOptions): Promise<Result<FlatStruct>> {
  return $call("flat_struct", args, options);
}

/** Public: a test. */
export function flatTagged(args: { value: FlatTagged }, options?: CallOptions): Promise<Result<FlatTagged>> {
  return $call("flat_tagged", args, options);
}

/** Public: a test. */
export function fromInto(args: { value: FromInto }, options?: CallOptions): Promise<Result<FromInto>> {
  return $call("from_into", args, options);
}

/** Public: a test. */
export function integers(args: { value: IntegersInput }, options?: CallOptions): Promise<Result<Integers>> {
  return $call("integers", args, options);
}

/** Public: a test. */
export function internal(args: { value: Internal }, options?: CallOptions): Promise<Result<Internal>> {
  return $call("internal", args, options);
}

/** Public: a test. */
export function listOfUnions(args: { value: ExternalInput[] }, options?: CallOptions): Promise<Result<External[]>> {
  return $call("list_of_unions", args, options);
}

/** Public: a test. */
export function maps(args: { value: Maps }, options?: CallOptions): Promise<Result<Maps>> {
  return $call("maps", args, options);
}

/** Public: a test. */
export function nested(args: { value: Array<Units[] | null> }, options?: CallOptions): Promise<Result<Array<Units[] | null>>> {
  return $call("nested", args, options);
}

/** Public: a test. */
export function newtype(args: { value: Newtype }, options?: CallOptions): Promise<Result<Newtype>> {
  return $call("newtype", args, options);
}

/** Public: a test. */
export function options(args: { value: OptionsInput }, options?: CallOptions): Promise<Result<Options>> {
  return $call("options", args, options);
}

/** Public: a test. */
export function other(args: { value: Other }, options?: CallOptions): Promise<Result<Other>> {
  return $call("other", args, options);
}

/** Public: a test. */
export function pageOfPlain(args: { value: Page_of_PlainInput }, options?: CallOptions): Promise<Result<Page_of_Plain>> {
  return $call("page_of_plain", args, options);
}

/** Public: a test. */
export function pageOfStrings(args: { value: Page_of_stringInput }, options?: CallOptions): Promise<Result<Page_of_string>> {
  return $call("page_of_strings", args, options);
}

/** Public: a test. */
export function pair(args: { value: Pair_of_uint8_and_Pair_of_boolean_and_string }, options?: CallOptions): Promise<Result<Pair_of_uint8_and_Pair_of_boolean_and_string>> {
  return $call("pair", args, options);
}

/** Public: a test. */
export function ping(args: { value: PingInput }, options?: CallOptions): Promise<Result<Ping>> {
  return $call("ping", args, options);
}

/** Public: a test. */
export function plain(args: { value: Plain }, options?: CallOptions): Promise<Result<Plain>> {
  return $call("plain", args, options);
}

/** Public: a test. */
export function renamed(args: { value: Renamed }, options?: CallOptions): Promise<Result<Renamed>> {
  return $call("renamed", args, options);
}

/** Public: a test. */
export function renamedAllOneWay(args: { value: RenamedAllOneWayInput }, options?: CallOptions): Promise<Result<RenamedAllOneWay>> {
  return $call("renamed_all_one_way", args, options);
}

/** Public: a test. */
export function renamedFields(args: { value: RenamedFields }, options?: CallOptions): Promise<Result<RenamedFields>> {
  return $call("renamed_fields", args, options);
}

/** Public: a test. */
export function renamedOneWay(args: { value: RenamedOneWayInput }, options?: CallOptions): Promise<Result<RenamedOneWay>> {
  return $call("renamed_one_way", args, options);
}

/** Public: a test. */
export function skipOneWay(args: { value: SkipOneWayInput }, options?: CallOptions): Promise<Result<SkipOneWay>> {
  return $call("skip_one_way", args, options);
}

/** Public: a test. */
export function skippedVariants(args: { value: SkippedVariantsInput }, options?: CallOptions): Promise<Result<SkippedVariants>> {
  return $call("skipped_variants", args, options);
}

/** Public: a test. */
export function skips(args: { value: Skips }, options?: CallOptions): Promise<Result<Skips>> {
  return $call("skips", args, options);
}

/** Public: a test. */
export function someDefaultIntegers(args: { value: SomeDefaultIntegersInput }, options?: CallOptions): Promise<Result<SomeDefaultIntegers>> {
  return $call("some_default_integers", args, options);
}

/** Public: a test. */
export function stdTypes(args: { value: Std }, options?: CallOptions): Promise<Result<Std>> {
  return $call("std_types", args, options);
}

/** Public: a test. */
export function strict(args: { value: Strict }, options?: CallOptions): Promise<Result<Strict>> {
  return $call("strict", args, options);
}

/** Public: a test. */
export function tagged(args: { value: TaggedInput }, options?: CallOptions): Promise<Result<Tagged>> {
  return $call("tagged", args, options);
}

/** Public: a test. */
export function transparent(args: { value: Transparent }, options?: CallOptions): Promise<Result<Transparent>> {
  return $call("transparent", args, options);
}

/** Public: a test. */
export function tree(args: { value: Tree }, options?: CallOptions): Promise<Result<Tree>> {
  return $call("tree", args, options);
}

/** Public: a test. */
export function tryFromOnly(args: { value: TryFromOnlyInput }, options?: CallOptions): Promise<Result<TryFromOnly>> {
  return $call("try_from_only", args, options);
}

/** Public: a test. */
export function tuple(args: { value: Tuple }, options?: CallOptions): Promise<Result<Tuple>> {
  return $call("tuple", args, options);
}

/** Public: a test. */
export function unit(args: { value: Unit }, options?: CallOptions): Promise<Result<Unit>> {
  return $call("unit", args, options);
}

/** Public: a test. */
export function units(args: { value: Units }, options?: CallOptions): Promise<Result<Units>> {
  return $call("units", args, options);
}

/** Public: a test. */
export function untagged(args: { value: Untagged }, options?: CallOptions): Promise<Result<Untagged>> {
  return $call("untagged", args, options);
}

export type Adjacent =
  | { t: "Unit" }
  | { t: "Newtype"; c: string }
  | { t: "Tuple"; c: [number, boolean] }
  | { t: "Struct"; c: { a: number } };

export type AllDefault = { a: number; b: string };

export type AllDefaultInput = { a?: number; b?: string };

export type Branded = string & { readonly brand?: "id" };

export type DefaultIntegers = { a: number; b?: string | null; c: number[] };

export type DefaultIntegersInput = { a?: number; b?: string | null; c?: number[] };

export type Defaults = { a: number; b: number };

export type DefaultsInput = { a?: number; b?: number };

export type Documented = {
  /**
   * Ends *\/ a comment, and has a `tick`.
   *
   * @deprecated
   */
  a: number;
};

export type Duration = { nanos: number; secs: number };

export type Empty = Record<string, never>;

export type External =
  | "Unit"
  | { Newtype: string }
  | { Tuple: [number, boolean] }
  | { Struct: { a: number; b: boolean | null } };

export type ExternalInput =
  | "Unit"
  | { Newtype: string }
  | { Tuple: [number, boolean] }
  | { Struct: { a: number; b?: boolean | null } };

export type FlatEnum = { x: number } & (
  | { Newtype: string }
  | { Tuple: [number, boolean] }
  | { Struct: { a: number; b: boolean | null } }
  | { Unit: null });

export type FlatEnumInput = { x: number } & (
  | { Newtype: string }
  | { Tuple: [number, boolean] }
  | { Struct: { a: number; b?: boolean | null } }
  | { Unit: null });

export type FlatMap = { x: number; [key: string]: boolean | number };

export type FlatOption = { "a-b"?: number; firstOne?: number; x: number };

export type FlatOptionEnum = { x: number } & (
  | { Newtype: string }
  | { Tuple: [number, boolean] }
  | { Struct: { a: number; b: boolean | null } }
  | { Unit: null }
  | { Newtype?: never; Struct?: never; Tuple?: never; Unit?: never });

export type FlatOptionEnumInput = { x: number } & (
  | { Newtype: string }
  | { Tuple: [number, boolean] }
  | { Struct: { a: number; b?: boolean | null } }
  | { Unit: null }
  | { Newtype?: never; Struct?: never; Tuple?: never; Unit?: never });

export type FlatStruct = { "a-b": number; firstOne: number; x: number };

export type FlatTagged = { x: number } & ({ type: "unit" } | { type: "withFields"; someField: number } | Plain & { type: "newtype" });

export type FromInto = string;

export type Integers = {
  all: number[];
  by_name: Record<string, string>;
  digits: string | null;
  number: number;
  wrapped: string;
};

export type IntegersInput = {
  all: number[];
  by_name: Record<string, string>;
  digits?: string | null;
  number: number;
  wrapped: string;
};

export type Internal = { type: "unit" } | { type: "withFields"; someField: number } | Plain & { type: "newtype" };

export type Maps = {
  by_enum: { "3"?: number; "first-one"?: number; "second-one"?: number };
  by_name: Record<string, number>;
  by_number: { [key: `${number}`]: boolean };
  hashed: Record<string, number[]>;
};

export type Newtype = string;

export type Options = { a: number | null; b: Plain | null; c: string | null };

export type OptionsInput = { a?: number | null; b?: Plain | null; c?: string | null };

export type Other = { kind: "Known"; a: number } | { kind: "Unknown" };

export type Page_of_Plain = { items: Plain[]; next: number | null };

export type Page_of_PlainInput = { items: Plain[]; next?: number | null };

export type Page_of_string = { items: string[]; next: number | null };

export type Page_of_stringInput = { items: string[]; next?: number | null };

export type Pair_of_boolean_and_string = [boolean, string];

export type Pair_of_uint8_and_Pair_of_boolean_and_string = [number, Pair_of_boolean_and_string];

export type Ping = { pong: Pong | null };

export type PingInput = { pong?: PongInput | null };

export type Plain = { a: number; b: string; c: boolean; d: number; e: string; f: null };

export type Pong = { ping: Ping | null };

export type PongInput = { ping?: PingInput | null };

export type Renamed = { "a-b": number; firstOne: number };

export type RenamedAllOneWay = { firstOne: number };

export type RenamedAllOneWayInput = { FIRST_ONE: number };

export type RenamedFields = { One: { "SOME-FIELD": number } };

export type RenamedOneWay = { out: number };

export type RenamedOneWayInput = { in: number };

export type Result_of_uint8_or_string = { Ok: number } | { Err: string };

export type SkipOneWay = { a: number; made: number };

export type SkipOneWayInput = { a: number; secret: string };

export type SkippedVariants = "Both" | "OutOnly";

export type SkippedVariantsInput = "Both" | "InOnly";

export type Skips = { a?: number | null; b?: number[] };

export type SomeDefaultIntegers = { a: number; b: number; c: number };

export type SomeDefaultIntegersInput = { a?: number; b?: number; c: number };

export type Std = {
  address: string;
  array: [number, number, number];
  boxed: number;
  cow: string;
  duration: Duration;
  hash_set: boolean[];
  long: number[];
  non_zero: number;
  path: string;
  result: Result_of_uint8_or_string;
  set: number[];
  time: SystemTime;
  tuple: [number, string];
  value: unknown;
};

export type Strict = { a: number };

export type SystemTime = { nanos_since_epoch: number; secs_since_epoch: number };

export type Tagged = { type: "Tagged"; a: number };

export type TaggedInput = { type?: "Tagged"; a: number };

export type Transparent = number;

export type Tree = { below: Tree[]; name: string };

export type TryFromOnly = { a: number };

export type TryFromOnlyInput = number;

export type Tuple = [number, string, boolean | null];

export type Unit = null;

export type Units = "first-one" | "second-one" | "3";

export type Untagged = number | string | { a: number } | number[] | null;

/** Why a call did not come to a result: refused, malformed, or the program or the way to it failed. */
export type Failure = {
  code: "denied" | "invalid" | "panicked" | "cancelled" | "timeout" | "too_large" | "too_deep" | "too_many" | "internal" | "unauthorized" | "unreachable" | "cut_off" | (string & {});
  /** Its number in the program's log. */
  id?: number;
  /** For a person. */
  message?: string;
};

/** What came of a call: its value, the command's own error, or a failure of the call. Of a command that does not fail there is no error. */
export type Result<T, E = never> =
  | { ok: true; value: T; error?: undefined; failure?: undefined }
  | ([E] extends [never] ? never : { ok: false; error: E; failure?: undefined })
  | { ok: false; failure: Failure; error?: undefined };

export type CallOptions = {
  /** Gives the call up: the promise rejects with the reason of the signal, and the program stops the command. */
  signal?: AbortSignal | undefined;
  /** Lets a small call outlive its page. */
  keepalive?: boolean | undefined;
};

type $How = { bytes?: boolean; revive?: boolean };
type $Reply = { ok: unknown } | { error: unknown } | { failed: Failure };

/** How calls get to the program: what `/portcullis.js` exports. */
export type Transport = {
  call(command: string, args: object, options: CallOptions & $How): Promise<$Reply>;
  stream?(command: string, args: object, options: CallOptions & $How): AsyncIterable<unknown> & { result: Promise<$Reply> };
  listen?(
    event: string,
    listener: (event: any) => void,
    options: $How & { signal?: AbortSignal | undefined; onLost?: (count?: number) => void; onFailed?: (failure: Failure) => void },
  ): () => void;
};

let $transport: Transport | string = "/portcullis.js";

/** Takes another way to the program than its own `/portcullis.js`: for tests, say. */
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

const $unreachable = (cause: unknown): Failure => ({ code: "unreachable", message: String(cause) });

function $result(reply: $Reply): any {
  if ("ok" in reply) return { ok: true, value: reply.ok };
  return "error" in reply ? { ok: false, error: reply.error } : { ok: false, failure: reply.failed };
}

async function $call(command: string, args: object, options?: CallOptions, how?: $How): Promise<any> {
  let transport;
  try {
    transport = await $load();
  } catch (cause) {
    return { ok: false, failure: $unreachable(cause) };
  }
  return $result(await transport.call(command, args, { ...options, ...how }));
}
