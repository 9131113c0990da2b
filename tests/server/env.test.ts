import { describe, expect, it } from "vitest";
import { InvalidSettingError, readEnv } from "../../server/env.ts";

const production = {
  ...{ NODE_ENV: "production", WECHAT_APP_ID: "a", WECHAT_APP_SECRET: "b" },
  ...{ WECHAT_PUSH_TOKEN: "aToken4ThatNobodyGuesses", PUBLIC_URL: "https://example.org/" },
};

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
    ["production whose pages come in clear", { ...production, PUBLIC_URL: "http://example.org" }, /https/],
    ["production whose pushes a guess could forge", { ...production, WECHAT_PUSH_TOKEN: "abc" }, /至少 16 个字符/],
    [
      "a database elsewhere in clear",
      { ...production, MONGODB_URI: "mongodb://db1,127.0.0.1/?replicaSet=rs0" },
      /tls=true/,
    ],
    ["a database whose TLS is turned off", { ...production, MONGODB_URI: "mongodb+srv://db/?tls=false" }, /tls=true/],
    [
      "a database whose certificate nobody checks",
      { ...production, MONGODB_URI: "mongodb://db/?ssl=true&tlsAllowInvalidCertificates=true" },
      /证书/,
    ],
    ["a key of the message push that is none", { WECHAT_ENCODING_AES_KEY: "short" }, /43/],
    ["budgets that are none", { LIMITS_FACTOR: "0" }, /LIMITS_FACTOR/],
    ["a second factor that is neither", { SECOND_FACTOR: "maybe" }, /SECOND_FACTOR.*maybe/],
    ["an address of clamd that is none", { CLAMD_SOCKET: "clamd" }, /CLAMD_SOCKET.*clamd/],
    ["a recipient of backups that is none", { BACKUP_RECIPIENTS: "age1xyz" }, /BACKUP_RECIPIENTS/],
    ["half of the WeChat settings", { WECHAT_APP_ID: "a" }, /一起给/],
  ])("refuses %s in one sentence", (_what, variables, sentence) => {
    expect(() => readEnv(variables)).toThrow(InvalidSettingError);
    expect(() => readEnv(variables)).toThrow(sentence);
  });

  it.each([
    ["MONGODB_URI", "postgres://shop:s3cret-word@db/"],
    ["MONGODB_URI", "mongodb://shop:s3cret-word@/"],
    ["WECHAT_PUSH_TOKEN", "s3cret-word"],
    ["WECHAT_ENCODING_AES_KEY", "s3cret-word"],
    ["WECOM_ROBOT_URLS", '{"east":"s3cret-word"}'],
  ])("says that %s is wrong without printing it", (name, value) => {
    expect(() => readEnv({ [name]: value })).toThrow(name);
    expect(() => readEnv({ [name]: value })).not.toThrow(/s3cret/);
  });

  it("treats an empty variable as not set", () => {
    expect(readEnv({ PORT: "", MONGODB_URI: "" }).port).toBe(3000);
  });

  it("has no demo mode in production", () => {
    expect(readEnv(production)).toMatchObject({ production: true, demo: false });
  });

  it.each([
    "mongodb://db1,db2/?tls=true&tlsCAFile=/etc/ca.pem",
    "mongodb+srv://db.example.org/",
    "mongodb://127.0.0.1:27017,localhost,[::1]:27018/",
    "mongodb://%2Frun%2Fmongodb%2Fmongodb-27017.sock/",
  ])("takes a database in production that is asked by TLS or is here: %s", (uri) => {
    expect(readEnv({ ...production, MONGODB_URI: uri }).mongo.uri).toBe(uri);
  });

  it("has no API documentation in production unless it is asked for", () => {
    expect(readEnv({}).apiDocs).toBe(true);
    expect(readEnv(production).apiDocs).toBe(false);
    expect(readEnv({ ...production, API_DOCS: "true" }).apiDocs).toBe(true);
  });

  it("takes a short push token in production where the pushes are encrypted", () => {
    const encrypted = { ...production, WECHAT_PUSH_TOKEN: "abc", WECHAT_ENCODING_AES_KEY: "a".repeat(43) };
    expect(readEnv(encrypted).push).toMatchObject({ token: "abc" });
  });

  it("asks for a second factor where there is no demo, and production cannot be told not to", () => {
    expect(readEnv(production).factorPolicy).toBe("required");
    expect(() => readEnv({ ...production, SECOND_FACTOR: "optional" })).toThrow(/SECOND_FACTOR=optional/);
    expect(readEnv({ DEMO: "false" }).factorPolicy).toBe("required");
    expect(readEnv({}).factorPolicy).toBe("optional");
    expect(readEnv({ SECOND_FACTOR: "required" }).factorPolicy).toBe("required");
  });
});
