import { describe, expect, it } from "vitest";
import { Service } from "../../../contract/community.ts";
import { catalogue } from "../../../server/core/catalogue/standard.ts";
import { stories } from "../../../server/demo/stories.ts";

const codes = catalogue.map(({ serviceCode }) => serviceCode);

describe("the demo's catalogue", () => {
  it("has at least sixteen services of a neighbourhood committee, each once, in groups of several", () => {
    expect(codes.length).toBeGreaterThanOrEqual(16);
    expect(new Set(codes).size).toBe(codes.length);
    const sizes = [...Map.groupBy(catalogue, ({ group }) => group).values()].map((services) => services.length);
    expect(sizes.length).toBeGreaterThanOrEqual(5);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(3);
  });

  it.each(catalogue)("$title says when, who, and what to bring, ask and say", (service) => {
    expect(Service.safeParse(service).success).toBe(true);
    expect(service.respondMinutes).toBeGreaterThan(0);
    expect(service.resolveMinutes).toBeGreaterThan(service.respondMinutes);
    expect(service.positions.length).toBeGreaterThan(0);
    expect(service.keywords.length).toBeGreaterThan(0);
    const { bring, ask, say } = service.knowledgeCard;
    for (const part of [bring, ask, say]) expect(part.length).toBeGreaterThan(0);
    expect(stories[service.serviceCode]?.length).toBeGreaterThan(0);
  });

  it("asks more where it helps the cadre, and most services take a request without an answer", () => {
    const asking = catalogue.filter(({ questions }) => questions.length > 0);
    expect(asking.length).toBeGreaterThanOrEqual(8);
    const demanding = asking.filter(({ questions }) => questions.some(({ required }) => required));
    expect(demanding.length).toBeGreaterThan(0);
    expect(demanding.length).toBeLessThan(catalogue.length / 4);
    for (const { kind, options } of asking.flatMap(({ questions }) => questions))
      expect(options.length > 1).toBe(kind === "choice");
  });
});
