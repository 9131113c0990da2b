import Taro from "@tarojs/taro";
import type { RawReply, RawRequest } from "./client";

const base: string = process.env.TARO_APP_API_BASE ?? "";
const TIMEOUT = 15_000;
const UPLOAD_TIMEOUT = 60_000;

/** The address of an API path, such as a picture's, that this platform can load. */
export const absolute = (path: string): string => (path.startsWith("/") ? `${base}${path}` : path);

/** The address of an API path for use outside of the app, such as in a calendar program. */
export const absoluteUrl = (path: string): string =>
  base === "" && typeof location !== "undefined" ? `${location.origin}${path}` : absolute(path);

/** The server stores with each login which front end it came from. */
const front = { "X-Front": process.env.TARO_ENV };

/** Sends one request by the platform's own API. Rejects when no reply came. */
export async function send({ method, path, headers: own, body, filePath, onProgress }: RawRequest): Promise<RawReply> {
  const headers = { ...own, ...front };
  const url = absolute(path);
  if (filePath !== undefined) {
    const sending = Taro.uploadFile({
      url,
      filePath,
      name: "file",
      header: headers,
      timeout: UPLOAD_TIMEOUT,
    });
    if (onProgress) sending.progress(({ progress }) => onProgress(progress));
    const { statusCode, data } = await sending;
    return { status: statusCode, data: parse(data) };
  }
  const { statusCode, data } = await Taro.request<unknown>({
    url,
    method,
    data: body === undefined ? undefined : JSON.stringify(body),
    header: body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
    timeout: TIMEOUT,
  });
  return { status: statusCode, data };
}

function parse(text: unknown): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
