import { collectionNamed } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request.ts";
import type { PendingFactor, SecondFactor } from "../../domain/accounts/second-factor.ts";
import { durable } from "../../../kernel/aggregate.ts";

interface Stored {
  _id: string;
  factor?: SecondFactor | null;
  begunFactor?: PendingFactor | null;
}

/**
 * Second factors: fields of the account's identity, so that they go where the account goes. Each write is one
 * conditional update of one document, so that what is good once is taken once, on however many servers.
 */
export function createSecondFactorRepository(connection: Connection) {
  const collection = collectionNamed<Stored>(connection, "identities");
  const idOf = (account: string): string => `account:${account}`;
  const update = async (filter: mongoose.mongo.Filter<Stored>, change: mongoose.mongo.UpdateFilter<Stored>) =>
    (await collection.updateOne(filter, change, { writeConcern: durable })).modifiedCount === 1;

  return {
    /** Notes the secret that was shown, in the place of one that was shown before. */
    begin: (account: string, begun: PendingFactor): Promise<boolean> =>
      update({ _id: idOf(account) }, { $set: { begunFactor: begun } }),
    /** Makes the secret that was shown the account's. False: it has been done, or another was shown meanwhile. */
    confirm: (account: string, shown: Sealed, factor: SecondFactor): Promise<boolean> =>
      update({ _id: idOf(account), "begunFactor.sealed": shown }, { $set: { factor, begunFactor: null } }),
    /** Takes the code of a step. False: of that step, or a later one, a code was taken already. */
    takeStep: (account: string, { since }: Pick<SecondFactor, "since">, step: number): Promise<boolean> =>
      update(
        { _id: idOf(account), "factor.since": since, "factor.lastStep": { $lt: step } },
        { $set: { "factor.lastStep": step } },
      ),
    /** Takes a recovery code. False: it is none of those that are left. */
    takeRecovery: (account: string, { since }: Pick<SecondFactor, "since">, hash: string): Promise<boolean> =>
      update(
        { _id: idOf(account), "factor.since": since, "factor.recovery": hash },
        { $pull: { "factor.recovery": hash } },
      ),
    /** Puts other recovery codes in the place of those that are left. */
    setRecovery: (account: string, { since }: Pick<SecondFactor, "since">, recovery: string[]): Promise<boolean> =>
      update({ _id: idOf(account), "factor.since": since }, { $set: { "factor.recovery": recovery } }),
    /** The password alone opens the account again. */
    remove: (account: string): Promise<boolean> =>
      update({ _id: idOf(account) }, { $set: { factor: null, begunFactor: null } }),
  };
}
