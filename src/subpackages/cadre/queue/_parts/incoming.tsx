import type { ReactNode } from "react";
import { useQuery } from "../../../../api";
import { Section } from "../../../../components/section";
import { collaborationStory } from "../../../../i18n/zh/collaboration";
import { StaffRow } from "../../_parts/staff-row";

const LIMIT = 20;

/** Requests that other communities ask this one to take over. Renders nothing without any. */
export function Incoming({ now }: { now: Date }): ReactNode {
  const input = { query: { scope: "community", attention: "incoming", limit: LIMIT } } as const;
  const items = useQuery("GET /api/requests", input, { poll: true }).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={collaborationStory.transfer.incoming}>
      {items.map((request) => (
        <StaffRow key={request.id} request={request} now={now} />
      ))}
    </Section>
  );
}
