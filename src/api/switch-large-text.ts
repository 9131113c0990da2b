import { chooseLargeText } from "../wx/large-text";
import { call, session } from "./connection";

/** Switches large text on or off on this device, and for a logged-in person also on the server, for all devices. */
export function switchLargeText(large: boolean): void {
  chooseLargeText(large);
  if (session.get().me === null) return;
  session.update(call("PATCH /api/me", { body: { largeText: large } })).catch(() => undefined);
}
