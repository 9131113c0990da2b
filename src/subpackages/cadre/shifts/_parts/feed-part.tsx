import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { absoluteUrl, call, useAction } from "../../../../api";
import { Button } from "../../../../components/button";
import { Card, Section } from "../../../../components/section";
import { Problem } from "../../../../components/states";
import { words } from "../../../../i18n";
import { copyText, toast } from "../../../../wx/feedback";

const say = words.shifts;

/** The calendar feed: an address that the phone's calendar can subscribe to, and that can be revoked. */
export function FeedPart(): ReactNode {
  const [address, setAddress] = useState<string | null>(null);
  const renew = useAction(async () => {
    const { path } = await call("POST /api/me/calendar-feed");
    const url = absoluteUrl(path);
    setAddress(url);
    if (await copyText(url)) toast(say.feedCopied);
  });
  const revoke = useAction(async () => {
    await call("DELETE /api/me/calendar-feed");
    setAddress(null);
    toast(say.feedRevoked);
  });
  return (
    <Section title={say.feed}>
      <Card className="shifts__card">
        <View className="small">{say.feedHint}</View>
        {address !== null && <View className="shifts__address">{address}</View>}
        <Problem message={renew.error ?? revoke.error} />
        <View className="shifts__buttons">
          <Button pending={renew.pending} onPress={() => void renew.run()}>
            {address === null ? say.feedGet : say.feedAgain}
          </Button>
          <Button kind="quiet" pending={revoke.pending} onPress={() => void revoke.run()}>
            {say.feedRevoke}
          </Button>
        </View>
      </Card>
    </Section>
  );
}
