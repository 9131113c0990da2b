import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  FormOutlined,
  HourglassOutlined,
  PauseCircleOutlined,
  RollbackOutlined,
  StarOutlined,
  StopOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { Request, Status } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";

type Icon = typeof UserOutlined;
type Tone = "wait" | "plain" | "good" | "quiet";

const looks: Readonly<Record<Status, readonly [Tone, Icon]>> = {
  queued: ["wait", ClockCircleOutlined],
  claimed: ["plain", UserOutlined],
  handling: ["plain", FormOutlined],
  waiting: ["wait", PauseCircleOutlined],
  suspended: ["wait", HourglassOutlined],
  resolved: ["good", CheckCircleOutlined],
  closed: ["good", StarOutlined],
  withdrawn: ["quiet", RollbackOutlined],
  rejected: ["quiet", StopOutlined],
};

/** A request's state: a word and an icon, the colour only repeats them. */
export function StatusTag({ status }: { status: Status }) {
  const [tone, StateIcon] = looks[status];
  return (
    <span className={`tag tag-${tone}`}>
      <StateIcon aria-hidden /> {zh.status[status]}
    </span>
  );
}

/** What makes a request stand out: urgent, done again, late, or waiting for the committee's word. */
export function RequestMarks({
  request,
}: {
  request: Pick<
    Request,
    | "urgency"
    | "reworkCount"
    | "awaitsLead"
    | "escalation"
    | "plea"
    | "callback"
    | "openTasks"
    | "followers"
    | "transfer"
  >;
}) {
  const { escalation, plea, callback } = request;
  const late = escalation !== null && escalation.level !== "reminded";
  return (
    <>
      {late && <span className="tag tag-bad">{zh.requests.escalation[escalation.level]}</span>}
      {callback && !callback.made && <span className="tag tag-wait">{zh.requests.callback}</span>}
      {plea && <span className="tag tag-wait">{zh.requests.plea[plea.kind]}</span>}
      {request.urgency === "urgent" && <span className="tag tag-bad">{zh.requests.urgent}</span>}
      {request.awaitsLead && <span className="tag tag-bad">{zh.requests.awaitsLead}</span>}
      {request.openTasks > 0 && <span className="tag tag-plain">{zh.coHandling.mark(request.openTasks)}</span>}
      {request.transfer && <span className="tag tag-wait">{zh.behalf.transferMark}</span>}
      {request.followers.count > 0 && (
        <span className="tag tag-plain">{zh.behalf.followers(request.followers.count)}</span>
      )}
      {request.reworkCount > 0 && <span className="tag tag-wait">{zh.requests.rework(request.reworkCount)}</span>}
    </>
  );
}
