import { describe, expect, it } from "vitest";
import type { OpKey } from "../../../contract/index.ts";
import { ask, sceneOf } from "../../support/authorization/ask.ts";
import { castOf, personKeys } from "../../support/authorization/cast.ts";
import { cases, keyOf, refusalOf } from "../../support/authorization/permission-matrix.ts";
import { openSeededWorld } from "../../support/seeded-world.ts";

/** The collections that a GET may write. None of them holds facts about anybody. */
const excepted: Partial<Record<OpKey, readonly string[]>> = {
  // The export of the own data is limited, so its calls are counted.
  "GET /api/me/export": ["limits"],
  // WeChat draws the code of an invitation; the access token for that is shared by all processes.
  "GET /api/communities/:id/invitations/:invitationId/file": ["wechat_tokens"],
  // It checks whether a majority of the database accepts a write.
  "GET /readyz": ["meta"],
};
// In a log of more than one segment (2,048 rows) a list by period also caches the times of whole segments in
// `log_spans`.
// They follow from rows that never change.

const writes: string[] = [];
const world = await openSeededWorld({
  communities: ["east", "west", "north"],
  wrote: (collection) => writes.push(collection),
});
// From here on the log is relayed only where a test does it.
await world.relay.stop();
const cast = castOf(world);

describe.each(cases.filter((key) => key.startsWith("GET ")))("%s", (key) => {
  it("writes nothing, whoever asks", async () => {
    const wrote: Record<string, string[]> = {};
    for (const who of personKeys.filter((person) => refusalOf(key, person) === null)) {
      const user = who === "nobody" ? null : await cast.user(who);
      const asked = await sceneOf(key)({ world, cast, as: who });
      await world.relay.drain();
      writes.length = 0;
      expect((await ask(world, user, keyOf(key), asked)).code).toBeNull();
      const found = [...new Set(writes)].filter((collection) => !excepted[keyOf(key)]?.includes(collection));
      if (found.length) wrote[who] = found;
    }
    expect(wrote).toEqual({});
  });
});
