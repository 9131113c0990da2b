import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { RequestDetail } from "../../../../../contract/index.ts";
import { Card } from "../../../../components/section";
import { StateTag } from "../../../../components/state-tag";
import { words } from "../../../../i18n";
import { collaborationStory } from "../../../../i18n/zh/collaboration";
import { sayUntil } from "../../../../i18n/time-words";
import { stateOf } from "../../../../lib/request-words";
import { Deadline } from "../../_parts/deadline";

/** The state of the request and the time left. */
export function Now({ request, now }: { request: RequestDetail; now: Date }): ReactNode {
  const {
    urgency,
    reworkCount,
    title,
    question,
    closingReason,
    escalation,
    timeRequest,
    suspendedUntil,
    followers,
    transfer,
    formerly,
  } = request;
  const say = words.request;
  return (
    <Card className="staff-request__now">
      <View className="staff-request__tags">
        <StateTag {...stateOf(request)} />
        <Deadline request={request} now={now} />
        {urgency === "urgent" && <StateTag word={say.urgent} icon="alert" tone="bad" />}
        {escalation && escalation.level !== "reminded" && (
          <StateTag word={say.escalation[escalation.level]} icon="alert" tone="bad" />
        )}
        {request.awaitsLeadUnit && <StateTag word={say.awaitsLeadUnit} icon="alert" tone="bad" />}
        {reworkCount > 0 && <StateTag word={say.rework(reworkCount)} icon="alert" tone="bad" />}
      </View>
      <View className="title">{title}</View>
      {transfer && (
        <>
          <View className="strong">{collaborationStory.transfer.open(transfer.fromName, transfer.toName)}</View>
          <View className="small">{transfer.reason}</View>
        </>
      )}
      {formerly.length > 0 && (
        <View className="small">{collaborationStory.transfer.formerly(formerly.join(words.common.dot))}</View>
      )}
      {followers.count > 0 && <View className="small">{collaborationStory.followers(followers.count)}</View>}
      {timeRequest && (
        <>
          <View className="strong">
            {say.timeRequest[timeRequest.kind](sayUntil(new Date(timeRequest.until), now))}
          </View>
          <View className="small">{timeRequest.reason}</View>
        </>
      )}
      {suspendedUntil && <View className="small">{say.suspendedUntil(sayUntil(new Date(suspendedUntil), now))}</View>}
      {question && <View className="small">{words.cadre.request.paused}</View>}
      {closingReason && <View className="small">{closingReason}</View>}
    </Card>
  );
}
