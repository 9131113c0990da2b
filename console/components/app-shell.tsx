import {
  ApartmentOutlined,
  AuditOutlined,
  BookOutlined,
  CalendarOutlined,
  CommentOutlined,
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
import type { NavPage } from "../lib/nav-pages.ts";
import { CatalogueProvider } from "./catalogue.tsx";
import { Crash } from "./crash.tsx";
import { Inbox } from "./inbox.tsx";
import { Logo } from "./logo.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { Waiting } from "./states.tsx";

type Icon = typeof HomeOutlined;

const icons: Readonly<Record<NavPage, Icon>> = {
  today: HomeOutlined,
  supervision: EyeOutlined,
  requests: ProfileOutlined,
  organizations: ApartmentOutlined,
  roster: CalendarOutlined,
  log: BookOutlined,
  satisfaction: SmileOutlined,
  residents: TeamOutlined,
  complaints: CommentOutlined,
  exports: DownloadOutlined,
  audit: AuditOutlined,
  settings: SettingOutlined,
};

/**
 * Where a page starts: what one most often wants of it is in the link, so that the address says all there is to say.
 */
const starts: Readonly<Record<NavPage, string>> = {
  today: "/today",
  supervision: "/supervision",
  requests: "/requests?open=true",
  organizations: "/organizations",
  roster: "/roster",
  log: "/log",
  satisfaction: "/satisfaction",
  residents: "/residents?tier=registered",
  complaints: "/complaints",
  exports: "/exports",
  audit: "/audit",
  settings: "/settings",
};

/** The frame around every page: nouns on the left, the person below them, the page beside. */
export function AppShell({ rooms, children }: { rooms: readonly NavPage[]; children: ReactNode }) {
  const { id, actingAs } = useMe();
  useLive(`${id} ${actingAs.membershipId}`);
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
              const RoomIcon = icons[room];
              return (
                <NavLink key={room} to={starts[room]} className="nav-item">
                  <RoomIcon aria-hidden /> {zh.nav[room]}
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
      </div>
    </CatalogueProvider>
  );
}
