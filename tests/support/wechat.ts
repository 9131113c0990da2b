import { pino } from "pino";
import { createKeys, newKeyRing } from "../../server/adapters/keys/keys.ts";
import { connect, prepareDatabase } from "../../server/core/store/connection.ts";
import { openStore } from "../../server/open-store.ts";
import { type FakeWeChat, startFakeWeChat } from "../../server/adapters/wechat/fake/fake.ts";
import { type WeChat, type WeChatParts, createWeChat } from "../../server/adapters/wechat/wechat.ts";
import { afterAll } from "vitest";
import { type TestClock, testClock } from "./clock.ts";
import { freshDatabase } from "./engine.ts";

/** WeChat's fake, and clients of it as in several processes: with one database and one key ring. */
export interface WeChatBench {
  fake: FakeWeChat;
  clock: TestClock;
  /** Creates a client of another process, which shares nothing in memory. */
  process(over?: Partial<WeChatParts>): WeChat;
  /** Everything that the clients have logged, as text. */
  logged(): string;
}

/** Opens it for the calling test, without a token. */
export async function openWeChatBench(): Promise<WeChatBench> {
  const { uri, name } = freshDatabase();
  const connection = await connect(uri, name);
  const { weChatTokens: tokens } = openStore(connection).store;
  await prepareDatabase(connection);
  const clock = testClock();
  const fake = await startFakeWeChat({ clock });
  const keys = createKeys(newKeyRing());
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line) => void lines.push(line) });
  afterAll(async () => {
    await fake.stop();
    await connection.close();
  });
  return {
    fake,
    clock,
    process: (over = {}) => createWeChat({ ...fake.settings, tokens, keys, log, clock, ...over }),
    logged: () => lines.join(""),
  };
}
