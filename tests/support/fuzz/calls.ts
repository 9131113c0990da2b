import { errorMessageOf } from "../../../server/error-table.ts";
import { type OpKey, type Operation, operations } from "../../../contract/index.ts";
import { openApiDocument } from "../../../server/core/http/openapi.ts";
import { sceneOf } from "../authorization/ask.ts";
import { type Cast, type Who, personKeys } from "../authorization/cast.ts";
import { refusalOf } from "../authorization/permission-matrix.ts";
import type { Asked, Stage } from "../authorization/stage.ts";
import type { World } from "../world.ts";
import { files } from "./files.ts";
import { hostileText, hostileValue } from "./hostile.ts";
import { type MultipartFault, multipart, multipartFaults } from "./multipart.ts";
import type { Random } from "../../../server/demo/random.ts";
import { type Schema, createValues, reworded, spoiled } from "./schema.ts";

/** Valid, nearly valid, or hostile input. */
type Mode = "valid" | "near" | "hostile";

/** A request as it is sent. */
export interface FuzzCall {
  key: OpKey;
  who: Who;
  mode: Mode;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
  /** The body as a value, when it is well-formed JSON. */
  sent: unknown;
  /** The address may match another operation or none. */
  strayed: boolean;
  /** The connection is closed after half of the body. */
  hangsUp: boolean;
}

interface Described {
  parameters: readonly { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Readonly<Record<string, { schema: Schema }>> };
}

const document = openApiDocument("fuzz", errorMessageOf) as unknown as {
  paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  components: { schemas: Readonly<Record<string, Schema>> };
};
const described = (key: OpKey): Described => {
  const [method, path] = key.split(" ") as [string, string];
  return document.paths[path.replaceAll(/:(\w+)/g, "{$1}")]![method.toLowerCase()]!;
};
const keys = Object.keys(operations) as OpKey[];
const writing = keys.filter((key) => "body" in operations[key] && operations[key].body);
/** Percent-encodes every byte of a text. */
const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const setUp = async (parts: Stage, key: OpKey): Promise<Asked> => sceneOf(key)(parts);
const inHeader = (text: string): string => text.replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, "");

/** The body with an additional value that is nested 50,000 levels deep and still within the size limit. */
const deepBody = (text: string): string =>
  `{"deep":${"[".repeat(50_000)}${"]".repeat(50_000)}${text.length > 2 ? "," : ""}${text.slice(1)}`;

const early: readonly (string | null)[] = ["auth.required", "auth.session_ended", "auth.forbidden"];
const admitted = (key: OpKey, who: Who): boolean => !early.includes(refusalOf(key, who));

interface Parts {
  world: World;
  random: Random;
  cast: () => Cast;
  known: { ids: string[]; words: string[]; cursors: string[] };
}

