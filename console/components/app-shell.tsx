import {
  ApartmentOutlined,
  AuditOutlined,
  BookOutlined,
  CalendarOutlined,
  DownloadOutlined,
  EyeOutlined,
  HomeOutlined,
  ProfileOutlined,
  SettingOutlined,
  SmileOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import { type ReactNode, Suspense } from "react";
import { NavLink } from "react-router";
import { useMe } from "../api/me.tsx";
import { useLive } from "../api/use-live.ts";
import { zh } from "../i18n/zh.ts";
import type { CorePage, NavPage } from "../lib/nav-pages.ts";
import { consoleModules } from "../modules/index.ts";
import { CatalogueProvider } from "./catalogue.tsx";
import { ConfirmPerson } from "./confirm-person.tsx";
import { Crash } from "./crash.tsx";
import { IdleGuard } from "./idle-guard.tsx";
import { Inbox } from "./inbox.tsx";
import { Logo } from "./logo.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { Waiting } from "./states.tsx";

type Icon = typeof HomeOutlined;

const icons: Readonly<Record<CorePage, Icon>> = {
  today: HomeOutlined,
  supervision: EyeOutlined,
  requests: ProfileOutlined,
  organizations: ApartmentOutlined,
  roster: CalendarOutlined,
  log: BookOutlined,
  satisfaction: SmileOutlined,
  residents: TeamOutlined,
  exports: DownloadOutlined,
  audit: AuditOutlined,
  settings: SettingOutlined,
};

/**
 * The address at which each page starts. The default filters are part of it, so that the address alone determines what
 * is shown.
 */
const starts: Readonly<Record<CorePage, string>> = {
  today: "/today",
  supervision: "/supervision",
  requests: "/requests?open=true",
  organizations: "/organizations",
  roster: "/roster",
  log: "/log",
  satisfaction: "/satisfaction",
  residents: "/residents?tier=registered",
  exports: "/exports",
  audit: "/audit",
  settings: "/settings",
};

/** How the navigation shows a page, and where it leads. */
function entryOf(page: NavPage): { icon: Icon; label: string; start: string } {
  const module = consoleModules.find(({ name }) => name === page);
  if (module) return { ...module.nav, start: `/${page}` };
  const core = page as CorePage;
  return { icon: icons[core], label: zh.nav[core], start: starts[core] };
}

interface Props {
  rooms: readonly NavPage[];
  /** The login has ended, and the pages wait behind the login page. */
  asleep: boolean;
  children: ReactNode;
}

/** The frame around every page: navigation and the person's menu on the left, the page on the right. */
export function AppShell({ rooms, asleep, children }: Props) {
  const { id, actingAs } = useMe();
  useLive(asleep ? null : `${id} ${actingAs.membershipId}`);
  return (
    <CatalogueProvider>
      <div className="shell">
        <a className="skip" href="#content">
          {zh.common.skip}
        </a>
        <aside className="side">
          <Logo />
          <nav aria-label={zh.nav.label}>
            {rooms.map((room) => {
              const { icon: RoomIcon, label, start } = entryOf(room);
              return (
                <NavLink key={room} to={start} className="nav-item">
                  <RoomIcon aria-hidden /> {label}
                </NavLink>
              );
            })}
          </nav>
          <Inbox />
          <PersonMenu />
        </aside>
        <main id="content" tabIndex={-1}>
          <Crash>
            <Suspense fallback={<Waiting />}>{children}</Suspense>
          </Crash>
        </main>
        {!asleep && <IdleGuard />}
        <ConfirmPerson />
      </div>
    </CatalogueProvider>
  );
}
