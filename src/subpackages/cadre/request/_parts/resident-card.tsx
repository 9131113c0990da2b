import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { RequestDetail } from "../../../../../contract/index.ts";
import { sayWindow } from "../../../../../fronts/time-window.ts";
import { call, refreshQueries, useAction } from "../../../../api";
import { Button } from "../../../../components/button";
import { Icon } from "../../../../components/icon";
import { Pressable } from "../../../../components/pressable";
import { Card, Section } from "../../../../components/section";
import { Problem } from "../../../../components/states";
import { words } from "../../../../i18n";
import { isMobile } from "../../../../lib/phone";
import { placeOf } from "../../../../lib/request-words";
import { useNow } from "../../../../lib/use-now";
import { callPhone, confirm, toast } from "../../../../wx/feedback";

/** The resident, the place and the contact. A masked phone has no call button. */
export function ResidentCard({ request }: { request: RequestDetail }): ReactNode {
  const say = words.cadre.request;
  const now = useNow();
  const { contact, place, resident, timeWindow } = request;
  const confirmHome = useAction(async () => {
    await call("POST /api/residents/:id/confirm", { params: { id: resident.id } });
    refreshQueries("GET /api/requests");
    toast(say.confirmHomeDone);
  });

  async function askConfirm(): Promise<void> {
    const sure = await confirm({
      title: say.confirmHomeTitle,
      content: say.confirmHomeText,
      yes: say.confirmHome,
      no: words.common.cancel,
    });
    if (sure) await confirmHome.run();
  }

  const reachable = isMobile(contact.phone);
  const served = reachable && !resident.mine && resident.tier === "registered" && request.firstContactAt !== null;
  return (
    <Section title={say.contact}>
      <Card>
        <View className="staff-request__resident">
          <View className="link-row__main">
            <View className="title">{contact.name}</View>
            <View>{placeOf(place)}</View>
            <View className="small">
              {[contact.phone, resident.tier === "confirmed" ? say.confirmed : say.unconfirmed].join(words.common.dot)}
            </View>
            {timeWindow && <View className="small">{sayWindow(timeWindow, now)}</View>}
          </View>
          {reachable && (
            <Pressable
              className="round-button"
              label={words.common.callPerson(contact.name)}
              onPress={() => callPhone(contact.phone)}
            >
              <Icon name="phone" />
            </Pressable>
          )}
        </View>
        {served && (
          <Button kind="quiet" icon="check" pending={confirmHome.pending} onPress={() => void askConfirm()}>
            {say.confirmHome}
          </Button>
        )}
        <Problem message={confirmHome.error} />
      </Card>
    </Section>
  );
}
