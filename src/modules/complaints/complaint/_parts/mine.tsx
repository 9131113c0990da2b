import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Complaint, Reply } from "../../../../../contract/index.ts";
import type { Query } from "../../../../api";
import { QueryView } from "../../../../components/query-view";
import { Card, Section } from "../../../../components/section";
import { StateTag } from "../../../../components/state-tag";
import { Empty } from "../../../../components/states";
import { words } from "../../../../i18n";
import { sayAgo } from "../../../../i18n/time-words";
import { useNow } from "../../../../lib/use-now";
import { say } from "../../zh";

/** The person's complaints, newest first, with the committee's answers. */
export function MyComplaints({ query }: { query: Query<Reply<"GET /api/complaints">> }): ReactNode {
  const now = useNow();
  return (
    <Section title={say.mine}>
      <QueryView query={query} rows={1}>
        {({ items }) => {
          // In a role above the community the list contains all complaints of the community.
          const mine = items.filter((complaint) => complaint.mine);
          if (mine.length === 0) return <Empty icon="chat" title={say.empty} hint={say.emptyHint} />;
          return mine.map((complaint) => <Row key={complaint.id} complaint={complaint} now={now} />);
        }}
      </QueryView>
    </Section>
  );
}

function Row({ complaint: { text, at, requestNo, answer }, now }: { complaint: Complaint; now: Date }): ReactNode {
  const about = requestNo === null ? [] : [say.aboutNo(requestNo)];
  return (
    <Card className="complaint__part">
      <View className="complaint__state">
        {answer ? (
          <StateTag word={say.answered} icon="check" tone="good" />
        ) : (
          <StateTag word={say.waiting} icon="clock" tone="wait" />
        )}
      </View>
      <View className="complaint__words">{text}</View>
      <View className="small">{[...about, sayAgo(new Date(at), now)].join(words.common.dot)}</View>
      {answer && (
        <View className="complaint__answer">
          <View className="strong">{say.answerOf(answer.by)}</View>
          <View className="complaint__words">{answer.text}</View>
          <View className="small">{sayAgo(new Date(answer.at), now)}</View>
        </View>
      )}
    </Card>
  );
}
