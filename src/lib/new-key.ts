/**
 * A key that no other draft or step will have: time and about 100 random bits. Not a secret, so `Math.random` will
 * do; a mini-program has no `crypto`.
 */
export function newKey(): string {
  const part = (): string => Math.random().toString(36).slice(2, 12).padEnd(10, "0");
  return `${Date.now().toString(36)}-${part()}${part()}`;
}
