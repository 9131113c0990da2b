import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import { openSmallWeapp } from "../support/small-weapp.ts";

const failing = (reason: string): unknown => ({ errMsg: expect.stringContaining(reason) });

describe("the network", () => {
  it.each([
    ["a relative address", "/api/me", "invalid url"],
    ["one that is not encrypted", "http://api.example.cn/me", "url must be https"],
    ["a domain that is not listed", "https://other.example.cn/me", "not in domain list"],
  ])("refuses %s, and says so in the log", async (_, url, reason) => {
    const { run, errors } = await openSmallWeapp({}, { listed: ["api.example.cn"] });
    run(`wx.request({ url: '${url}', fail: ({ errMsg }) => { this.failed = errMsg } })`);
    await expect.poll(() => run("this.failed")).toMatch(reason);
    expect(errors).toEqual([expect.stringContaining(reason)]);
  });

  it("carries ten requests at a time; more wait their turn", async () => {
    const held: (() => void)[] = [];
    const server = createServer((_, response) => held.push(() => response.end('{"n":1}')));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { run } = await openSmallWeapp();
    run(
      `this.done = 0; for (let n = 0; n < 12; n++) wx.request({ url: '${url}', success: ({ data }) => { done += data.n } })`,
    );
    await expect.poll(() => held.length).toBe(10);
    for (const answer of held.splice(0)) answer();
    await expect.poll(() => held.length).toBe(2);
    for (const answer of held) answer();
    await expect.poll(() => run("done")).toBe(12);
  });

  it("carries five sockets; a sixth is refused until one is closed", async () => {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
    await new Promise((resolve) => server.once("listening", resolve));
    server.on("connection", (socket) => socket.on("message", (data) => socket.send(data as Buffer, { binary: false })));
    onTestFinished(() => server.close());
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { run } = await openSmallWeapp();
    const connect = `wx.connectSocket({ url: '${url}', fail: ({ errMsg }) => { refused = errMsg } })`;
    run(`this.refused = ''; this.heard = ''; this.tasks = [1, 2, 3, 4, 5].map(() => ${connect})`);
    run("tasks[0].onMessage(({ data }) => { heard = data }); tasks[0].onOpen(() => tasks[0].send({ data: 'hello' }))");
    run("this.closed = false; tasks[1].onClose(() => { closed = true })");
    await expect.poll(() => run("heard")).toBe("hello");
    run(connect);
    await expect.poll(() => run("refused")).toMatch("exceed max task count");
    run("tasks[1].close({})");
    await expect.poll(() => run("closed")).toBe(true);
    run(`refused = ''; ${connect}.onOpen(() => { heard = 'again' })`);
    await expect.poll(() => run("heard + refused")).toBe("again");
    run("tasks.forEach((task) => task.close({}))");
  });
});

describe("the connection", () => {
  it("is good until it changes; each change is told once, to those who still listen", async () => {
    const { run, connectivity } = await openSmallWeapp();
    run("this.heard = []; this.hear = (state) => { heard.push(JSON.stringify(state)) }");
    run("wx.onNetworkStatusChange(hear); wx.onNetworkWeakChange(hear)");
    expect(await run("wx.getNetworkType()")).toMatchObject({ networkType: "wifi" });
    for (const state of ["weak", "weak", "none"] as const) connectivity.becomes(state);
    expect(await run("wx.getNetworkType()")).toMatchObject({ networkType: "none" });
    run("wx.offNetworkWeakChange(hear)");
    for (const state of ["weak", "good"] as const) connectivity.becomes(state);
    expect((run("heard") as string[]).map((state) => JSON.parse(state) as object)).toEqual([
      { weakNet: true, networkType: "wifi" },
      { isConnected: false, networkType: "none" },
      { weakNet: false, networkType: "none" },
      { isConnected: true, networkType: "wifi" },
    ]);
  });
});

