import type { ReactNode } from "react";
import { useQuery } from "../../../../api";
import { Section } from "../../../../components/section";
import { collaborationStory } from "../../../../i18n/zh/collaboration";
import { StaffRow } from "../../_parts/staff-row";

const LIMIT = 20;

/** What other communities ask us to take over; nothing when there is none. */
export function Incoming({ now }: { now: Date }): ReactNode {
  const input = { query: { scope: "community", late: "incoming", limit: LIMIT } } as const;
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
