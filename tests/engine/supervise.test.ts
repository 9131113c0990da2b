import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { startService, type Service } from "../../engine/processes.ts";
import { supervise } from "../../engine/supervise.ts";

const short = (): Service =>
  startService([process.execPath, "-e", "console.error('the disk is full'); process.exit(1)"]);
const long = (): Service => startService([process.execPath, "-e", "setInterval(() => {}, 1000)"]);

describe("a supervised service", () => {
  it("is started again when it dies, also when a start fails", async () => {
    const started = new EventEmitter<{ up: [Service] }>();
    const up = new Promise<Service>((resolve) => void started.once("up", resolve));
    let starts = 0;
    const lines: string[] = [];
    const { stop } = supervise(short(), {
      name: "数据库",
      log: (line) => lines.push(line),
      async start() {
        if (starts++ === 0) throw new Error("not yet");
        const service = long();
        started.emit("up", service);
        return service;
      },
    });
    const service = await up;
    expect(lines).toEqual(["数据库意外退出，正在重新启动", "数据库意外退出，正在重新启动"]);
    await stop("SIGTERM", 5_000);
    await service.exited;
    expect(starts).toBe(2);
  });

  it("that keeps dying is given up, with what it said last", async () => {
    const quick = { name: "数据库", log: () => undefined, firstPauseMs: 0 };
    const { lost } = supervise(short(), { ...quick, start: async () => short() });
    expect((await lost).message).toMatch(/^数据库一再意外退出，服务就此结束：.*the disk is full/s);
  });
});
