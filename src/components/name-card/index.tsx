import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { CadreCard } from "../../../contract/index.ts";
import { words } from "../../i18n";
import { sayUntil } from "../../i18n/time-words";
import { callPhone } from "../../wx/feedback";
import { Avatar } from "../avatar";
import { Icon } from "../icon";
import { Pressable } from "../pressable";

/** 亮身份: a cadre's name, photo, positions and phone. `aside` is shown for a cadre who is not on duty. */
export function NameCard({ card, now, aside }: { card: CadreCard; now: Date; aside?: string }): ReactNode {
  const { name, title, positions, photoUrl, dutyPhone, onDutyUntil } = card;
  const until = onDutyUntil === null ? null : new Date(onDutyUntil);
  const onDuty = until !== null && until > now;
  const posts = [title, ...positions.filter((position) => position !== title)].join(words.common.dot);
  return (
    <View className="name-card">
      <Avatar name={name} photoUrl={photoUrl} />
      <View className="name-card__who">
        <View className="name-card__name">{name}</View>
        <View className="name-card__post">{posts}</View>
        <View className={`name-card__duty ${onDuty ? "name-card__duty--on" : ""}`}>
          <View className="name-card__dot" />
          {onDuty ? words.home.dutyUntil(sayUntil(until, now)) : (aside ?? words.home.offDuty)}
        </View>
      </View>
      {dutyPhone !== null && (
        <Pressable className="round-button" label={words.common.callPerson(name)} onPress={() => callPhone(dutyPhone)}>
          <Icon name="phone" />
        </Pressable>
      )}
    </View>
  );
}
