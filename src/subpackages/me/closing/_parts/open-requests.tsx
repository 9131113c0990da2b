import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Reply } from "../../../../../contract/index.ts";
import { Card } from "../../../../components/section";
import { words } from "../../../../i18n";
import { me } from "../../../../i18n/zh/me";

/** The requests that closing the account would withdraw, and what prevents the closing. */
export function OpenRequests({ data: { open, holdsPost } }: { data: Reply<"GET /api/me/data"> }): ReactNode {
  const say = me.closing;
  return (
    <Card className="document__part">
      {holdsPost && <View className="strong">{say.holdsPost}</View>}
      {open.length === 0 ? (
        <View>{say.noOpen}</View>
      ) : (
        <>
          <View className="title">{say.openTitle(open.length)}</View>
          {open.map(({ id, requestNo, title, status }) => (
            <View key={id}>
              <View>{title}</View>
              <View className="small">{[requestNo, words.request.states[status].word].join(words.common.dot)}</View>
            </View>
          ))}
          <View className="small">{say.openHint}</View>
        </>
      )}
    </Card>
  );
}
