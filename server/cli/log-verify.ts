import { createFileAnchors } from "../events/anchors.ts";
import { verifyLog } from "../events/verify-log.ts";
import { withStore } from "./with-store.ts";

/** `npm run log:verify`: walks every log and every aggregate, names what is wrong, exits 1 if anything is. */
await withStore(async ({ store, keys, dataDir }) => {
  const report = await verifyLog(store, keys, createFileAnchors(`${dataDir}/anchors.json`));
  for (const { where, what } of report.faults) console.log(`不符：${where}：${what}`);
  console.log(
    `核对了 ${report.communities} 个社区的 ${report.rows} 行台账与 ${report.aggregates} 份单据：` +
      (report.faults.length ? `发现 ${report.faults.length} 处不符。` : "全部相符。"),
  );
  return report.faults.length ? 1 : 0;
});
