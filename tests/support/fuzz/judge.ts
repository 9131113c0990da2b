import { ErrorEnvelope } from "../../../contract/common.ts";
import { type Operation, operations } from "../../../contract/index.ts";
import { errorCodes } from "../../../server/error-table.ts";
import { maskNumbers } from "../../../server/core/domain/privacy/mask.ts";
import { errorMessageOf } from "../../../server/error-table.ts";
import { codesOf } from "../../../server/core/http/openapi.ts";
import { fromModules } from "../from-modules.ts";
import type { ModuleSample } from "../module-sample.ts";
import type { FuzzCall } from "./calls.ts";
import type { Reply } from "./send.ts";

/**
 * Traces of internals in a reply: stack frames, names of libraries, messages of the database. The generated calls
 * contain
 * none of them.
 */
const inside =
  /\bat .{0,80}\.[jt]s:\d+|node_modules|mongo|bson|zod|\bE11000\b|TypeError|RangeError|ReferenceError|SyntaxError|is not a function|ECONN|ENOENT|\/work\//i;

/** The faults of a reply, one line each. */
export function faultsOf(call: FuzzCall, reply: Reply): string[] {
  if (reply.status >= 400) return faultsOfRefusal(call, reply);
  const operation: Operation = operations[call.key];
  if (operation.reply === "file" || reply.status === 204) return [];
  if (!reply.type.startsWith("application/json")) return [`a success that is ${reply.type || "of no type"}`];
  return lost(call, JSON.parse(reply.text));
}

function faultsOfRefusal({ key, strayed }: FuzzCall, { status, text, type }: Reply): string[] {
  // Node's own HTTP parser refuses malformed requests before the product sees them.
  if (status === 431 || (status === 400 && text === "")) return [];
  if (!type.startsWith("application/json")) return [`${status} that is ${type || "of no type"}: ${text.slice(0, 80)}`];
  const parsed = ErrorEnvelope.strict().safeParse(JSON.parse(text));
  if (!parsed.success) return [`${status} without the envelope: ${text.slice(0, 200)}`];
  const { code, message } = parsed.data.error;
  const faults = inside.test(text) ? [`words of the inside: ${text.slice(0, 300)}`] : [];
  const known = errorCodes.find((each) => each === code);
  if (!known || code === "server.failed") return [...faults, `${status} ${code}`];
  if (errorMessageOf(known, {}).status !== status) faults.push(`${code} with status ${status}`);
  if (!message.endsWith("。")) faults.push(`${code} without a sentence: ${message.slice(0, 80)}`);
  const announced = (codesOf(operations[key]) as ReadonlySet<string>).has(code);
  if (!announced && !strayed) faults.push(`${code}, which is not announced`);
  return faults;
}

type Json = Record<string, unknown>;

const samples = await fromModules<ModuleSample>("sample.ts", "sample");

/** Operations whose replies contain texts from the request. */
const echoes: NonNullable<ModuleSample["echoes"]> = {
  ...Object.assign({}, ...samples.map((sample) => sample.echoes)),
  "POST /api/requests": (sent, got) => [
    [sent["description"], got["description"]],
    [sent["title"], got["title"]],
  ],
  "POST /api/leaves": (sent, got) => [[sent["note"], got["note"]]],
  "PUT /api/communities/:id/settings": (sent, got) =>
    ["phone", "address", "officeHours", "unitHead"].map((name) => [sent[name], got[name]]),
  "PUT /api/communities/:id/templates": (sent, got) =>
    (sent["items"] as Json[]).map(({ text }, n) => [text, (got["items"] as Json[])[n]?.["text"]]),
};

/** The stored form of a text: trimmed, lone surrogates replaced by U+FFFD, mobile and ID numbers masked. */
const kept = (text: string): string[] => {
  const whole = text.toWellFormed().trim();
  return [whole, maskNumbers(whole)];
};

function lost({ key, sent }: FuzzCall, got: unknown): string[] {
  const pairs = sent === undefined ? [] : (echoes[key]?.(sent as Json, got as Json) ?? []);
  return pairs
    .filter(([before, after]) => typeof before === "string" && !kept(before).includes(String(after)))
    .map(([before, after]) => `${JSON.stringify(before)} became ${JSON.stringify(after)}`);
}
