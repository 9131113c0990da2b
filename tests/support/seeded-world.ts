import { demoAccounts } from "../../server/demo/accounts.ts";
import { seedDemo } from "../../server/demo/seed.ts";
import { type Api, apiClient } from "./api.ts";
import { type World, type WorldOptions, openWorld } from "./world.ts";

/** The whole product with its demo data. */
export interface SeededWorld extends World {
  /** An API client of the demo account's person. */
  api(name: string): Promise<Api>;
  /**
   * Puts a cadre on duty for three hours. Tests with the real clock need it, because the demo's roster ends at 22:00.
   */
  putOnDuty(name: string): Promise<void>;
}

/** Opens a world for the calling test file, seeded as of its clock. */
export async function openSeededWorld(options: WorldOptions = {}): Promise<SeededWorld> {
  const world = await openWorld({ communities: [], ...options });
  await seed(world);
  return seeded(world);
}

/** Inserts the demo data into a world. */
export const seed = ({ deps, relay }: World): Promise<void> =>
  seedDemo(
    deps,
    deps.clock.now(),
    () => undefined,
    () => relay.drain(),
  );

/** A world that has the demo data, with its relay running. */
export function seeded(world: World): SeededWorld {
  const { deps, relay } = world;
  relay.start();
  async function api(name: string): Promise<Api> {
    const phone = phoneOf(name);
    const guest = apiClient(world.base, null);
    const { demoCode = "" } = (await guest.call("POST /api/auth/otp", { body: { phone } })).ok;
    const { accessToken } = (await guest.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode } })).ok;
    return apiClient(world.base, () => accessToken);
  }
  return {
    ...world,
    api,
    async putOnDuty(name) {
      const until = new Date(deps.clock.now().getTime() + 3 * 3_600_000).toISOString();
      const started = await (await api(name)).call("POST /api/duty/start", { body: { until } });
      if (started.code !== null) throw new Error(`duty was not started: ${started.code}`);
    },
  };
}

/** The phone number of a demo account. */
export const phoneOf = (name: string): string => demoAccounts().find((account) => account.name === name)?.phone ?? "";
