import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { operations } from "../../../contract/index.ts";
import { errorCodes } from "../../../server/error-table.ts";
import { sentenceOf, sentences } from "../../../server/error-table.ts";
import { openApiDocument } from "../../../server/core/http/openapi.ts";
import { actions, statuses } from "../../../contract/request.ts";
import { statuses as domainStatuses } from "../../../server/core/domain/requests/request.ts";
import { transitions } from "../../../server/core/domain/requests/request-lifecycle.ts";

type Described = {
  operationId: string;
  parameters: { name: string; in: string }[];
  responses: Record<string, unknown>;
};
const document = openApiDocument("test", sentenceOf) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, unknown> };
};
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ key: `${method.toUpperCase()} ${path}`, operation })),
);

describe("the OpenAPI document", () => {
  it("is 3.1 and has every operation of the table, once", () => {
    expect(document.openapi).toBe("3.1.0");
    const keys = Object.keys(operations).map((key) => key.replaceAll(/:(\w+)/g, "{$1}"));
    expect(described.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    expect(new Set(described.map(({ operation }) => operation.operationId)).size).toBe(keys.length);
  });

  it("is valid by the specification's own schema", async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    const wrong = { ...structuredClone(document), paths: { "no-slash": { get: { responses: 1 } } } };
    expect((await new Validator().validate(wrong)).valid).toBe(false);
  });

  it("declares every parameter that is in a path", () => {
    for (const { key, operation } of described) {
      const inPath = [...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(operation.parameters.filter((p) => p.in === "path").map((p) => p.name)).toEqual(inPath);
    }
  });

  it("refers only to schemas that it has", () => {
    const references = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      ([, name]) => name!,
    );
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(JSON.stringify(document)).not.toContain("$defs");
  });
});

describe("what contract and domain both name", () => {
  it("the statuses", () => expect(statuses).toEqual(domainStatuses));
  it("the steps that people take", () => {
    const byPeople = transitions.filter(({ who }) => who.some((relation) => relation !== "system"));
    expect([...actions].toSorted()).toEqual(byPeople.map(({ action }) => action).toSorted());
  });
  it("the error codes that operations announce", () => {
    const announced = Object.values(operations).flatMap((o) => ("errors" in o ? [...o.errors] : []));
    expect(announced.filter((code) => !(errorCodes as readonly string[]).includes(code))).toEqual([]);
  });
});

describe("every refusal", () => {
  it.each(errorCodes)("%s has a status and a sentence with a next step", (code) => {
    const [status, sentence] = sentences[code];
    expect(status).toBeGreaterThanOrEqual(400);
    const words =
      typeof sentence === "string" ? sentence : sentence({ retryAfter: 60, options: ["甲"], summary: "描述必填" });
    expect(words).toMatch(/。$/);
    expect(words).toMatch(/请|可|看|出现/);
    expect(words).not.toMatch(/undefined|！|\[object/);
  });
});
