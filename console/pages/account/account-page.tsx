import { Page } from "../../components/page.tsx";
import { zh } from "../../i18n/zh.ts";
import { DevicesPart } from "./devices-part.tsx";
import { Protection } from "./protection.tsx";

/** One's own account, whatever the role: one part for each matter. */
export function AccountPage() {
  return (
    <Page title={zh.account.title} scrolls>
      <Protection />
      <DevicesPart />
    </Page>
  );
}
