import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Rating } from "../../../../../contract/index.ts";
import { Icon, type IconName } from "../../../../components/icon";
import { Pressable } from "../../../../components/pressable";
import { words } from "../../../../i18n";

type Outcome = Rating["outcome"];
const icons: Record<Outcome, IconName> = { solved: "check", partly: "clock", unsolved: "close" };
const outcomes: readonly Outcome[] = ["solved", "partly", "unsolved"];

/** Chooses the outcome: solved, partly solved, not solved. */
export function OutcomeChoice({
  chosen,
  onChoose,
}: {
  chosen: Outcome | null;
  onChoose: (outcome: Outcome) => void;
}): ReactNode {
  return (
    <View className="rate__outcomes">
      {outcomes.map((outcome) => (
        <Pressable
          key={outcome}
          className={`rate__outcome ${outcome === chosen ? `rate__outcome--on rate__outcome--${outcome}` : ""}`}
          chosen={outcome === chosen}
          onPress={() => onChoose(outcome)}
        >
          <Icon name={icons[outcome]} />
          <View>{words.request.outcomes[outcome]}</View>
        </Pressable>
      ))}
    </View>
  );
}
