import type { Deps } from "../../deps.ts";

/** Something that is done again and again. It finds what is due by itself: late, doubled or broken off, it does each once. */
export interface Job {
  name: string;
  everySeconds: number;
  run(deps: Deps): Promise<unknown>;
}
