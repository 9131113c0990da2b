import { describe, expect, test } from "vitest";
import { declarations } from "../../contract/events.ts";
import type { RequestDetail } from "../../contract/index.ts";
import { flowOf } from "../../src/lib/flow.ts";

/** What a request's story in the mini-program leaves out, and where it stands instead. */
const silent: readonly string[] = [
  // Their words stand in the story as messages.
  ...["request.noted", "request.internally_noted", "request.message_sent"],
  // Of the committee, which works in the console.
  ...["request.called_back", "request.callback_late", "request.callback_ended", "request.transfer_recalled"],
  // The number of followers, the tasks and the pictures themselves are shown beside it.
  ...["request.followed", "request.unfollowed", "request.organization_asked", "request.task_ended"],
  ...["task.refused", "task.noted", "task.done", "task.withdrawn", "task.cancelled"],
  ...["task.reminded", "task.overdue", "task.supervised", "photo.held", "photo.passed", "photo.rejected"],
];

/** What a timeline may hold: mirrors in another community's log are none of it. */
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
