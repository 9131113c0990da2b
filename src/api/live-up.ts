import { createStore } from "../lib/store";

/** Whether the connection for live updates is open. Polling is then slower. */
export const liveUp = createStore(false);
