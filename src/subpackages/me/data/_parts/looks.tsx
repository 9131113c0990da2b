import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { RevealEntry } from "../../../../../contract/index.ts";
import { Card, Section } from "../../../../components/section";
import { words } from "../../../../i18n";
import { sayAgo } from "../../../../i18n/time-words";
import { me } from "../../../../i18n/zh/me";
import { useNow } from "../../../../lib/use-now";

/** Who of the staff looked at my phone or home in full, and why they said they did. */
export function Looks({ looks }: { looks: readonly RevealEntry[] }): ReactNode {
  const say = me.data;
  const now = useNow();
  return (
    <Section title={say.looks}>
      <Card>
        {looks.length === 0 && <View>{say.noLooks}</View>}
        {looks.map(({ at, name, role, field, reason, requestNo }) => (
          <View key={`${at} ${field} ${name}`} className="data__row">
            <View className="strong">{say.look(words.roles[role], name, say.fields[field])}</View>
            {reason !== "" && <View>{say.why(reason)}</View>}
            <View className="small">
              {[sayAgo(new Date(at), now), ...(requestNo === null ? [] : [say.about(requestNo)])].join(
                words.common.dot,
              )}
            </View>
          </View>
        ))}
      </Card>
    </Section>
  );
}
