import type { IdempotencyRecord } from "../../kernel/idempotency.ts";
import { toActor } from "../../core/domain/accounts/user.ts";
import type { Ports } from "../../core/ports.ts";
import type { CoTaskStore } from "./ports.ts";
import { askOrganization, reassignTask } from "./usecases/ask-organization.ts";
import { escalateTask } from "./usecases/run-due-task-escalations.ts";
import { takeTaskStepWithPhotos, takeTaskStep } from "./usecases/take-task-step.ts";
import { idFromKey } from "../../kernel/ids.ts";
import { resolveRequest } from "../../core/usecases/requests/resolve-request.ts";
import { submitRequest } from "../../core/usecases/requests/submit-request.ts";
import { takeStep } from "../../core/usecases/requests/take-step.ts";
import {
  type DemoEvent,
  type DemoPeople,
  type DemoStory,
  asCadre,
  asResident,
  personAt,
} from "../../demo/demo-event.ts";

const MINUTE = 60_000;

/**
 * A request that organizations take part in. People are indexes into the demo's lists; times are minutes before now.
 */
interface Story {
  name: string;
  communityId: string;
  serviceCode: string;
  resident: number;
  cadre: number;
  description: string;
  filed: number;
  steps: readonly Step[];
}

type Step =
  | { ago: number; do: "ask"; of: string; text: string; hours: number; task: string }
  | { ago: number; do: "accept"; by: number; task: string }
  | { ago: number; do: "refuse"; by: number; task: string; words: string }
  | { ago: number; do: "progress" | "finish"; by: number; task: string; words: string }
  | { ago: number; do: "reassign"; task: string; to: string }
  | { ago: number; do: "resolve"; words: string };

const PROPERTY = "安居物业";
const POWER = "城区供电所";
const CITY = "街道城运中心";
const POLICE = "岳阳湖派出所";

/**
 * Tasks in every state. Indexes of partners: 0 安居物业, 1 派出所, 2 供电所, 3 城运中心, 4 康城物业.
 */
const stories: readonly Story[] = [
  {
    ...{ name: "light", communityId: "xiziwan", serviceCode: "hall-light", resident: 0, cadre: 0, filed: 300 },
    description: "我们楼六楼到七楼的楼道灯全不亮，开关按了没反应，老人晚上不敢下楼",
    steps: [
      { ago: 270, do: "ask", of: POWER, text: "请查这栋楼公共照明的表前线路", hours: 8, task: "a" },
      { ago: 240, do: "refuse", by: 2, task: "a", words: "线路在表后，归物业维护，表前已查过正常" },
      { ago: 235, do: "ask", of: PROPERTY, text: "请带梯子换六、七楼的感应灯，顺便查开关", hours: 24, task: "b" },
      { ago: 180, do: "accept", by: 0, task: "b" },
      { ago: 90, do: "progress", by: 0, task: "b", words: "七楼换好了，六楼灯座烧坏，配件下午到" },
      { ago: 40, do: "ask", of: CITY, text: "同一路段路灯也暗，请看一下是不是一条线路", hours: 24, task: "c" },
    ],
  },
  {
    ...{ name: "lift", communityId: "xiziwan", serviceCode: "lift", resident: 13, cadre: 3, filed: 4400 },
    description: "电梯关门时夹人，已经两次了",
    steps: [
      { ago: 4300, do: "ask", of: PROPERTY, text: "请先停梯，找维保单位调光幕", hours: 8, task: "a" },
      { ago: 4280, do: "accept", by: 0, task: "a" },
      { ago: 4100, do: "finish", by: 0, task: "a", words: "维保单位换了光幕，试运行半天正常" },
      { ago: 4000, do: "resolve", words: "光幕已换，物业和居民一起试过，不再夹人" },
    ],
  },
  {
    ...{ name: "charging", communityId: "xiziwan", serviceCode: "charging", resident: 14, cadre: 2, filed: 7300 },
    description: "楼门口有人飞线充电，楼上怕着火",
    steps: [{ ago: 7200, do: "ask", of: PROPERTY, text: "请到场清理飞线，贴告知书", hours: 4, task: "a" }],
  },
  {
    ...{ name: "gate", communityId: "kangcheng", serviceCode: "noise", resident: 8, cadre: 7, filed: 420 },
    description: "小区东门夜里有人聚集喝酒吵闹，到后半夜",
    steps: [
      { ago: 400, do: "ask", of: "康城物业", text: "请保安夜里到东门劝离", hours: 8, task: "a" },
      { ago: 350, do: "reassign", task: "a", to: POLICE },
    ],
  },
  {
    ...{ name: "parking", communityId: "kangcheng", serviceCode: "parking", resident: 9, cadre: 8, filed: 600 },
    description: "消防通道停了一辆外来货车，打不通电话",
    steps: [
      { ago: 560, do: "ask", of: POLICE, text: "请联系车主挪车", hours: 4, task: "a" },
      { ago: 540, do: "accept", by: 1, task: "a" },
      { ago: 500, do: "progress", by: 1, task: "a", words: "联系上车主，人在外地，安排家人来挪" },
    ],
  },
];

