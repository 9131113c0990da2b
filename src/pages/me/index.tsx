import type { ReactNode } from "react";
import {
  call,
  forgetQueries,
  refreshMe,
  refreshQueries,
  session,
  switchLargeText,
  useAction,
  useMe,
  useUnread,
} from "../../api";
import { Button } from "../../components/button";
import { LinkRow } from "../../components/link-row";
import { Page } from "../../components/page";
import { Card } from "../../components/section";
import { Problem } from "../../components/states";
import { Switch } from "../../components/switch";
import { TabBar } from "../../components/tab-bar";
import { words } from "../../i18n";
import { isStaff } from "../../lib/roles";
import { appModules } from "../../modules";
import { confirm, toast } from "../../wx/feedback";
import { useLargeText } from "../../wx/large-text";
import { usePageShow, usePullToRefresh } from "../../wx/lifecycle";
import { open, restartAt } from "../../wx/navigation";
import { Person } from "./_parts/person";
import { RegistrationPart } from "./_parts/registration";
import { RoleChoice } from "./_parts/role-choice";
import "./index.scss";

/** The page 我: person, large text, role in use, registration. */
export default function MePage(): ReactNode {
  const say = words.account.me;
  const me = useMe();
  const large = useLargeText(me?.largeText ?? false);
  const unread = useUnread();
  usePageShow(() => void refreshMe());
  usePullToRefresh(async () => {
    refreshQueries("GET /api/inbox");
    await refreshMe();
  });

  const logout = useAction(async () => {
    // This device is logged out even when the call fails.
    await call("POST /api/auth/logout").catch(() => undefined);
    session.end();
    forgetQueries();
    toast(say.loggedOut);
    restartAt("/pages/home/index");
  });

  function changeText(on: boolean): void {
    switchLargeText(on);
    toast(on ? say.largeTextOn : say.largeTextOff);
  }

  async function askLogout(): Promise<void> {
    const sure = await confirm({
      title: say.logoutTitle,
      content: say.logoutText,
      yes: say.logoutYes,
      no: words.common.cancel,
    });
    if (sure) await logout.run();
  }

  return (
    <Page title={say.title} tabs={<TabBar current="/pages/me/index" />}>
      <Person me={me} />
      <Card className="card--list">
        <Switch on={large} title={say.largeText} hint={say.largeTextHint} onChange={changeText} />
      </Card>
      {me !== null && (
        <>
          <RoleChoice me={me} />
          <Card className="card--list">
            <LinkRow
              icon="bell"
              title={say.inbox}
              badge={unread > 0 ? say.inboxUnread(unread) : undefined}
              onPress={() => open("/subpackages/resident/inbox/index")}
            />
            {me.actingAs.role === "cadre" && (
              <LinkRow
                icon="clock"
                title={say.shifts}
                hint={say.shiftsHint}
                onPress={() => open("/subpackages/cadre/shifts/index")}
              />
            )}
            {isStaff(me) && (
              <LinkRow
                icon="person"
                title={say.card}
                hint={say.cardHint}
                onPress={() => open("/subpackages/cadre/card/index")}
              />
            )}
            {me.phone === null && (
              <LinkRow
                icon="phone"
                title={say.bindPhone}
                hint={say.bindPhoneHint}
                onPress={() => open("/pages/login/index")}
              />
            )}
          </Card>
          <RegistrationPart me={me} />
        </>
      )}
      <Card className="card--list">
        {appModules.map(({ name, icon, title, start }) => (
          <LinkRow key={name} icon={icon} title={title} onPress={() => open(start)} />
        ))}
        <LinkRow
          icon="question"
          title={say.about}
          hint={say.aboutHint}
          onPress={() => open("/subpackages/me/about/index")}
        />
        {me !== null && (
          <LinkRow icon="phone" title={say.devices} onPress={() => open("/subpackages/me/devices/index")} />
        )}
        {me !== null && <LinkRow icon="list" title={say.data} onPress={() => open("/subpackages/me/data/index")} />}
        {me !== null && (
          <LinkRow icon="close" title={say.closing} onPress={() => open("/subpackages/me/closing/index")} />
        )}
      </Card>
      {me !== null && (
        <>
          <Problem message={logout.error} />
          <Button kind="quiet" pending={logout.pending} onPress={() => void askLogout()}>
            {say.logout}
          </Button>
        </>
      )}
    </Page>
  );
}
