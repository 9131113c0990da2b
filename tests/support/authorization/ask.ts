import { randomBytes } from "node:crypto";
import { type Operation, operations } from "../../../contract/index.ts";
import type { OpKey } from "../../../contract/index.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { codesOf } from "../../../server/core/http/openapi.ts";
import { sampleOf } from "../samples.ts";
import type { World } from "../world.ts";
import { accountScenes } from "./scenes-account.ts";
import { officeScenes } from "./scenes-office.ts";
import { peopleScenes } from "./scenes-people.ts";
import { requestScenes } from "./scenes-requests.ts";
import { rosterScenes } from "./scenes-roster.ts";
import { ofModules } from "./permission-matrix.ts";
import type { CaseKey } from "./rows.ts";
import type { Asked, Scene, Scenes } from "./stage.ts";

const scenes: Scenes = {
  ...peopleScenes,
  ...accountScenes,
  ...requestScenes,
  ...rosterScenes,
  ...officeScenes,
  ...Object.assign({}, ...ofModules.map((module) => module.scenes)),
};

export const sceneOf = (key: CaseKey): Scene => {
  const scene = scenes[key];
  if (!scene) throw new Error(`nothing is set up for «${key}»`);
  return scene;
};

/** The answer of a call. */
export interface Answered {
  status: number;
  code: string | null;
  /** The refusal without its request id. */
  told: unknown;
}

/** Calls an operation over HTTP. Throws when a refusal is not announced in the contract. */
export async function ask(world: World, user: User | null, key: OpKey, asked: Asked): Promise<Answered> {
  const operation: Operation = operations[key];
  const [method, template] = key.split(" ") as [string, string];
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(asked.params?.[name] ?? ""));
  const headers: Record<string, string> = {};
  if (user) {
    const session = asked.sessionId ?? randomBytes(12).toString("hex");
    const now = world.clock.now();
    const token = world.deps.tokens.issueAccess(user.id, session, now, { authenticatedAt: now });
    headers["authorization"] = `Bearer ${token}`;
  }
  let body: FormData | string | undefined;
  if (asked.file) {
    body = new FormData();
    body.append("file", new Blob([new Uint8Array(asked.file.bytes)], { type: asked.file.type }), "file");
  } else if (operation.body) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(asked.body ?? sampleOf(operation.body));
  }
  const url = `${world.base}${path}?${new URLSearchParams(asked.query)}`;
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  if (response.ok) {
    await response.arrayBuffer();
    return { status: response.status, code: null, told: null };
  }
  const { requestId: _, ...told } = ((await response.json()) as { error: { code: string; requestId: string } }).error;
  if (!(codesOf(operation) as ReadonlySet<string>).has(told.code))
    throw new Error(`${key} refused with ${told.code}, which is not announced`);
  return { status: response.status, code: told.code, told };
}

/** The same call about an object that does not exist. */
export const aboutNothing = (asked: Asked): Asked =>
  JSON.parse(JSON.stringify(asked).replaceAll(asked.about ?? "", "0".repeat(24))) as Asked;
