/** A user's intent to take one step: gives the idempotency key of it. */
export interface IdempotencyRecord {
  /** The same key for the same body, so that a retry is one step; a changed body is another intent. */
  keyFor(body: unknown): string;
  /** The step was taken: doing the same again is meant as a second one. */
  done(): void;
}

/** An intent whose keys come from `newKey`. */
export function createIdempotencyKeys(newKey: () => string = randomKey): IdempotencyRecord {
  let current: { body: string; key: string } | null = null;
  return {
    keyFor(body) {
      const text = JSON.stringify(body ?? null);
      if (current?.body !== text) current = { body: text, key: newKey() };
      return current.key;
    },
    done() {
      current = null;
    },
  };
}

/** `crypto.randomUUID` exists only in secure contexts; random bytes exist everywhere. */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
