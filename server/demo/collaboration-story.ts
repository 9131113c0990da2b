import type { IdempotencyRecord } from "../kernel/idempotency.ts";
import { toActor } from "../core/domain/accounts/user.ts";
import type { Ports } from "../core/ports.ts";
import { idFromKey } from "../kernel/ids.ts";
import { fileForFamily, fileForResident } from "../core/usecases/requests/file-for-others.ts";
import { followRequest } from "../core/usecases/requests/nearby-requests.ts";
import { submitRequest } from "../core/usecases/requests/submit-request.ts";
import { acceptTransfer, askTransfer } from "../core/usecases/requests/transfer-request.ts";
import { takeStep } from "../core/usecases/requests/take-step.ts";
import { type DemoEvent, type DemoPeople, asCadre, asResident, personAt } from "./demo-event.ts";

const MINUTE = 60_000;

const matter = (communityId: string, serviceCode: string, description: string) => ({
  communityId,
  serviceCode,
  description,
  answers: {},
  fileIds: [],
});

type Step = (minutes: number, of: string, run: (deps: Ports, at: Date) => Promise<unknown>) => DemoEvent;

/** Three transfers to 西子湾: one accepted and in progress there, one refused, one waiting for an answer. */
function transfers(
  people: DemoPeople,
  step: Step,
  idOf: (name: string) => string,
  idempotency: (name: string) => IdempotencyRecord,
): DemoEvent[] {
  const [ours, theirs] = [toActor(personAt(people.office, 0)), toActor(personAt(people.office, 1))];
  const cadre = personAt(people.cadres, 4);
  const file = (minutes: number, name: string, resident: number, service: string, words: string) =>
    step(minutes, name, (deps) => {
      const command = { actor: asResident(personAt(people.residents, resident)), idempotency: idempotency(name) };
      return submitRequest(deps, command, matter("kangcheng", service, words));
    });
  const ask = (minutes: number, name: string, reason: string) =>
    step(minutes, name, (deps) =>
      askTransfer(deps, { actor: theirs, idempotency: idempotency(`${name}-ask`) }, idOf(name), {
        to: "xiziwan",
        reason,
      }),
    );
  return [
    file(420, "moved", 8, "hand-in", "上个月搬到西子湾了，想请社区代交居住证材料"),
    ask(402, "moved", "居民已搬到西子湾 7 号楼，材料要那边盖章"),
    step(395, "moved", (deps) =>
      acceptTransfer(deps, { actor: ours, idempotency: idempotency("moved-accept") }, idOf("moved")),
    ),
    step(371, "moved", (deps, at) =>
      takeStep(
        deps,
        { actor: asCadre(cadre, at), idempotency: idempotency("moved-claim") },
        idOf("moved"),
        "claim",
        {},
      ),
    ),
    file(330, "border", 3, "parking", "康城南门外的路边总有车乱停，推轮椅过不去"),
    ask(318, "border", "路边靠西子湾一侧"),
    step(301, "border", (deps) => {
      const reason = "现场看过，车停在康城一侧的划线内，归康城管";
      return takeStep(
        deps,
        { actor: ours, idempotency: idempotency("border-refuse") },
        idOf("border"),
        "refuse-transfer",
        {
          reason,
        },
      );
    }),
    file(58, "asked", 4, "facility", "小区外健身点的扶手松了，靠西子湾东门那边"),
    ask(33, "asked", "健身点在西子湾东门内，归那边维护"),
  ];
}

/**
 * Requests with several people in the days before `now`: filed for callers and visitors, for a mother, and transferred.
 */
export function collaborationStory(people: DemoPeople, now: Date): DemoEvent[] {
  const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);
  const cadre = personAt(people.cadres, 2);
  const daughter = asResident(personAt(people.residents, 0));
  const idempotency = (name: string): IdempotencyRecord => ({ key: `demo:together-${name}`, bodyHash: "demo" });
  const idOf = (name: string): string => idFromKey(`request:${idempotency(name).key}`);
  const step = (minutes: number, of: string, run: (deps: Ports, at: Date) => Promise<unknown>): DemoEvent => {
    const at = before(minutes);
    return { at, of: `together-${of}`, run: (deps) => run(deps, at) };
  };

  return [
    step(52, "caller", (deps) => {
      const resident = { name: "曹阿婆", phone: "13800010091", building: "6号楼", unit: "1单元", room: "103" };
      const filing = { ...matter("xiziwan", "hall-light", "电话里说：一楼楼道灯不亮，晚上下楼怕摔"), resident };
      return fileForResident(deps, { actor: toActor(cadre), idempotency: idempotency("caller") }, filing);
    }),
    step(40, "caller", (deps) => {
      const command = { actor: asResident(personAt(people.residents, 2)), idempotency: idempotency("caller-follow") };
      return followRequest(deps, command, idOf("caller"));
    }),
    step(31, "caller", (deps) =>
      followRequest(deps, { actor: daughter, idempotency: idempotency("caller-too") }, idOf("caller")),
    ),
    step(61, "counter", (deps) => {
      const resident = { name: "郑国华", phone: "13800010093", building: "24号楼", unit: "2单元", room: "501" };
      const filing = { ...matter("kangcheng", "elder-card", "来西子湾看女儿，顺路问老年津贴换卡怎么办"), resident };
      return fileForResident(deps, { actor: toActor(cadre), idempotency: idempotency("counter") }, filing);
    }),
    step(64, "visitor", (deps) => {
      const resident = { name: "胡美华", phone: "13800010094", building: "9号楼", unit: "1单元", room: "302" };
      const filing = {
        ...matter("xiziwan", "collect-papers", "社保卡到了，人住在康城女儿家，想请西子湾代领"),
        resident,
      };
      const colleague = toActor(personAt(people.cadres, 8));
      return fileForResident(deps, { actor: colleague, idempotency: idempotency("visitor") }, filing);
    }),
    ...transfers(people, step, idOf, idempotency),
    step(170, "mother", (deps) => {
      const elder = { name: "王桂兰", phone: "13800010092", building: "2号楼", unit: "1单元", room: "402" };
      const filing = { ...matter("xiziwan", "meals", "妈妈膝盖刚做了手术，想订一周的午饭送上门"), elder };
      return fileForFamily(
        deps,
        { actor: daughter, idempotency: idempotency("mother") },
        { ...filing, relation: "parent" },
      );
    }),
    step(160, "mother", (deps, at) =>
      takeStep(deps, { actor: asCadre(cadre, at), idempotency: idempotency("mother-1") }, idOf("mother"), "claim", {}),
    ),
    step(151, "mother", (deps, at) =>
      takeStep(
        deps,
        { actor: asCadre(cadre, at), idempotency: idempotency("mother-2") },
        idOf("mother"),
        "first-contact",
        {
          note: "给王阿姨打了电话，明天起每天 11 点半送到",
        },
      ),
    ),
    step(150, "mother", (deps, at) =>
      takeStep(deps, { actor: asCadre(cadre, at), idempotency: idempotency("mother-3") }, idOf("mother"), "consent", {
        agreed: true,
        mayRate: false,
        how: "call",
      }),
    ),
  ];
}
