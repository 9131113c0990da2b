import { Suspense, lazy } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router";
import type { Me } from "../contract/index.ts";
import { useFreshMe, useLogin } from "./api/me.tsx";
import { QueryProvider } from "./api/query-provider.tsx";
import { AppShell } from "./components/app-shell.tsx";
import { Failed, Waiting } from "./components/states.tsx";
import { NoRolePage } from "./pages/no-role.tsx";
import { NotFoundPage } from "./pages/not-found.tsx";
import { type Room, roomsOf } from "./lib/rooms.ts";

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
const RoundsPage = lazy(() => import("./pages/satisfaction/rounds-page.tsx").then((m) => ({ default: m.RoundsPage })));
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
const CarePage = lazy(() => import("./pages/care/care-page.tsx").then((m) => ({ default: m.CarePage })));

/** The whole console: the login page, or the pages of the role in use. */
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
  return (
    // Another person or role has another set of data: nothing of the one before may stay on screen, or come late.
    <QueryProvider key={`${login.me.id} ${login.me.actingAs.membershipId}`}>
      <Rooms me={login.me} />
    </QueryProvider>
  );
}

/** The pages of somebody in a role. */
function Rooms({ me }: { me: Me }) {
  useFreshMe();
  const rooms = roomsOf(me.actingAs.role);
  const [first] = rooms;
  if (!first) return <NoRolePage />;
  const has = (room: Room) => rooms.includes(room);
  return (
    <AppShell rooms={rooms}>
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
        {has("satisfaction") && <Route path="satisfaction/rounds" element={<RoundsPage />} />}
        {has("care") && <Route path="care" element={<CarePage />} />}
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
