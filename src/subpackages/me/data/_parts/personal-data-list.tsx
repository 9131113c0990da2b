import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Reply } from "../../../../../contract/index.ts";
import { Card, Section } from "../../../../components/section";
import { me } from "../../../../i18n/zh/me";

/** The kinds of stored personal data: purpose, retention, and what happens to them when the account is closed. */
export function PersonalDataList({ kept }: { kept: Reply<"GET /api/me/data">["kept"] }): ReactNode {
  const say = me.data;
  return (
    <Section title={say.kept}>
      <Card>
        {kept.map(({ what, why, kept: period, closing }) => (
          <View key={what} className="data__row">
            <View className="strong">{what}</View>
            <View>{say.for(why)}</View>
            <View className="small">{say.period(period, closing)}</View>
          </View>
        ))}
      </Card>
    </Section>
  );
}