/** Generates calls of every operation as every person. */
export function createCalls({ world, random, cast, known }: Parts) {
  const value = createValues(random, known, document.components.schemas);
  /** A scene is used for several calls before it is created again. */
  const scenes = new Map<OpKey, { asked: Asked; left: number; cast: Cast }>();

  async function scene(key: OpKey): Promise<Asked> {
    const before = scenes.get(key);
    if (before && before.left-- > 0 && before.cast === cast()) return before.asked;
    // An earlier call may have changed what the scene depends on; then the input is invented.
    const asked = await setUp({ world, cast: cast(), as: "nobody" }, key).catch(() => invented(key));
    scenes.set(key, { asked, left: 6, cast: cast() });
    return asked;
  }

  function invented(key: OpKey): Asked {
    const { parameters, requestBody } = described(key);
    const of = (where: string): Record<string, string> =>
      Object.fromEntries(
        parameters
          .filter((each) => each.in === where && (each.required || random.chance(0.4)))
          .map(({ name, schema }) => [name, String(name === "cursor" ? cursor() : value(schema))]),
      );
    const json = requestBody?.content["application/json"]?.schema;
    return { params: of("path"), query: of("query"), ...(json ? { body: value(json) as object } : {}) };
  }

  /** A cursor from an earlier reply, a hand-made one, or garbage. */
  function cursor(): string {
    const kind = random.next();
    if (known.cursors.length && kind < 0.4) return random.pick(known.cursors);
    if (kind > 0.8) return hostileText(random);
    const values = random.pick([
      [hostileValue(random), hostileValue(random)],
      [1e15, hostileValue(random)],
      [hostileValue(random), 3],
    ]);
    return Buffer.from(JSON.stringify(values).slice(0, 140)).toString("base64url");
  }

  function address(key: OpKey, asked: Asked, mode: Mode): { path: string; strayed: boolean } {
    const bad = mode !== "valid" && random.chance(0.25);
    const names = [...key.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
    const worse = bad && names.length ? random.pick(names) : null;
    const [, template = ""] = key.split(" ");
    const path = template.replaceAll(/:(\w+)/g, (_, name: string) => {
      if (name !== worse) return percent(asked.params?.[name] ?? "x");
      return random.chance(0.8)
        ? percent(hostileText(random))
        : random.pick(["%", "%ff", "%00", "..", "%2e%2e%2f", "%c0%af"]);
    });
    const query = Object.entries(asked.query ?? {}).map(([name, text]) => `${percent(name)}=${percent(text)}`);
    if (mode !== "valid" && random.chance(0.4)) {
      const name = random.pick([...Object.keys(asked.query ?? {}), "cursor", "limit", "q", "__proto__", "communityId"]);
      const text = percent(name === "cursor" ? cursor() : hostileText(random));
      query.push(random.pick([`${name}=${text}`, `${name}[$gt]=${text}`, `${name}[]=${text}`, name, `%=${text}`]));
    }
    return { path: `${path}${query.length ? `?${query.join("&")}` : ""}`, strayed: worse !== null };
  }

  async function token(who: Who, mode: Mode): Promise<string | null> {
    if (mode === "hostile" && random.chance(0.06)) {
      return random.pick([
        inHeader(hostileText(random)),
        "a.b.c",
        "x".repeat(8_000),
        world.deps.tokens.issueRefresh("f".repeat(24), 1),
      ]);
    }
    if (who === "nobody") return null;
    return world.deps.tokens.issueAccess((await cast().user(who)).id, "f".repeat(24), world.clock.now());
  }

  async function headersOf(operation: Operation, who: Who, mode: Mode): Promise<Record<string, string>> {
    const headers: Record<string, string> = {};
    const held = await token(who, mode);
    if (held !== null) headers["authorization"] = `Bearer ${held}`;
    if (operation.idempotent && random.chance(0.5)) {
      headers["idempotency-key"] =
        mode === "hostile" && random.chance(0.4) ? inHeader(hostileText(random)) : `key-${random.whole(0, 39)}-fuzz`;
    }
    if (mode === "hostile" && random.chance(0.15)) {
      const name = random.pick([
        "x-forwarded-for", "accept-language", "cookie", "range", "if-none-match", "accept", "x-http-method-override", "origin",
        "content-encoding", "accept-encoding", "x-request-id",
      ]); // prettier-ignore
      headers[name] = inHeader(hostileText(random));
    }
    return headers;
  }

  function jsonBody(body: unknown, mode: Mode): Pick<FuzzCall, "body" | "sent"> & { type: string } {
    const type = "application/json";
    if (mode !== "hostile" || random.chance(0.6)) return { type, sent: body, body: Buffer.from(JSON.stringify(body)) };
    const text = JSON.stringify(body);
    const raw = random.pick([
      text.slice(0, Math.ceil(text.length / 2)), `\uFEFF${text}`, `${text}${text}`, "null", "[]", "1", '""', "", "{", '{"a":1,"a":2}',
      JSON.stringify(hostileValue(random)), `[${text}]`, `{"__proto__":${text}}`, "[".repeat(100_000), deepBody(text), `{"a":"${"a".repeat(5_000_000)}"}`,
    ]); // prettier-ignore
    const bytes = random.chance(0.1) ? Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22]) : Buffer.from(raw);
    return {
      type: random.pick([type, "text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"]),
      sent: undefined,
      body: bytes,
    };
  }

  function fileBody(asked: Asked, mode: Mode): { type: string; body: Buffer } {
    const bytes = mode === "valid" ? (asked.file?.bytes ?? files["a photo"]!) : files[random.pick(Object.keys(files))]!;
    const fault: MultipartFault = mode === "hostile" && random.chance(0.5) ? random.pick(multipartFaults) : "none";
    return multipart(bytes, fault);
  }

  return async (): Promise<FuzzCall> => {
    const key = random.pick(random.chance(0.5) ? writing : keys);
    const operation: Operation = operations[key];
    // Most callers are permitted, because a refused caller's input is not examined.
    const who = random.pick(random.chance(0.6) ? personKeys.filter((each) => admitted(key, each)) : personKeys);
    const mode = random.pick<Mode>(["valid", "near", "hostile"]);
    const whole = reword(random.chance(0.75) ? await scene(key) : invented(key));
    const asked = mode === "valid" ? whole : spoil(whole);
    const { path, strayed } = address(key, asked, mode);
    const headers = await headersOf(operation, who, mode);
    const [method = "GET"] = key.split(" ");
    const call = { key, who, mode, method, path, headers, strayed, body: null, sent: undefined, hangsUp: false };
    if (operation.upload) {
      const { type, body } = fileBody(asked, mode);
      return { ...call, headers: { ...headers, "content-type": type }, body };
    }
    if (!operation.body) return call;
    const { type, body, sent } = jsonBody(asked.body ?? invented(key).body ?? {}, mode);
    const hangsUp = mode === "hostile" && random.chance(0.02);
    return { ...call, headers: { ...headers, ...(type ? { "content-type": type } : {}) }, body, sent, hangsUp };
  };

  function reword(asked: Asked): Asked {
    const body = asked.body && random.chance(0.6) ? reworded(asked.body, random) : asked.body;
    return body ? { ...asked, body } : asked;
  }

  function spoil(asked: Asked): Asked {
    const { body, ...rest } = asked;
    if (!body || random.chance(0.1)) return asked;
    return { ...rest, body: spoiled(body, random) };
  }
}
