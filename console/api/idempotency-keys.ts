/** Gives the idempotency keys of one step that the user may retry. */
export interface IdempotencyKeySource {
  /** Returns the same key for the same body, so that a retry is one step. A changed body gets a new key. */
  keyFor(body: unknown): string;
  /** To be called when the step was taken. The same body then gets a new key. */
  done(): void;
}

/** Creates an {@link IdempotencyKeySource} whose keys come from `newKey`. */
export function createIdempotencyKeys(newKey: () => string = randomKey): IdempotencyKeySource {
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

/**
 * A random key of 32 hex digits. `crypto.randomUUID` exists only in secure contexts; random values exist everywhere.
 */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
