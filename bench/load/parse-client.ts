import { openHttp } from "./http-connection.ts";
import { type Client, RATING, RESULT, words } from "./lifecycle.ts";

/** parse-server's application id, which is no secret. */
export const APPLICATION = "bench";

/** A resident and a cadre, by session token, on one connection to parse-server. */
export async function parseClient(port: number, n: number, resident: string, cadre: string): Promise<Client> {
  const http = openHttp(port);
  const send = async (method: "POST" | "PUT", path: string, token: string, body: object): Promise<string> => {
    const headers = `X-Parse-Application-Id: ${APPLICATION}\r\nX-Parse-Session-Token: ${token}\r\n`;
    const reply = await http.send(method, `/parse/classes/Request${path}`, headers, JSON.stringify(body));
    if (reply.status >= 300) throw new Error(`parse ${reply.status} ${reply.body}`);
    return reply.body;
  };
  let filed = 0;
  return {
    async take(step, id) {
      if (step === "create") {
        const description = words(n * 1_000_000 + filed++);
        const request = { communityId: "load-1", serviceCode: "parcel", description };
        return (JSON.parse(await send("POST", "", resident, request)) as { objectId: string }).objectId;
      }
      if (step === "claim") await send("PUT", `/${id}`, cadre, { status: "claimed" });
      if (step === "resolve") await send("PUT", `/${id}`, cadre, { status: "resolved", result: RESULT });
      if (step === "rate") await send("PUT", `/${id}`, resident, { status: "closed", rating: RATING });
      return id;
    },
    close: async () => http.close(),
  };
}
