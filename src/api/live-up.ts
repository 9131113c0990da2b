import { createStore } from "../lib/store";

/** Whether live updates come: then the poll may be slow. */
export const liveUp = createStore(false);
