import { useQuery } from "../../api/use-query.ts";
import { WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { FactorPart } from "./factor-part.tsx";
import { PasswordPart } from "./password-part.tsx";

/** Password and second factor of one's own account. Renders nothing for an account without a password. */
export function Protection() {
  const own = useQuery("GET /api/me/account", {});
  return (
    <WhenLoaded loaded={own}>
      {({ account }) =>
        account ? (
          <>
            <FactorPart factor={account.secondFactor} reload={own.reload} />
            <PasswordPart account={account.account} />
          </>
        ) : (
          <p className="card">{zh.protection.password.none}</p>
        )
      }
    </WhenLoaded>
  );
}
