import { inBulk } from "../bulk.ts";
import { askExport } from "../export/ask-export.ts";
import { fillFollowedLog } from "./fill.ts";
import type { Compared } from "./lifecycles.ts";
import type { People } from "./people.ts";
import type { ServerProcess, Stage } from "./stage.ts";
import { median } from "./statistics.ts";
import { drained } from "./watch.ts";

/** The community whose log is exported. Nobody works in it. */
const EXPORTED = "few";
const CLIENTS = 16;
const MIN_RATIO = 0.85;
/** The interval of checking whether the writer has begun, ms. */
const POLL_MS = 50;

/** Fills a log that takes longer to export than one slice lasts. */
export async function fillExported(stage: Stage, rows: number): Promise<void> {
  console.log(`  写入 ${rows} 行台账……`);
  await inBulk(stage.connection, ["service_log"], () => fillFollowedLog(stage, EXPORTED, rows));
}

/** Compares lifecycles per second while the server exports a long log with those without an export, in turns. */
export async function compareExporting(
  stage: Stage,
  { server, people, rounds, ms }: { server: ServerProcess; people: People; rounds: number; ms: number },
): Promise<Compared> {
  const { exports } = stage;
  const target = { kind: "product" as const, ports: [server.port], ...people };
  const perSecond = async (length: number, then: () => Promise<unknown> = async () => undefined): Promise<number> => {
    people.renew();
    const { lifecycles, seconds, errors } = await stage.load({ do: "closed", target, clients: CLIENTS, ms: length });
    const [what] = Object.keys(errors);
    if (what) throw new Error(`the product refused: ${what}`);
    await then();
    await drained(stage, people.communityIds);
    return lifecycles / seconds;
  };
  const meanwhile = async (): Promise<{ rate: number; rows: number }> => {
    const id = await askExport(exports, EXPORTED, "csv");
    const state = async () => (await exports.load(id))?.value;
    while ((await state())?.state === "queued") await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const before = (await state())?.rows ?? 0;
    let rows = 0;
    const rate = await perSecond(ms, async () => {
      const at = await state();
      if (at?.state !== "running")
        throw new Error(`the export was ${at?.state} before the slice ended: more rows are needed`);
      rows = ((at.rows - before) / ms) * 1000;
      await exports.cancel(id, new Date());
    });
    return { rate, rows };
  };
  await perSecond(ms / 2);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const alone = await perSecond(ms);
    const { rate, rows } = await meanwhile();
    ratios.push(rate / alone);
    console.log(
      `  ${CLIENTS} 个客户端：不导出 ${alone.toFixed(0)} 次/秒；导出时 ${rate.toFixed(0)} 次/秒，导出每秒 ${rows.toFixed(0)} 行；${(rate / alone).toFixed(2)}`,
    );
  }
  const ratio = median(ratios);
  return { name: "导出时每秒办完的诉求，与不导出相比", goal: `≥ ${MIN_RATIO}`, ratio, reached: ratio >= MIN_RATIO };
}
