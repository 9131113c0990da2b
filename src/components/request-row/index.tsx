import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Request } from "../../../contract/index.ts";
import { words } from "../../i18n";
import { sayAgo } from "../../i18n/time-words";
import { nextOf, stateOf } from "../../lib/request-words";
import { Pressable } from "../pressable";
import { StateTag } from "../state-tag";

interface Props {
  request: Request;
  now: Date;
  onOpen: () => void;
}

/** A row of the person's own requests: title, state, and the next thing that will happen. */
export function RequestRow({ request, now, onOpen }: Props): ReactNode {
  const { title, serviceTitle, submittedAt, unreadMessages } = request;
  return (
    <Pressable className="card request-row" onPress={onOpen}>
      <View className="request-row__top">
        <View className="request-row__title">{title}</View>
        <StateTag {...stateOf(request)} />
      </View>
      <View className="request-row__next">{nextOf(request, now)}</View>
      <View className="request-row__bottom">
        <View className="small">{[serviceTitle, sayAgo(new Date(submittedAt), now)].join(words.common.dot)}</View>
        {unreadMessages > 0 && <View className="badge">{words.request.unread(unreadMessages)}</View>}
      </View>
    </Pressable>
  );
}
