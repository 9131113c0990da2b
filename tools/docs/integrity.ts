import { coreOutboxes, uncommittedPaths } from "../../server/log/store/committed-state.ts";
import { unverifiedCollections } from "../../server/log/store/unverified.ts";
import { moduleOutboxes } from "../../server/modules/index.ts";
import { page, table } from "./markdown.ts";

/** docs/reference/integrity.md: what `npm run log:verify` does not find, with the reasons. */
export function printIntegrity(): string {
  const fields = [...coreOutboxes, ...moduleOutboxes].flatMap((source) =>
    Object.entries(uncommittedPaths(source)).map(([path, why]) => [`\`${source.collection}\``, `\`${path}\``, why]),
  );
  return page(
    "# What verification does not find",
    "Printed from code by `npm run docs`. `npm run log:verify` compares every document that has steps with the row of its " +
      "last step, and figures with the log. `npm run test:tamper` changes, deletes, inserts, reorders, empties and rolls " +
      "back documents at random, and fails for each change that is neither found nor listed here.",
    "## Fields of documents with steps",
    table(["collection", "field", "why"], fields),
    "## Collections",
    table(
      ["collection", "what it has, and why it is not compared"],
      Object.entries(unverifiedCollections).map(([name, why]) => [`\`${name}\``, why]),
    ),
    "## Documents",
    "- A new user, or a picture that no clerk has reviewed, has no step yet: one that is inserted or deleted is not found.\n" +
      "- Handling cycles of requests whose rows were erased cannot be recomputed.\n" +
      "- A roll-up that is set to stale is computed anew before it is used.\n" +
      "- People and communities of a demo are stored without steps.\n" +
      "- Whoever writes a step as the server does, with its event in the outbox, has it sealed by the relay.",
  );
}
