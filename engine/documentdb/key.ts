import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const newKey = (): string => randomBytes(24).toString("base64url");

/**
 * The key with which clients sign in to the gateway. It is made once for each data folder and stored there with mode
 * 0600. Without `durable` each call makes a new key.
 */
export async function gatewayKey(dataDir: string, durable: boolean): Promise<string> {
  if (!durable) return newKey();
  const file = join(dataDir, "gateway.key");
  const kept = await readFile(file, "utf8").catch(() => "");
  if (kept !== "") return kept;
  const key = newKey();
  await rm(file, { force: true });
  await writeFile(file, key, { mode: 0o600, flag: "wx" });
  return key;
}
