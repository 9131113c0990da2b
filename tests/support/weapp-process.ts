import { fork } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import automator from "miniprogram-automator";
import type { FromHost, FromParent } from "../weapp-host/main.ts";
import type { Connection } from "../weapp-host/wx/connectivity.ts";

/** A running mini-program with the automator's client connected to it. */
export interface Running {
  app: Awaited<ReturnType<typeof automator.connect>>;
  /** The data that setData has sent so far, for each page on the stack. Only in this repository's host. */
  traffic(): Promise<{ path: string; calls: number; bytes: number }[]>;
  /** Sets the quality of the connection that WeChat reports. Only in this repository's host. */
  connection(becomes: Connection): void;
  /** Sets the clock `ms` ahead of the real one. Only in this repository's host. */
  goAhead(ms: number): void;
  stop(): Promise<void>;
}

export interface RunOptions {
  /** The folder of the built mini-program. */
  dir: string;
  /** The server that stands in for the address in the build. */
  server: string;
  /** Returns a code as WeChat gives it for the phone's owner. */
  code: (what: "login" | "phone") => string;
  /**
   * The page that the app is opened at, as by an old link; by default the first page. Only in this repository's host.
   */
  launch?: string | undefined;
  /** How far the clock is ahead of the real one, ms. Only in this repository's host. */
  ahead?: number | undefined;
}

/** The program of WeChat's developer tools. Empty: this repository's host is used. */
export const devtools = process.env["WECHAT_DEVTOOLS_CLI"] ?? "";
/** The server's address in the build. With the developer tools the server must be at this address. */
export const builtFor = "http://127.0.0.1:3000";

const main = join(import.meta.dirname, "../weapp-host/main.ts");

/** Starts the mini-program in its own process: this repository's host, or WeChat's developer tools. */
export const runWeapp = (options: RunOptions): Promise<Running> => (devtools ? runInDevtools : runInHost)(options);

async function runInHost({ dir, server, code, launch, ahead }: RunOptions): Promise<Running> {
  const options = { dir, launch, ahead, listed: [], moved: { [new URL(builtFor).host]: new URL(server).host } };
  const child = fork(main, [JSON.stringify(options)], { execArgv: [] });
  const tell = (message: FromParent): void => void child.send(message);
  const measured = new Map<number, (pages: { path: string; calls: number; bytes: number }[]) => void>();
  let lastId = 0;
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (status) => reject(new Error(`the host ended with ${status}`)));
    child.on("message", (message: FromHost) => {
      if ("ready" in message) resolve(message.ready);
      else if ("code" in message) tell({ code: { id: message.code.id, code: code(message.code.what) } });
      else measured.get(message.traffic.id)?.(message.traffic.pages);
    });
  });
  const app = await automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` });
  return {
    app,
    traffic: () =>
      new Promise((resolve) => {
        measured.set(++lastId, resolve);
        tell({ traffic: { id: lastId } });
      }),
    connection: (connection) => tell({ connection }),
    goAhead: (ms) => tell({ ahead: ms }),
    async stop() {
      app.disconnect();
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
    },
  };
}

let nextPort = 9420;

/** Opens a window of the developer tools for each phone, on a copy of the project. */
async function runInDevtools({ dir }: RunOptions): Promise<Running> {
  const projectPath = await mkdtemp(join(tmpdir(), "weapp-"));
  await cp(dir, projectPath, { recursive: true });
  const app = await automator.launch({ cliPath: devtools, projectPath, port: nextPort++, trustProject: true });
  return {
    app,
    traffic: () => Promise.reject(new Error("setData is measured in our host only")),
    connection() {
      throw new Error("the connection changes in our host only");
    },
    goAhead() {
      throw new Error("the clock is moved in our host only");
    },
    async stop() {
      await app.close();
      await rm(projectPath, { recursive: true, force: true });
    },
  };
}
