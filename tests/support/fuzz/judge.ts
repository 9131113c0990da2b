import { ErrorEnvelope } from "../../../contract/common.ts";
import { type Operation, operations } from "../../../contract/index.ts";
import { errorCodes } from "../../../server/error-table.ts";
import { maskNumbers } from "../../../server/core/domain/privacy/mask.ts";
import { sentenceOf } from "../../../server/error-table.ts";
import { codesOf } from "../../../server/core/http/openapi.ts";
import type { FuzzCall } from "./calls.ts";
import type { Reply } from "./send.ts";

/** Words of the inside: places in code, names of libraries, what a database says. Nothing that the calls send has them. */
const inside =
  /\bat .{0,80}\.[jt]s:\d+|node_modules|mongo|bson|zod|\bE11000\b|TypeError|RangeError|ReferenceError|SyntaxError|is not a function|ECONN|ENOENT|\/work\//i;

/** What is wrong with a reply, one line each; empty: nothing. */
export function faultsOf(call: FuzzCall, reply: Reply): string[] {
  if (reply.status >= 400) return faultsOfRefusal(call, reply);
  const operation: Operation = operations[call.key];
  if (operation.reply === "file" || reply.status === 204) return [];
  if (!reply.type.startsWith("application/json")) return [`a success that is ${reply.type || "of no type"}`];
  return lost(call, JSON.parse(reply.text));
}

function faultsOfRefusal({ key, strayed }: FuzzCall, { status, text, type }: Reply): string[] {
  // Node's own parser refuses what is no HTTP before anything of ours sees it.
  if (status === 431 || (status === 400 && text === "")) return [];
  if (!type.startsWith("application/json")) return [`${status} that is ${type || "of no type"}: ${text.slice(0, 80)}`];
  const parsed = ErrorEnvelope.strict().safeParse(JSON.parse(text));
  if (!parsed.success) return [`${status} without the envelope: ${text.slice(0, 200)}`];
  const { code, message } = parsed.data.error;
  const faults = inside.test(text) ? [`words of the inside: ${text.slice(0, 300)}`] : [];
  const known = errorCodes.find((each) => each === code);
  if (!known || code === "server.failed") return [...faults, `${status} ${code}`];
  if (sentenceOf(known, {}).status !== status) faults.push(`${code} with status ${status}`);
  if (!message.endsWith("。")) faults.push(`${code} without a sentence: ${message.slice(0, 80)}`);
  const announced = (codesOf(operations[key]) as ReadonlySet<string>).has(code);
  if (!announced && !strayed) faults.push(`${code}, which is not announced`);
  return faults;
}

type Pair = readonly [sent: unknown, got: unknown];
type Json = Record<string, unknown>;

/** Words that somebody sends and gets back in the reply. */
const words: Partial<Record<FuzzCall["key"], (sent: Json, got: Json) => Pair[]>> = {
  "POST /api/requests": (sent, got) => [
    [sent["description"], got["description"]],
    [sent["title"], got["title"]],
  ],
  "POST /api/complaints": (sent, got) => [[sent["text"], got["text"]]],
  "POST /api/leaves": (sent, got) => [[sent["note"], got["note"]]],
  "PUT /api/communities/:id/settings": (sent, got) =>
    ["phone", "address", "officeHours", "unitHead"].map((name) => [sent[name], got[name]]),
  "PUT /api/communities/:id/templates": (sent, got) =>
    (sent["items"] as Json[]).map(({ text }, n) => [text, (got["items"] as Json[])[n]?.["text"]]),
};

/** The rule: blanks around it go, half a character becomes U+FFFD, mobile and ID numbers are masked. */
const kept = (text: string): string[] => {
  const whole = text.toWellFormed().trim();
  return [whole, maskNumbers(whole)];
};

function lost({ key, sent }: FuzzCall, got: unknown): string[] {
  const pairs = sent === undefined ? [] : (words[key]?.(sent as Json, got as Json) ?? []);
  return pairs
    .filter(([before, after]) => typeof before === "string" && !kept(before).includes(String(after)))
    .map(([before, after]) => `${JSON.stringify(before)} became ${JSON.stringify(after)}`);
}
