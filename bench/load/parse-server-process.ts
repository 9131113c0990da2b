import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { APPLICATION } from "./parse-client.ts";

/**
 * A parse-server with the rules of the lifecycle in a beforeSave trigger, as its documentation advises: who may take
 * which step from which state, and what a filing requires. Arguments: the folder of its installation, the database's
 * uri. Reports its port and the session tokens of 64 residents and 64 cadres.
 */
const [folder = "", databaseURI = ""] = process.argv.slice(2);

/** The used parts of parse-server and its SDK. Its own types are in the package, which is not a dependency. */
interface ParseObject {
  get(field: string): unknown;
  set(field: string, value: unknown): void;
  id: string;
}
interface Trigger {
  object: ParseObject;
  original?: ParseObject;
  user?: ParseObject;
}
interface Cloud {
  Cloud: { beforeSave(className: string, rule: (trigger: Trigger) => void): void };
}
type ParseServerClass = new (options: Record<string, unknown>) => {
  start(): Promise<unknown>;
  app: (request: unknown, response: unknown) => void;
};

const requireFrom = createRequire(`${folder}/package.json`);
const { ParseServer } = requireFrom("parse-server") as { ParseServer: ParseServerClass };
const express = requireFrom("express") as () => {
  use(path: string, app: unknown): void;
  (request: unknown, response: unknown): void;
};

/** The previous state of each state, and who takes the step. */
const table: Record<string, { from: string; by: "cadre" | "resident" }> = {
  claimed: { from: "queued", by: "cadre" },
  resolved: { from: "claimed", by: "cadre" },
  closed: { from: "resolved", by: "resident" },
};

function rules({ object, original, user }: Trigger): void {
  if (!user) throw new Error("auth.required");
  if (!original) {
    if (user.get("kind") !== "resident") throw new Error("registration.required");
    const description = object.get("description");
    if (typeof description !== "string" || !description.trim() || description.length > 1000)
      throw new Error("description");
    for (const field of ["communityId", "serviceCode"])
      if (typeof object.get(field) !== "string") throw new Error(field);
    object.set("status", "queued");
    object.set("residentId", user.id);
    object.set("submittedAt", new Date());
    return;
  }
  const status = String(object.get("status"));
  const step = table[status];
  if (!step || original.get("status") !== step.from || user.get("kind") !== step.by)
    throw new Error("request.state_conflict");
  if (status === "claimed") object.set("handlerId", user.id);
  if (status === "resolved" && original.get("handlerId") !== user.id) throw new Error("request.not_allowed");
  if (status === "closed" && original.get("residentId") !== user.id) throw new Error("request.not_allowed");
  object.set(`${status}At`, new Date());
}

// Silenced: it warns of each default that will change in a later version.
console.warn = () => undefined;
const server = new ParseServer({
  ...{ databaseURI, appId: APPLICATION, masterKey: "bench-master", allowClientClassCreation: true, silent: true },
  ...{ serverURL: "http://127.0.0.1:1/parse", logLevel: "error", logsFolder: null, verbose: false },
  // The embedded engine has no collations, and nothing here needs these indexes.
  databaseOptions: { createIndexUserUsernameCaseInsensitive: false, createIndexUserEmailCaseInsensitive: false },
  cloud: (parse: Cloud) => parse.Cloud.beforeSave("Request", rules),
});
await server.start();
const app = express();
app.use("/parse", server.app);
const http = createServer(app);
await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
const { port } = http.address() as AddressInfo;

async function signUp(kind: string, n: number): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${port}/parse/users`, {
    method: "POST",
    headers: { "X-Parse-Application-Id": APPLICATION, "Content-Type": "application/json" },
    body: JSON.stringify({ username: `${kind}-${n}-${process.pid}`, password: "bench-password", kind }),
  });
  return ((await reply.json()) as { sessionToken: string }).sessionToken;
}
const people = async (kind: string): Promise<string[]> => {
  const tokens: string[] = [];
  for (let n = 0; n < 64; n++) tokens.push(await signUp(kind, n));
  return tokens;
};
process.send?.({ port, residents: await people("resident"), cadres: await people("cadre") });
