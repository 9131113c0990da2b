import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";
import { storage } from "./storage";

const KEY = "large-text";
const kept = storage.get(KEY);
const choice = createStore<boolean | null>(typeof kept === "boolean" ? kept : null);

/** Whether text is large: as chosen on this device, else `otherwise`, the person's setting on the server. */
export function useLargeText(otherwise: boolean): boolean {
  return useSyncExternalStore(choice.subscribe, choice.get, choice.get) ?? otherwise;
}

/** Whether nothing has been chosen on this device yet, so that the app asks once. */
export function useLargeTextUnasked(): boolean {
  return useSyncExternalStore(choice.subscribe, choice.get, choice.get) === null;
}

/** Stores the choice on this device, so that it applies without a login, too. */
export function chooseLargeText(large: boolean): void {
  storage.set(KEY, large);
  choice.set(large);
}
