import { describe, expect, test } from "vitest";
import { declarations } from "../../contract/events.ts";
import type { RequestDetail } from "../../contract/index.ts";
import { flowOf } from "../../src/lib/flow.ts";

/** The types of events that the mini-program's timeline leaves out, with the reasons. */
const silent: readonly string[] = [
  // Shown as messages.
  ...["request.noted", "request.internally_noted", "request.message_sent"],
  // Events of the committee, which works in the console.
  ...["request.called_back", "request.callback_late", "request.callback_ended", "request.transfer_recalled"],
  // Shown beside the timeline: followers, tasks and photos.
  ...["request.followed", "request.unfollowed", "request.organization_asked", "request.task_ended"],
  // The text that was erased is gone from the page.
  "task.erased",
  ...["task.refused", "task.noted", "task.done", "task.withdrawn", "task.cancelled"],
  ...["task.reminded", "task.overdue", "task.supervised", "photo.held", "photo.passed", "photo.rejected"],
];

/** The types of events that a timeline can contain. Mirror events in another community's log are not in it. */
const inTimelines = Object.entries(declarations)
  .filter(([, { about }]) => about === "request" || about === "task" || about === "photo")
  .map(([type]) => type)
  .filter((type) => !type.startsWith("transfer."));

const storyOf = (type: string) => {
  const entry = {
    id: "e:1",
    at: "2026-03-02T01:00:00Z",
    type,
    actor: { id: "c", role: "cadre", name: "林晓慧" },
    data: {},
  };
  const detail = { timeline: [entry], messages: [], resident: { id: "u", mine: true }, filedBy: null, result: null };
  return flowOf(detail as unknown as RequestDetail, "u");
};

describe("the story of a request", () => {
  test.each(inTimelines.filter((type) => !silent.includes(type)))("has a sentence for %s", (type) => {
    expect(storyOf(type)).toMatchObject([{ sentence: expect.stringMatching(/\p{Script=Han}/u) as string }]);
  });

  test.each(silent)("leaves out %s", (type) => {
    expect(inTimelines).toContain(type);
    expect(storyOf(type)).toEqual([]);
  });
});
