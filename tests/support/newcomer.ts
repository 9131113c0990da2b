import { type Api, apiClient } from "./api.ts";
import type { World } from "./world.ts";

let phones = 13_600_000_000;

/** The name of newly registered people; no other person has it. */
export const NEWCOMER = "尉迟某某";

/** Creates people who log in by phone, register, and close their accounts over the API. */
export function newcomers(world: World) {
  const withToken = (token: string): Api => apiClient(world.base, () => token);
  const ownCode = async (api: Api) => (await api.call("POST /api/me/otp")).ok.demoCode!;
  async function loggedIn(phone: string) {
    const anyone = await world.as(null);
    const { demoCode } = (await anyone.call("POST /api/auth/otp", { body: { phone } })).ok;
    const session = (await anyone.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode! } })).ok;
    return { phone, api: withToken(session.accessToken), session, id: session.user.id };
  }
  return {
    withToken,
    ownCode,
    loggedIn,
    async newcomer() {
      const person = await loggedIn(String(++phones));
      const home = { communityId: "east", name: NEWCOMER, building: "1号楼", unit: "2单元", room: "1903" };
      await person.api.call("POST /api/me/registration", { body: home });
      return person;
    },
    close: async (api: Api) =>
      api.call("POST /api/me/close", { body: { proof: { kind: "phone", code: await ownCode(api) } } }),
  };
}
