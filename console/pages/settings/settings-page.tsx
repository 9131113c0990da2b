import { NavLink, Navigate, useParams } from "react-router";
import { useMe } from "../../api/me.tsx";
import { Page } from "../../components/page.tsx";
import { zh } from "../../i18n/zh.ts";
import { BuildingsPart } from "./buildings-part.tsx";
import { HoursPart } from "./hours-part.tsx";
import { PeoplePart } from "./people-part.tsx";
import { ServicesPart } from "./services-part.tsx";

const t = zh.settings;
const parts = { hours: HoursPart, buildings: BuildingsPart, services: ServicesPart, people: PeoplePart };
type Part = keyof typeof parts;
const names = Object.keys(parts) as Part[];

const isPart = (name: string | undefined): name is Part => names.some((part) => part === name);

/** The committee's settings, one part at a time, each at its own address. */
export function SettingsPage() {
  const { part } = useParams();
  const { communityId } = useMe().actingAs;
  if (!isPart(part)) return <Navigate to={`/settings/${names[0]}`} replace />;
  if (communityId === null) return null;
  const Content = parts[part];
  return (
    <Page
      title={t.title}
      scrolls
      filters={
        <nav className="parts" aria-label={t.title}>
          {names.map((name) => (
            <NavLink key={name} to={`/settings/${name}`}>
              {t.parts[name]}
            </NavLink>
          ))}
        </nav>
      }
    >
      <Content communityId={communityId} />
    </Page>
  );
}
