import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { useCommunity, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { Card } from "../../../components/section";
import { WechatButton } from "../../../components/wechat-button";
import { me } from "../../../i18n/zh/me";
import { callPhone } from "../../../wx/feedback";
import { open } from "../../../wx/navigation";
import { isH5 } from "../../../wx/platform";
import "../_parts/document.scss";

/** Every way to say that something is wrong, the nearest first. */
export default function Complaint(): ReactNode {
  const say = me.complaint;
  const community = useCommunity();
  const { data } = useQuery(
    "GET /api/communities/:id",
    community.id === null ? null : { params: { id: community.id } },
  );
  return (
    <Page title={say.title}>
      <View>{say.lead}</View>
      <Card className="document__part">
        <View className="title">{say.again}</View>
        <View className="small">{say.againHint}</View>
        <Button onPress={() => open("/pages/requests/index")}>{say.againButton}</Button>
      </Card>
      {data && (
        <Card className="document__part">
          <View className="title">{say.office}</View>
          <View className="small">{data.officeHours}</View>
          <Button icon="phone" onPress={() => callPhone(data.phone)}>
            {say.call}
          </Button>
        </Card>
      )}
      <Card className="document__part">
        <View className="title">{say.hotline}</View>
        <View className="small">{say.hotlineHint}</View>
        <Button icon="phone" onPress={() => callPhone(say.hotlineNumber)}>
          {say.hotlineButton}
        </Button>
      </Card>
      {!isH5 && (
        <Card className="document__part">
          <View className="title">{say.platform}</View>
          <View className="small">{say.platformHint}</View>
          <WechatButton kind="plain" openType="feedback">
            {say.platformButton}
          </WechatButton>
        </Card>
      )}
    </Page>
  );
}
