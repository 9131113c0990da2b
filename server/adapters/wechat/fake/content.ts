import { randomUUID } from "node:crypto";
import { type Answer, ok, refusal } from "./answer.ts";

type Suggest = "pass" | "review" | "risky";
/** WeChat's labels: 100 normal, 20002 porn, 20006 crime, 20008 fraud, 20012 vulgar, 21000 others. */
const risky: readonly (readonly [string, number])[] = [
  ["裸聊", 20002],
  ["办假证", 20006],
  ["代开发票", 20006],
  ["刷单返利", 20008],
  ["赌博网站", 20006],
];
const doubtful: readonly string[] = ["加微信领", "包治百病"];
const MAX_CHARACTERS = 2_500;
const MAX_BYTES = 10 * 1024 * 1024;

/** A photo that was submitted for a check. */
export interface MediaCheck {
  traceId: string;
  openid: string;
  url: string;
}

function judge(content: string): { suggest: Suggest; label: number } {
  const found = risky.find(([word]) => content.includes(word));
  if (found) return { suggest: "risky", label: found[1] };
  return doubtful.some((word) => content.includes(word))
    ? { suggest: "review", label: 21000 }
    : { suggest: "pass", label: 100 };
}

const wrongScene = (scene: unknown): boolean => ![1, 2, 3, 4].includes(scene as number);

/**
 * Fakes `msg_sec_check` and `media_check_async`, version 2. `active`: whether the user opened the app within two hours.
 */
export function createFakeContent(known: (openid: string) => boolean, active: (openid: string) => boolean) {
  const marked = new Map<string, Suggest>();

  function personFault(openid: unknown): Answer | null {
    if (typeof openid !== "string" || !known(openid)) return refusal(40003, "invalid openid");
    return active(openid) ? null : refusal(61010, "code is expired");
  }

  return {
    /** Sets the verdict of photos whose address contains `part`. */
    mark(part: string, suggest: Suggest): void {
      marked.set(part, suggest);
    },
    checkText({ version, openid, scene, content }: Answer): Answer {
      if (version !== 2 || wrongScene(scene) || typeof content !== "string") return refusal(47001, "data format error");
      if (!content) return refusal(44002, "empty post data");
      if ([...content].length > MAX_CHARACTERS) return refusal(45002, "content size out of limit");
      const fault = personFault(openid);
      if (fault) return fault;
      const result = judge(content);
      const detail = [{ strategy: "content_model", errcode: 0, ...result, prob: 90 }];
      return ok({ result, detail, trace_id: randomUUID() });
    },
    /** Accepts a photo. The verdict is pushed later. */
    checkMedia({ version, openid, scene, media_url: url, media_type: type }: Answer): Answer | MediaCheck {
      if (version !== 2 || wrongScene(scene) || type !== 2 || typeof url !== "string")
        return refusal(47001, "data format error");
      if (!/^https?:\/\//.test(url)) return refusal(40097, "invalid media_url");
      return personFault(openid) ?? { traceId: randomUUID(), openid: openid as string, url };
    },
    /** Fetches the photo as WeChat does, and returns the event with its verdict for the push endpoint. */
    async verdict({ traceId, openid, url }: MediaCheck, appid: string, at: Date): Promise<Answer> {
      const event = {
        ToUserName: "gh_fake",
        FromUserName: openid,
        CreateTime: Math.floor(at.getTime() / 1000),
        MsgType: "event",
        Event: "wxa_media_check",
        appid,
        trace_id: traceId,
        version: 2,
      };
      const bytes = await fetch(url)
        .then(async (response) => (response.ok ? (await response.arrayBuffer()).byteLength : 0))
        .catch(() => 0);
      if (!bytes || bytes > MAX_BYTES) return { ...event, errcode: -1008, errmsg: "download fail", detail: [] };
      const suggest = [...marked].find(([part]) => url.includes(part))?.[1] ?? "pass";
      const result = { suggest, label: suggest === "pass" ? 100 : 20002 };
      const detail = [{ strategy: "content_model", errcode: 0, ...result, prob: 90 }];
      return { ...event, errcode: 0, errmsg: "ok", detail, result };
    },
  };
}
