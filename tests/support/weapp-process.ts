import { fork } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import automator from "miniprogram-automator";
import type { FromHost, FromParent } from "../weapp-host/main.ts";
import type { Connection } from "../weapp-host/wx/connectivity.ts";

/** The mini-program running somewhere, with the automator's client on it. */
export interface Running {
  app: Awaited<ReturnType<typeof automator.connect>>;
  /** How much setData took so far, for each page on the stack. Measured in our host only. */
  traffic(): Promise<{ path: string; calls: number; bytes: number }[]>;
  /** What WeChat finds of the connection from now on. In our host only. */
  connection(becomes: Connection): void;
  /** Its clock goes so many ms ahead of the real one from now on. In our host only. */
  goAhead(ms: number): void;
  stop(): Promise<void>;
}

export interface RunOptions {
  /** The built mini-program. */
  dir: string;
  /** The server that the artefact's own address stands for. */
  server: string;
  /** A code as WeChat gives one to the person who holds the phone. */
  code: (what: "login" | "phone") => string;
  /** The page that the app is opened at, as by an old link; otherwise its first. In our host only. */
  launch?: string | undefined;
  /** How far its clock is ahead of the real one, ms. In our host only. */
  ahead?: number | undefined;
}

/** The program of WeChat's developer tools; empty: our own host. */
export const devtools = process.env["WECHAT_DEVTOOLS_CLI"] ?? "";
/** The server's address as the build has it; in the developer tools the server has to be there. */
export const builtFor = "http://127.0.0.1:3000";

const main = join(import.meta.dirname, "../weapp-host/main.ts");

/** Opens the mini-program in a process of its own: our host, or WeChat's developer tools. */
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

/** A window of its own for each phone, on a copy of the project. */
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
