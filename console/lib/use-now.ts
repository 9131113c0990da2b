import { useSyncExternalStore } from "react";

const TICK_MS = 15_000;
let now = new Date();
const listeners = new Set<() => void>();
let timer: number | undefined;

const tick = () => {
  now = new Date();
  listeners.forEach((listener) => listener());
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  // `now` may be old, because the timer is stopped while no component uses it.
  if (listeners.size === 1) {
    timer = window.setInterval(tick, TICK_MS);
    now = new Date();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearInterval(timer);
  };
};

/** The current time, shared by all components and updated every 15 s, for words such as “3 分钟前”. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => now);
