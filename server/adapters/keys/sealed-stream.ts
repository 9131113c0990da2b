import { type DecipherGCM, type KeyObject, createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type Readable, Transform, type TransformCallback, pipeline } from "node:stream";

const NONCE = 12;
const TAG = 16;

/** The difference in length between sealed and plain bytes, bytes. */
export const SEALED_OVERHEAD = NONCE + TAG;

/** Encrypts a stream. Output: nonce, ciphertext, tag. */
export function sealStream(key: KeyObject, context: string): Transform {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  let begun = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!begun) this.push(nonce);
      begun = true;
      done(null, cipher.update(chunk));
    },
    flush(done) {
      if (!begun) this.push(nonce);
      this.push(cipher.final());
      done(null, cipher.getAuthTag());
    },
  });
}

/**
 * Decrypts the output of {@link sealStream}. When the bytes were changed or the context differs, the stream ends with
 * an error after it has emitted the bytes.
 */
export function openStream(key: KeyObject, context: string, sealed: Readable): Readable {
  let decipher: DecipherGCM | null = null;
  // The last bytes are the tag, so that many bytes are always held back.
  let held: Buffer = Buffer.alloc(0);
  const begin = (): boolean => {
    if (held.length < NONCE) return false;
    decipher = createDecipheriv("aes-256-gcm", key, held.subarray(0, NONCE)).setAAD(Buffer.from(context));
    held = held.subarray(NONCE);
    return true;
  };
  const opened = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      held = Buffer.concat([held, chunk]);
      if ((!decipher && !begin()) || held.length <= TAG) return done();
      const body = held.subarray(0, held.length - TAG);
      held = held.subarray(held.length - TAG);
      return done(null, decipher?.update(body));
    },
    flush(done: TransformCallback) {
      try {
        if (!decipher || held.length !== TAG) throw new Error("a sealed file was cut off");
        decipher.setAuthTag(held);
        done(null, decipher.final());
      } catch (error) {
        done(error as Error);
      }
    },
  });
  // Errors surface at the end of the returned stream.
  return pipeline(sealed, opened, () => undefined);
}
