import { describe, expect, it } from "vitest";
import { moduleOwnData } from "../../contract/modules.ts";
import { exportParts, retentionCutoff } from "../../server/core/domain/privacy/retention-periods.ts";
import { protections } from "../../server/kernel/personal-data.ts";
import { dataRegister } from "../../server/modules/index.ts";

const { personal: personalData } = dataRegister;

describe("the inventory of personal data", () => {
  it("names for each datum of residents its part of the export, or why there is none", () => {
    const handed = personalData.flatMap(({ handed: part }) => (typeof part === "string" ? [part] : []));
    expect([...new Set(handed)].toSorted()).toEqual([...exportParts, ...Object.keys(moduleOwnData)].toSorted());
    for (const { whose, handed: part } of personalData) {
      if (whose === "staff") expect(typeof part).toBe("object");
    }
  });

  it("lists no field twice", () => {
    const all = personalData.flatMap(({ at }) => protections.flatMap((stands) => at[stands] ?? []));
    // The bytes of pictures and of exports are kept in two collections; each is named once.
    expect(all.toSorted()).toEqual([...new Set(all)].toSorted());
  });

  it("counts a period back from now, and throws for one without a number of days", () => {
    expect(retentionCutoff("session", new Date("2026-03-31T00:00:00Z"))).toEqual(new Date("2026-03-01T00:00:00Z"));
    expect(() => retentionCutoff("account", new Date())).toThrow(RangeError);
  });
});
