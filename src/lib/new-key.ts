/**
 * A unique key for a draft or step: time and about 100 random bits. It is not a secret, so `Math.random` suffices; a
 * mini-program has no `crypto`.
 */
export function newKey(): string {
  const part = (): string => Math.random().toString(36).slice(2, 12).padEnd(10, "0");
  return `${Date.now().toString(36)}-${part()}${part()}`;
}
