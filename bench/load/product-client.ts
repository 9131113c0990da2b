import { randomUUID } from "node:crypto";
import { type HttpConnection, openHttp } from "./http-connection.ts";
import { type Client, type Person, RATING, RESULT, words } from "./lifecycle.ts";

/** Calls the product as its front ends do, with an `Idempotency-Key`. Rejects when the call is refused. */
async function ask(http: HttpConnection, { token }: Person, path: string, body: string): Promise<string> {
  const headers = `Authorization: Bearer ${token}\r\nIdempotency-Key: ${randomUUID()}\r\n`;
  const reply = await http.send("POST", path, headers, body);
  if (reply.status >= 300) throw new Error(`${path.replaceAll(/[0-9a-f]{24}/g, ":id")} ${reply.status} ${reply.body}`);
  return reply.body;
}

const idIn = (body: string): string => /"id":"([0-9a-f]{24})"/.exec(body)?.[1] ?? "";

/** A resident and a cadre of one community on one connection to the product. */
export async function productClient(port: number, n: number, resident: Person, cadre: Person): Promise<Client> {
  const http = openHttp(port);
  let filed = 0;
  return {
    async take(step, id) {
      if (step === "create") {
        const description = words(n * 1_000_000 + filed++);
        const body = { communityId: resident.communityId, serviceCode: "parcel", description };
        return idIn(await ask(http, resident, "/api/requests", JSON.stringify(body)));
      }
      if (step === "claim") await ask(http, cadre, `/api/requests/${id}/claim`, "{}");
      if (step === "resolve") await ask(http, cadre, `/api/requests/${id}/resolve`, JSON.stringify({ result: RESULT }));
      if (step === "rate") await ask(http, resident, `/api/requests/${id}/rate`, JSON.stringify(RATING));
      return id;
    },
    close: async () => http.close(),
  };
}

/** Claims the next request of the queue. Null: the queue is empty. */
export async function claimNext(http: HttpConnection, cadre: Person): Promise<string | null> {
  try {
    return idIn(await ask(http, cadre, "/api/queue/claim-next", "{}"));
  } catch (error) {
    if (String(error).includes("queue.empty")) return null;
    throw error;
  }
}
