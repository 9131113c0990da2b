import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Request } from "../../../../../contract/index.ts";
import { words } from "../../../../i18n";
import { collaborationStory } from "../../../../i18n/zh/collaboration";
import { Card } from "../../../../components/section";

/** Which community handles the request, and why its content is not shown. */
export function ProgressOnly({ request }: { request: Request }): ReactNode {
  const say = collaborationStory.course;
  return (
    <Card>
      <View className="strong">{say.where(request.communityName, request.place.building)}</View>
      <View className="small">{say.counterHint}</View>
      <View className="small">{words.request.no(request.requestNo)}</View>
    </Card>
  );
}
