import { type ChildProcess, spawn } from "node:child_process";
import { forgetBuild } from "./fronts.ts";
import { bin, requireNode24, root } from "./run.ts";

/** `npm run dev`: restarts the server and rebuilds both front ends when their sources change. */
requireNode24();
for (const front of ["h5", "console"] as const) await forgetBuild(front);
const children: ChildProcess[] = [];
const begin = (command: string, ...args: string[]): void => {
  const env = { ...process.env, NODE_ENV: "development" };
  children.push(spawn(command, args, { cwd: root, stdio: "inherit", env }));
};

begin(bin("taro"), "build", "--type", "h5", "--watch", "--no-check", "--disable-global-config");
begin(bin("vite"), "build", "--watch", "--config", "console/vite.config.ts");
begin(process.execPath, "--watch", "--watch-preserve-output", "server/main.ts");

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
