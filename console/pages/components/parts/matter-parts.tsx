import type { Status } from "../../../../contract/index.ts";
import { Highlight } from "../../../components/highlight.tsx";
import { PersonAvatar } from "../../../components/person-avatar.tsx";
import { RequestMarks, StatusTag } from "../../../components/status-tag.tsx";
import { TaskState } from "../../../components/task-state.tsx";
import { DueCell, ExactTime, Time } from "../../../components/time.tsx";
import { zh } from "../../../i18n/zh.ts";
import { dueSamples, marked, minutesFromNow, taskStates } from "../samples.ts";

const statuses = Object.keys(zh.status) as Status[];
const agos = [-2, -90, -26 * 60];

/** Components that show a request: states, marks, deadlines, times, people. */
export function MatterParts() {
  return (
    <>
      <section className="card" aria-label="状态">
        <h2>状态</h2>
        <p className="kit-row">
          {statuses.map((status) => (
            <StatusTag key={status} status={status} />
          ))}
        </p>
        <h2>标记</h2>
        <p className="kit-row">
          <RequestMarks request={marked} />
        </p>
        <h2>协办的状态</h2>
        <p className="kit-row">
          {taskStates.map((state) => (
            <TaskState key={state} state={state} />
          ))}
        </p>
      </section>
      <section className="card" aria-label="时限与时间">
        <h2>时限</h2>
        <dl className="kit-facts">
          {dueSamples.map(([title, request]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                <DueCell request={request} />
              </dd>
            </div>
          ))}
        </dl>
        <h2>时间</h2>
        <p className="kit-row">
          {agos.map((minutes) => (
            <Time key={minutes} value={minutesFromNow(minutes)} />
          ))}
          <ExactTime value={minutesFromNow(0)} />
        </p>
      </section>
      <section className="card" aria-label="人与文字">
        <h2>头像</h2>
        <p className="kit-row">
          <PersonAvatar name="林晓慧" photoUrl={null} size={32} />
          <PersonAvatar name="何芳" photoUrl={null} size={48} />
        </p>
        <h2>搜索结果的标记</h2>
        <p>
          <Highlight text="3号楼楼道灯不亮，请尽快修理" words={["楼道灯"]} />
        </p>
      </section>
    </>
  );
}
