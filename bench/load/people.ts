import { randomBytes } from "node:crypto";
import { catalogue } from "../../server/core/catalogue/standard.ts";
import { createTokens } from "../../server/adapters/identity/tokens.ts";
import { newId } from "../../server/kernel/ids.ts";
import type { Person } from "./lifecycle.ts";
import type { Stage } from "./stage.ts";

const RESIDENTS = 32;
const HOUR_MS = 3_600_000;

/** The residents and cadres of `count` communities: `load-1`, `load-2` … */
export interface People {
  communityIds: string[];
  residents: Person[];
  cadres: Person[];
  /** Creates new tokens, because they expire after a quarter of an hour. */
  renew(): void;
}

/**
 * Fills a stage with `count` communities of `cadres` cadres, all on duty, and 32 residents, each with account and
 * token.
 */
export async function createPeople({ store, keys }: Stage, count: number, cadres = 8): Promise<People> {
  const tokens = createTokens(keys);
  const now = new Date();
  const of: { person: Person; userId: string }[] = [];
  const people: People = { communityIds: [], residents: [], cadres: [], renew: () => of.forEach(give) };
  function give({ person, userId }: { person: Person; userId: string }): void {
    person.token = tokens.issueAccess(userId, randomBytes(12).toString("hex"), new Date());
  }
  const add = (list: Person[], userId: string, communityId: string): void => {
    const person = { token: "", communityId };
    of.push({ person, userId });
    list.push(person);
  };

  for (let c = 1; c <= count; c++) {
    const communityId = `load-${c}`;
    people.communityIds.push(communityId);
    await store.communities.save({
      ...{
        id: communityId,
        name: `第${c}居委会`,
        subdistrict: "测试街道",
        phone: "021-55500000",
        address: "测试路 1 号",
      },
      ...{ officeHours: "9:00–17:00", workingHours: { weekdays: [1, 2, 3, 4, 5], spans: [[540, 1020]] } },
      ...{ buildings: [{ name: "1号楼", units: ["1单元"] }], services: catalogue },
    });
    for (let n = 0; n < RESIDENTS; n++) {
      const phone = keys.seal(`138${String(c * 1000 + n).padStart(8, "0")}`, "phone");
      const { id } = await store.users.create({
        ...{ name: `居民${n}`, phone },
        registration: {
          ...{ communityId, phone, building: "1号楼", unit: keys.seal("1单元", "unit") },
          ...{ room: keys.seal(String(101 + n), "room"), registeredAt: now, confirmedAt: now, confirmedBy: null },
        },
      });
      add(people.residents, id, communityId);
    }
    for (let n = 0; n < cadres; n++) {
      const held = {
        ...{ id: newId(), role: "cadre" as const, communityId, communityIds: [communityId], organizationName: null },
        ...{ title: "社区干部", positions: ["综合服务"], dutyPhone: "021-55500001", photoFileId: null },
      };
      const until = new Date(now.getTime() + 12 * HOUR_MS);
      const { id } = await store.users.create({
        ...{ name: `干部${n}`, memberships: [held], actingAs: held.id },
        duty: { communityId, startedAt: now, until },
      });
      add(people.cadres, id, communityId);
    }
  }
  people.renew();
  return people;
}
