import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { switchLargeText } from "../../../api";
import { Button } from "../../../components/button";
import { Card } from "../../../components/section";
import { words } from "../../../i18n";
import { toast } from "../../../wx/feedback";
import { useLargeTextUnasked } from "../../../wx/large-text";

/** Asks once, at the first start, whether large text is wanted. Later it is a switch on the page 我. */
export function TextSize(): ReactNode {
  const unasked = useLargeTextUnasked();
  const say = words.home.text;
  if (!unasked) return null;

  function choose(large: boolean): void {
    switchLargeText(large);
    toast(large ? say.nowLarge : say.stays);
  }

  return (
    <Card className="home__text">
      <View className="home__text-sample">{say.question}</View>
      <View className="small">{say.hint}</View>
      <View className="home__text-choices">
        <Button onPress={() => choose(false)}>{say.enough}</Button>
        <Button className="home__text-large" onPress={() => choose(true)}>
          {say.large}
        </Button>
      </View>
    </Card>
  );
}
