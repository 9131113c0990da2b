import { setTimeout as wait } from "node:timers/promises";

/** Polls until `so` returns true. The test's timeout ends it otherwise. */
export async function until(so: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await so())) await wait(20);
}
