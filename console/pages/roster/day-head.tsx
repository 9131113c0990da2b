import { App, Dropdown } from "antd";
import type { RosterWeek } from "../../../contract/index.ts";
import { toApiError } from "../../api/error.ts";
import { call } from "../../api/index.ts";
import { zh } from "../../i18n/zh.ts";
import { dayWords } from "../../lib/roster-words.ts";

const t = zh.roster;
const kinds = ["holiday", "workday", "ordinary", "published"] as const;

interface Props {
  week: RosterWeek;
  day: RosterWeek["days"][number];
  mayChange: boolean;
  onChanged: () => void;
}

/** Weekday, date and kind (workday or holiday) of a day. The committee may change the kind. */
export function DayHead({ week, day, mayChange, onChanged }: Props) {
  const { message } = App.useApp();
  const words = dayWords(week, day.day);
  const head = (
    <>
      <span className="nowrap">{words}</span>
      {day.kind && (
        <span className={day.kind === "holiday" ? "tag tag-bad" : "tag tag-wait"}>
          {day.kind === "holiday" ? t.holiday : t.workday} {day.name}
        </span>
      )}
    </>
  );
  if (!mayChange) return head;
  const set = async (kind: (typeof kinds)[number]): Promise<void> => {
    try {
      const params = { id: week.communityId, day: day.day };
      await call("PUT /api/communities/:id/calendar/:day", { params, body: { kind } });
      onChanged();
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    }
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: kinds.map((key) => ({ key, label: t.dayKinds[key] })),
        onClick: ({ key }) => void set(key as (typeof kinds)[number]),
      }}
    >
      <button type="button" className="roster-day" aria-label={t.dayMenu(words)}>
        {head}
      </button>
    </Dropdown>
  );
}