const contact = "电话联系了，先请单位到现场看";

type Deps = Ports & CoTaskStore;

/** The co-handling tasks of the demo, of today and of the days before. */
export const coHandlingStory: DemoStory<Deps> = {
  events: (people, now) => stories.flatMap((story) => demoEventsOf(story, people, now)),
  async runDue(deps, until) {
    for (;;) {
      const [id] = await deps.coTasks.due(until, 1);
      const at = id && (await deps.coTasks.load(id))?.value.nextAt;
      if (!id || !at) return;
      await escalateTask({ ...deps, clock: { now: () => at }, wakeRelay: () => undefined }, id);
    }
  },
};

function demoEventsOf(story: Story, people: DemoPeople, now: Date): DemoEvent<Deps>[] {
  const { communityId, serviceCode, description } = story;
  const resident = asResident(personAt(people.residents, story.resident));
  const cadre = personAt(people.cadres, story.cadre);
  const idempotency = (name: string): IdempotencyRecord => ({ key: `demo:co-${story.name}-${name}`, bodyHash: "demo" });
  const id = idFromKey(`request:${idempotency("file").key}`);
  const at = (ago: number): Date => new Date(now.getTime() - ago * MINUTE);
  const happening = (ago: number, run: (deps: Deps, at: Date) => Promise<unknown>): DemoEvent<Deps> => ({
    at: at(ago),
    of: `co-${story.name}`,
    run: (deps) => run(deps, at(ago)),
  });
  const taskOf = (task: string): string => idFromKey(`task:${id}:${cadre.id}:${idempotency(`task-${task}`).key}`);

  const take =
    (step: Step, n: number) =>
    (deps: Deps, moment: Date): Promise<unknown> => {
      const handler = { actor: asCadre(cadre, moment), idempotency: idempotency(`step-${n}`) };
      const partner = (index: number) => ({
        actor: toActor(personAt(people.partners, index)),
        idempotency: idempotency(`step-${n}`),
      });
      switch (step.do) {
        case "ask": {
          const { of: organization, text, hours } = step;
          const command = { ...handler, idempotency: idempotency(`task-${step.task}`) };
          return askOrganization(deps, command, id, { organization, text, hours });
        }
        case "accept":
          return takeTaskStep(deps, partner(step.by), taskOf(step.task), "accept", {});
        case "refuse":
          return takeTaskStep(deps, partner(step.by), taskOf(step.task), "refuse", { reason: step.words });
        case "progress": {
          const input = { text: step.words, fileIds: [] };
          return takeTaskStepWithPhotos(deps, partner(step.by), taskOf(step.task), "progress", input);
        }
        case "finish": {
          const input = { result: step.words, fileIds: [] };
          return takeTaskStepWithPhotos(deps, partner(step.by), taskOf(step.task), "finish", input);
        }
        case "reassign":
          return reassignTask(deps, handler, taskOf(step.task), step.to);
        case "resolve":
          return resolveRequest(deps, handler, id, { result: step.words, fileIds: [] });
      }
    };

  return [
    happening(story.filed, (deps) =>
      submitRequest(
        deps,
        { actor: resident, idempotency: idempotency("file") },
        { communityId, serviceCode, description, answers: {}, fileIds: [] },
      ),
    ),
    happening(story.filed - 12, (deps, moment) =>
      takeStep(deps, { actor: asCadre(cadre, moment), idempotency: idempotency("claim") }, id, "claim", {}),
    ),
    happening(story.filed - 17, (deps, moment) =>
      takeStep(deps, { actor: asCadre(cadre, moment), idempotency: idempotency("contact") }, id, "first-contact", {
        note: contact,
      }),
    ),
    ...story.steps.map((step, n) => happening(step.ago, take(step, n))),
  ];
}
