import { CheckOutlined, LogoutOutlined, SafetyOutlined, UpOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, type MenuProps } from "antd";
import { useNavigate } from "react-router";
import type { Membership } from "../../contract/index.ts";
import { toApiError } from "../api/error.ts";
import { useLogin, useMe } from "../api/me.tsx";
import { PersonAvatar } from "./person-avatar.tsx";
import { zh } from "../i18n/zh.ts";
import { navPagesOf } from "../lib/nav-pages.ts";

/** A role and where it is held: 居委会 · 西子湾社区. */
export const membershipWords = (membership: Membership): string =>
  [zh.role[membership.role], membership.organizationName ?? membership.communityName].filter(Boolean).join(" · ");

/** The logged-in person and role, with a menu to switch roles and to log out. */
export function PersonMenu() {
  const me = useMe();
  const { actAs, logOut } = useLogin();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const usable = me.memberships.filter((membership) => navPagesOf(membership.role).length > 0);
  const current = usable.find(({ id }) => id === me.actingAs.membershipId);

  const choose = async (membership: Membership) => {
    try {
      await actAs(membership.id);
      message.success(zh.person.switched(membershipWords(membership)));
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    }
  };

  const items: MenuProps["items"] = [
    ...(usable.length > 1
      ? [
          {
            key: "roles",
            type: "group" as const,
            label: zh.person.switchTo,
            children: usable.map((membership) => ({
              key: membership.id,
              icon: membership === current ? <CheckOutlined aria-hidden /> : <span className="no-icon" />,
              label: `${membershipWords(membership)}${membership.title ? ` · ${membership.title}` : ""}`,
              onClick: () => void choose(membership),
            })),
          },
          { key: "line", type: "divider" as const },
        ]
      : []),
    {
      key: "account",
      icon: <SafetyOutlined aria-hidden />,
      label: zh.person.account,
      onClick: () => void navigate("/account"),
    },
    { key: "out", icon: <LogoutOutlined aria-hidden />, label: zh.person.logOut, onClick: () => void logOut() },
  ];
  const name = me.name ?? zh.person.unnamed;
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="topLeft">
      <Button type="text" className="person">
        <PersonAvatar name={name} photoUrl={me.photoUrl} size={32} />
        <span className="person-words">
          <strong>{name}</strong>
          <small>{current ? membershipWords(current) : zh.role[me.actingAs.role]}</small>
        </span>
        <UpOutlined aria-hidden className="person-more" />
      </Button>
    </Dropdown>
  );
}
