import { Page } from "../../components/page.tsx";
import { zh } from "../../i18n/zh.ts";
import { DevicesPart } from "./devices-part.tsx";
import { Protection } from "./protection.tsx";

/** The page of one's own account, for every role. */
export function AccountPage() {
  return (
    <Page title={zh.account.title} scrolls>
      <Protection />
      <DevicesPart />
    </Page>
  );
}
