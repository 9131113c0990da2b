import type { LeaveToDecide } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";
import { datedGapWords } from "../../lib/roster-words.ts";

const t = zh.roster;
/** Gaps beyond this number are only counted: a leave of several weeks opens the same hours every day. */
const SHOWN = 5;

/** The gaps that a leave would open if it were approved; gaps without a backup first. */
export function LeaveGaps({ opens }: Pick<LeaveToDecide, "opens">) {
  if (opens.length === 0) return <p className="muted">{t.opensNothing}</p>;
  const [unnamed, named] = [opens.filter(({ backup }) => !backup), opens.filter(({ backup }) => backup)];
  return (
    <>
      <Gaps title={t.opens} gaps={unnamed} className="bad" />
      <Gaps title={t.opensNamed} gaps={named} />
    </>
  );
}

function Gaps({ title, gaps, className }: { title: string; gaps: LeaveToDecide["opens"]; className?: string }) {
  if (gaps.length === 0) return null;
  const words = gaps.slice(0, SHOWN).map((gap) => [datedGapWords(gap), gap.backup?.name].filter(Boolean).join(" "));
  const more = gaps.length > SHOWN ? [t.opensMore(gaps.length - SHOWN)] : [];
  return (
    <p className={className}>
      {title}
      {[...words, ...more].join(zh.common.join)}
    </p>
  );
}
