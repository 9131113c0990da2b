import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Request } from "../../../../contract/index.ts";
import { sayWindow } from "../../../../fronts/time-window.ts";
import { Button } from "../../../components/button";
import { Pressable } from "../../../components/pressable";
import { Card } from "../../../components/section";
import { StateTag } from "../../../components/state-tag";
import { words } from "../../../i18n";
import { coHandlingStory } from "../../../i18n/zh/co-handling";
import { sayAgo, sayRemaining, sayWaited } from "../../../i18n/time-words";
import { placeOf, stateOf } from "../../../lib/request-words";
import { open } from "../../../wx/navigation";
import { Deadline } from "./deadline";
import "./staff-row.scss";

interface Props {
  request: Request;
  now: Date;
  claiming?: boolean;
  onClaim?: () => void;
}

/** To whom the request is offered; for one's own offer, the time left to accept. */
function offerWords({ mine, kind, cadreName, expiresAt }: NonNullable<Request["offer"]>, now: Date): string {
  const say = words.cadre.queue;
  if (!mine) return say.offeredTo(cadreName);
  const left = sayRemaining(new Date(expiresAt), now).words;
  return kind === "backup" ? say.backupCall(left) : say.offeredToYou(left);
}

/**
 * A row of a request for staff: title, place, waiting time, time left. It has a claim button when the abilities allow.
 */
export function StaffRow({ request, now, claiming = false, onClaim }: Props): ReactNode {
  const {
    id,
    title,
    serviceTitle,
    urgency,
    place,
    timeWindow,
    reworkCount,
    unreadMessages,
    abilities,
    offer,
    openTasks,
  } = request;
  const submitted = new Date(request.submittedAt);
  const where = [serviceTitle, placeOf(place), timeWindow ? sayWindow(timeWindow, now) : ""].filter(
    (word) => word !== "",
  );
  return (
    <Card className="staff-row">
      <Pressable className="staff-row__main" onPress={() => open("/subpackages/cadre/request/index", { id })}>
        <View className="staff-row__tags">
          {urgency === "urgent" && <StateTag word={words.request.urgent} icon="alert" tone="bad" />}
          {offer && <StateTag word={offerWords(offer, now)} icon="person" tone={offer.mine ? "bad" : "calm"} />}
          {request.awaitsLeadUnit && <StateTag word={words.request.awaitsLeadUnit} icon="alert" tone="bad" />}
          {reworkCount > 0 && <StateTag word={words.request.rework(reworkCount)} icon="alert" tone="bad" />}
          {onClaim === undefined && <StateTag {...stateOf(request)} />}
          {openTasks > 0 && <StateTag word={coHandlingStory.mark(openTasks)} icon="person" tone="wait" />}
          <Deadline request={request} now={now} />
          {unreadMessages > 0 && <View className="badge">{words.request.unread(unreadMessages)}</View>}
        </View>
        <View className="staff-row__title">{title}</View>
        <View className="small">{where.join(words.common.dot)}</View>
        <View className="small">{onClaim === undefined ? sayAgo(submitted, now) : sayWaited(submitted, now)}</View>
      </Pressable>
      {onClaim !== undefined && abilities.includes("claim") && (
        <Button disabled={claiming} onPress={onClaim}>
          {words.steps.claim.button}
        </Button>
      )}
    </Card>
  );
}
