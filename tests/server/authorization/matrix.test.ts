import { describe, expect, it } from "vitest";
import { type OpKey, type Operation, operations } from "../../../contract/index.ts";
import { type User, isAccountClosed, toActor } from "../../../server/core/domain/accounts/user.ts";
import { aboutNothing, ask, sceneOf } from "../../support/authorization/ask.ts";
import { type Who, castOf, personKeys } from "../../support/authorization/cast.ts";
import { cases, keyOf, ofModules, refusalOf, permissionMatrix } from "../../support/authorization/permission-matrix.ts";
import type { CaseKey } from "../../support/authorization/rows.ts";
import type { Asked } from "../../support/authorization/stage.ts";
import { sampleOf } from "../../support/samples.ts";
import { openWorld } from "../../support/world.ts";

/** Collections whose writes are no effect of the operation: counts of calls, leases. */
const bookkeeping: readonly string[] = ["limits", "partition_leases"];

const writes: string[] = [];
const world = await openWorld({
  communities: ["east", "west", "north"],
  wrote: (collection) => {
    if (!bookkeeping.includes(collection)) writes.push(collection);
  },
});
const shared = castOf(world);
for (const who of personKeys) if (who !== "nobody") await shared.user(who);

const userOf = async (cast: typeof shared, who: Who): Promise<User | null> =>
  who === "nobody" ? null : cast.user(who);

/** Whether the caller was refused because of the role, before any object was loaded. */
const decidedBefore = ({ access }: Operation, user: User | null): boolean =>
  user === null || isAccountClosed(user) || (Array.isArray(access) && !access.includes(toActor(user).role));

/** Another body about the same object. */
const keepAbout = (body: object, { about, body: before = {} }: Asked): object => ({
  ...body,
  ...Object.fromEntries(Object.entries(before).filter(([, value]) => value === about)),
});

/** Refusals that reveal that the object exists. They may be given only to people who can read it. */
const telling: readonly string[] = [
  "request.not_allowed", "duty.not_on_duty", "resident.not_served_by_you", "swap.not_yours",
  "post.own", "account.holds_post", "account.no_phone", ...ofModules.flatMap((module) => module.telling ?? []),
]; // prettier-ignore

const isKnown = (key: CaseKey, who: Who, code: string | null): boolean =>
  telling.includes(code ?? "") || permissionMatrix[key as OpKey].know?.includes(who) === true;

/** Waits for a call that needs the relay, and runs the relay meanwhile. */
async function recorded<T>(call: Promise<T>): Promise<T> {
  let over = false;
  void call.finally(() => (over = true)).catch(() => undefined);
  while (!over) await world.relay.drain();
  return call;
}

describe.each(cases.filter((key) => personKeys.some((who) => refusalOf(key, who) !== null)))("%s", (key: CaseKey) => {
  const refused = personKeys.filter((who) => refusalOf(key, who) !== null);

  it("refuses people without permission, and changes nothing", async () => {
    const found: Record<string, string | null> = {};
    const wrote: Record<string, string[]> = {};
    const shown: string[] = [];
    const operation: Operation = operations[keyOf(key)];
    const asked = await sceneOf(key)({ world, cast: shared, as: "nobody" });
    await world.relay.drain();
    for (const who of refused) {
      const user = await userOf(shared, who);
      writes.length = 0;
      const answer = await ask(world, user, keyOf(key), asked);
      if (writes.length) wrote[who] = [...writes];
      found[who] = answer.code;
      if (!asked.about || decidedBefore(operation, user) || isKnown(key, who, answer.code)) continue;
      // A caller who may not know of the object gets the same answer for a missing object, whatever the rest of the
      // body is.
      const about = { ...asked, body: asked.body ?? (sampleOf(operation.body) as object) };
      for (const more of [{}, sampleOf(operation.body, ["f".repeat(24)]) as object]) {
        const tried = { ...about, body: keepAbout({ ...about.body, ...more }, about) };
        const there = await ask(world, user, keyOf(key), tried);
        const not = await ask(world, user, keyOf(key), aboutNothing(tried));
        if (JSON.stringify(there.told) !== JSON.stringify(not.told)) shown.push(`${who}: ${there.code} / ${not.code}`);
      }
    }
    expect(found).toEqual(Object.fromEntries(refused.map((who) => [who, refusalOf(key, who)])));
    expect(wrote).toEqual({});
    expect(shown).toEqual([]);
  });
});

describe.each(cases.filter((key) => personKeys.some((who) => refusalOf(key, who) === null)))("%s", (key: CaseKey) => {
  it("permits people with permission", async () => {
    const allowed = personKeys.filter((who) => refusalOf(key, who) === null);
    const found: Record<string, string | null> = {};
    for (const who of allowed) {
      // A successful call may change its caller, so only reads share people.
      const cast = key.startsWith("GET") ? shared : castOf(world);
      const user = await userOf(cast, who);
      const asked = await sceneOf(key)({ world, cast, as: who });
      const call = ask(world, user, keyOf(key), asked);
      found[who] = (await (key.startsWith("POST /api/reveals") ? recorded(call) : call)).code;
    }
    expect(found).toEqual(Object.fromEntries(allowed.map((who) => [who, null])));
  });
});
