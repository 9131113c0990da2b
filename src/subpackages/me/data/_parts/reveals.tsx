import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { RevealEntry } from "../../../../../contract/index.ts";
import { Card, Section } from "../../../../components/section";
import { words } from "../../../../i18n";
import { sayAgo } from "../../../../i18n/time-words";
import { me } from "../../../../i18n/zh/me";
import { useNow } from "../../../../lib/use-now";

/** Which staff revealed the person's phone or home, and their reasons. */
export function Reveals({ reveals }: { reveals: readonly RevealEntry[] }): ReactNode {
  const say = me.data;
  const now = useNow();
  return (
    <Section title={say.reveals}>
      <Card>
        {reveals.length === 0 && <View>{say.noReveals}</View>}
        {reveals.map(({ at, name, role, field, reason, requestNo }) => (
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
