import type { PersonalDataEntry } from "../../../kernel/personal-data.ts";

/** Why data of staff are not in a resident's export. */
export const ofStaff = { not: "工作人员的数据，由所在单位按人事规定提供" } as const;
const techniqueOnly = { not: "技术数据，读不出内容" } as const;

/**
 * The inventory of personal data: what is stored, why, for how long, and what happens to it at the closing of an
 * account. It drives docs/privacy.md, the retention job and a resident's export. A test walks every stored field and
 * fails for one that is neither here nor in `impersonal-data.ts`.
 */
export const personalData: readonly PersonalDataEntry[] = [
  {
    ...{ what: "姓名", whose: "resident", why: "办事时称呼与核对本人", ground: "contract", kept: "account" },
    ...{ closing: "抹去", handed: "profile", at: { clear: ["users.name"] } },
  },
  {
    ...{ what: "本人手机号", whose: "resident", why: "登录、联系", ground: "contract", kept: "account" },
    ...{ closing: "抹去", handed: "profile", at: { sealed: ["users.phone", "users.registration.phone"] } },
  },
  {
    ...{ what: "住址", whose: "resident", why: "上门、核实居住", ground: "contract", kept: "account" },
    ...{ closing: "抹去", handed: "profile" },
    at: {
      sealed: ["users.registration.unit", "users.registration.room"],
      clear: ["users.registration"],
    },
  },
  {
    ...{ what: "住址由谁何时核实", whose: "resident", why: "核实过的住址才能办有的事项", ground: "duty" },
    ...{ kept: "account", closing: "抹去", handed: "profile" },
    at: { clear: ["users.registration.confirmedAt", "users.registration.confirmedBy"] },
  },
  {
    ...{ what: "大字等偏好、用过的账号编号", whose: "resident", why: "按您的习惯显示，认出合并的账号" },
    ...{ ground: "contract", kept: "account", closing: "编号留下（台账靠它前后一致），其余抹去", handed: "profile" },
    at: {
      clear: [
        ...["users._id", "users.largeText", "users.createdAt", "users.closedAt", "users.signedOutAt"],
        ...["users.actingAs", "users.mergedIds", "users.mergedInto", "users.mergingInto"],
      ],
    },
  },
  {
    ...{ what: "登录方式：手机号、微信标识的密文散列，账号名", whose: "resident", why: "登录时认出是谁" },
    ...{ ground: "contract", kept: "account", closing: "删除", handed: "profile" },
    at: {
      hashed: ["identities._id", "identities.secret"],
      sealed: ["identities.sealed"],
      clear: ["identities.kind", "identities.userId", "identities.temporaryUntil"],
    },
  },
  {
    ...{
      what: "登录的设备：哪种手机或电脑、从哪里、何时",
      whose: "resident",
      why: "保持登录，可以逐台退出",
      ground: "contract",
      kept: "session",
    },
    ...{ closing: "删除", handed: "sessions", at: { clear: ["sessions"] } },
  },
  {
    ...{ what: "诉求的联系人与地点", whose: "resident", why: "联系、上门", ground: "contract", kept: "request" },
    ...{ closing: "抹去，留下楼栋", handed: "requests" },
    at: {
      sealed: ["requests.content.contact.phone", "requests.content.place.unit", "requests.content.place.room"],
      clear: ["requests.content.contact.name", "requests.party.residentName", "requests.content.place.building"],
    },
  },
  {
    ...{ what: "诉求的文字", whose: "resident", why: "办这件事", ground: "contract", kept: "request" },
    ...{ closing: "抹去", handed: "requests" },
    at: {
      words: [
        ...[
          "requests.content.title",
          "requests.content.description",
          "requests.content.answers",
          "requests.content.timeWindow",
        ],
        ...["requests.handling.question", "requests.outcome.closingReason", "requests.outcome.result.text"],
      ],
    },
  },
  {
    ...{ what: "办理中内部写下的话", whose: "resident", why: "交接与督办", ground: "duty", kept: "request" },
    ...{ closing: "抹去", handed: { not: "工作人员之间的话；其中涉及您的，可以向居委会查询" } },
    at: {
      words: [
        ...["requests.handling.handover", "requests.clocks.timeRequest"],
        ...["requests.outcome.callback.made.text", "requests.transfer.pending.reason"],
      ],
    },
  },
  {
    ...{ what: "诉求是谁的、谁替谁提交、家人是否同意、谁跟进", whose: "resident", why: "分清是谁的事、谁可以看" },
    ...{ ground: "contract", kept: "request", closing: "编号留下，姓名抹去，跟进取消", handed: "requests" },
    at: { clear: ["requests.residentId", "requests.party.filedBy", "requests.party.followers"] },
  },
  {
    ...{ what: "评价：分数与结论", whose: "resident", why: "满意度统计、重办", ground: "duty", kept: "proof" },
    ...{ closing: "分数留下，认不出是谁；文字抹去", handed: "ratings" },
    at: {
      clear: ["requests.outcome.rating"],
      words: ["requests.outcome.rating.comment", "requests.outcome.rating.tags"],
    },
  },
  {
    ...{ what: "往来的消息与办理记录", whose: "resident", why: "办这件事", ground: "contract", kept: "request" },
    ...{ closing: "抹去", handed: "messages" },
    at: {
      words: ["request_messages.text"],
      clear: ["request_messages.author", "request_messages.kind", "request_messages.at"],
    },
  },
  {
    ...{ what: "照片（去掉拍摄地点与机型）", whose: "resident", why: "看清要办的事", ground: "contract" },
    ...{ kept: "request", closing: "删除", handed: "photos" },
    at: {
      clear: [
        ...[
          "photo_bytes.chunks.data",
          "photos.ownerId",
          "photos.target",
          "requests.content.fileIds",
          "requests.outcome.result.fileIds",
        ],
        ...["request_messages.fileIds", "photos.traceIds"],
      ],
    },
  },
  {
    ...{ what: "同意订阅的通知", whose: "resident", why: "一次同意只发一条", ground: "consent", kept: "account" },
    ...{ closing: "删除", handed: "consents", at: { clear: ["consents"] } },
  },
  {
    ...{ what: "站内通知", whose: "resident", why: "告诉您办到哪一步", ground: "contract", kept: "notice" },
    ...{ closing: "删除", handed: "notices" },
    at: {
      clear: [
        ...["notices._id", "notices.userId", "notices.actorName", "notices.named", "notices.requestNo", "notices.at"],
        ...["notices.readAt", "notices.type", "notices.day"],
      ],
    },
  },
  {
    ...{ what: "微信、短信发过没有", whose: "resident", why: "不重发、不漏发", ground: "contract", kept: "delivery" },
    ...{ closing: "留到期满：只有编号，没有内容", handed: "deliveries" },
    at: { clear: ["deliveries._id", "deliveries.userId", "deliveries.state", "deliveries.channel", "deliveries.at"] },
  },
  {
    ...{ what: "台账：谁在什么时候做了哪一步，内容里的姓名与文字", whose: "resident", why: "监督每一步，防止改动" },
    ...{ ground: "duty", kept: "log", closing: "内容抹去，时间与步骤留下，链条仍可核对", handed: "record" },
    at: {
      words: ["service_log.payload", "service_log.terms"],
      clear: [
        ...["service_log.residentId", "service_log.filerId", "service_log.followerIds", "service_log.actorId"],
        // An event may be about an account; `about` then has its id.
        ...["service_log.salt", "service_log.about"],
      ],
    },
  },
  {
    ...{ what: "谁查看过完整的手机号或住址，为什么", whose: "resident", why: "查看要留痕，本人可查", ground: "duty" },
    ...{ kept: "proof", closing: "留下：只有编号，没有看到的内容", handed: "record" },
    at: { clear: ["reveals.subjectId", "reveals.userId", "reveals.userName", "reveals.at", "reveals.field"] },
  },
  {
    ...{ what: "登录失败、操作次数、验证码的密文散列", whose: "resident", why: "防盗用、防刷", ground: "duty" },
    ...{
      kept: "moment",
      closing: "到期删除",
      handed: techniqueOnly,
      at: { hashed: ["otps", "limits", "login_throttles"] },
    },
  },
  {
    ...{ what: "操作的防重记号（密文散列）", whose: "resident", why: "同一次点击只办一次", ground: "contract" },
    ...{ kept: "request", closing: "留下，读不出内容", handed: techniqueOnly, at: { hashed: ["*.idempotency"] } },
  },
  {
    ...{ what: "“接下一件”的防重记号", whose: "staff", why: "同一次点击只接一件", ground: "duty", kept: "moment" },
    ...{ closing: "到期删除", handed: techniqueOnly, at: { clear: ["claim_reservations"] } },
  },
  {
    ...{
      what: "还没进台账的事件（几秒）",
      whose: "resident",
      why: "先写下再记账，不丢一步",
      ground: "duty",
      kept: "log",
    },
    ...{ closing: "进台账后清空", handed: techniqueOnly, at: { words: ["*.outbox"] } },
  },
  {
    ...{ what: "工作人员登录过的设备：哪种手机或电脑", whose: "staff", why: "在没用过的设备上登录时告诉本人" },
    ...{ ground: "duty", kept: "post", closing: "离岗时抹去", handed: ofStaff, at: { clear: ["users.devices"] } },
  },
  {
    ...{ what: "岗位、职务、值班电话、工作照", whose: "staff", why: "亮身份", ground: "contract", kept: "post" },
    ...{ closing: "离岗时结束", handed: ofStaff, at: { clear: ["users.memberships", "users.duty"] } },
  },
  {
    ...{
      what: "离过哪些岗位：只有编号",
      whose: "staff",
      why: "离岗以后，旧邀请不能再用",
      ground: "duty",
      kept: "account",
    },
    ...{ closing: "抹去", handed: ofStaff, at: { clear: ["users.endedPosts"] } },
  },
  {
    ...{ what: "办理人、经手人的姓名", whose: "staff", why: "每一步有名有姓", ground: "duty", kept: "proof" },
    ...{ closing: "留下", handed: ofStaff },
    at: {
      clear: [
        ...["requests.handlerId", "requests.handlerName", "requests.dispatch.offer", "requests.dispatch.offeredTo"],
        ...["requests.handling.unitHead", "requests.outcome.callback", "requests.transfer.pending"],
        ...["service_log.handlerId", "service_log.previousHandlerId", "service_log.cadreIds"],
        "communities.unitHead",
      ],
    },
  },
  {
    ...{ what: "邀请：姓名、职务、值班电话", whose: "staff", why: "把岗位绑到本人", ground: "contract" },
    ...{ kept: "invitation", closing: "到期删除", handed: ofStaff },
    at: {
      clear: [
        ...["invitations.name", "invitations.title", "invitations.positions", "invitations.dutyPhone"],
        ...["invitations.organizationName", "invitations.madeBy", "invitations.acceptedBy"],
      ],
    },
  },
  {
    ...{ what: "班表、换班、请假", whose: "staff", why: "排班", ground: "contract", kept: "leave" },
    ...{ closing: "留下", handed: ofStaff },
    at: {
      words: ["leaves.note", "roster_weeks.swaps.note"],
      clear: [
        ...["leaves.cadreId", "leaves.cadreName", "leaves.kind", "leaves.from", "leaves.to", "leaves.decidedBy"],
        ...["roster_weeks.shifts.cadreId", "roster_weeks.shifts.id", "roster_weeks.backups", "roster_weeks.swaps"],
        ...["roster_plans.patterns.cadreIds", "calendar_feeds._id"],
      ],
    },
  },
  {
    ...{ what: "两步验证：密钥，恢复码的密文散列", whose: "staff", why: "只凭密码进不了控制台", ground: "duty" },
    ...{ kept: "account", closing: "删除", handed: ofStaff },
    at: {
      sealed: ["identities.factor.sealed", "identities.pendingFactor.sealed"],
      hashed: ["identities.factor.recovery"],
      clear: ["identities.factor", "identities.pendingFactor"],
    },
  },
  {
    ...{ what: "工作人员写下的常用语", whose: "staff", why: "答复时选用", ground: "duty", kept: "post" },
    ...{ closing: "留下", handed: ofStaff, at: { words: ["communities.templates.text"] } },
  },
  {
    ...{ what: "登录与登录失败的记录", whose: "staff", why: "发现有人试密码、冒用账号", ground: "duty", kept: "login" },
    ...{ closing: "到期删除", handed: techniqueOnly, at: { clear: ["logins", "login_failures"] } },
  },
];