describe("storage", () => {
  it("holds 1 MB a key and 10 MB in all", async () => {
    const { call } = await openSmallWeapp();
    const piece = "x".repeat(1_000_000);
    expect(() => call("setStorageSync", ["big", piece.repeat(2)])).toThrow("entry size limit reached");
    for (let n = 0; n < 10; n++) call("setStorageSync", [`k${n}`, piece]);
    expect(() => call("setStorageSync", ["k10", piece])).toThrow("over the maximum size");
    call("setStorageSync", ["k1", { small: 1 }]);
    expect(call("getStorageSync", ["k1"])).toEqual({ small: 1 });
    expect(call("getStorageSync", ["none"])).toBe("");
  });
});

describe("what asks something of the person", () => {
  const subscribe = "wx.requestSubscribeMessage({ tmplIds: ['t1'] })";

  it("a consent to messages is asked for in a tap, and not after a wait", async () => {
    const { run, tap, element, settled } = await openSmallWeapp();
    await expect(run(subscribe)).rejects.toEqual(failing("user TAP gesture"));
    run(`getApp().tapped = () => { this.asked = Promise.resolve().then(() => ${subscribe}) }`);
    tap(element("#v"));
    await expect(run("asked")).resolves.toMatchObject({ t1: "accept" });
    run(
      `getApp().tapped = () => wx.login({ success: () => ${subscribe}.catch(({ errMsg }) => { this.late = errMsg }) })`,
    );
    tap(element("#v"));
    await settled();
    expect(run("this.late")).toMatch("user TAP gesture");
  });

  it("a photo is asked for in a tap, also where a test says which", async () => {
    const { run, make } = await openSmallWeapp();
    make.mock("chooseMedia", () => ({ tempFiles: [] }));
    await expect(run("wx.chooseMedia({})")).rejects.toEqual(failing("user TAP gesture"));
  });

  it("a place needs requiredPrivateInfos", async () => {
    const { run } = await openSmallWeapp();
    await expect(run("wx.getLocation({})")).rejects.toEqual(failing("requiredPrivateInfos"));
  });
});

describe("the privacy handshake", () => {
  const app = {
    "pages/a/index.wxml":
      '<view id="v" bindtap="tap">a</view><button id="agree" open-type="agreePrivacyAuthorization" bindagreeprivacyauthorization="agreed">b</button>',
    "pages/a/index.js":
      "Page({ tap() { getApp().tapped() }, agreed() { getApp().answer({ event: 'agree', buttonId: 'agree' }) } })",
  };
  const listen =
    "wx.onNeedPrivacyAuthorization((resolve, { referrer }) => { getApp().answer = resolve; this.referrer = referrer })";
  const pick = "getApp().tapped = () => { this.picked = wx.chooseMedia({}).then(() => 'ok', ({ errMsg }) => errMsg) }";

  it("with the app's own popup: the API waits, and goes on once the button was tapped", async () => {
    const { run, tap, element, make } = await openSmallWeapp(app);
    make.mock("chooseMedia", () => ({ tempFiles: [] }));
    run(`${listen}; ${pick}`);
    tap(element("#v"));
    await expect.poll(() => run("this.referrer")).toBe("chooseMedia");
    expect(() => run("getApp().answer({ event: 'agree', buttonId: 'agree' })")).toThrow("no agree button");
    expect(await run("wx.getPrivacySetting()")).toMatchObject({ needAuthorization: true });
    tap(element("#agree"));
    expect(await run("this.picked")).toBe("ok");
    expect(await run("wx.getPrivacySetting()")).toMatchObject({ needAuthorization: false });
    await expect(run("wx.requirePrivacyAuthorize()")).resolves.toBeDefined();
  });

  it("refused, the API fails, and may be asked for again", async () => {
    const { run, tap, element } = await openSmallWeapp(app);
    run(`${listen}; ${pick}`);
    tap(element("#v"));
    await expect.poll(() => run("typeof getApp().answer")).toBe("function");
    run("getApp().answer({ event: 'disagree' })");
    expect(await run("this.picked")).toMatch("privacy permission is not authorized");
  });

  it("without a popup of the app's, WeChat shows its own", async () => {
    const { run, dialogs } = await openSmallWeapp(app);
    run("this.asked = wx.requirePrivacyAuthorize({ success: () => { this.yes = true } })");
    dialogs.answer("privacy", true);
    await expect.poll(() => run("this.yes")).toBe(true);
  });
});
