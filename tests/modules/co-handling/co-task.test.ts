import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CoTask,
  type TaskAction,
  type TaskInputs,
  type TaskState,
  openTaskStates,
  taskFromEvent,
  taskStates,
  taskTransitions,
} from "../../../server/modules/co-handling/domain/co-task.ts";
import { decideTask, dueTaskStep, taskAbilities } from "../../../server/modules/co-handling/domain/co-task-steps.ts";
import { system } from "../../../server/kernel/actor.ts";
import { DomainError } from "../../../server/kernel/errors.ts";
import { taskVisibility } from "../../../server/modules/co-handling/domain/task-visibility.ts";
import { mayFollow } from "../../../server/log/audience.ts";
import { aService, anActor, heldRequest, minutesLater, nineToFive, noon } from "../../support/domain.ts";

const request = heldRequest({ status: "handling" });
const organization = "安居物业";
const asked = {
  ...{ at: noon, communityId: "c1", requestId: request.id, requestNo: request.no, serviceCode: "parcel" },
  actor: { id: "handler", role: "cadre", name: "王敏" },
  data: { taskId: "t1", organization, text: "请换楼道灯", hours: 8 },
};
const fresh = taskFromEvent(asked, aService({ clock: "working" }), nineToFive);
const partner = anActor("partner", "partner", { organization });

const people = {
  "one of its people": partner,
  "somebody of another organization": anActor("partner", "other", { organization: "岳阳湖派出所" }),
  "one of its people in another community": anActor("partner", "far", { organization, communityIds: ["c2"] }),
  "one of its people, acting as a resident": anActor("resident", "partner"),
  "a partner without an organization": anActor("partner", "lost"),
  "the handler": anActor("cadre", "handler"),
  "another cadre": anActor("cadre", "other"),
  "the clerk": anActor("committee"),
  "a clerk of another community": anActor("committee", "clerk", { communityIds: ["c2"] }),
  "the clerk who is the resident": anActor("committee", "resident"),
  "a supervisor": anActor("supervisor"),
  "the resident": anActor("resident"),
  "the system": system,
} as const;
type Person = keyof typeof people;

const inputs: { [A in TaskAction]: TaskInputs[A] } = {
  accept: {},
  refuse: { reason: "不归我们管" },
  progress: { text: "配件已订", fileIds: [] },
  finish: { result: "换好了", fileIds: ["f1"] },
  withdraw: { reason: "已经好了" },
  cancel: {},
  remind: { clock: "respond", stage: "half" },
  "mark-overdue": { clock: "respond", stage: "half" },
  supervise: { clock: "respond", stage: "half" },
};

const take = <A extends TaskAction>(
  task: CoTask,
  action: A,
  actor: typeof partner,
  now = noon,
  input = inputs[action],
) => decideTask(task, action, input, { actor, now, request });
const after = <A extends TaskAction>(
  task: CoTask,
  action: A,
  actor: typeof partner,
  now = noon,
  input = inputs[action],
) => {
  const { set, event } = take(task, action, actor, now, input);
  return { ...task, ...set, version: event.version };
};
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return "taken";
};

const accepted = after(fresh, "accept", partner);
const inState: Record<TaskState, CoTask> = {
  asked: fresh,
  accepted,
  done: after(accepted, "finish", partner),
  refused: after(fresh, "refuse", partner),
  withdrawn: after(fresh, "withdraw", people["the clerk"]),
};

/** Written by hand. People who are not listed may do nothing. */
const may: Record<TaskState, Partial<Record<Person, TaskAction[]>>> = {
  asked: {
    "one of its people": ["accept", "refuse"],
    "the handler": ["withdraw"],
    "the clerk": ["withdraw"],
    "the system": ["cancel", "remind", "mark-overdue", "supervise"],
  },
  accepted: {
    "one of its people": ["progress", "finish"],
    "the handler": ["withdraw"],
    "the clerk": ["withdraw"],
    "the system": ["cancel", "remind", "mark-overdue", "supervise"],
  },
  done: {},
  refused: {},
  withdrawn: {},
};

describe.each(taskStates)("a task that is %s", (state) => {
  it.each(Object.keys(people) as Person[])("allows %s exactly their steps", (person) => {
    expect<TaskAction[]>(taskAbilities(inState[state], people[person], request, noon)).toEqual(
      may[state][person] ?? [],
    );
  });

  it.each(Object.keys(people) as Person[])("refuses all other steps of %s", (person) => {
    const next = inState[state].escalations.find(({ clock }) => state !== "accepted" || clock === "resolve");
    const taken = taskTransitions
      .map(({ action }) => action)
      .filter((action) => {
        const climbs = action === "remind" || action === "mark-overdue" || action === "supervise";
        const input = climbs && next ? { clock: next.clock, stage: next.stage } : inputs[action];
        return refusal(() => take(inState[state], action, people[person], noon, input)) === "taken";
      });
    expect(taken).toEqual(may[state][person] ?? []);
  });
});

describe("the visibility of a task", () => {
  it.each<[Person, Record<TaskState, ReturnType<typeof taskVisibility>>]>([
    ["one of its people", { asked: "offer", accepted: "work", done: "past", refused: "past", withdrawn: "past" }],
    ["the handler", { asked: "staff", accepted: "staff", done: "staff", refused: "staff", withdrawn: "staff" }],
    ["a supervisor", { asked: "staff", accepted: "staff", done: "staff", refused: "staff", withdrawn: "staff" }],
  ])("by %s follows its state", (person, sights) => {
    for (const state of taskStates) expect(taskVisibility(people[person], inState[state], request)).toBe(sights[state]);
  });

  it.each<Person>([
    "somebody of another organization",
    "one of its people in another community",
    "one of its people, acting as a resident",
    "a partner without an organization",
    "a clerk of another community",
    "the clerk who is the resident",
    "the resident",
  ])("by %s is nothing", (person) => {
    for (const state of taskStates) expect(taskVisibility(people[person], inState[state], request)).toBe("none");
  });
});

