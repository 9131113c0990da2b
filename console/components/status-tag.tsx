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

/** A request's state as a word and an icon; colour is not the only signal. */
export function StatusTag({ status }: { status: Status }) {
  const [tone, StateIcon] = looks[status];
  return (
    <span className={`tag tag-${tone}`}>
      <StateIcon aria-hidden /> {zh.status[status]}
    </span>
  );
}

/** Marks of a request: urgent, reworked, overdue, or waiting for a decision of the committee. */
export function RequestMarks({
  request,
}: {
  request: Pick<
    Request,
    | "urgency"
    | "reworkCount"
    | "awaitsLeadUnit"
    | "escalation"
    | "timeRequest"
    | "callback"
    | "openTasks"
    | "followers"
    | "transfer"
  >;
}) {
  const { escalation, timeRequest, callback } = request;
  const late = escalation !== null && escalation.level !== "reminded";
  return (
    <>
      {late && <span className="tag tag-bad">{zh.requests.escalation[escalation.level]}</span>}
      {callback && !callback.made && <span className="tag tag-wait">{zh.requests.callback}</span>}
      {timeRequest && <span className="tag tag-wait">{zh.requests.timeRequest[timeRequest.kind]}</span>}
      {request.urgency === "urgent" && <span className="tag tag-bad">{zh.requests.urgent}</span>}
      {request.awaitsLeadUnit && <span className="tag tag-bad">{zh.requests.awaitsLeadUnit}</span>}
      {request.openTasks > 0 && <span className="tag tag-plain">{zh.coHandling.mark(request.openTasks)}</span>}
      {request.transfer && <span className="tag tag-wait">{zh.proxyFiling.transferMark}</span>}
      {request.followers.count > 0 && (
        <span className="tag tag-plain">{zh.proxyFiling.followers(request.followers.count)}</span>
      )}
      {request.reworkCount > 0 && <span className="tag tag-wait">{zh.requests.rework(request.reworkCount)}</span>}
    </>
  );
}
