import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createHashThreads } from "../../../server/adapters/identity/hash-threads.ts";
import { createPasswords } from "../../../server/adapters/identity/passwords.ts";
import { dataFolder } from "../../support/data-folder.ts";

const folder = await dataFolder();
const poolSize = Number(process.env["UV_THREADPOOL_SIZE"] ?? 4);

/** Opening a pipe to read from it holds a thread of Node's pool until somebody writes. Returns how to let go of all. */
function occupyPool(): () => Promise<unknown> {
  const pipes = Array.from({ length: poolSize }, (_, n) => join(folder, `pipe-${n}`));
  for (const pipe of pipes) execFileSync("mkfifo", [pipe]);
  const opening = pipes.map((pipe) => open(pipe, "r").then((handle) => handle.close()));
  return () => {
    for (const pipe of pipes) closeSync(openSync(pipe, constants.O_RDWR));
    return Promise.all(opening);
  };
}

describe.runIf(process.platform !== "win32")("passwords", () => {
  it("are hashed and verified while files hold every thread of Node's pool", async () => {
    const release = occupyPool();
    try {
      let looked = false;
      const looking = stat(folder).then(() => (looked = true));
      const passwords = createPasswords();
      const hash = await passwords.hash("芝麻开门");
      const asked = ["芝麻开门", "芝麻关门", "芝麻开门"].map((word) => passwords.verify(word, hash));
      expect(await Promise.all(asked)).toEqual([true, false, true]);
      expect(looked).toBe(false);
      await release();
      expect(await looking).toBe(true);
    } finally {
      await release();
    }
  });
});

describe("the threads", () => {
  const job = { message: "x", nonce: Buffer.alloc(16), memory: 64, passes: 1, parallelism: 1, tagLength: 32 };

  it("answer each caller with its own result, however many ask", async () => {
    const derive = createHashThreads(2);
    const messages = Array.from({ length: 20 }, (_, n) => `word ${n % 5}`);
    const tags = await Promise.all(messages.map((message) => derive({ ...job, message })));
    expect(new Set(tags.map((tag) => tag.toString("hex"))).size).toBe(5);
    expect(tags.map((tag) => tag.equals(tags[0]!))).toEqual(messages.map((message) => message === messages[0]));
  });

  it("fail one call and go on", async () => {
    const derive = createHashThreads(1);
    await expect(derive({ ...job, passes: 0 })).rejects.toThrow(/passes/);
    expect(await derive(job)).toHaveLength(32);
  });
});
