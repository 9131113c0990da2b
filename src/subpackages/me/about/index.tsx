import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { useCommunity, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Facts } from "../../../components/facts";
import { LinkRow } from "../../../components/link-row";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card } from "../../../components/section";
import { me } from "../../../i18n/zh/me";
import { callPhone } from "../../../wx/feedback";
import { open } from "../../../wx/navigation";
import "../_parts/document.scss";

/** About the app and its operator. */
export default function About(): ReactNode {
  const say = me.about;
  const community = useCommunity();
  const details = useQuery("GET /api/communities/:id", community.id === null ? null : { params: { id: community.id } });
  return (
    <Page title={say.title}>
      <View>{say.lead}</View>
      <QueryView query={details} rows={1}>
        {({ name, officeHours, phone }) => (
          <Card className="document__part">
            <Facts
              facts={[
                { name: say.community, value: name },
                { name: say.hours, value: officeHours },
                { name: say.phone, value: phone },
              ]}
            />
            <Button icon="phone" onPress={() => callPhone(phone)}>
              {say.call}
            </Button>
          </Card>
        )}
      </QueryView>
      <Card className="card--list">
        <LinkRow icon="person" title={say.privacy} onPress={() => open("/subpackages/me/privacy/index")} />
        <LinkRow icon="list" title={say.agreement} onPress={() => open("/subpackages/me/agreement/index")} />
      </Card>
    </Page>
  );
}
