import { setTimeout as later } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { Maker, Options } from "./api.ts";
import { Refusal } from "./api.ts";
import { type Domains, reach } from "./domains.ts";
import type { Files } from "./files.ts";

/** The most concurrent calls of each kind. */
const MAX_REQUESTS = 10;
const TIMEOUT = 60_000;

/** `wx.request` and `wx.uploadFile` over HTTP. At most ten of each run at a time; others wait in a queue. */
export function networkApi(make: Maker, domains: Domains, files: Files, log: Log): Record<string, unknown> {
  const aborts = new WeakMap<Options, AbortController>();
  const task = (options: Options): object => ({
    abort: () => aborts.get(options)?.abort(),
    onHeadersReceived: () => undefined,
    offHeadersReceived: () => undefined,
    onProgressUpdate: () => undefined,
    offProgressUpdate: () => undefined,
  });

  /** Sends a request when one of the ten places is free. A timeout or a missing reply fails with WeChat's message. */
  function sender(): (options: Options, request: RequestInit) => Promise<Response> {
    const inTurn = turns(MAX_REQUESTS);
    return (options, request) => {
      const url = reach(options["url"], "https:", domains, log);
      const abort = new AbortController();
      aborts.set(options, abort);
      return inTurn(async () => {
        const time = new AbortController();
        void later(Number(options["timeout"] ?? TIMEOUT), null, { signal: time.signal, ref: false }).then(
          () => abort.abort(new Refusal("timeout")),
          () => undefined,
        );
        try {
          return await fetch(url, { ...request, signal: abort.signal });
        } catch {
          throw abort.signal.aborted && abort.signal.reason instanceof Refusal
            ? abort.signal.reason
            : new Refusal(abort.signal.aborted ? "abort" : "errcode:-102 cronet_error_code:-102");
        } finally {
          time.abort();
        }
      });
    };
  }

  const [send, upload] = [sender(), sender()];
  return {
    request: make.async(
      "request",
      async (options) => {
        const method = (options["method"] as string | undefined) ?? "GET";
        const data = options["data"];
        const body =
          method === "GET" || data === undefined ? null : typeof data === "string" ? data : JSON.stringify(data);
        const headers = { "content-type": "application/json", ...headersOf(options) };
        const response = await send(options, { method, headers, body });
        const text = await response.text();
        return { ...headOf(response), cookies: [], data: options["dataType"] === "text" ? text : parsed(text) };
      },
      { task },
    ),
    uploadFile: make.async(
      "uploadFile",
      async (options) => {
        const path = String(options["filePath"]);
        const content = files.read(path);
        if (!content) throw new Refusal(`file not found: ${path}`);
        const form = new FormData();
        for (const [name, value] of Object.entries(options["formData"] ?? {})) form.append(name, String(value));
        form.append(
          String(options["name"]),
          new Blob([new Uint8Array(content)], { type: "image/jpeg" }),
          path.split("/").at(-1),
        );
        const response = await upload(options, { method: "POST", headers: headersOf(options), body: form });
        // Unlike `request`, it does not parse the text.
        return { ...headOf(response), data: await response.text() };
      },
      { task },
    ),
  };
}

const headersOf = (options: Options): Record<string, string> =>
  Object.fromEntries(
    Object.entries((options["header"] ?? {}) as Record<string, string>).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  );

const headOf = (response: Response): object => ({
  statusCode: response.status,
  header: Object.fromEntries(response.headers),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Runs at most `most` tasks at a time; others wait in order. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
