import { Button } from "antd";
import { useQuery } from "../../api/use-query.ts";
import { zh } from "../../i18n/zh.ts";
import { navPagesOf } from "../../lib/nav-pages.ts";

/** The accounts of a demo installation. Other installations refuse the call, and nothing is shown. */
export function DemoAccounts({
  busy,
  onChoose,
}: {
  busy: boolean;
  onChoose: (fields: { account: string; password: string }) => void;
}) {
  const accounts = useQuery("GET /api/demo/accounts", {});
  const usable = (accounts.data?.items ?? []).flatMap(({ account, password, ...rest }) =>
    account && password && navPagesOf(rest.role).length > 0 ? [{ account, password, ...rest }] : [],
  );
  if (usable.length === 0) return null;
  return (
    <section className="demo">
      <h2>{zh.login.demo}</h2>
      {usable.map(({ account, password, name, role, title }) => (
        <Button key={account} block disabled={busy} onClick={() => onChoose({ account, password })}>
          <span>{zh.role[role]}</span>
          <strong>{name}</strong>
          <span className="muted">{title}</span>
        </Button>
      ))}
    </section>
  );
}
