import { randomBytes } from "node:crypto";
import { type PushSecrets, encryptPush, pushSignature } from "../push-crypto.ts";
import type { Answer } from "./answer.ts";

/** The endpoint for events and their format; WeChat lets the operator choose it. */
export interface PushTarget extends PushSecrets {
  url: string;
  format: "json" | "xml";
}

/** WeChat repeats an event three times when it is not acknowledged within 5 s. */
const TRIES = 4;
const PATIENCE_MS = 5_000;

/** XML as WeChat writes it: an array repeats its element, strings are in CDATA. */
function toXml(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => toXml(name, item)).join("");
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value)
          .map(([key, part]) => toXml(key, part))
          .join("")
      : typeof value === "number"
        ? String(value)
        : `<![CDATA[${value as string}]]>`;
  return `<${name}>${inner}</${name}>`;
}

/**
 * Sends an event as WeChat does: signed, encrypted in safe mode, repeated until it is acknowledged. Returns whether it
 * was.
 */
export async function pushEvent(target: PushTarget, appId: string, event: Answer): Promise<boolean> {
  const form = (body: Answer): string => (target.format === "xml" ? toXml("xml", body) : JSON.stringify(body));
  const timestamp = String(event["CreateTime"]);
  const nonce = randomBytes(5).toString("hex");
  const query = new URLSearchParams({ signature: pushSignature(target.token, timestamp, nonce), timestamp, nonce });
  let body = form(event);
  if (target.aesKey) {
    const encrypted = encryptPush(target.aesKey, appId, body);
    query.set("encrypt_type", "aes");
    query.set("msg_signature", pushSignature(target.token, timestamp, nonce, encrypted));
    body = form({ ToUserName: event["ToUserName"], Encrypt: encrypted });
  }
  const headers = { "Content-Type": target.format === "xml" ? "text/xml" : "application/json" };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answered = await fetch(`${target.url}?${query.toString()}`, {
      method: "POST",
      headers,
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).then(
      async (response) => response.ok && (await response.text()) === "success",
      () => false,
    );
    if (answered) return true;
  }
  return false;
}
