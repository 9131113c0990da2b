import { access } from "node:fs/promises";
import { type AnchorFile, anchorFault, fingerprint, publicKeyOf } from "../log/anchor-file.ts";
import { loadKeys } from "../adapters/keys/keys.ts";

/**
 * Verifies an exported anchor file without the database: signatures, and that no day is missing. Compares its public
 * keys with the key ring if that exists. Prints the findings. Returns whether everything is valid.
 */
export async function checkAnchorFile(
  file: AnchorFile,
  keysFile: string,
  say: (line: string) => void,
): Promise<boolean> {
  let holds = true;
  const refuse = (line: string): void => {
    holds = false;
    say(line);
  };
  // `loadKeys` would create a missing ring.
  const ring = await access(keysFile).then(
    () => loadKeys(keysFile),
    () => null,
  );
  for (const [id, key] of Object.entries(file.publicKeys)) {
    const own = ring && publicKeyOf(ring, id);
    if (ring && own !== key) refuse(`不符：公钥 ${id} 不是本机密钥环里的那一把`);
    say(`公钥指纹 ${fingerprint(key)}${ring ? "" : "（与当初抄下的比一比）"}`);
  }
  for (const [id, anchors] of Object.entries(file.communities)) {
    const fault = anchorFault(id, anchors, file.publicKeys);
    if (fault) refuse(`不符：${id} ${fault.day}：${fault.what}`);
    else
      say(
        `${id}：${anchors.length} 天的封印相连、签名无误，至 ${anchors.at(-1)?.day ?? "—"} 第 ${anchors.at(-1)?.pos ?? 0} 条`,
      );
  }
  return holds;
}
