import type { User } from "../../server/core/domain/accounts/user.ts";
import type { Deps } from "../../server/deps.ts";
import { newId } from "../../server/kernel/ids.ts";

type Role = User["memberships"][number]["role"];

/** Inserts users into the store; each call makes another person. */
export interface People {
  /** A registered resident of a community: 1号楼 1单元 101, then 102 and so on. */
  resident(communityId?: string, over?: { confirmed?: boolean }): Promise<User>;
  /** A cadre, by default on duty for the next three hours. */
  cadre(communityId?: string, over?: { onDuty?: boolean; name?: string }): Promise<User>;
  staff(role: Role, communityIds?: string[]): Promise<User>;
}

const surnames = [..."赵钱孙李周吴郑王冯陈"];

export function people(deps: Deps): People {
  let count = 0;
  const nameOf = (n: number): string => `${surnames[n % 10] ?? ""}${["一", "二", "三"][n % 3] ?? ""}${n}`;
  const phoneOf = (n: number): string => `138${String(10_000_000 + n)}`;

  const membership = (role: Role, communityIds: string[], name: string) => ({
    id: newId(),
    role,
    communityId: communityIds[0] ?? null,
    communityIds,
    organizationName: role === "partner" ? `${name}物业` : null,
    title: role === "cadre" ? "社区干部" : "工作人员",
    positions: ["综合"],
    dutyPhone: role === "cadre" ? "021-55500001" : null,
    photoFileId: null,
  });

  return {
    async resident(communityId = "east", { confirmed = false } = {}) {
      const n = ++count;
      const now = deps.clock.now();
      return deps.store.users.create({
        name: nameOf(n),
        phone: deps.keys.seal(phoneOf(n), "phone"),
        registration: {
          communityId,
          phone: deps.keys.seal(phoneOf(n), "phone"),
          building: "1号楼",
          unit: deps.keys.seal("1单元", "unit"),
          room: deps.keys.seal(String(100 + n), "room"),
          registeredAt: now,
          confirmedAt: confirmed ? now : null,
          confirmedBy: null,
        },
      });
    },
    async cadre(communityId = "east", { onDuty = true, name } = {}) {
      const n = ++count;
      const now = deps.clock.now();
      const held = membership("cadre", [communityId], "");
      return deps.store.users.create({
        name: name ?? nameOf(n),
        memberships: [held],
        actingAs: held.id,
        duty: onDuty ? { communityId, startedAt: now, until: new Date(now.getTime() + 3 * 3_600_000) } : null,
      });
    },
    async staff(role, communityIds = ["east"]) {
      const n = ++count;
      const held = membership(role, communityIds, nameOf(n));
      return deps.store.users.create({ name: nameOf(n), memberships: [held], actingAs: held.id });
    },
  };
}
