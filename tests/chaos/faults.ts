import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../server/demo/random.ts";
import type { ChaosWorld, Host } from "./world.ts";

/** A fault. Resolves when it is over and everything is up again. Returns a violation, or null. */
type Fault = (world: ChaosWorld, random: Random) => Promise<string | null | void>;

async function kill(host: Host, random: Random): Promise<void> {
  const { server } = host;
  host.server = null;
  await server?.end("SIGKILL");
  await wait(random.whole(100, 1_500));
  await host.revive();
}

/** The paths of WeChat's API that the load calls. */
const paths = ["/cgi-bin/message/subscribe/send", "/wxa/msg_sec_check", "/cgi-bin/stable_token"];

export const faults = {
  "server killed": (world, random) => kill(random.pick(world.hosts), random),

  async "server restarted"(world, random) {
    const host = random.pick(world.hosts);
    const { server } = host;
    host.server = null;
    const code = await server?.end("SIGTERM");
    await host.revive();
    return server && code !== 0 ? `a server that was asked to end exited with ${code}` : null;
  },

  /** The pause may be longer or shorter than a lease, so the server may or may not have been replaced meanwhile. */
  async "server paused"(world, random) {
    const { server } = random.pick(world.hosts);
    server?.child.kill("SIGSTOP");
    await wait(random.whole(1_000, 12_000));
    server?.child.kill("SIGCONT");
  },

  "engine killed": (world) => world.killEngine(),

  async "everything killed"(world, random) {
    await Promise.all([world.killEngine(), ...world.hosts.map((host) => kill(host, random))]);
  },

  "gateway killed": (world) => world.killParts(["gateway"]),
  "PostgreSQL killed": (world) => world.killParts(["postgres"]),
  "gateway and PostgreSQL killed": (world) => world.killParts(["gateway", "postgres"]),

  async "connections dropped"(world, random) {
    for (let n = 0; n < 20; n++) {
      random.pick(world.hosts).line.drop(random.next());
      await wait(random.whole(20, 200));
    }
  },

  async "line cut"(world, random) {
    random.pick(world.hosts).line.cut(random.whole(200, 2_000));
  },

  async "line stalled"(world, random) {
    const ms = random.whole(500, 4_000);
    random.pick(world.hosts).line.stall(ms);
    await wait(ms);
  },

  async "clock wrong"(world, random) {
    random.pick(world.hosts).server?.child.kill("SIGUSR2");
  },

  async "WeChat slow"(world, random) {
    for (let n = 0; n < 12; n++) world.wechat.failNext({ slow: random.whole(500, 6_000) }, random.pick(paths));
  },

  async "WeChat wrong"(world, random) {
    for (let n = 0; n < 12; n++) {
      const how = random.pick([-1, 40001, 45009, "hang up", "no json", "silence"] as const);
      world.wechat.failNext(how, random.pick(paths));
    }
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];
