import { chooseLargeText } from "../wx/large-text";
import { call, session } from "./connection";

/** Large text or not: here at once, and for somebody logged in on every device, when the server knows. */
export function switchLargeText(large: boolean): void {
  chooseLargeText(large);
  if (session.get().me === null) return;
  session.update(call("PATCH /api/me", { body: { largeText: large } })).catch(() => undefined);
}
