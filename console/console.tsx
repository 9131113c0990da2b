import { type ReactNode, Suspense, lazy, useEffect } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router";
import type { Me } from "../contract/index.ts";
import { useFreshMe, useLogin } from "./api/me.tsx";
import { QueryProvider, useReloadAfter } from "./api/query-provider.tsx";
import { AppShell } from "./components/app-shell.tsx";
import { Failed, Waiting } from "./components/states.tsx";
import { NoRolePage } from "./pages/no-role.tsx";
import { NotFoundPage } from "./pages/not-found.tsx";
import { type NavPage, navPagesOf } from "./lib/nav-pages.ts";
import { consoleModules } from "./modules/index.ts";

const LoginPage = lazy(() => import("./pages/login/login-page.tsx").then((m) => ({ default: m.LoginPage })));
const TodayPage = lazy(() => import("./pages/today/today-page.tsx").then((m) => ({ default: m.TodayPage })));
const RequestsPage = lazy(() =>
  import("./pages/requests/requests-page.tsx").then((m) => ({ default: m.RequestsPage })),
);
const RequestDrawer = lazy(() =>
  import("./pages/request/request-drawer.tsx").then((m) => ({ default: m.RequestDrawer })),
);
const SupervisionPage = lazy(() =>
  import("./pages/supervision/supervision-page.tsx").then((m) => ({ default: m.SupervisionPage })),
);
const LogPage = lazy(() => import("./pages/log/log-page.tsx").then((m) => ({ default: m.LogPage })));
const ExportsPage = lazy(() => import("./pages/exports/exports-page.tsx").then((m) => ({ default: m.ExportsPage })));
const AuditPage = lazy(() => import("./pages/audit/audit-page.tsx").then((m) => ({ default: m.AuditPage })));
const SatisfactionPage = lazy(() =>
  import("./pages/satisfaction/satisfaction-page.tsx").then((m) => ({ default: m.SatisfactionPage })),
);
const ReportPage = lazy(() => import("./pages/report/report-page.tsx").then((m) => ({ default: m.ReportPage })));
const HandlingCyclesPage = lazy(() =>
  import("./pages/satisfaction/handling-cycles-page.tsx").then((m) => ({ default: m.HandlingCyclesPage })),
);
const OrganizationsPage = lazy(() =>
  import("./pages/organizations/organizations-page.tsx").then((m) => ({ default: m.OrganizationsPage })),
);
const RosterPage = lazy(() => import("./pages/roster/roster-page.tsx").then((m) => ({ default: m.RosterPage })));
const ResidentsPage = lazy(() =>
  import("./pages/residents/residents-page.tsx").then((m) => ({ default: m.ResidentsPage })),
);
const DutyProofPage = lazy(() =>
  import("./pages/duty-proof/duty-proof-page.tsx").then((m) => ({ default: m.DutyProofPage })),
);
const SettingsPage = lazy(() =>
  import("./pages/settings/settings-page.tsx").then((m) => ({ default: m.SettingsPage })),
);
const AccountPage = lazy(() => import("./pages/account/account-page.tsx").then((m) => ({ default: m.AccountPage })));

const ComponentsPage = lazy(() =>
  import("./pages/components/components-page.tsx").then((m) => ({ default: m.ComponentsPage })),
);

/** The console: the login page, or the pages of the role in use. */
export function Console() {
  return (
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route
          path="/login"
          element={
            <QueryProvider>
              <LoginPage />
            </QueryProvider>
          }
        />
        <Route path="/components" element={<ComponentsPage />} />
        <Route path="/*" element={<Inside />} />
      </Routes>
    </Suspense>
  );
}

function Inside() {
  const { login, retry } = useLogin();
  const { pathname, search } = useLocation();
  if (login.state === "unknown") return <Waiting />;
  if (login.state === "failed") return <Failed error={login.error} retry={retry} />;
  if (login.state === "nobody") {
    const here = pathname === "/" ? "" : `?${new URLSearchParams({ next: pathname + search }).toString()}`;
    return <Navigate to={`/login${here}`} replace />;
  }
  const { me, ended = false } = login;
  return (
    <>
      {ended && (
        <QueryProvider>
          <LoginPage />
        </QueryProvider>
      )}
      <WaitingPages hidden={ended}>
        {/* Another person or role gets a new cache, so that no data of the previous one stay on screen or arrive late. */}
        <QueryProvider key={`${me.id} ${me.actingAs.membershipId}`}>
          <Rooms me={me} ended={ended} />
        </QueryProvider>
      </WaitingPages>
    </>
  );
}

/**
 * The pages of a person. While they are hidden behind the login page nothing of them is seen, dialogs and drawers
 * included, and what was typed stays.
 */
function WaitingPages({ hidden, children }: { hidden: boolean; children: ReactNode }) {
  useEffect(() => {
    document.body.classList.toggle("login-ended", hidden);
    return () => document.body.classList.remove("login-ended");
  }, [hidden]);
  return (
    <div className="waiting-pages" hidden={hidden}>
      {children}
    </div>
  );
}

/** The pages of a role. `ended`: they wait for their person to log in again. */
function Rooms({ me, ended }: { me: Me; ended: boolean }) {
  useFreshMe();
  useReloadAfter(ended);
  const rooms = navPagesOf(me.actingAs.role);
  const [first] = rooms;
  if (!first) return <NoRolePage />;
  const has = (room: NavPage) => rooms.includes(room);
  return (
    <AppShell rooms={rooms} asleep={ended}>
      <Routes>
        <Route index element={<Navigate to={`/${first}`} replace />} />
        {has("today") && <Route path="today" element={<TodayPage />} />}
        {has("requests") && (
          <Route path="requests" element={<RequestsPage />}>
            <Route path=":id" element={<RequestDrawer />} />
          </Route>
        )}
        {has("supervision") && <Route path="supervision" element={<SupervisionPage />} />}
        {has("organizations") && <Route path="organizations" element={<OrganizationsPage />} />}
        {has("roster") && <Route path="roster" element={<RosterPage />} />}
        {has("roster") && <Route path="duty-proof" element={<DutyProofPage />} />}
        {has("log") && <Route path="log" element={<LogPage />} />}
        {has("satisfaction") && <Route path="satisfaction" element={<SatisfactionPage />} />}
        {has("satisfaction") && <Route path="report" element={<ReportPage />} />}
        {has("satisfaction") && <Route path="satisfaction/handling-cycles" element={<HandlingCyclesPage />} />}
        {consoleModules
          .filter(({ name }) => has(name))
          .flatMap(({ pages }) =>
            Object.entries(pages).map(([path, Page]) => <Route key={path} path={path} element={<Page />} />),
          )}
        {has("residents") && <Route path="residents" element={<ResidentsPage />} />}
        {has("audit") && <Route path="audit" element={<AuditPage />} />}
        {has("settings") && <Route path="settings/:part?" element={<SettingsPage />} />}
        {has("exports") && <Route path="exports" element={<ExportsPage />} />}
        <Route path="account" element={<AccountPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </AppShell>
  );
}
