import { pino } from "pino";
import { WebSocket } from "ws";
import { expect, it } from "vitest";
import { awkward, hostileValue } from "../../support/fuzz/hostile.ts";
import { seededRandom } from "../../../server/demo/random.ts";
import { spoiled } from "../../support/fuzz/schema.ts";
import { liveAs, tokenOf } from "../../support/live.ts";
import { openWorld } from "../../support/world.ts";

const unforeseen: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void unforeseen.push(line) });
const world = await openWorld({ log });
const random = seededRandom(20_260_302);
const cadre = await world.cadre();
const token = tokenOf(world, cadre);

/** Sends a frame on a new connection and waits for an answer or the close. */
const say = (frame: string | Buffer): Promise<string> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${world.base.replace("http", "ws")}/api/live`);
    socket.on("open", () => socket.send(frame));
    socket.on("message", (bytes: Buffer) => {
      resolve(bytes.toString());
      socket.terminate();
    });
    socket.on("close", (code) => resolve(`closed ${code}`));
    socket.on("error", () => resolve("broken off"));
  });

const hello = { type: "hello", token, after: { east: 0, west: 3 } };
const frames: (string | Buffer)[] = [
  ...awkward,
  ...Array.from({ length: 60 }, () => JSON.stringify(spoiled(hello, random))),
  ...Array.from({ length: 30 }, () => JSON.stringify({ ...hello, after: hostileValue(random) })),
  ...Array.from({ length: 20 }, () => JSON.stringify(hostileValue(random)) ?? ""),
  Buffer.from([0xff, 0xfe, 0x00]),
  Buffer.alloc(1_000_000),
  `{"type":"hello","token":"${token}","after":{"__proto__":1,"constructor":2,"east":1e308}}`,
];

it(
  "frames of every kind end their own connection at worst; the next who comes is served",
  { timeout: 60_000 },
  async () => {
    const answers = new Set<string>();
    for (const frame of frames) {
      // Refills the budget of connections, which is not under test here.
      world.clock.pass(0.05);
      const answer = await say(frame);
      answers.add(answer.startsWith("{") ? (JSON.parse(answer) as { type: string }).type : answer);
    }
    expect(
      [...answers].filter((answer) => !/^(?:ready|events|behind|closed (?:1009|1007|4\d\d\d))$/.test(answer)),
    ).toEqual([]);
    expect(answers.size).toBeGreaterThan(2);
    expect(unforeseen).toEqual([]);
    (await liveAs(world, cadre)).drop();
  },
);
