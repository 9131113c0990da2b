import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Me } from "../../../../contract/index.ts";
import { Avatar } from "../../../components/avatar";
import { Button } from "../../../components/button";
import { Card } from "../../../components/section";
import { words } from "../../../i18n";
import { open } from "../../../wx/navigation";

/** The logged-in person, or a login button. Looking around needs no login. */
export function Person({ me }: { me: Me | null }): ReactNode {
  const say = words.account.me;
  if (me === null) {
    return (
      <Card className="me__person">
        <View className="link-row__main">
          <View className="title">{say.guest}</View>
          <View className="small">{say.guestHint}</View>
        </View>
        <Button onPress={() => open("/pages/login/index")}>{say.login}</Button>
      </Card>
    );
  }
  const membership = me.memberships.find(({ id }) => id === me.actingAs.membershipId);
  const name = me.name ?? say.unnamed;
  const line = membership
    ? [membership.organizationName ?? membership.communityName ?? "", membership.title]
    : [me.registration?.communityName ?? "", say.tiers[me.tier]];
  return (
    <Card className="me__person">
      <Avatar name={name} photoUrl={me.photoUrl} />
      <View className="link-row__main">
        <View className="title">{name}</View>
        <View className="small">{line.filter((word) => word !== "").join(words.common.dot)}</View>
        {me.phone && <View className="small">{me.phone}</View>}
      </View>
    </Card>
  );
}
