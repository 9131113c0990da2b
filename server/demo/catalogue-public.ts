import type { Service } from "../domain/community.ts";
import { DAY, HOUR, card, group } from "./service-group.ts";

/** Certificates and policies, the neighbourhood, and its neighbours. */
export const publicServices: readonly Service[] = [
  ...group(
    "papers",
    "证明与政策",
    [2 * HOUR, 3 * DAY],
    [
      {
        serviceCode: "residence-letter",
        title: "居住情况证明",
        description: "入学、落户、领取包裹等需要的居住情况说明。",
        keywords: ["证明", "居住", "盖章", "入学", "落户"],
        positions: ["民政", "综合服务"],
        questions: [
          { code: "purpose", label: "用途", kind: "choice", options: ["入学", "落户", "银行", "其他"], required: true },
        ],
        knowledgeCard: card(
          ["登记簿", "公章由值班主任保管"],
          ["是否在社区实有人口里"],
          ["带上房产证或租赁合同，当天可取"],
        ),
      },
      {
        serviceCode: "insurance",
        title: "医保社保咨询",
        description: "居民医保、养老金、社保转移怎么办。",
        keywords: ["医保", "社保", "养老金", "参保", "报销"],
        positions: ["民政", "卫生"],
        knowledgeCard: card(["政策折页"], ["户籍、年龄、是否在职"], ["街道窗口周六上午也办，我帮您约号"]),
      },
      {
        serviceCode: "elder-card",
        title: "老年综合津贴",
        description: "满 65 周岁申领津贴，换卡、补卡。",
        keywords: ["津贴", "敬老卡", "老年卡", "换卡"],
        positions: ["养老", "民政"],
        knowledgeCard: card(["申领表"], ["卡在哪家银行"], ["可由家人代办，带双方身份证"]),
      },
      {
        serviceCode: "aid",
        title: "困难帮扶咨询",
        description: "低保、临时救助、重残补助，先了解条件。",
        keywords: ["低保", "救助", "困难", "补助"],
        positions: ["民政"],
        resolveMinutes: 5 * DAY,
        knowledgeCard: card(["政策一览"], ["家庭人口与收入", "是否已有人结对"], ["您说的只有经办人看得到"]),
      },
    ],
  ),
  ...group(
    "public",
    "环境与公共设施",
    [HOUR, 3 * DAY],
    [
      {
        serviceCode: "rubbish",
        title: "垃圾清运",
        description: "垃圾堆积、大件堆放、投放点有异味。",
        keywords: ["垃圾", "清运", "大件", "异味", "垃圾桶"],
        positions: ["环境卫生"],
        knowledgeCard: card(["相机"], ["哪个投放点、堆了几天"], ["清运车每天七点与十六点来"]),
      },
      {
        serviceCode: "green",
        title: "绿化修剪",
        description: "树枝挡窗、草坪枯死、虫害。",
        keywords: ["树", "绿化", "修剪", "草坪", "虫"],
        positions: ["环境卫生"],
        resolveMinutes: 7 * DAY,
        knowledgeCard: card(["小区绿化图"], ["几号楼、几楼被挡"], ["移树要业委会同意，修枝不用"]),
      },
      {
        serviceCode: "facility",
        title: "健身与公共设施",
        description: "健身器材、长椅、门禁、信报箱坏了。",
        keywords: ["健身", "器材", "长椅", "门禁", "信箱"],
        positions: ["环境卫生", "房修"],
        knowledgeCard: card(["警戒带"], ["会不会伤到人"], ["先围起来，再报修"]),
      },
      {
        serviceCode: "charging",
        title: "电瓶车与充电",
        description: "飞线充电、楼道停车、充电桩故障。",
        keywords: ["电瓶车", "充电", "飞线", "充电桩"],
        positions: ["治安调解", "环境卫生"],
        urgency: "urgent",
        emergencyNotice: "看到冒烟起火，请先离开并拨打 119。",
        knowledgeCard: card(["劝导单"], ["哪一层、车牌"], ["今晚就上门劝离，不会说是谁反映的"]),
      },
    ],
  ),
  ...group(
    "peace",
    "停车、噪声与邻里",
    [HOUR, 3 * DAY],
    [
      {
        serviceCode: "parking",
        title: "停车占道",
        description: "堵消防通道、占车位、僵尸车。",
        keywords: ["停车", "占道", "车位", "消防通道", "僵尸车", "堵"],
        positions: ["治安调解"],
        knowledgeCard: card(["挪车电话表"], ["车牌、堵了哪里"], ["先打车主电话，联系不上再请物业锁定"]),
      },
      {
        serviceCode: "noise",
        title: "噪声扰民",
        description: "装修、广场舞、宠物、深夜聚会的声音。",
        keywords: ["噪声", "噪音", "吵", "装修", "广场舞", "狗叫"],
        positions: ["治安调解"],
        emergencyNotice: "有人打架或受到威胁，请拨打 110。",
        knowledgeCard: card(["装修时间规定"], ["几点到几点、哪一户"], ["我先上门了解，不会说是谁反映的"]),
      },
      {
        serviceCode: "neighbours",
        title: "邻里协调",
        description: "楼道堆物、空调滴水、晾晒等邻里之间的事。",
        keywords: ["邻居", "楼上", "楼下", "堆物", "空调滴水", "晾"],
        positions: ["治安调解"],
        resolveMinutes: 5 * DAY,
        knowledgeCard: card(["调解记录本"], ["双方都方便的时间"], ["坐下来一起说，我在场"]),
      },
    ],
  ),
];
