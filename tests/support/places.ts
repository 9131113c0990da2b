import type { Community, Service } from "../../server/core/domain/community/community.ts";

/** A service with default values; `over` replaces those that a test is about. */
export const service = (serviceCode: string, over: Partial<Service> = {}): Service => ({
  serviceCode,
  group: "errands",
  groupTitle: "代办跑腿",
  title: "代取包裹",
  description: "干部代取并送到门口",
  keywords: ["包裹"],
  questions: [],
  urgency: "normal",
  respondMinutes: 30,
  resolveMinutes: 1440,
  clock: "always",
  positions: ["综合"],
  identityRequired: false,
  emergencyNotice: null,
  knowledgeCard: { bring: ["取件码"], ask: ["门卫"], say: ["请把取件码发给我"] },
  ...over,
});

/**
 * A community with four services: an errand, an urgent repair, one with a required question, and one of a shared
 * facility.
 */
export const community = (id: string, over: Partial<Community> = {}): Community => ({
  id,
  name: id === "east" ? "东苑" : "西苑",
  subdistrict: "测试街道",
  phone: "021-55500000",
  address: "测试路 1 号",
  officeHours: "9:00–17:00",
  workingHours: { weekdays: [1, 2, 3, 4, 5], spans: [[540, 1020]] },
  buildings: [
    { name: "1号楼", units: ["1单元", "2单元"] },
    { name: "2号楼", units: ["1单元"] },
  ],
  services: [
    service("parcel"),
    service("leak", { title: "漏水", urgency: "urgent", respondMinutes: 20, resolveMinutes: 240 }),
    service("permit", {
      title: "居住证明",
      questions: [
        { code: "purpose", label: "用途", kind: "choice", options: ["入学", "落户"], required: true },
        { code: "since", label: "何时入住", kind: "text", options: [], required: false },
      ],
    }),
    service("light", { title: "楼道灯", shared: true }),
  ],
  ...over,
});
