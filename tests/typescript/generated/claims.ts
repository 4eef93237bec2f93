// What serde writes, takes and refuses. Written by a test in Rust, which has asked serde.
import type * as types from "./types";

type Sent<F extends (...args: any) => any> = Parameters<F>[0]["value"];
type Returned<F extends (...args: any) => any> = Extract<Awaited<ReturnType<F>>, { ok: true }>["value"];

export const _1: Returned<typeof types.plain> = {"a":1,"b":"b","c":true,"d":0.5,"e":"ü","f":null};
export const _2: Returned<typeof types.options> = {"a":null,"b":{"a":1,"b":"b","c":true,"d":0.5,"e":"ü","f":null},"c":"c"};
export const _3: Returned<typeof types.options> = {"a":1,"b":null,"c":null};
export const _4: Returned<typeof types.skips> = {};
export const _5: Returned<typeof types.skips> = {"a":1,"b":[1]};
export const _6: Returned<typeof types.defaults> = {"a":1,"b":2};
export const _7: Returned<typeof types.allDefault> = {"a":0,"b":""};
export const _8: Returned<typeof types.renamed> = {"firstOne":1,"a-b":2};
export const _9: Returned<typeof types.renamedOneWay> = {"out":1};
export const _10: Returned<typeof types.renamedAllOneWay> = {"firstOne":1};
export const _11: Returned<typeof types.skipOneWay> = {"a":1,"made":2};
export const _12: Returned<typeof types.strict> = {"a":1};
export const _13: Returned<typeof types.flatStruct> = {"x":1,"firstOne":1,"a-b":2};
export const _14: Returned<typeof types.flatOption> = {"x":1};
export const _15: Returned<typeof types.flatOption> = {"x":1,"firstOne":1,"a-b":2};
export const _16: Returned<typeof types.flatMap> = {"x":1,"y":true};
export const _17: Returned<typeof types.flatEnum> = {"x":1,"Unit":null};
export const _18: Returned<typeof types.flatEnum> = {"x":1,"Newtype":"n"};
export const _19: Returned<typeof types.flatEnum> = {"x":1,"Tuple":[1,false]};
export const _20: Returned<typeof types.flatEnum> = {"x":1,"Struct":{"a":1,"b":null}};
export const _21: Returned<typeof types.flatTagged> = {"x":1,"type":"unit"};
export const _22: Returned<typeof types.flatTagged> = {"x":1,"type":"withFields","someField":1};
export const _23: Returned<typeof types.flatTagged> = {"x":1,"type":"newtype","a":1,"b":"b","c":true,"d":0.5,"e":"ü","f":null};
export const _24: Returned<typeof types.flatOptionEnum> = {"x":1};
export const _25: Returned<typeof types.flatOptionEnum> = {"x":1,"Newtype":"n"};
export const _26: Returned<typeof types.external> = "Unit";
export const _27: Returned<typeof types.external> = {"Newtype":"n"};
export const _28: Returned<typeof types.external> = {"Tuple":[1,true]};
export const _29: Returned<typeof types.external> = {"Struct":{"a":1,"b":true}};
export const _30: Returned<typeof types.units> = "first-one";
export const _31: Returned<typeof types.units> = "3";
export const _32: Returned<typeof types.internal> = {"type":"unit"};
export const _33: Returned<typeof types.internal> = {"type":"withFields","someField":1};
export const _34: Returned<typeof types.internal> = {"type":"newtype","a":1,"b":"b","c":true,"d":0.5,"e":"ü","f":null};
export const _35: Returned<typeof types.adjacent> = {"t":"Unit"};
export const _36: Returned<typeof types.adjacent> = {"t":"Newtype","c":"n"};
export const _37: Returned<typeof types.adjacent> = {"t":"Tuple","c":[1,true]};
export const _38: Returned<typeof types.adjacent> = {"t":"Struct","c":{"a":1}};
export const _39: Returned<typeof types.untagged> = 0.5;
export const _40: Returned<typeof types.untagged> = "t";
export const _41: Returned<typeof types.untagged> = {"a":1};
export const _42: Returned<typeof types.untagged> = [1,2];
export const _43: Returned<typeof types.untagged> = null;
export const _44: Returned<typeof types.renamedFields> = {"One":{"SOME-FIELD":1}};
export const _45: Returned<typeof types.other> = {"kind":"Known","a":1};
export const _46: Returned<typeof types.other> = {"kind":"Unknown"};
export const _47: Returned<typeof types.skippedVariants> = "Both";
export const _48: Returned<typeof types.skippedVariants> = "OutOnly";
export const _49: Returned<typeof types.tagged> = {"type":"Tagged","a":1};
export const _50: Returned<typeof types.pageOfPlain> = {"items":[{"a":1,"b":"b","c":true,"d":0.5,"e":"ü","f":null}],"next":2};
export const _51: Returned<typeof types.pageOfStrings> = {"items":["a"],"next":null};
export const _52: Returned<typeof types.pair> = [1,[true,"b"]];
export const _53: Returned<typeof types.tree> = {"name":"a","below":[{"name":"b","below":[]}]};
export const _54: Returned<typeof types.ping> = {"pong":{"ping":{"pong":null}}};
export const _55: Returned<typeof types.maps> = {"by_name":{"a b":1},"by_number":{"7":true},"by_enum":{"first-one":1},"hashed":{"h":[1]}};
export const _56: Returned<typeof types.transparent> = 1;
export const _57: Returned<typeof types.newtype> = "n";
export const _58: Returned<typeof types.tuple> = [1,"a",null];
export const _59: Returned<typeof types.unit> = null;
export const _60: Returned<typeof types.empty> = {};
export const _61: Returned<typeof types.fromInto> = "3";
export const _62: Returned<typeof types.tryFromOnly> = {"a":1};
export const _63: Returned<typeof types.stdTypes> = {"duration":{"secs":1,"nanos":500000000},"time":{"secs_since_epoch":7,"nanos_since_epoch":0},"path":"a/b","result":{"Err":"no"},"array":[1,2,3],"long":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"tuple":[1,"a"],"set":[1],"hash_set":[true],"cow":"c","boxed":1,"value":[1,{"a":null}],"address":"127.0.0.1","non_zero":1};
export const _64: Returned<typeof types.integers> = {"number":1,"digits":"-5","all":[1],"by_name":{"a":"340282366920938463463374607431768211455"},"wrapped":"1"};
export const _65: Returned<typeof types.documented> = {"a":1};
export const _66: Returned<typeof types.nested> = [null,["second-one"]];
export const _67: Returned<typeof types.anything> = {"a":[1,null]};
export const _68: Returned<typeof types.defaultIntegers> = {"a":0,"c":[]};
export const _69: Returned<typeof types.defaultIntegers> = {"a":1,"b":"2","c":[]};
export const _70: Returned<typeof types.someDefaultIntegers> = {"a":1,"b":2,"c":3};
export const _71: Returned<typeof types.branded> = [null,"b"];
export const _72: Returned<typeof types.listOfUnions> = ["Unit",{"Tuple":[1,true]}];
export const _73: Sent<typeof types.plain> = {"a":1,"b":"b","c":true,"d":1,"e":"x","f":null};
export const _74: Sent<typeof types.options> = {};
export const _75: Sent<typeof types.options> = {"a":null,"c":null};
export const _76: Sent<typeof types.skips> = {};
export const _77: Sent<typeof types.skips> = {"a":null,"b":[]};
export const _78: Sent<typeof types.defaults> = {};
export const _79: Sent<typeof types.defaults> = {"b":1};
export const _80: Sent<typeof types.allDefault> = {};
export const _81: Sent<typeof types.allDefault> = {"b":"b"};
export const _82: Sent<typeof types.renamed> = {"a-b":2,"firstOne":1};
export const _83: Sent<typeof types.renamedOneWay> = {"in":1};
export const _84: Sent<typeof types.renamedAllOneWay> = {"FIRST_ONE":1};
export const _85: Sent<typeof types.skipOneWay> = {"a":1,"secret":"s"};
export const _86: Sent<typeof types.flatStruct> = {"a-b":2,"firstOne":1,"x":1};
export const _87: Sent<typeof types.flatOption> = {"x":1};
export const _88: Sent<typeof types.flatOption> = {"a-b":2,"firstOne":1,"x":1};
export const _89: Sent<typeof types.flatMap> = {"x":1};
export const _90: Sent<typeof types.flatEnum> = {"Unit":null,"x":1};
export const _91: Sent<typeof types.flatEnum> = {"Tuple":[1,true],"x":1};
export const _92: Sent<typeof types.flatTagged> = {"someField":1,"type":"withFields","x":1};
export const _93: Sent<typeof types.flatOptionEnum> = {"x":1};
export const _94: Sent<typeof types.flatOptionEnum> = {"Newtype":"n","x":1};
export const _95: Sent<typeof types.external> = {"Struct":{"a":1}};
export const _96: Sent<typeof types.internal> = {"type":"unit"};
export const _97: Sent<typeof types.adjacent> = {"t":"Unit"};
export const _98: Sent<typeof types.other> = {"a":1,"kind":"Known"};
export const _99: Sent<typeof types.skippedVariants> = "InOnly";
export const _100: Sent<typeof types.tagged> = {"a":1};
export const _101: Sent<typeof types.tagged> = {"a":1,"type":"Tagged"};
export const _102: Sent<typeof types.pageOfStrings> = {"items":[]};
export const _103: Sent<typeof types.ping> = {};
export const _104: Sent<typeof types.ping> = {"pong":{}};
export const _105: Sent<typeof types.maps> = {"by_enum":{"first-one":1},"by_name":{},"by_number":{"7":true},"hashed":{}};
export const _106: Sent<typeof types.tuple> = [1,"a",true];
export const _107: Sent<typeof types.empty> = {};
export const _108: Sent<typeof types.fromInto> = "text";
export const _109: Sent<typeof types.tryFromOnly> = 7;
export const _110: Sent<typeof types.integers> = {"all":[],"by_name":{},"digits":"5","number":1,"wrapped":"7"};
export const _111: Sent<typeof types.integers> = {"all":[],"by_name":{},"number":1,"wrapped":"7"};
export const _112: Sent<typeof types.defaultIntegers> = {};
export const _113: Sent<typeof types.defaultIntegers> = {"a":1,"b":null};
export const _114: Sent<typeof types.someDefaultIntegers> = {"c":1};
export const _115: Sent<typeof types.someDefaultIntegers> = {"a":1,"b":1,"c":1};
// @ts-expect-error
export const _116: Sent<typeof types.defaultIntegers> = {"a":null};
// @ts-expect-error
export const _117: Sent<typeof types.someDefaultIntegers> = {"a":1};
// @ts-expect-error
export const _118: Sent<typeof types.someDefaultIntegers> = {"a":null,"c":1};
// @ts-expect-error
export const _119: Sent<typeof types.plain> = {"a":"1","b":"b","c":true,"d":1,"e":"x","f":null};
// @ts-expect-error
export const _120: Sent<typeof types.plain> = {"a":1};
// @ts-expect-error
export const _121: Sent<typeof types.options> = {"a":"1"};
// @ts-expect-error
export const _122: Sent<typeof types.renamed> = {"a-b":2,"first_one":1};
// @ts-expect-error
export const _123: Sent<typeof types.renamedOneWay> = {"out":1};
// @ts-expect-error
export const _124: Sent<typeof types.renamedAllOneWay> = {"firstOne":1};
// @ts-expect-error
export const _125: Sent<typeof types.skipOneWay> = {"a":1};
// @ts-expect-error
export const _126: Sent<typeof types.strict> = {"a":1,"b":2};
// @ts-expect-error
export const _127: Sent<typeof types.flatStruct> = {"x":1};
// @ts-expect-error
export const _128: Sent<typeof types.flatEnum> = {"x":1};
// @ts-expect-error
export const _129: Sent<typeof types.flatTagged> = {"type":"withFields","x":1};
// @ts-expect-error
export const _130: Sent<typeof types.external> = "Newtype";
// @ts-expect-error
export const _131: Sent<typeof types.external> = {"Unit":1};
// @ts-expect-error
export const _132: Sent<typeof types.external> = {"Tuple":[1]};
// @ts-expect-error
export const _133: Sent<typeof types.units> = "FirstOne";
// @ts-expect-error
export const _134: Sent<typeof types.internal> = {"type":"unknown"};
// @ts-expect-error
export const _135: Sent<typeof types.internal> = {"some_field":1,"type":"withFields"};
// @ts-expect-error
export const _136: Sent<typeof types.adjacent> = {"t":"Newtype"};
// @ts-expect-error
export const _137: Sent<typeof types.adjacent> = {"c":[1,2],"t":"Tuple"};
// @ts-expect-error
export const _138: Sent<typeof types.untagged> = {"b":1};
// @ts-expect-error
export const _139: Sent<typeof types.untagged> = true;
// @ts-expect-error
export const _140: Sent<typeof types.renamedFields> = {"One":{"some_field":1}};
// @ts-expect-error
export const _141: Sent<typeof types.skippedVariants> = "OutOnly";
// @ts-expect-error
export const _142: Sent<typeof types.skippedVariants> = "Neither";
// @ts-expect-error
export const _143: Sent<typeof types.pageOfPlain> = {"items":["a"],"next":null};
// @ts-expect-error
export const _144: Sent<typeof types.tree> = {"name":"a"};
// @ts-expect-error
export const _145: Sent<typeof types.maps> = {"by_enum":{},"by_name":{},"by_number":{"x":true},"hashed":{}};
// @ts-expect-error
export const _146: Sent<typeof types.maps> = {"by_enum":{"x":1},"by_name":{},"by_number":{},"hashed":{}};
// @ts-expect-error
export const _147: Sent<typeof types.transparent> = {"inner":1};
// @ts-expect-error
export const _148: Sent<typeof types.tuple> = [1,"a"];
// @ts-expect-error
export const _149: Sent<typeof types.unit> = {};
// @ts-expect-error
export const _150: Sent<typeof types.fromInto> = 1;
// @ts-expect-error
export const _151: Sent<typeof types.tryFromOnly> = {"a":1};
// @ts-expect-error
export const _152: Sent<typeof types.integers> = {"all":[],"by_name":{},"number":"1","wrapped":"7"};
// @ts-expect-error
export const _153: Sent<typeof types.integers> = {"all":[],"by_name":{},"number":1,"wrapped":7};
// @ts-expect-error
export const _154: Sent<typeof types.nested> = [1];
