import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Me } from "../../../../contract/index.ts";
import { Button } from "../../../components/button";
import { Facts } from "../../../components/facts";
import { Card } from "../../../components/section";
import { words } from "../../../i18n";
import { placeOf } from "../../../lib/request-words";
import { open } from "../../../wx/navigation";

/** The resident's registration, and a link to change it. */
export function RegistrationPart({ me }: { me: Me }): ReactNode {
  const say = words.account.me;
  const { registration } = me;
  if (me.actingAs.role !== "resident" && registration === null) return null;
  return (
    <Card>
      <View className="link-row me__registration">
        <View className="link-row__main">
          <View className="strong">{say.registration}</View>
          <View className="small">{registration === null ? say.registerHint : say.tiers[me.tier]}</View>
        </View>
        <Button onPress={() => open("/subpackages/resident/register/index")}>
          {registration === null ? say.registerNow : say.change}
        </Button>
      </View>
      {registration !== null && (
        <Facts
          facts={[
            { name: say.address, value: `${registration.communityName} ${placeOf(registration)}` },
            { name: say.phone, value: registration.phone },
          ]}
        />
      )}
    </Card>
  );
}
