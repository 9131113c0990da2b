import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { mergeAccounts } from "../../../server/core/usecases/accounts/merge-accounts.ts";
import type { Api } from "../../support/api.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay, clock } = world;
const DAY = 24 * 60;

const invited = {
  role: "cadre" as const,
  name: "林晓慧",
  title: "社区干事",
  positions: ["综合"],
  dutyPhone: "021-55500001",
};
const east = { id: "east" };

let clerk: Api;
beforeEach(async () => {
  clerk = await world.as(await world.staff("committee"));
});

async function invitation(body: object = {}) {
  const made = await clerk.call("POST /api/communities/:id/invitations", {
    params: east,
    body: { ...invited, ...body },
  });
  return { id: made.ok.id, code: made.ok.code ?? "" };
}

const accept = (api: Api, code: string) => api.call("POST /api/invitations/:code/accept", { params: { code } });
const nobody = (): Promise<User> => deps.store.users.create({});

describe("an invitation", () => {
  it("says what it is for to whoever holds its code, and binds whoever accepts it", async () => {
    const { code } = await invitation();
    expect(code).toMatch(/^[\w-]{32}$/);
    const guest = await world.as(null);
    const shown = (await guest.call("GET /api/invitations/:code", { params: { code } })).ok;
    expect(shown).toMatchObject({ role: "cadre", name: "林晓慧", communityName: "东苑", state: "open" });

    const person = await nobody();
    const api = await world.as(person);
    const me = (await accept(api, code)).ok;
    expect(me).toMatchObject({ name: "林晓慧", actingAs: { role: "cadre", communityId: "east" } });
    const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
    expect((await api.call("POST /api/duty/start", { body: { until } })).ok.card).toMatchObject({
      name: "林晓慧",
      title: "社区干事",
      dutyPhone: "021-55500001",
    });
  });

  it("leaves its whole story in the log of the community", async () => {
    await relay.drain();
    const { code } = await invitation({ name: "周建明" });
    const person = await nobody();
    await accept(await world.as(person), code);
    await relay.drain();
    const rows = (await clerk.call("GET /api/log", { query: { order: "desc", limit: 3 } })).ok.items;
    expect(rows.map(({ type, data }) => [type, data["name"]])).toEqual([
      ["role.granted", "周建明"],
      ["invitation.accepted", "周建明"],
      ["invitation.made", "周建明"],
    ]);
  });

  it("is good once: of ten who accept at the same moment one gets the post", async () => {
    const { code } = await invitation();
    const people = await Promise.all(Array.from({ length: 10 }, nobody));
    const answers = await Promise.all(people.map(async (person) => accept(await world.as(person), code)));
    expect(answers.filter((answer) => answer.code === null)).toHaveLength(1);
    expect(answers.flatMap((answer) => answer.code ?? [])).toEqual(Array.from({ length: 9 }, () => "invitation.used"));
    const holders = (await deps.store.users.findMany(people.map(({ id }) => id))).filter((u) => u.memberships.length);
    expect(holders).toHaveLength(1);
  });

  it("accepted again by the same person goes on where it was, also after a crash before the post was given", async () => {
    const { id, code } = await invitation();
    const person = await nobody();
    const api = await world.as(person);
    await accept(api, code);
    // The state after the process died between the two writes.
    await deps.store.users.update(person.id, { memberships: [], actingAs: null });
    expect((await accept(api, code)).ok.memberships).toHaveLength(1);
    expect((await accept(api, code)).ok.memberships).toHaveLength(1);
    expect((await deps.store.invitations.load(id))?.value.acceptedBy).toBe(person.id);
  });

  it("does not give back the post that it gave, once the committee has ended it; a new one gives a new post", async () => {
    const { code } = await invitation();
    const person = await nobody();
    const post = (await accept(await world.as(person), code)).ok.memberships[0]!;
    await clerk.call("POST /api/communities/:id/people/:userId/posts/:postId/end", {
      params: { ...east, userId: person.id, postId: post.id },
      body: { reason: "不再任用" },
    });
    const memberships = async (id: string) => (await deps.store.users.find(id))!.memberships.map((each) => each.id);
    // The end of the post also ended the sessions of that time, so this is a later login.
    const before = clock.now();
    clock.pass(2 * DAY);
    expect((await accept(await world.as(person), code)).code).toBe("invitation.over");
    expect(await memberships(person.id)).toEqual([]);

    // The invitation is also refused for an account that this one was merged into.
    const other = await nobody();
    const whole = await mergeAccounts(deps, other, (await deps.store.users.find(person.id))!);
    expect((await accept(await world.as(whole), code)).code).toBe("invitation.over");
    expect(await memberships(other.id)).toEqual([]);

    const again = await invitation();
    expect((await accept(await world.as(whole), again.code)).code).toBeNull();
    expect(await memberships(other.id)).toEqual([expect.not.stringMatching(post.id)]);
    clock.set(before);
  });

  it("ends after a week, and when it is taken back; an accepted one is not taken back", async () => {
    const old = await invitation();
    const back = await invitation();
    const used = await invitation();
    const revoke = (invitationId: string) =>
      clerk.call("POST /api/communities/:id/invitations/:invitationId/revoke", { params: { ...east, invitationId } });
    expect((await revoke(back.id)).ok).toMatchObject({ state: "revoked", code: null, url: null });
    await accept(await world.as(await nobody()), used.code);
    expect((await revoke(used.id)).code).toBe("invitation.used");
    expect((await accept(await world.as(await nobody()), back.code)).code).toBe("invitation.over");
    const before = clock.now();
    clock.pass(7 * DAY);
    const late = await world.as(await nobody());
    expect((await accept(late, old.code)).code).toBe("invitation.over");
    const shown = await late.call("GET /api/invitations/:code", { params: { code: old.code } });
    expect(shown.ok.state).toBe("expired");
    clock.set(before);
  });

  it("taken back and accepted at the same moment, one of the two is told no", async () => {
    for (let n = 0; n < 5; n++) {
      const { id, code } = await invitation();
      const api = await world.as(await nobody());
      const [revoked, accepted] = await Promise.all([
        clerk.call("POST /api/communities/:id/invitations/:invitationId/revoke", {
          params: { ...east, invitationId: id },
        }),
        accept(api, code),
      ]);
      expect([revoked.code, accepted.code].filter((code_) => code_ === null)).toHaveLength(1);
    }
  });

  it.each([
    ["cut off", (code: string) => code.slice(0, 31)],
    ["forged", (code: string) => `${code.slice(0, 31)}${code.endsWith("A") ? "B" : "A"}`],
    ["made up", () => "A".repeat(32)],
  ])("with a code that is %s is unknown", async (_how, spoil) => {
    const { code } = await invitation();
    const api = await world.as(await nobody());
    expect((await accept(api, spoil(code))).code).toBe("invitation.unknown");
  });

  it("gives no second post of the same kind, and is not used up by it", async () => {
    const [first, second] = [await invitation(), await invitation()];
    const api = await world.as(await nobody());
    await accept(api, first.code);
    expect((await accept(api, second.code)).code).toBe("invitation.held_already");
    expect((await accept(await world.as(await nobody()), second.code)).code).toBeNull();
  });

  it("keeps the name of somebody who holds a post, and names a resident as the committee does", async () => {
    const cadre = await world.cadre("west", { name: "唐雯" });
    const { code } = await invitation({ name: "唐文" });
    expect((await accept(await world.as(cadre), code)).ok.name).toBe("唐雯");
    const resident = await world.resident();
    const other = await invitation({ name: "韩冬" });
    expect((await accept(await world.as(resident), other.code)).ok.name).toBe("韩冬");
  });

  it("is made, seen and taken back by the committee of its community only", async () => {
    const { id } = await invitation();
    const others = [
      await world.staff("committee", ["west"]),
      await world.cadre(),
      await world.staff("supervisor", ["east", "west"]),
      await world.staff("admin", []),
      await world.resident(),
    ];
    for (const user of others) {
      const api = await world.as(user);
      const made = await api.call("POST /api/communities/:id/invitations", { params: east, body: invited });
      const seen = await api.call("GET /api/communities/:id/invitations", { params: east });
      const back = await api.call("POST /api/communities/:id/invitations/:invitationId/revoke", {
        params: { ...east, invitationId: id },
      });
      expect([made.code, seen.code, back.code]).toEqual(["auth.forbidden", "auth.forbidden", "auth.forbidden"]);
    }
    const west = await world.as(others[0] ?? null);
    const elsewhere = await west.call("POST /api/communities/:id/invitations/:invitationId/revoke", {
      params: { id: "west", invitationId: id },
    });
    expect(elsewhere.code).toBe("invitation.unknown");
  });

  it("keeps no secret in the database", async () => {
    const { code } = await invitation();
    expect(JSON.stringify(await world.dump())).not.toContain(code);
  });
});
