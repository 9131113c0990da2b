import { toActor } from "../../core/domain/accounts/user.ts";
import type { Ports } from "../../core/ports.ts";
import { type DemoStory, asResident, personAt } from "../../demo/demo-event.ts";
import type { IdempotencyRecord } from "../../kernel/idempotency.ts";
import { idFromKey } from "../../kernel/ids.ts";
import type { ComplaintStore } from "./ports.ts";
import { answerComplaint } from "./usecases/answer-complaint.ts";
import { fileComplaint } from "./usecases/file-complaint.ts";

const MINUTE = 60_000;

const idempotencyOf = (name: string): IdempotencyRecord => ({ key: `demo:${name}`, bodyHash: "demo" });

/** An answered complaint, and others that wait for an answer. */
export const complaintStory: DemoStory<Ports & ComplaintStore> = {
  events(people, now) {
    const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);
    const file = (minutes: number, name: string, resident: number, text: string) => ({
      ...{ at: before(minutes), of: name },
      run: (deps: Ports & ComplaintStore) => {
        const command = { actor: asResident(personAt(people.residents, resident)), idempotency: idempotencyOf(name) };
        return fileComplaint(deps, command, { communityId: "xiziwan", text });
      },
    });
    return [
      file(2900, "complaint", 0, "上周六打居委会电话，一上午都占线，想约上门量血压没约上"),
      {
        ...{ at: before(1500), of: "complaint" },
        run(deps) {
          const text = "周六值班只有一部电话，是我们没安排好。这周起两部同时接，量血压的护士今天会打给您。";
          const command = { actor: toActor(personAt(people.office, 0)), idempotency: idempotencyOf("complaint-1") };
          return answerComplaint(deps, command, idFromKey(`complaint:${idempotencyOf("complaint").key}`), text);
        },
      },
      file(130, "complaint-open", 2, "建议把 6 号楼门口的通知栏挪低一点，老人要踮脚才看得清"),
    ];
  },
};
