import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";
import { storage } from "./storage";

const KEY = "large-text";
const kept = storage.get(KEY);
const choice = createStore<boolean | null>(typeof kept === "boolean" ? kept : null);

/** Whether text is large: as chosen on this device, else as the person chose elsewhere (`otherwise`). */
export function useLargeText(otherwise: boolean): boolean {
  return useSyncExternalStore(choice.subscribe, choice.get, choice.get) ?? otherwise;
}

/** Whether nothing has been chosen on this device yet: the app asks once. */
export function useLargeTextUnasked(): boolean {
  return useSyncExternalStore(choice.subscribe, choice.get, choice.get) === null;
}

/** Keeps the choice on this device, so that it also holds without a login. */
export function chooseLargeText(large: boolean): void {
  storage.set(KEY, large);
  choice.set(large);
}
