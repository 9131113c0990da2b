/** The words of what is set up in a community, in the log. */
export const settingsEvents = {
  "community.opened": "建立社区",
  "community.buildings_imported": "导入楼栋",
  "invitation.made": "邀请",
  "invitation.accepted": "接受邀请",
  "invitation.revoked": "收回邀请",
  "role.granted": "授予身份",
  "role.changed": "变更身份",
  "role.ended": "离岗",
  "account.activated": "启用账号",
  "account.password_reset": "重设密码",
} as const;

/** Sentences of the same; who did it is named before them. */
export const settingsSentences = {
  opened: (name: string, services: number) => `建立了${name}，${services} 个事项`,
  buildingsImported: (buildings: number, units: number) => `导入了 ${buildings} 栋楼、${units} 个单元`,
  invited: (post: string) => `邀请${post}`,
  invitationAccepted: (post: string) => `接受邀请：${post}`,
  invitationRevoked: (post: string) => `收回邀请：${post}`,
  roleGranted: (post: string) => `开始担任：${post}`,
  roleEnded: (post: string) => `离岗：${post}，所有登录立即失效`,
  roleChanged: (post: string) => `身份变更为：${post}`,
  accountActivated: "设了自己的密码，账号启用",
  passwordReset: (name: string) => `给${name}重设了一次性密码，原来的登录全部失效`,
} as const;
