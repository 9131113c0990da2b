import type { ReactNode } from "react";
import { type Action, call, forgetQueries, session } from "../../api";
import { words } from "../../i18n";
import { isH5 } from "../../wx/platform";
import { WechatButton } from "../wechat-button";

/** Exchanges WeChat's code from {@link PhoneButton} for the phone number; for `useAction`. */
export async function linkWechatPhone(_key: string, code: string): Promise<void> {
  session.begin(await call("POST /api/me/phone", { body: { code } }));
  forgetQueries();
}

/**
 * A button that gets the phone number from WeChat, without a code by text message. Renders nothing on H5. A person who
 * refuses types the number instead.
 */
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
