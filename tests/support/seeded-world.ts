import { demoAccounts } from "../../server/demo/accounts.ts";
import { seedDemo } from "../../server/demo/seed.ts";
import { type Api, apiClient } from "./api.ts";
import { type World, type WorldOptions, openWorld } from "./world.ts";

/** The whole product with its demo data. */
export interface SeededWorld extends World {
  /** The API as the holder of that demo account sees it. */
  api(name: string): Promise<Api>;
}

/** Opens it for the test file that calls this. */
export async function openSeededWorld(options: WorldOptions = {}): Promise<SeededWorld> {
  const world = await openWorld({ communities: [], ...options });
  const { deps, relay } = world;
  await seedDemo(
    deps,
    deps.clock.now(),
    () => undefined,
    () => relay.drain(),
  );
  relay.start();
  return {
    ...world,
    async api(name) {
      const phone = phoneOf(name);
      const guest = apiClient(world.base, null);
      const { demoCode = "" } = (await guest.call("POST /api/auth/otp", { body: { phone } })).ok;
      const { accessToken } = (await guest.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode } })).ok;
      return apiClient(world.base, () => accessToken);
    },
  };
}

/** The phone number of a demo account. */
export const phoneOf = (name: string): string => demoAccounts().find((account) => account.name === name)?.phone ?? "";