describe("live updates of a task", () => {
  const row = { type: "task.withdrawn", communityId: "c1", residentId: "resident", organization };
  it.each<[Person, string, boolean]>([
    ["one of its people", "task.withdrawn", true],
    ["somebody of another organization", "task.withdrawn", false],
    ["one of its people in another community", "task.withdrawn", false],
    ["one of its people, acting as a resident", "task.withdrawn", false],
    ["the handler", "task.withdrawn", true],
    ["the resident", "task.withdrawn", false],
    ["the resident", "task.accepted", true],
    ["the clerk who is the resident", "task.refused", false],
  ])("reaches %s of %s: %s", (person, type, heard) => {
    expect(mayFollow(people[person], { ...row, type })).toBe(heard);
  });

  it("reach no organization with tasks that are not its own", () => {
    expect(mayFollow(partner, { type: "request.claimed", communityId: "c1", residentId: "resident" })).toBe(false);
  });
});

describe("the clocks of a task", () => {
  it("run in office hours: asked at 12:00, it is due for acceptance at 14:00 and for completion at 12:00 the next day", () => {
    expect(fresh.respondBy).toEqual(minutesLater(120));
    expect(fresh.resolveBy).toEqual(minutesLater(24 * 60));
  });

  it("give at most half a workday for acceptance", () => {
    const long = taskFromEvent(
      { ...asked, data: { ...asked.data, hours: 40 } },
      aService({ clock: "always" }),
      nineToFive,
    );
    expect(long.respondBy).toEqual(minutesLater(240));
    expect(long.resolveBy).toEqual(minutesLater(2400));
  });

  it("follow from the event alone, so that reading it again gives the same", () => {
    expect(
      taskFromEvent(
        JSON.parse(JSON.stringify(asked), (key, value: unknown) =>
          key === "at" ? new Date(String(value)) : value,
        ) as typeof asked,
        aService({ clock: "working" }),
        nineToFive,
      ),
    ).toEqual(fresh);
  });

  it("escalate in order, each stage once and at its time; acceptance ends those of the response clock", () => {
    const climb = (task: CoTask, now: Date): [string, CoTask][] => {
      const due = dueTaskStep(task, now);
      if (!due) return [];
      const next = after(task, due.action, system, now, due.input);
      return [[`${due.action} ${due.input.clock} ${due.input.stage}`, next], ...climb(next, now)];
    };
    const late = climb(fresh, minutesLater(180));
    expect(late.map(([what]) => what)).toEqual([
      "remind respond half", "remind respond most", "mark-overdue respond overdue", "supervise respond supervised",
    ]); // prettier-ignore
    const overdue = late.at(-1)![1];
    expect(overdue.escalation).toMatchObject({ level: "supervised", clock: "respond" });
    const working = after(overdue, "accept", partner, minutesLater(181));
    expect(working.escalation).toBeNull();
    expect(climb(working, minutesLater(3 * 24 * 60)).map(([what]) => what)).toEqual([
      "remind resolve half", "remind resolve most", "mark-overdue resolve overdue", "supervise resolve supervised",
    ]); // prettier-ignore
  });

  it("refuse an escalation that was taken", () => {
    const { action, input } = dueTaskStep(fresh, minutesLater(60))!;
    const once = after(fresh, action, system, minutesLater(60), input);
    expect(refusal(() => take(once, action, system, minutesLater(60), input))).toBe("task.state_conflict");
  });
});

it("a task has at most fifty progress entries", () => {
  let task = accepted;
  for (let n = 0; n < 50; n++) task = after(task, "progress", partner);
  expect(refusal(() => take(task, "progress", partner))).toBe("task.progress_full");
});

it("the resident is told the organization's name and nothing else", () => {
  expect(take(fresh, "accept", partner).event.data).toEqual({ organization, taskState: "accepted" });
});

it("any sequence of steps: one event per step, no step after the end, escalations only while the task is open", () => {
  const tries = fc.array(
    fc.record({
      action: fc.constantFrom(...taskTransitions.map((t) => t.action)),
      person: fc.constantFrom(...(Object.keys(people) as Person[])),
      minutes: fc.integer({ min: 0, max: 600 }),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(tries, (list) => {
      let [task, now] = [fresh, noon];
      for (const { action, person, minutes } of list) {
        now = minutesLater(minutes, now);
        const due = dueTaskStep(task, now);
        const input = due?.action === action ? due.input : inputs[action];
        const before = structuredClone(task);
        const code = refusal(() => {
          const { event } = take(task, action, people[person], now, input);
          expect(event).toMatchObject({
            version: task.version + 1,
            subjects: { organization, residentId: "resident" },
          });
        });
        expect(task).toEqual(before);
        if (code !== "taken") continue;
        expect(openTaskStates).toContain(task.state);
        task = after(task, action, people[person], now, input);
        const open = openTaskStates.includes(task.state);
        expect(task.endedAt === null).toBe(open);
        if (!open) expect([task.nextAt, task.escalations]).toEqual([null, []]);
        if (task.state === "done") expect(task.result).not.toBeNull();
        if (task.state === "refused") expect(task.reason).not.toBeNull();
      }
    }),
    { numRuns: 300 },
  );
});
