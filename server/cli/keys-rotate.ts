import { appendFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { readEnv } from "../env.ts";
import { ensureKeyProof } from "../adapters/keys/key-proof.ts";
import {
  type KeyRing,
  type Purpose,
  changeRing,
  purposes,
  withGeneration,
  withoutGeneration,
} from "../adapters/keys/ring.ts";
import { remainingUnderKey } from "../core/usecases/privacy/remaining-under-key.ts";
import { rehashIdentities } from "../core/usecases/privacy/rehash-identities.ts";
import { reencryptFields } from "../core/usecases/privacy/reencrypt-fields.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { type StoreContext, withStore } from "./with-store.ts";

/**
 * `npm run keys:rotate` lists the keys and what still uses the older ones. `-- --key field` (or blind, token, file,
 * log, all) adds a new key, which running servers pick up, and re-encrypts or rehashes what the older keys have made.
 * `-- --key field --retire id` removes an older key that is no longer used. `--delay`: seconds until the new key is
 * used, so that every server has it by then. `--settle`: seconds to wait for steps in progress.
 */
const values = readOptions(commands.keysRotate);
const { keysFile } = readEnv();
const say = (line: string): void => console.log(line);
const [delayMs, settleMs] = [Number(values.delay) * 1_000, Number(values.settle) * 1_000];
/** How long servers need to pick up a changed key file, ms. They check it twice a second. */
const PICKUP_MS = 2_000;

const names: Readonly<Record<Purpose, string>> = {
  field: "加密字段",
  blind: "查找用的散列",
  token: "登录、邀请、日历订阅",
  file: "照片地址",
  log: "台账封印与每日签名",
};

await withStore(async (shelf) => {
  const wanted = values.key === "all" ? purposes : purposes.filter((purpose) => purpose === values.key);
  if (values.key !== undefined && !wanted.length) {
    say(`没有叫 ${values.key} 的密钥：可用的有 ${purposes.join("、")}、all。`);
    return 1;
  }
  if (!wanted.length) return status(shelf);
  const [only] = wanted;
  if (values.retire !== undefined && only !== undefined) return retire(shelf, only, values.retire);
  return rotate(shelf, wanted);
});

async function status({ keys, ...parts }: StoreContext): Promise<number> {
  for (const purpose of purposes) {
    say(`${purpose}（${names[purpose]}）`);
    const inUse = keys.current(purpose).id;
    for (const { id, from } of keys.generations(purpose)) {
      const since = from ? `，${from.toISOString()} 起` : "";
      const left = id === inUse ? null : await remainingUnderKey({ keys, ...parts }, purpose, id);
      say(`  ${id}${since}：${left ? left.what : "在用"}`);
    }
  }
  return 0;
}

async function rotate(shelf: StoreContext, wanted: readonly Purpose[]): Promise<number> {
  const from = new Date(Date.now() + delayMs);
  await changeRing(keysFile, (ring) =>
    wanted.reduce<KeyRing>((next, purpose) => withGeneration(next, purpose, from), ring),
  );
  say(`加了一代：${wanted.join("、")}，${from.toISOString()} 起用。开着的服务器自己会用上；先备份 ${keysFile}。`);
  await wait(Math.max(0, from.getTime() - Date.now()) + PICKUP_MS);
  await move(shelf, wanted);
  await ensureKeyProof(shelf.store, shelf.keys);
  return status(shelf);
}

/** Re-encrypts or rehashes what older keys have made. Prints the progress. */
async function move(shelf: StoreContext, wanted: readonly Purpose[]): Promise<void> {
  const told = (where: string, seen: number, moved: number): void => say(`  ${where}：看过 ${seen}，换好 ${moved}`);
  if (wanted.includes("field")) say(`重新加密了 ${await reencryptFields(shelf, told)} 份。`);
  if (wanted.includes("blind")) {
    const { moved, stuck } = await rehashIdentities(shelf, told);
    say(`重新散列了 ${moved} 个登录方式${stuck ? `；${stuck} 个要等本人下次登录` : ""}。`);
  }
}

async function retire(shelf: StoreContext, purpose: Purpose, id: string): Promise<number> {
  if (!shelf.keys.get(purpose, id)) {
    say(`密钥环里没有 ${purpose} 的 ${id}。`);
    return 1;
  }
  await move(shelf, [purpose]);
  // Steps that read an old value before the first pass have finished by now. The second pass moves what they wrote.
  await wait(settleMs);
  await move(shelf, [purpose]);
  const left = await remainingUnderKey(shelf, purpose, id);
  if (left.count > 0 && !(values.force && left.forced)) {
    say(`${id} 还不能退役：${left.what}。${left.forced ? `加 --force 也可以退役，但${left.forced}。` : ""}`);
    return 1;
  }
  let retired = "";
  await changeRing(keysFile, (ring) => {
    retired = JSON.stringify({ purpose, ...ring[purpose].find((key) => key.id === id), retiredAt: new Date() });
    return withoutGeneration(ring, purpose, id);
  });
  await appendFile(`${keysFile}.retired`, `${retired}\n`, { mode: 0o600 });
  if (purpose === "blind") {
    await wait(PICKUP_MS);
    await shelf.store.identities.removeHashedBy(id);
  }
  await ensureKeyProof(shelf.store, shelf.keys);
  say(`${id} 退役了。它记在 ${keysFile}.retired 里：恢复退役以前的备份要用它，那些备份销毁后一并销毁。`);
  return 0;
}
