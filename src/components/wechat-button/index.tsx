import { Button } from "@tarojs/components";
import type { ComponentProps, ReactNode } from "react";

type Props = Pick<
  ComponentProps<typeof Button>,
  "id" | "openType" | "onGetPhoneNumber" | "onAgreePrivacyAuthorization"
> & {
  kind: "primary" | "plain";
  children: string;
};

/** WeChat's native button, which some of WeChat's functions require, in the style of {@link Button}. */
export function WechatButton({ kind, children, ...own }: Props): ReactNode {
  return (
    <Button className={`button button--${kind} wechat-button`} hoverClass="pressable--pressed" {...own}>
      {children}
    </Button>
  );
}
