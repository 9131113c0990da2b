import { setTimeout as wait } from "node:timers/promises";

/** Asks again and again until it is so. What never is, fails by the test's time. */
export async function until(so: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await so())) await wait(20);
}
