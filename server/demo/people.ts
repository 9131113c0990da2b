import type { Membership } from "../core/domain/accounts/user.ts";
import { communities } from "./places.ts";
import { seededRandom } from "./random.ts";

/** A person of the demo. All are invented; phone numbers start with 138000. */
export interface DemoPerson {
  name: string;
  phone: string;
  account?: string;
  membership?: Pick<Membership, "role" | "title" | "positions" | "dutyPhone" | "organizationName"> & {
    communityIds: readonly string[];
  };
  home?: { communityId: string; building: string; unit: string; room: string; confirmed: boolean };
}

/** The password of every demo account; demo mode never runs in production. */
export const demoPassword = "dianxiaoer-2026";

const cadre = (name: string, phone: string, communityId: string, title: string, positions: string[]): DemoPerson => ({
  name,
  phone,
  membership: {
    role: "cadre",
    title,
    positions,
    communityIds: [communityId],
    dutyPhone: communityId === "xiziwan" ? "021-5550 1101" : "021-5550 2201",
    organizationName: null,
  },
});

/** 12 cadres, the first seven of them in 西子湾. The second one also lives there. */
export const cadres: readonly DemoPerson[] = [
  cadre("林晓慧", "13800020001", "xiziwan", "党总支书记", ["综合服务", "民政"]),
  {
    ...cadre("周建明", "13800020002", "xiziwan", "治保主任", ["治安调解", "综合服务"]),
    home: { communityId: "xiziwan", building: "5号楼", unit: "2单元", room: "402", confirmed: true },
  },
  cadre("沈佳怡", "13800020003", "xiziwan", "社区干事", ["养老", "卫生"]),
  cadre("吴志强", "13800020004", "xiziwan", "社区干事", ["房修", "环境卫生"]),
  cadre("陆敏", "13800020005", "xiziwan", "民政干部", ["民政", "养老"]),
  cadre("顾海峰", "13800020006", "xiziwan", "社区干事", ["环境卫生", "治安调解"]),
  cadre("徐婷", "13800020007", "xiziwan", "卫生干部", ["卫生", "综合服务"]),
  cadre("蒋立新", "13800020008", "kangcheng", "居委会主任", ["综合服务", "治安调解"]),
  cadre("唐雯", "13800020009", "kangcheng", "民政干部", ["民政", "养老"]),
  cadre("韩冬", "13800020010", "kangcheng", "社区干事", ["房修", "环境卫生"]),
  cadre("潘丽萍", "13800020011", "kangcheng", "卫生干部", ["卫生", "养老"]),
  cadre("邵伟", "13800020012", "kangcheng", "社区干事", ["综合服务", "环境卫生"]),
];

/** The cadres of a community, as indexes into `cadres`. */
export const cadresOf = (communityId: string): number[] =>
  cadres.flatMap(({ membership }, index) => (membership?.communityIds.includes(communityId) ? [index] : []));

const staff = (
  name: string,
  phone: string,
  account: string,
  role: Membership["role"],
  title: string,
  communityIds: string[],
): DemoPerson => ({
  name,
  phone,
  account,
  membership: { role, title, positions: [], communityIds, dutyPhone: null, organizationName: null },
});

const both = communities.map(({ id }) => id);

/** The clerks of the committees, the supervisor of the subdistrict, and the operator. */
export const office: readonly DemoPerson[] = [
  staff("何芳", "13800030001", "xiziwan", "committee", "台账员", ["xiziwan"]),
  staff("魏国栋", "13800030002", "kangcheng", "committee", "台账员", ["kangcheng"]),
  staff("孟宁", "13800030003", "jiedao", "supervisor", "街道督办", both),
  staff("安然", "13800030004", "admin", "admin", "系统管理员", []),
];

/** One person of each of five organizations. */
export const partners: readonly DemoPerson[] = [
  ["石磊", "13800040001", "安居物业", "项目经理", "xiziwan"] as const,
  ["谭清", "13800040002", "岳阳湖派出所", "社区民警", "kangcheng"] as const,
  ["付强", "13800040003", "城区供电所", "抢修班长", "xiziwan"] as const,
  ["叶蓁", "13800040004", "街道城运中心", "值班员", "xiziwan"] as const,
  ["鲍军", "13800040005", "康城物业", "维修主管", "kangcheng"] as const,
].map(([name, phone, organizationName, title, communityId]) => ({
  name,
  phone,
  membership: { role: "partner", title, positions: [], communityIds: [communityId], dutyPhone: null, organizationName },
}));

const surnames = [..."王李张刘陈杨黄赵吴孙朱胡高郭罗郑梁谢宋许邓冯曹彭曾肖田董袁潘"];
const given = [
  "雨晴",
  "思远",
  "丽",
  "国华",
  "秀英",
  "浩",
  "静",
  "明轩",
  "桂珍",
  "佳",
  "志远",
  "晨",
  "美玲",
  "俊",
  "文博",
];

/** 60 residents, two thirds of them confirmed. The first is a demo account. */
export const residents: readonly DemoPerson[] = makeResidents();

function makeResidents(): DemoPerson[] {
  const random = seededRandom(60);
  return Array.from({ length: 60 }, (_, index) => {
    const community = communities[index % 5 < 3 ? 0 : 1];
    if (!community) throw new Error("the demo has two communities");
    const building = random.pick(community.buildings);
    const room = `${random.whole(1, 6)}0${random.whole(1, 3)}`;
    const name = `${surnames[(index * 7) % 30] ?? ""}${given[(index * 4 + Math.floor(index / 30) * 3) % 15] ?? ""}`;
    const confirmed = index === 0 || (index !== 1 && random.chance(0.66));
    return {
      name,
      phone: String(13_800_010_001 + index),
      home: { communityId: community.id, building: building.name, unit: random.pick(building.units), room, confirmed },
    };
  });
}
