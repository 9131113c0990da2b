import type { Service } from "../domain/community.ts";

type Card = Service["knowledgeCard"];
type Given = Pick<Service, "serviceCode" | "title" | "description" | "keywords" | "positions"> & Partial<Service>;

const HOUR = 60;
const DAY = 24 * HOUR;

const card = (bring: string[], ask: string[], say: string[]): Card => ({ bring, ask, say });

/** A group of services; what a service does not say is the group's. */
const group = (
  code: string,
  groupTitle: string,
  times: [respond: number, resolve: number],
  services: readonly Given[],
): Service[] =>
  services.map((given) => ({
    group: code,
    groupTitle,
    questions: [],
    urgency: "normal",
    respondMinutes: times[0],
    resolveMinutes: times[1],
    identityRequired: false,
    emergencyNotice: null,
    knowledgeCard: card([], [], []),
    ...given,
  }));

/** The services (事项) of a neighbourhood committee, as the demo's two communities offer them. */
export const catalogue: readonly Service[] = [
  ...group(
    "errands",
    "上班族代办",
    [30, DAY],
    [
      {
        serviceCode: "parcel",
        title: "代取快递",
        description: "快递到了人不在家，请干部代取，晚上送到门口或放在居委会。",
        keywords: ["快递", "包裹", "取件", "驿站", "外卖柜"],
        positions: ["综合服务"],
        knowledgeCard: card(
          ["取件码或手机尾号", "小推车（大件）"],
          ["驿站几点关门", "贵重物品是否要本人签收"],
          ["我取到后给您拍照，送到门口再发一条消息"],
        ),
      },
      {
        serviceCode: "hand-in",
        title: "代交材料",
        description: "白天请不出假，把材料交给社区，由干部代送街道受理窗口。",
        keywords: ["交材料", "代交", "递交", "表格", "窗口"],
        positions: ["综合服务", "民政"],
        knowledgeCard: card(
          ["材料交接单，双方签字", "身份证复印件注明用途"],
          ["哪个窗口、截止哪天", "原件是否要退回"],
          ["收到材料当天回您受理编号"],
        ),
      },
      {
        serviceCode: "collect-papers",
        title: "代领证件",
        description: "办好的证件、卡片由干部代领，约好时间交给本人。",
        keywords: ["领证", "代领", "取证", "社保卡", "证件"],
        positions: ["综合服务", "民政"],
        knowledgeCard: card(
          ["委托书", "领取凭证"],
          ["是否可以代领（身份证、护照须本人）"],
          ["证件只交到您本人手里，请带身份证"],
        ),
      },
      {
        serviceCode: "print",
        title: "打印复印",
        description: "发来文件，社区打印好，下班后来取。",
        keywords: ["打印", "复印", "扫描"],
        positions: ["综合服务"],
        respondMinutes: 60,
        knowledgeCard: card(["A4 纸"], ["几份、单面还是双面"], ["放在居委会门口的取件盒，写您的姓"]),
      },
    ],
  ),
  ...group(
    "care",
    "为老与助残",
    [30, 2 * DAY],
    [
      {
        serviceCode: "visit",
        title: "上门看望老人",
        description: "家里老人独居，请干部上门看看，回一个平安。",
        keywords: ["老人", "独居", "看望", "爸", "妈", "奶奶", "爷爷"],
        positions: ["养老"],
        knowledgeCard: card(
          ["工作证", "血压计"],
          ["子女电话、常用药", "有没有钥匙托管"],
          ["我见到老人后给您打电话，让老人也说两句"],
        ),
      },
      {
        serviceCode: "medicine",
        title: "代配药",
        description: "老人行动不便，凭医保卡到社区卫生中心代配常用药。",
        keywords: ["配药", "药", "降压药", "医保卡", "医院"],
        positions: ["养老", "卫生"],
        knowledgeCard: card(["医保卡与病历", "代配药委托书"], ["药名与剂量，还剩几天"], ["处方药要医生看过病历才能开"]),
      },
      {
        serviceCode: "meals",
        title: "助餐送餐",
        description: "申请或调整社区食堂的老年餐，临时停送也在这里说。",
        keywords: ["送餐", "助餐", "食堂", "午饭", "老年餐"],
        positions: ["养老"],
        knowledgeCard: card(["助餐申请表"], ["忌口、是否糖尿病餐"], ["上午九点前改当天的餐"]),
      },
      {
        serviceCode: "grab-bar",
        title: "适老化改造",
        description: "装扶手、换防滑垫、装门铃，先上门评估。",
        keywords: ["扶手", "防滑", "适老", "改造"],
        positions: ["养老", "房修"],
        respondMinutes: 4 * HOUR,
        resolveMinutes: 14 * DAY,
        knowledgeCard: card(["评估表", "卷尺"], ["房屋产权、是否享受补贴"], ["评估后一周内给方案与补贴金额"]),
      },
    ],
  ),
  ...group(
    "repair",
    "居家急修",
    [20, DAY],
    [
      {
        serviceCode: "leak",
        title: "漏水渗水",
        description: "水管爆裂、楼上漏水、马桶返水，联系物业抢修。",
        keywords: ["漏水", "渗水", "水管", "返水", "滴水", "爆裂"],
        positions: ["房修"],
        urgency: "urgent",
        resolveMinutes: 8 * HOUR,
        knowledgeCard: card(["手电", "警示牌"], ["水阀在哪里、楼上有没有人"], ["请先关家里总阀，电器离水"]),
      },
      {
        serviceCode: "power",
        title: "断电跳闸",
        description: "家里或楼道没电，先查是跳闸还是线路。",
        keywords: ["停电", "断电", "没电", "跳闸", "电闸"],
        positions: ["房修"],
        urgency: "urgent",
        resolveMinutes: 8 * HOUR,
        emergencyNotice: "看到火花、闻到焦味，请离开并拨打 119。",
        knowledgeCard: card(
          ["电笔、绝缘手套"],
          ["一户还是一层没电", "家里有没有人用呼吸机"],
          ["不要自己打开公用电表箱"],
        ),
      },
      {
        serviceCode: "hall-light",
        title: "楼道灯不亮",
        description: "楼道、车棚、小区道路的灯坏了。",
        keywords: ["楼道灯", "路灯", "灯不亮", "灯坏", "黑"],
        positions: ["房修"],
        respondMinutes: 60,
        resolveMinutes: 2 * DAY,
        knowledgeCard: card(["备用灯泡"], ["几楼、声控还是常亮"], ["今晚先放一盏应急灯"]),
      },
      {
        serviceCode: "lift",
        title: "电梯故障",
        description: "电梯停运、异响、按键失灵。",
        keywords: ["电梯"],
        positions: ["房修", "治安调解"],
        urgency: "urgent",
        resolveMinutes: 12 * HOUR,
        emergencyNotice: "有人被困，请按轿厢内警铃并拨打 96333 或 119，不要扒门。",
        knowledgeCard: card(["维保公司电话", "停用牌"], ["有没有人被困", "电梯编号"], ["维保半小时内到，我在现场等"]),
      },
    ],
  ),
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
