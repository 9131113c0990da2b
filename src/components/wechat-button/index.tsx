import { Button } from "@tarojs/components";
import type { ComponentProps, ReactNode } from "react";

type Props = Pick<
  ComponentProps<typeof Button>,
  "id" | "openType" | "onGetPhoneNumber" | "onAgreePrivacyAuthorization"
> & {
  kind: "primary" | "plain";
  children: string;
};

/** A button with a power that WeChat gives only to its own. It looks like ours. */
export function WechatButton({ kind, children, ...own }: Props): ReactNode {
  return (
    <Button className={`button button--${kind} wechat-button`} hoverClass="pressable--pressed" {...own}>
      {children}
    </Button>
  );
}
