import { z } from "zod";
import { ErrorEnvelope } from "../../../contract/common.ts";
import { type Operation, operations } from "../../../contract/index.ts";
import type { ErrorCode } from "../../kernel/errors.ts";

type Json = Record<string, unknown>;

/** The HTTP status of an error. */
type StatusOf = (code: ErrorCode, params: Readonly<Record<string, unknown>>) => { status: number };

/** The two sides of a schema: input that a caller may send, and output in a reply. */
type Side = "input" | "output";

/** The API as an OpenAPI 3.1 document, generated from the operation table. */
export function openApiDocument(version: string, statusOf: StatusOf): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const [key, operation] of Object.entries(operations) as [string, Operation][]) {
    const [method, path] = key.split(" ") as [string, string];
    const template = path.replaceAll(/:(\w+)/g, "{$1}");
    paths[template] = { ...paths[template], [method.toLowerCase()]: describe(key, operation, components, statusOf) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "店小二",
      version,
      description:
        "Instants are ISO 8601. Lists are `{ items, nextCursor }`. A failure is `{ error: { code, message, details, requestId } }`, " +
        "its message a sentence with a next step.",
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
  };
}

function describe(key: string, operation: Operation, components: Json, statusOf: StatusOf): Json {
  const { access, summary, tag } = operation;
  const roles = Array.isArray(access) ? `\n\nRoles: ${access.join(", ")}.` : "";
  return {
    operationId: key.replace(" /", "-").replaceAll(/[/:]+/g, "-"),
    summary,
    description: `${summary}${roles}`,
    tags: [tag],
    ...(access === "anyone" ? {} : { security: [{ bearer: [] }] }),
    parameters: parameters(operation, components),
    ...requestBody(operation, components),
    responses: { ...success(operation, components), ...failures(operation, components, statusOf) },
  };
}

function parameters(operation: Operation, components: Json): Json[] {
  const of = (schema: z.ZodObject | undefined, where: string): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = jsonSchema(schema, "input", components) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: where,
      required: where === "path" || required.includes(name),
      schema: property,
    }));
  };
  const key = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    schema: { type: "string", pattern: "^[\\w-]{8,100}$" },
    description: "The same key and body gets the same answer; the same key with another body 422.",
  };
  return [...of(operation.params, "path"), ...of(operation.query, "query"), ...(operation.idempotent ? [key] : [])];
}

function requestBody(operation: Operation, components: Json): Json {
  if (operation.upload) {
    const schema = { type: "object", properties: { file: { type: "string", format: "binary" } }, required: ["file"] };
    return { requestBody: { required: true, content: { "multipart/form-data": { schema } } } };
  }
  if (!operation.body) return {};
  const schema = jsonSchema(operation.body, "input", components);
  return { requestBody: { required: true, content: { "application/json": { schema } } } };
}

function success(operation: Operation, components: Json): Json {
  if (operation.reply === "none") return { 204: { description: "Done." } };
  if (operation.reply === "file") return { 200: { description: "The file.", content: { "image/jpeg": {} } } };
  const schema = jsonSchema(operation.reply, "output", components);
  return { [operation.status ?? 200]: { description: "Success.", content: { "application/json": { schema } } } };
}

/**
 * All error codes with which an operation may answer: declared ones, and those that follow from its input, access and
 * budget.
 */
export function codesOf({
  access,
  errors = [],
  idempotent,
  budget,
  refreshCookie,
  reauthentication,
  ...operation
}: Operation): ReadonlySet<ErrorCode> {
  const takesBody = operation.body !== undefined || idempotent === true;
  return new Set([
    ...(operation.body || operation.query || operation.params ? ["input.invalid"] : []),
    ...(takesBody ? ["input.not_json", "input.type_unsupported", "input.too_large", "input.too_deep"] : []),
    ...(operation.query && "cursor" in operation.query.shape ? ["cursor.invalid"] : []),
    ...(idempotent ? ["idempotency.key_invalid", "idempotency.key_reused", "write.contended"] : []),
    ...(access === "anyone" ? [] : ["auth.required"]),
    ...(Array.isArray(access) ? ["auth.forbidden"] : []),
    ...(reauthentication ? ["auth.reauthentication_required"] : []),
    ...(refreshCookie ? ["auth.foreign_page"] : []),
    "input.target_too_long",
    // An ended token is refused also by public operations, so that a client refreshes it.
    "auth.session_ended",
    ...(budget === "none" ? [] : ["rate.limited"]),
    ...errors,
  ] as ErrorCode[]);
}

/** The error codes of an operation by status. `default` has the failures of the server. */
function failures(operation: Operation, components: Json, statusOf: StatusOf): Json {
  const schema = jsonSchema(ErrorEnvelope, "output", components);
  const content = { "application/json": { schema } };
  const byStatus = Map.groupBy(codesOf(operation), (code) => statusOf(code, {}).status);
  return {
    ...Object.fromEntries(
      [...byStatus].map(([status, of]) => [
        status,
        { description: of.map((code) => `\`${code}\``).join(", "), content },
      ]),
    ),
    default: { description: "`server.not_ready`, `server.failed`", content },
  };
}

/** A schema as JSON Schema 2020-12. Named schemas go into the components. */
function jsonSchema(schema: z.ZodType, side: Side, components: Json): Json {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, { io: side, unrepresentable: "any" }) as Json & {
    $defs?: Json;
  };
  const link = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [name, definition] of Object.entries($defs)) components[name] = link(definition);
  const linked = link(rest) as Json;
  const id = schema.meta()?.id;
  if (!id) return linked;
  components[id] = linked;
  return { $ref: `#/components/schemas/${id}` };
}
