import { describe, expect, it } from "vitest";
import { encryptPush, newPushSecrets, pushSignature } from "../../../server/adapters/wechat/push-crypto.ts";
import { createPushReader } from "../../../server/adapters/wechat/push-reader.ts";
import { pushEvent } from "../../../server/adapters/wechat/fake/push.ts";
import { openWorld } from "../../support/world.ts";

const secrets = newPushSecrets();
const plain = { ...secrets, aesKey: null };
const safe = { ...secrets, aesKey: secrets.aesKey! };
const APP = "wx0123456789abcdef";
const [timestamp, nonce] = ["1772455200", "n0nce"];
const query = (over: Record<string, string> = {}) => ({
  ...{ timestamp, nonce, signature: pushSignature(secrets.token, timestamp, nonce) },
  ...over,
});
const sealed = (body: string, key = safe.aesKey, app = APP) => {
  const encrypted = encryptPush(key, app, body);
  const signature = pushSignature(secrets.token, timestamp, nonce, encrypted);
  return { encrypted, query: query({ msg_signature: signature, encrypt_type: "aes" }) };
};
const media = { MsgType: "event", Event: "wxa_media_check", FromUserName: "o-1", CreateTime: 1, trace_id: "t-1" };
const verdict = JSON.stringify({ ...media, result: { suggest: "risky", label: 20002 } });

