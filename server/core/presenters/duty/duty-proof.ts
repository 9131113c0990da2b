import type { DutyProof } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { hearsAll } from "../../../log/audience.ts";
import { wasOnDuty } from "../../domain/duty/duty-proof.ts";
import type { DutyProof as Proof } from "../../usecases/duty/read-duty-proof.ts";
import { presentLogRow } from "../requests/record.ts";
import { instant, instantOrNull } from "../time.ts";

/** The duty proof, with rows as this reader sees them in the log. */
export function presentDutyProof(actor: Actor, proof: Proof): DutyProof {
  const { asOf, communityName, cadre, day, planned, duties, rows, sealed } = proof;
  const anchor = sealed?.anchor;
  return {
    ...{ asOf: instant(asOf), communityName, cadre, day },
    planned: planned.map(({ from, to }) => ({ from: instant(from), to: instant(to) })),
    duties: duties.map(({ from, to }) => ({ from: instantOrNull(from), to: instantOrNull(to) })),
    rows: rows.map((row) => ({ ...presentLogRow(actor, row), onDuty: wasOnDuty(duties, row.at) })),
    sealed: sealed && {
      range: hearsAll(actor) ? { first: sealed.first.pos, last: sealed.last.pos } : null,
      ...{ seal: sealed.last.seal, holds: sealed.holds },
      anchor: anchor
        ? {
            ...{ day: anchor.day, pos: hearsAll(actor) ? anchor.pos : null },
            ...{ seal: anchor.seal, signature: anchor.signature },
            fingerprint: anchor.fingerprint,
          }
        : null,
    },
  };
}
