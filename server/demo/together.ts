import { toActor } from "../domain/user.ts";
import type { Deps, Intent } from "../ports.ts";
import { answerComplaint } from "../usecases/complaints/answer-complaint.ts";
import { fileComplaint } from "../usecases/complaints/file-complaint.ts";
import { idOfIntent } from "../usecases/ids.ts";
import { fileForFamily, fileForResident } from "../usecases/requests/file-for-others.ts";
import { takeStep } from "../usecases/requests/take-step.ts";
import { type Happening, type People, asCadre, asResident, personAt } from "./happening.ts";

const MINUTE = 60_000;

const matter = (communityId: string, serviceCode: string, description: string) => ({
  communityId,
  serviceCode,
  description,
  answers: {},
  fileIds: [],
});

/** What several people do together in the days before `now`: filed for a caller, and for somebody's mother; complaints. */
export function together(people: People, now: Date): Happening[] {
  const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);
  const cadre = personAt(people.cadres, 2);
  const daughter = asResident(personAt(people.residents, 0));
  const intent = (name: string): Intent => ({ key: `demo:together-${name}`, bodyHash: "demo" });
  const idOf = (name: string): string => idOfIntent(`request:${intent(name).key}`);
  const complaintOf = (name: string): string => idOfIntent(`complaint:${intent(name).key}`);
  const step = (minutes: number, of: string, run: (deps: Deps, at: Date) => Promise<unknown>): Happening => {
    const at = before(minutes);
    return { at, of: `together-${of}`, run: (deps) => run(deps, at) };
  };

  return [
    step(52, "caller", (deps) => {
      const resident = { name: "曹阿婆", phone: "13800010091", building: "6号楼", unit: "1单元", room: "103" };
      const filing = { ...matter("xiziwan", "hall-light", "电话里说：一楼楼道灯不亮，晚上下楼怕摔"), resident };
      return fileForResident(deps, { actor: toActor(cadre), intent: intent("caller") }, filing);
    }),
    step(61, "counter", (deps) => {
      const resident = { name: "郑国华", phone: "13800010093", building: "24号楼", unit: "2单元", room: "501" };
      const filing = { ...matter("kangcheng", "elder-card", "来西子湾看女儿，顺路问老年津贴换卡怎么办"), resident };
      return fileForResident(deps, { actor: toActor(cadre), intent: intent("counter") }, filing);
    }),
    step(64, "visitor", (deps) => {
      const resident = { name: "胡美华", phone: "13800010094", building: "9号楼", unit: "1单元", room: "302" };
      const filing = {
        ...matter("xiziwan", "collect-papers", "社保卡到了，人住在康城女儿家，想请西子湾代领"),
        resident,
      };
      const colleague = toActor(personAt(people.cadres, 8));
      return fileForResident(deps, { actor: colleague, intent: intent("visitor") }, filing);
    }),
    step(170, "mother", (deps) => {
      const elder = { name: "王桂兰", phone: "13800010092", building: "2号楼", unit: "1单元", room: "402" };
      const filing = { ...matter("xiziwan", "meals", "妈妈膝盖刚做了手术，想订一周的午饭送上门"), elder };
      return fileForFamily(deps, { actor: daughter, intent: intent("mother") }, { ...filing, relation: "parent" });
    }),
    step(160, "mother", (deps, at) =>
      takeStep(deps, { actor: asCadre(cadre, at), intent: intent("mother-1") }, idOf("mother"), "claim", {}),
    ),
    step(151, "mother", (deps, at) =>
      takeStep(deps, { actor: asCadre(cadre, at), intent: intent("mother-2") }, idOf("mother"), "first-contact", {
        note: "给王阿姨打了电话，明天起每天 11 点半送到",
      }),
    ),
    step(150, "mother", (deps, at) =>
      takeStep(deps, { actor: asCadre(cadre, at), intent: intent("mother-3") }, idOf("mother"), "consent", {
        agreed: true,
        mayRate: false,
        how: "call",
      }),
    ),
    step(2900, "complaint", (deps) => {
      const text = "上周六打居委会电话，一上午都占线，想约上门量血压没约上";
      return fileComplaint(deps, { actor: daughter, intent: intent("complaint") }, { communityId: "xiziwan", text });
    }),
    step(1500, "complaint", (deps) => {
      const text = "周六值班只有一部电话，是我们没安排好。这周起两部同时接，量血压的护士今天会打给您。";
      const clerk = toActor(personAt(people.office, 0));
      return answerComplaint(deps, { actor: clerk, intent: intent("complaint-1") }, complaintOf("complaint"), text);
    }),
    step(130, "complaint-open", (deps) => {
      const text = "建议把 6 号楼门口的通知栏挪低一点，老人要踮脚才看得清";
      const neighbour = asResident(personAt(people.residents, 2));
      const asking = { actor: neighbour, intent: intent("complaint-open") };
      return fileComplaint(deps, asking, { communityId: "xiziwan", text });
    }),
  ];
}
