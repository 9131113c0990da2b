import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Community } from "../../../../../contract/index.ts";
import { Button } from "../../../../components/button";
import { Card, Section } from "../../../../components/section";
import { WechatButton } from "../../../../components/wechat-button";
import { callPhone } from "../../../../wx/feedback";
import { open } from "../../../../wx/navigation";
import { isH5 } from "../../../../wx/platform";
import { say } from "../../zh";

/** Other ways to complain, the closest first. */
export function OtherWays({ community }: { community: Community | undefined }): ReactNode {
  return (
    <Section title={say.ways}>
      <Card className="complaint__part">
        <View className="title">{say.again}</View>
        <View className="small">{say.againHint}</View>
        <Button onPress={() => open("/pages/requests/index")}>{say.againButton}</Button>
      </Card>
      {community && (
        <Card className="complaint__part">
          <View className="title">{say.office}</View>
          <View className="small">{community.officeHours}</View>
          <Button icon="phone" onPress={() => callPhone(community.phone)}>
            {say.call}
          </Button>
        </Card>
      )}
      <Card className="complaint__part">
        <View className="title">{say.hotline}</View>
        <View className="small">{say.hotlineHint}</View>
        <Button icon="phone" onPress={() => callPhone(say.hotlineNumber)}>
          {say.hotlineButton}
        </Button>
      </Card>
      {!isH5 && (
        <Card className="complaint__part">
          <View className="title">{say.platform}</View>
          <View className="small">{say.platformHint}</View>
          <WechatButton kind="plain" openType="feedback">
            {say.platformButton}
          </WechatButton>
        </Card>
      )}
    </Section>
  );
}
