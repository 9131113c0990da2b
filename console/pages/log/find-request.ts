import { toApiError } from "../../api/error.ts";
import { call } from "../../api/index.ts";
import { zh } from "../../i18n/zh.ts";

const ID = /^[0-9a-f]{24}$/;

/** Finds a request by its number or id. Returns its id, or an error for the user. */
export async function findRequest(
  text: string,
): Promise<{ id: string; error?: never } | { id?: never; error: string }> {
  if (ID.test(text)) return { id: text };
  try {
    const found = await call("GET /api/requests", { query: { scope: "community", requestNo: text, limit: 1 } });
    const [request] = found.items;
    return request ? { id: request.id } : { error: zh.log.requestUnknown };
  } catch (thrown) {
    return { error: toApiError(thrown).message };
  }
}
