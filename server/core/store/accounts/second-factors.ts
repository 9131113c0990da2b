import { collectionNamed } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import type { Sealed } from "../../domain/requests/request-content.ts";
import type { PendingFactor, SecondFactor } from "../../domain/accounts/second-factor.ts";
import { durable } from "../../../kernel/aggregate.ts";

interface Stored {
  _id: string;
  factor?: SecondFactor | null;
  pendingFactor?: PendingFactor | null;
}

/**
 * Second factors. They are fields of the account's identity, so that they move with the account. Each write is one
 * conditional update of one document, so that a code or recovery code is accepted once on all servers together.
 */
export function createSecondFactorRepository(connection: Connection) {
  const collection = collectionNamed<Stored>(connection, "identities");
  const idOf = (account: string): string => `account:${account}`;
  const update = async (filter: mongoose.mongo.Filter<Stored>, change: mongoose.mongo.UpdateFilter<Stored>) =>
    (await collection.updateOne(filter, change, { writeConcern: durable })).modifiedCount === 1;

  return {
    /** Stores a secret that is shown now, in place of an earlier one. */
    begin: (account: string, begun: PendingFactor): Promise<boolean> =>
      update({ _id: idOf(account) }, { $set: { pendingFactor: begun } }),
    /**
     * Makes the shown secret the account's factor. False when that was done already, or another secret was shown
     * meanwhile.
     */
    confirm: (account: string, shown: Sealed, factor: SecondFactor): Promise<boolean> =>
      update({ _id: idOf(account), "pendingFactor.sealed": shown }, { $set: { factor, pendingFactor: null } }),
    /** Accepts the code of a time step. False when a code of this step or a later one was accepted already. */
    takeStep: (account: string, { since }: Pick<SecondFactor, "since">, step: number): Promise<boolean> =>
      update(
        { _id: idOf(account), "factor.since": since, "factor.lastStep": { $lt: step } },
        { $set: { "factor.lastStep": step } },
      ),
    /** Accepts a recovery code and removes it. False when it is not among the unused ones. */
    takeRecovery: (account: string, { since }: Pick<SecondFactor, "since">, hash: string): Promise<boolean> =>
      update(
        { _id: idOf(account), "factor.since": since, "factor.recovery": hash },
        { $pull: { "factor.recovery": hash } },
      ),
    /** Replaces the recovery codes. */
    setRecovery: (account: string, { since }: Pick<SecondFactor, "since">, recovery: string[]): Promise<boolean> =>
      update({ _id: idOf(account), "factor.since": since }, { $set: { "factor.recovery": recovery } }),
    /** Removes the factor: the account opens with the password alone. */
    remove: (account: string): Promise<boolean> =>
      update({ _id: idOf(account) }, { $set: { factor: null, pendingFactor: null } }),
  };
}
