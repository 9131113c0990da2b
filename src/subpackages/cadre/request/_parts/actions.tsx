import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Action } from "../../../../../contract/index.ts";
import { Button } from "../../../../components/button";
import { Section } from "../../../../components/section";
import { words } from "../../../../i18n";

interface Props {
  title: string;
  actions: readonly Action[];
  take: (action: Action) => void;
  quiet?: boolean;
}

/** A group of buttons under a heading. Renders nothing when no step is allowed. */
export function Actions({ title, actions, take, quiet = false }: Props): ReactNode {
  if (actions.length === 0) return null;
  return (
    <Section title={title}>
      <View className="staff-request__actions">
        {actions.map((action) => (
          <Button key={action} kind={quiet ? "quiet" : "plain"} onPress={() => take(action)}>
            {words.steps[action].button}
          </Button>
        ))}
      </View>
    </Section>
  );
}
