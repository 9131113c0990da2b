import { describe, expect, it } from "vitest";
import { InvalidSettingError, readEnv } from "../../server/env.ts";

describe("the configuration", () => {
  it("needs nothing: demo data on an embedded engine, on loopback", () => {
    expect(readEnv({})).toMatchObject({
      production: false,
      demo: true,
      host: "127.0.0.1",
      port: 3000,
      mongo: { uri: undefined },
    });
  });

  it.each([
    ["a port that is none", { PORT: "eighty" }, /PORT.*eighty/],
    ["a port out of range", { PORT: "70000" }, /PORT/],
    ["an address of another database", { MONGODB_URI: "postgres://x" }, /MONGODB_URI/],
    ["an engine that is not known", { DATABASE: "oracle" }, /DATABASE.*oracle/],
    [
      "demo mode in production",
      { NODE_ENV: "production", DEMO: "true", WECHAT_APP_ID: "a", WECHAT_APP_SECRET: "b" },
      /演示模式/,
    ],
    ["production without WeChat", { NODE_ENV: "production" }, /WECHAT_APP_ID/],
    [
      "production without a way for WeChat's verdicts",
      { NODE_ENV: "production", WECHAT_APP_ID: "a", WECHAT_APP_SECRET: "b" },
      /PUBLIC_URL.*WECHAT_PUSH_TOKEN/,
    ],
    ["a key of the message push that is none", { WECHAT_ENCODING_AES_KEY: "short" }, /43/],
    ["budgets that are none", { LIMITS_FACTOR: "0" }, /LIMITS_FACTOR/],
    ["a second factor that is neither", { SECOND_FACTOR: "maybe" }, /SECOND_FACTOR.*maybe/],
    ["half of the WeChat settings", { WECHAT_APP_ID: "a" }, /一起给/],
  ])("refuses %s in one sentence", (_what, variables, sentence) => {
    expect(() => readEnv(variables)).toThrow(InvalidSettingError);
    expect(() => readEnv(variables)).toThrow(sentence);
  });

  it("treats an empty variable as not set", () => {
    expect(readEnv({ PORT: "", MONGODB_URI: "" }).port).toBe(3000);
  });

  it("has no demo mode in production", () => {
    expect(
      readEnv({
        NODE_ENV: "production",
        WECHAT_APP_ID: "a",
        WECHAT_APP_SECRET: "b",
        WECHAT_PUSH_TOKEN: "abc",
        PUBLIC_URL: "https://example.org/",
      }),
    ).toMatchObject({
      production: true,
      demo: false,
    });
  });

  it("asks for a second factor where there is no demo, unless it is told not to", () => {
    const production = {
      ...{ NODE_ENV: "production", WECHAT_APP_ID: "a", WECHAT_APP_SECRET: "b" },
      ...{ WECHAT_PUSH_TOKEN: "abc", PUBLIC_URL: "https://example.org/" },
    };
    expect(readEnv(production).factorPolicy).toBe("required");
    expect(readEnv({ ...production, SECOND_FACTOR: "optional" }).factorPolicy).toBe("optional");
    expect(readEnv({ DEMO: "false" }).factorPolicy).toBe("required");
    expect(readEnv({}).factorPolicy).toBe("optional");
    expect(readEnv({ SECOND_FACTOR: "required" }).factorPolicy).toBe("required");
  });
});
