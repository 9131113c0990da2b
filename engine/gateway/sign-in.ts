/** The sign-in of a connection, and the commands that are allowed before it. */
import { Binary } from "bson";
import { CommandError } from "./errors.ts";
import { type Conversation, createScram } from "./scram.ts";
import { decode, encode } from "./wire.ts";

/** Commands that drivers send before the sign-in. Their answers contain no data. */
const FOR_STRANGERS: readonly string[] = ["hello", "isMaster", "ismaster", "ping"];

/** The sign-in of one connection. */
export interface SignIn {
  /**
   * The answer to a command of the sign-in. Null when it is another command and the connection may run it. Throws
   * CommandError when it may not.
   */
  answer(name: string, body: Buffer): Buffer | null;
}

/** Returns a function that creates the sign-in of a connection to a server with `key`. */
export function createSignIns(key: string): () => SignIn {
  const scram = createScram(key);
  return () => {
    let conversation: Conversation | null = null;
    let signedIn = false;

    function step(name: string, body: Buffer): { payload: string; done: boolean } {
      const { payload, mechanism } = decode(body);
      const said = payload instanceof Binary ? Buffer.from(payload.value()).toString("utf8") : "";
      if (name === "saslStart") {
        if (mechanism !== "SCRAM-SHA-256") throw new CommandError("AuthenticationFailed", "only SCRAM-SHA-256");
        conversation = scram.begin(said);
        return { payload: conversation.challenge, done: false };
      }
      const begun = conversation;
      conversation = null;
      if (!begun) throw new CommandError("AuthenticationFailed", "no sign-in has begun");
      const payloadOfServer = begun.finish(said);
      signedIn = true;
      return { payload: payloadOfServer, done: true };
    }

    return {
      answer(name, body) {
        if (name === "saslStart" || name === "saslContinue") {
          const { payload, done } = step(name, body);
          return encode({ conversationId: 1, done, payload: new Binary(Buffer.from(payload)), ok: 1 });
        }
        if (!signedIn && !FOR_STRANGERS.includes(name))
          throw new CommandError("Unauthorized", `command ${name.slice(0, 40)} requires authentication`);
        return null;
      },
    };
  };
}
