import { App, Button } from "antd";
import { toApiError } from "../api/error.ts";
import { useLogin, useMe } from "../api/me.tsx";
import { Logo } from "../components/logo.tsx";
import { membershipWords } from "../components/person-menu.tsx";
import { zh } from "../i18n/zh.ts";
import { navPagesOf } from "../lib/nav-pages.ts";

/** Shown when the role in use has no page in the console. Offers the person's other roles and the logout. */
export function NoRolePage() {
  const me = useMe();
  const { actAs, logOut } = useLogin();
  const { message } = App.useApp();
  const usable = me.memberships.filter(({ role }) => navPagesOf(role).length > 0);
  const choose = (id: string) => actAs(id).catch((thrown: unknown) => message.error(toApiError(thrown).message));
  return (
    <main className="login">
      <section className="login-card">
        <Logo />
        <h1>{zh.person.noRole}</h1>
        <p className="muted">{usable.length > 0 ? zh.person.chooseRole : zh.person.noRoleHint}</p>
        {usable.map((membership) => (
          <Button key={membership.id} block onClick={() => void choose(membership.id)}>
            {membershipWords(membership)}
          </Button>
        ))}
        <Button block type="text" onClick={() => void logOut()}>
          {zh.person.logOut}
        </Button>
      </section>
    </main>
  );
}
