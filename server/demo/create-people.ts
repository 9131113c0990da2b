import { attachPhotos } from "../core/usecases/files/attach-photos.ts";
import type { Membership, User } from "../core/domain/accounts/user.ts";
import type { Deps } from "../deps.ts";
import { linkIdentity } from "../core/usecases/accounts/identities.ts";
import { idFromKey } from "../kernel/ids.ts";
import { type DemoPerson, cadres, demoPassword, office, partners, residents } from "./people.ts";
import { portrait } from "./pictures.ts";

/** Creates the people of the demo, each once. Returns those who take part in requests, in the order of people.ts. */
export async function createDemoPeople(
  deps: Deps,
  at: Date,
): Promise<{ residents: User[]; cadres: User[]; office: User[]; partners: User[] }> {
  const secret = await deps.passwords.hash(demoPassword);
  const made = (list: readonly DemoPerson[]): Promise<User[]> =>
    Promise.all(list.map((person, index) => createDemoPerson(deps, person, index, at, secret)));
  const others = await made(partners);
  return { office: await made(office), cadres: await made(cadres), residents: await made(residents), partners: others };
}

async function createDemoPerson(deps: Deps, person: DemoPerson, n: number, at: Date, secret: string): Promise<User> {
  const { name, phone, account, home } = person;
  const id = idFromKey(`demo-user:${phone}`);
  const before = await deps.store.users.find(id);
  if (before) return before;
  const membership = await membershipOf(deps, person, id, n, at);
  const { seal } = deps.keys;
  const registration = home && {
    communityId: home.communityId,
    phone: seal(phone, "phone"),
    building: home.building,
    unit: seal(home.unit, "unit"),
    room: seal(home.room, "room"),
    registeredAt: new Date(at.getTime() + n * 60_000),
    confirmedAt: home.confirmed ? new Date(at.getTime() + n * 60_000 + 3_600_000) : null,
    confirmedBy: null,
  };
  // Identities are linked before the user exists: a login that finds one without a user creates the user (userOf).
  await linkIdentity(deps, { kind: "phone", value: phone }, id);
  if (account) await deps.store.identities.link({ kind: "account", subject: account, userId: id, secret });
  return deps.store.users.create({
    id,
    name,
    createdAt: at,
    phone: seal(phone, "phone"),
    memberships: membership ? [membership] : [],
    actingAs: membership?.id ?? null,
    ...(registration ? { registration } : {}),
  });
}

async function membershipOf(
  deps: Deps,
  person: DemoPerson,
  userId: string,
  n: number,
  at: Date,
): Promise<Membership | null> {
  if (!person.membership) return null;
  const { role, communityIds } = person.membership;
  let photoFileId: string | null = null;
  if (role === "cadre") {
    photoFileId = (await deps.files.stage(userId, await portrait(n), at)).id;
    await attachPhotos(deps, [photoFileId], [userId], { kind: "user", id: userId });
  }
  return {
    ...person.membership,
    id: idFromKey(`demo-membership:${userId}`),
    communityId: communityIds.length === 1 ? (communityIds[0] ?? null) : null,
    photoFileId,
  };
}