describe("a push is read", () => {
  it("from JSON and XML, plain and encrypted, all alike", () => {
    const xml =
      "<xml><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[wxa_media_check]]></Event><trace_id><![CDATA[t-1]]></trace_id>" +
      "<result><suggest><![CDATA[risky]]></suggest><label>20002</label></result></xml>";
    const expected = { type: "wxa_media_check", traceId: "t-1", verdict: "risky" };
    const reader = createPushReader(plain, APP);
    for (const body of [verdict, xml]) expect(reader.read(query(), body)).toMatchObject(expected);
    for (const body of [verdict, xml]) {
      const { encrypted, query: signed } = sealed(body);
      const safeReader = createPushReader(safe, APP);
      expect(safeReader.read(signed, JSON.stringify({ ToUserName: "gh", Encrypt: encrypted }))).toMatchObject(expected);
      const outer = `<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
      expect(safeReader.read(signed, outer)).toMatchObject(expected);
    }
  });

  it("with one template as with many, in either form, under one id", () => {
    const reader = createPushReader(plain, APP);
    const head = {
      MsgType: "event",
      Event: "subscribe_msg_popup_event",
      FromUserName: "o-1",
      CreateTime: "1610969440",
    };
    const one = { TemplateId: "tpl", SubscribeStatusString: "accept", PopupScene: "0" };
    const item =
      "<TemplateId>tpl</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>0</PopupScene>";
    const forms = [
      JSON.stringify({ ...head, List: [one] }),
      JSON.stringify({ ...head, CreateTime: 1610969440, List: one }),
      "<xml><Event>subscribe_msg_popup_event</Event><FromUserName>o-1</FromUserName><CreateTime>1610969440</CreateTime>" +
        `<SubscribeMsgPopupEvent><List>${item}</List></SubscribeMsgPopupEvent></xml>`,
    ];
    const events = forms.map((body) => reader.read(query(), body));
    const items = [{ templateId: "tpl", status: "accept", errorStatus: null, msgId: null }];
    for (const event of events) expect(event).toMatchObject({ openid: "o-1", items });
    expect(new Set(events.map((event) => (event as { id: string }).id)).size).toBe(1);
    const two = reader.read(query(), JSON.stringify({ ...head, List: [one, { ...one, TemplateId: "other" }] }));
    expect(two).toMatchObject({ items: [{ templateId: "tpl" }, { templateId: "other" }] });
  });

  it("of how a message ended", () => {
    const sent = { TemplateId: "tpl", MsgID: "17", ErrorCode: "0", ErrorStatus: "success" };
    const body = { Event: "subscribe_msg_sent_event", FromUserName: "o-1", CreateTime: 1, List: [sent] };
    expect(createPushReader(plain, APP).read(query(), JSON.stringify(body))).toMatchObject({
      type: "subscribe_msg_sent_event",
      items: [{ templateId: "tpl", status: null, errorStatus: "success", msgId: "17" }],
    });
  });

  it("as no event when its type is unknown", () => {
    const other = JSON.stringify({ MsgType: "event", Event: "user_enter_tempsession", FromUserName: "o-1" });
    expect(createPushReader(plain, APP).read(query(), other)).toBeNull();
  });

  const forgeries: [string, () => unknown][] = [
    ["an unsigned body", () => createPushReader(plain, APP).read(query({ signature: "" }), verdict)],
    ["one signed with another token", () => createPushReader({ ...plain, token: "other" }, APP).read(query(), verdict)],
    ["one with a signature of other characters", () => createPushReader(plain, APP).read(signedWith("签"), verdict)],
    ["a plain body in safe mode", () => createPushReader(safe, APP).read(query(), verdict)],
    ["one with another's key", () => tryWith(newPushSecrets().aesKey!)],
    ["one for another app", () => tryWith(safe.aesKey, "wxother")],
    ["an encrypted body that was changed", () => changed()],
    ["neither JSON nor XML", () => createPushReader(plain, APP).read(query(), "hello")],
  ];
  const signedWith = (letter: string) => query({ signature: letter.repeat(40) });
  const tryWith = (key: string, app = APP) => {
    const { encrypted, query: signed } = sealed(verdict, key, app);
    return createPushReader(safe, APP).read(signed, JSON.stringify({ Encrypt: encrypted }));
  };
  const changed = () => {
    const { encrypted, query: signed } = sealed(verdict);
    const other = sealed(verdict).encrypted;
    expect(other).not.toBe(encrypted);
    return createPushReader(safe, APP).read(signed, JSON.stringify({ Encrypt: other }));
  };
  it.each(forgeries)("never from %s", (_what, read) => {
    expect(read()).toBe("forged");
  });
});

describe("the push endpoint", async () => {
  const world = await openWorld();
  const url = `${world.base}/api/wechat/push`;
  const pushed = createPushReader(safe, APP);
  const own = await openWorld({ app: { push: pushed } });
  const ownUrl = `${own.base}/api/wechat/push`;

  it("answers WeChat's check with what it was sent, and nobody else's", async () => {
    const good = new URLSearchParams(query({ echostr: "4711" }));
    const answer = await fetch(`${ownUrl}?${good.toString()}`);
    expect([answer.status, await answer.text()]).toEqual([200, "4711"]);
    const bad = new URLSearchParams(query({ echostr: "4711", nonce: "other" }));
    expect((await fetch(`${ownUrl}?${bad.toString()}`)).status).toBe(403);
  });

  it("takes events in each form that WeChat can be set to, and forged ones never", async () => {
    for (const format of ["json", "xml"] as const) {
      const target = { ...safe, url: ownUrl, format };
      expect(await pushEvent(target, APP, { ...media, trace_id: `t-${format}` })).toBe(true);
      expect(await own.deps.files.checks.verdictOn(`t-${format}`)).toMatchObject({ verdict: null });
    }
    const forged = { ...newPushSecrets(), url: ownUrl, format: "json" as const };
    expect(await pushEvent(forged, APP, { ...media, trace_id: "t-forged" })).toBe(false);
    expect(await own.deps.files.checks.verdictOn("t-forged")).toBeNull();
  });

  it("requests another push of events that it could not handle", async () => {
    const { checks } = world.deps.files;
    const { noteVerdict } = checks;
    let failures = 2;
    checks.noteVerdict = async (...verdictOf) => {
      if (failures-- > 0) throw new Error("the database is away");
      return noteVerdict(...verdictOf);
    };
    expect(await world.wechat.push({ ...media, trace_id: "t-again" })).toBe(true);
    expect(failures).toBe(-1);
    expect(await checks.verdictOn("t-again")).toMatchObject({ verdict: null });
    checks.noteVerdict = noteVerdict;
  });

  it("refuses a body that is too long", async () => {
    const signed = new URLSearchParams(query());
    const answer = await fetch(`${url}?${signed.toString()}`, { method: "POST", body: "x".repeat(100_000) });
    expect(answer.status).toBe(400);
  });
});
