import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { KnowledgeCard } from "../../../../../contract/index.ts";
import { Card, Section } from "../../../../components/section";
import { words } from "../../../../i18n";

/** The knowledge card of the service: what to bring, whom to ask, what to say. */
export function Knowledge({ card }: { card: KnowledgeCard }): ReactNode {
  const say = words.cadre.request;
  const groups = [
    { name: say.bring, lines: card.bring },
    { name: say.ask, lines: card.ask },
    { name: say.say, lines: card.say },
  ].filter(({ lines }) => lines.length > 0);
  if (groups.length === 0) return null;
  return (
    <Section title={say.knowledge}>
      <Card>
        {groups.map(({ name, lines }) => (
          <View key={name} className="staff-request__know">
            <View className="small">{name}</View>
            {lines.map((line) => (
              <View key={line}>{line}</View>
            ))}
          </View>
        ))}
      </Card>
    </Section>
  );
}
