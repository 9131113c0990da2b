import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Icon } from "../../../../components/icon";
import { Pressable } from "../../../../components/pressable";
import { words } from "../../../../i18n";

interface Props {
  name: string;
  /** 1 to 5; 0: not rated. */
  score: number;
  onScore: (score: number) => void;
}

/** Five large stars, and the score in words. */
export function Stars({ name, score, onScore }: Props): ReactNode {
  const { levels, level } = words.request.rate;
  return (
    <View>
      <View className="rate__row">
        <View className="strong">{name}</View>
        <View className="small">{levels[score - 1] ?? ""}</View>
      </View>
      <View className="rate__stars">
        {levels.map((word, index) => (
          <Pressable
            key={word}
            className={`rate__star ${index < score ? "rate__star--on" : ""}`}
            label={`${name} ${level(index + 1, word)}`}
            chosen={index + 1 === score}
            onPress={() => onScore(index + 1)}
          >
            <Icon name={index < score ? "star-full" : "star"} />
          </Pressable>
        ))}
      </View>
    </View>
  );
}
