import type { ReactNode } from "react";
import { Page } from "../../../components/page";
import { Empty } from "../../../components/states";
import { me as text } from "../../../i18n/zh/me";

/** Shown to guests instead of a page about one's own account. */
export function ForMembers({ title, hint }: { title: string; hint: string }): ReactNode {
  return (
    <Page title={title}>
      <Empty icon="person" title={text.closing.guest} hint={hint} />
    </Page>
  );
}
