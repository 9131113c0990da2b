import type { ReactNode } from "react";
import type { Me, Membership } from "../../../../contract/index.ts";
import { call, forgetQueries, session, useAction } from "../../../api";
import { Chips } from "../../../components/chips";
import { Field } from "../../../components/field";
import { Card } from "../../../components/section";
import { Problem } from "../../../components/states";
import { words } from "../../../i18n";
import { deskOf } from "../../../lib/roles";
import { toast } from "../../../wx/feedback";

const RESIDENT = "resident";

/** Switches between the person's roles. Renders nothing for a person with one role. */
export function RoleChoice({ me }: { me: Me }): ReactNode {
  const say = words.account.me;
  const change = useAction(async (_key, code: string, name: string) => {
    await session.update(call("PATCH /api/me", { body: { actingAs: code } }));
    forgetQueries();
    toast(say.roleSwitched(name));
  });
  if (me.memberships.length === 0) return null;
  const choices = [
    ...me.memberships.map((membership) => ({ code: membership.id, text: nameOf(membership) })),
    { code: RESIDENT, text: say.roleResident },
  ];
  const elsewhere = me.actingAs.role !== RESIDENT && deskOf(me) === null;
  return (
    <Card>
      <Field label={say.role} hint={elsewhere ? say.consoleOnly : undefined}>
        <Chips
          choices={choices}
          chosen={[me.actingAs.membershipId ?? RESIDENT]}
          onChoose={(code) => void change.run(code, choices.find((choice) => choice.code === code)?.text ?? "")}
        />
      </Field>
      <Problem message={change.error} />
    </Card>
  );
}

const nameOf = ({ role, title, communityName, organizationName }: Membership): string =>
  [title || words.roles[role], organizationName ?? communityName ?? ""]
    .filter((word) => word !== "")
    .join(words.common.dot);
