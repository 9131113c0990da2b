import type { ReactNode } from "react";
import { type Action, call, forgetQueries, session } from "../../api";
import { words } from "../../i18n";
import { isH5 } from "../../wx/platform";
import { WechatButton } from "../wechat-button";

/** What {@link PhoneButton} does with WeChat's code; for `useAction`. */
export async function linkWechatPhone(_key: string, code: string): Promise<void> {
  session.begin(await call("POST /api/me/phone", { body: { code } }));
  forgetQueries();
}

/** The phone number that WeChat knows, with one tap and no code. Not in a browser. A person who says no types it. */
export function PhoneButton({ link }: { link: Action<[code: string], void> }): ReactNode {
  if (isH5) return null;
  return (
    <WechatButton
      kind="plain"
      openType="getPhoneNumber"
      onGetPhoneNumber={({ detail }) => {
        if (detail.code) void link.run(detail.code);
      }}
    >
      {words.wechat.phoneButton}
    </WechatButton>
  );
}
