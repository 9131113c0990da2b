import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { RequestDetail } from "../../../../../contract/index.ts";
import { Card } from "../../../../components/section";
import { handOver as say } from "../../../../i18n/zh/hand-over";
import { sayAgo } from "../../../../i18n/time-words";

/** The previous cadre's hand-over note. */
export function HandoverNote({ note, now }: { note: NonNullable<RequestDetail["handover"]>; now: Date }): ReactNode {
  return (
    <Card className="staff-request__handover">
      <View className="strong">{say.noteFrom(note.from)}</View>
      <View>{note.note}</View>
      <View className="small">{sayAgo(new Date(note.at), now)}</View>
    </Card>
  );
}
