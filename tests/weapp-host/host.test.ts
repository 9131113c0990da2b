import { describe, expect, it } from "vitest";
import { openSmallWeapp } from "../support/small-weapp.ts";

describe("scripts", () => {
  it.each(["process", "window", "document", "fetch", "URL", "TextEncoder", "Buffer", "Intl", "require"])(
    "find no %s",
    async (name) => expect((await openSmallWeapp()).run(`typeof ${name}`)).toBe("undefined"),
  );

  it("cannot make code of words", async () => {
    const { run } = await openSmallWeapp();
    expect(() => run("eval('1')")).toThrow(/Code generation/);
  });

  it("that use what is not there leave an error and no page", async () => {
    const { errors } = await openSmallWeapp({ "pages/a/index.js": "Page({ onLoad() { window.scrollTo(0, 0) } })" });
    expect(errors).toEqual(["window is not defined"]);
  });

  it("require files of their own package and of the main one, and no other", async () => {
    const json = { pages: ["pages/a/index"], subPackages: [{ root: "more", pages: ["b/index"] }] };
    const opened = await openSmallWeapp({
      "app.json": JSON.stringify(json),
      "shared.js": "module.exports = 'shared'",
      "more/own.js": "module.exports = require('../shared') + ' and own'",
      "more/b/index.js": "const said = require('../own'); Page({ data: { said } })",
      "more/b/index.wxml": "<text>{{said}}</text>",
      "pages/a/index.js": "Page({ onLoad() { require('../../more/own') } })",
    });
    expect(opened.errors).toEqual([expect.stringMatching("module 'more/own' is not defined")]);
    await opened.call("navigateTo", [{ url: "/more/b/index" }]);
    expect(opened.text()).toBe("shared and own");
  });
});

describe("wx", () => {
  it("has what WeChat's typings declare: another member throws by name, and so does one that is not given", async () => {
    const { run } = await openSmallWeapp();
    expect(() => run("wx.getSystemInfosSync")).toThrow("wx.getSystemInfosSync does not exist");
    expect(() => run("wx.createCameraContext()")).toThrow("not given by the host: wx.createCameraContext");
    expect(run("typeof wx.login")).toBe("function");
  });

  it("answers by callback, or by promise when there is none", async () => {
    const { run, settled } = await openSmallWeapp();
    run(
      "wx.login({ success: ({ code }) => { this.byCallback = code }, complete: ({ errMsg }) => { this.said = errMsg } })",
    );
    await settled();
    expect(run("[this.byCallback, this.said].join()")).toBe("code,login:ok");
    expect(await run("wx.login()")).toMatchObject({ code: "code" });
  });

  it("what a callback throws is an error of the app", async () => {
    const { run, settled, errors } = await openSmallWeapp();
    run("wx.login({ success: () => { throw new Error('own fault') } })");
    await settled();
    expect(errors).toEqual(["own fault"]);
  });
});

describe("pages", () => {
  it("are ten at most", async () => {
    const { call, stack } = await openSmallWeapp();
    for (let n = 0; n < 9; n++) await call("navigateTo", [{ url: "/pages/a/index" }]);
    await expect(call("navigateTo", [{ url: "/pages/a/index" }])).rejects.toMatchObject({
      errMsg: "navigateTo:fail webview count limit exceed",
    });
    expect(stack.pages).toHaveLength(10);
  });

  it("must be in app.json", async () => {
    const { call } = await openSmallWeapp();
    await expect(call("navigateTo", [{ url: "/pages/b/index" }])).rejects.toMatchObject({
      errMsg: expect.stringContaining("is not found") as string,
    });
  });

  it("live as WeChat's do", async () => {
    const names = ["onLoad", "onShow", "onReady", "onHide", "onUnload"];
    const { call, run } = await openSmallWeapp({
      "app.js": "App({ lived: [] })",
      "pages/a/index.js": `Page({ ${names.map((name) => `${name}() { getApp().lived.push('${name}' + getCurrentPages().length) }`).join()} })`,
    });
    await call("navigateTo", [{ url: "/pages/a/index?x=1" }]);
    await call("navigateBack", [{}]);
    expect(run("getApp().lived.join(' ')")).toBe(
      "onLoad1 onShow1 onReady1 onHide1 onLoad2 onShow2 onReady2 onUnload1 onShow1",
    );
  });

  it("show what setData says, by path, and count what it costs", async () => {
    const { run, settled, text, stack } = await openSmallWeapp({
      "pages/a/index.js": "Page({ data: { list: [{ v: 1 }] } })",
      "pages/a/index.wxml": '<view wx:for="{{list}}" wx:key="v">{{item.v}}</view>',
    });
    run("getCurrentPages()[0].setData({ 'list[1].v': 2, 'list.[0].v': 3 })");
    await settled();
    expect(text()).toBe("3\n2");
    expect(stack.pages[0]?.data.traffic).toEqual({
      calls: 1,
      bytes: JSON.stringify({ "list[1].v": 2, "list.[0].v": 3 }).length,
    });
  });

  it("a template that is missing, or a handler, is an error", async () => {
    const { errors, text, tap, element } = await openSmallWeapp({
      "pages/a/index.wxml": '<template is="none" /><view id="v" bindtap="none">a</view>',
    });
    expect(text()).toBe("a");
    tap(element("#v"));
    expect(errors).toEqual([
      expect.stringContaining("Template `none` not found") as string,
      expect.stringContaining('does not have a method "none"') as string,
    ]);
  });

  it("events go from the inside out, until one catches them; a custom component's go to its own methods", async () => {
    const { tap, element, run } = await openSmallWeapp({
      "app.js": "App({ heard: [] })",
      "pages/a/index.json": '{ "usingComponents": { "part": "../../part" } }',
      "part.json": '{ "component": true }',
      "part.js":
        "Component({ methods: { hear(event) { getApp().heard.push('part ' + event.currentTarget.dataset.n) } } })",
      "part.wxml": '<view id="deep" bindtap="hear" data-n="{{n}}">part</view>',
      "pages/a/index.js":
        "Page({ hear(event) { getApp().heard.push(event.currentTarget.id + ' of ' + event.target.id) } })",
      "pages/a/index.wxml":
        '<view id="out" bindtap="hear"><view id="mid" catchtap="hear"><view id="in" bindtap="hear" /></view><part n="{{5}}" /></view>',
    });
    tap(element("#in"));
    tap(element("#deep"));
    expect(run("getApp().heard.join()")).toBe("in of in,mid of in,part 5,out of deep");
  });
});
