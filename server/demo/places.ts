import type { Community } from "../core/domain/community/community.ts";
import { catalogue } from "../core/catalogue/standard.ts";
import { templates } from "../core/catalogue/templates.ts";

const numbered = (from: number, to: number, units: number): Community["buildings"] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    name: `${from + index}号楼`,
    units: Array.from({ length: units }, (_unit, unit) => `${unit + 1}单元`),
  }));

/** Monday to Saturday, as in `officeHours`. */
const workingHours = { weekdays: [1, 2, 3, 4, 5, 6], spans: [[510, 1020]] } as const;

/** Two invented communities of an invented subdistrict. Their phone numbers are not in use. */
export const communities: readonly Community[] = [
  {
    id: "xiziwan",
    name: "西子湾居委会",
    subdistrict: "岳阳湖街道",
    phone: "021-5550 1100",
    address: "西子湾路 18 弄 1 号",
    officeHours: "周一至周六 8:30–17:00",
    workingHours,
    unitHead: "居委会主任 沈国强",
    buildings: numbered(1, 12, 3),
    services: catalogue,
    templates,
  },
  {
    id: "kangcheng",
    name: "康城一居委会",
    subdistrict: "岳阳湖街道",
    phone: "021-5550 2200",
    address: "康城南路 66 弄 3 号",
    officeHours: "周一至周六 8:30–17:00",
    workingHours,
    unitHead: "居委会主任 陆秀英",
    buildings: numbered(21, 34, 2),
    services: catalogue,
    templates,
  },
];
