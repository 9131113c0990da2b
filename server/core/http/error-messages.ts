import { type ErrorTable, type kernelErrorCodes, parameterText as text } from "../../kernel/errors.ts";
import type { CoreErrorCode } from "../errors.ts";

/** The wait in words: 40 秒后, 15 分钟后, 2 小时后; 稍后 when it is unknown. */
const wait = (seconds: unknown): string => {
  if (typeof seconds !== "number") return "稍后";
  if (seconds <= 90) return ` ${seconds} 秒后`;
  return seconds <= 5_400 ? ` ${Math.ceil(seconds / 60)} 分钟后` : ` ${Math.ceil(seconds / 3_600)} 小时后`;
};

/** What is wrong with a new password, and what to do. */
const weakPassword = (why: unknown): string => {
  const words: Readonly<Record<string, string>> = {
    short: "新密码至少 10 个字符，例如几个不相干的词。",
    same: "新密码不能与现在的密码相同，请换一个。",
    monotonous: "新密码里不同的字符太少，容易猜到。请换一个，例如几个不相干的词。",
    common: "这个密码在泄露过的常见密码里，别人很快就能试出来。请换一个，例如几个不相干的词。",
    own: "新密码里不要有账号、姓名、手机号或社区的名称，别人容易想到。请换一个。",
  };
  return words[String(why)] ?? "新密码至少 10 个字符，不要用常见的密码，也不要有账号、姓名、手机号。请换一个。";
};

/**
 * The status and sentence of every error of the kernel and the core, in Chinese. Another language would be another
 * table of this type.
 */
export const coreErrorMessages: ErrorTable<CoreErrorCode | (typeof kernelErrorCodes)[number]> = {
  "auth.required": [401, "请先登录，再继续刚才的操作。"],
  "auth.forbidden": [403, "当前身份不能做这件事。可在“我的”里切换身份，或联系居委会。"],
  "auth.wechat_code_invalid": [401, "微信登录没有成功，请重试一次；仍不行可用手机号登录。"],
  "auth.wechat_phone_invalid": [401, "没有取到微信里的手机号，请再点一次，或改用短信验证码。"],
  "auth.otp_invalid": [401, "验证码不对，请核对短信后重新输入。"],
  "auth.otp_expired": [
    401,
    (p) => (p["spent"] ? "验证码输错了 5 次，这个验证码已作废，请重新获取。" : "验证码已过期或已用过，请重新获取。"),
  ],
  "auth.password_invalid": [401, "账号或密码不对，请重新输入；忘记密码请联系管理员。"],
  "auth.password_temporary": [409, "这是一次性密码，请先设一个自己的新密码，再登录。"],
  "auth.password_outdated": [401, "一次性密码已过期，请联系管理员重新生成。"],
  "auth.password_weak": [422, (p) => weakPassword(p["why"])],
  "auth.second_factor_required": [409, "这个账号开了两步验证，请输入验证器上的 6 位验证码，或一个恢复码。"],
  "auth.second_factor_invalid": [
    422,
    "验证码不对，或已经用过。请等验证器换出下一个再输入，并核对手机的时间；手机不在身边可用恢复码。",
  ],
  "auth.second_factor_missing": [409, "这个账号要先设两步验证才能登录，请按提示用手机上的验证器扫码。"],
  "auth.locked": [
    429,
    (p) => `试错太多次，为保护账号，请${wait(p["retryAfter"])}再试。忘记密码请联系管理员；不是本人在试，请告诉居委会。`,
  ],
  "auth.session_ended": [401, "登录已过期，请重新登录。填写的内容还在。"],
  "auth.foreign_page": [403, "这次操作不是从本站的页面发起的，没有执行。请打开店小二的页面重新操作。"],
  "auth.reauthentication_required": [403, "这一步涉及个人信息或人员权限，要先确认是您本人，请输入密码。还没有执行。"],
  "session.unknown": [404, "这台设备已经退出了，请刷新列表看看。"],
  "account.holds_post": [409, "您还担任社区岗位，请先联系居委会办理离岗，再注销账号。"],
  "account.no_phone": [409, "账号还没有绑定手机，请在微信里打开后再试，或先绑定手机。"],
  "account.no_password": [409, "您的账号没有密码，是用微信或手机号登录的，不用设置，请照常登录。"],
  "account.password_wrong": [422, "现在的密码不对，没有改动。请重新输入；忘记了请联系管理员重设。"],
  "account.second_factor_not_begun": [409, "这次绑定已过期或已完成，没有改动。请重新扫码绑定。"],
  "account.second_factor_needed": [409, "居委会、街镇与管理员账号必须开着两步验证，不能关。换手机请重新绑定。"],
  "account.second_factor_off": [409, "这个账号没有开两步验证，请刷新页面看现在的状态。"],
  "wechat.unavailable": [503, "微信暂时没有回应，请稍后再试，或用手机号登录。"],
  "wechat.page_missing": [409, "小程序还没有发布这一页，暂时没有小程序码。请用网页二维码或链接，发布后再试。"],
  "sms.unavailable": [503, "短信暂时发不出去，请稍后再试，或拨打居委会电话。"],
  "rate.limited": [429, (p) => `操作太频繁，请${wait(p["retryAfter"])}再试；填写的内容还在。急事请拨打居委会电话。`],
  "me.membership_unknown": [422, "没有这个身份，请在列表里重新选择。"],
  "registration.required": [403, "请先登记姓名、手机和住址，再提交诉求。填写的内容会保留。"],
  "registration.building_unknown": [422, "没有找到这个楼栋或单元，请从列表里选择。"],
  "registration.phone_missing": [422, "请填写 11 位手机号，干部上门前好联系您。"],
  "community.unknown": [404, "没有找到这个社区，请重新选择。"],
  "community.exists": [
    409,
    (p) => `社区“${text(p["name"])}”（${text(p["id"])}）已经有了，内容不同，没有改动。请核对，或换一个编号和名称。`,
  ],
  "community.closed": [422, "工作时间不能空着：请至少选一天、填一段时间，时限要按它计算。"],
  "community.building_invalid": [
    422,
    "楼栋或单元的名称有误：不能空着，最多 20 个字。请改正后再导入，没有写入任何内容。",
  ],
  "community.building_inhabited": [
    409,
    (p) => `还有 ${text(p["homes"])} 位居民登记在这里，不能删除。请先请他们更正住址。`,
  ],
  "post.unknown": [404, "没有找到这个岗位，可能已经离岗。请刷新。"],
  "post.own": [409, "不能给自己办离岗，请由另一位居委会工作人员或运维办理。"],
  "account.taken": [409, (p) => `账号 ${text(p["account"])} 已有人使用，请换一个。`],
  "sheet.unreadable": [
    422,
    "这个文件读不懂。请用 Excel 或 WPS 打开，另存为 .xlsx 或 .csv，再上传；也可以下载模板来填。",
  ],
  "sheet.too_large": [413, (p) => `文件太大：最多 ${text(p["most"])} 行、2 MB。请分成几个文件导入。`],
  "sheet.columns_missing": [422, (p) => `第一行要有这些列名：${text(p["columns"])}。请对照模板改好后再上传。`],
  "invitation.unknown": [404, "没有找到这份邀请，二维码可能不完整。请让居委会重新出示。"],
  "invitation.used": [409, "这份邀请已经有人用过了。不是您本人的话，请马上告诉居委会；需要的话请居委会再发一份。"],
  "invitation.over": [409, "这份邀请已过期或被收回，或者它给的岗位已经结束。请居委会再发一份。"],
  "invitation.held_already": [409, "您已经有这个身份了，可在“我的”里切换，不用再接受。"],
  "calendar.day_invalid": [422, (p) => `日期要在 ${text(p["from"])} 至 ${text(p["to"])} 之间，请重新选择。`],
  "reveal.not_recorded": [503, "这次查看还没有记进台账，所以没有显示。请稍后再试；仍不行请联系管理员。"],
  "reveal.over": [409, "这次查看已经过了时间。请重新写明理由，再看一次。"],
  "roster.spans_invalid": [
    422,
    "时段有误：要按先后排列、互不重叠，每段至少 15 分钟，最晚到第二天 24:00。请改正后再保存。",
  ],
  "roster.too_many": [422, (p) => `最多 ${text(p["most"])} 个，请先删去不用的。`],
  "roster.pattern_unknown": [404, "没有找到这个班次，可能已被删除。请刷新。"],
  "roster.week_invalid": [422, "周要从星期一算起，且在前后两年之内。请重新选择。"],
  "roster.shift_unknown": [409, "这个班刚刚变了或已删除，请刷新班表后再试。"],
  "roster.day_past": [409, (p) => `${text(p["day"])} 已经过去，班表不能再改。请从今天起调整。`],
  "roster.day_outside": [422, (p) => `${text(p["day"])} 不在这一周，请切换到那一周再排。`],
  "roster.clash": [409, (p) => `${text(p["cadreName"])} ${text(p["day"])} 的班与本人另一个班重叠，请换人或改时段。`],
  "roster.on_leave": [409, (p) => `${text(p["cadreName"])} ${text(p["day"])} 请了假，请换人或改时段。`],
  "roster.backup_invalid": [422, "备勤的时段有误，请刷新班表后重新指定。"],
  "roster.gap_without_backup": [
    409,
    (p) => `${text(p["from"])} 至 ${text(p["to"])} 没有人值班，也没有备勤。请先排人或指定备勤。`,
  ],
  "swap.unknown": [404, "没有找到这次换班，可能已撤回。请刷新。"],
  "swap.open": [409, "这个班已有一次换班在等答复，请先等结果或撤回。"],
  "swap.not_yours": [409, "这个班已不在原来的人名下，请刷新后再试。"],
  "swap.too_late": [409, "这个班已经开始，不能再换。请联系居委会调整。"],
  "swap.state_conflict": [409, "这次换班的状态刚刚变了，请刷新后再看。"],
  "leave.unknown": [404, "没有找到这张请假单，请刷新。"],
  "leave.time_invalid": [422, "请假的结束要晚于开始和现在，最长 190 天。请重新选择。"],
  "leave.state_conflict": [409, "这张请假单的状态刚刚变了，请刷新后再看。"],
  "service.unknown": [422, "这个事项已调整，请重新选择事项。"],
  "transfer.not_there": [
    422,
    (p) => `${text(p["community"])}不能接办这件事：没有这类事项，或本来就在那里。请选别的社区。`,
  ],
  "service.only_there": [
    422,
    (p) => `“${text(p["title"])}”要由居民所在社区受理，请选可通收的事项，或请居民联系所在居委会。`,
  ],
  "service.invalid": [422, (p) => `这个事项还不能保存：${text(p["why"])}。请改正后再保存，填写的内容还在。`],
  "service.changed": [409, (p) => `“${text(p["title"])}”刚刚被同事改过，没有保存。请关掉重新打开，在新内容上再改。`],
  "service.code_taken": [409, (p) => `这个编号已用于“${text(p["title"])}”，请换一个编号。`],
  "service.too_many": [422, (p) => `最多 ${text(p["most"])} 个事项，请先停办不用的。`],
  "cadre.unknown": [422, "没有找到这位干部，请刷新后重新选择。"],
  "resident.unknown": [404, "没有找到这位居民，请刷新列表。"],
  "resident.not_served_by_you": [403, "不能核实自己；干部只能核实服务过的居民，其他居民请交居委会的同事核实。"],
  "duty.not_on_duty": [409, "您现在不在岗，请先上岗再接单。"],
  "duty.until_invalid": [422, "下岗时间要晚于现在，且在 16 小时以内，请重新选择。"],
  "duty.no_shift": [409, "现在没有您的班。要临时上岗，请选择下岗时间。"],
  "duty.handover_needed": [
    409,
    (p) => `还有 ${text(p["count"])} 件诉求没有交班说明。请先写好再下岗；实在来不及，可以先下岗，一小时内补写。`,
  ],
  "handover.not_coming": [
    422,
    "这位同事现在不在岗，也不是下一班，或是这件诉求的本人。请刷新后另选，或留给自己接着办。",
  ],
  "feed.unknown": [404, "这个订阅地址已停用。请在“我的班表”里取新的地址。"],
  "request.unknown": [404, "没有找到这件诉求，可能编号有误或不属于您。请返回列表查看。"],
  "request.not_allowed": [403, "这一步不由您来做。请刷新，看看现在能做什么。"],
  "request.state_conflict": [409, "这件诉求的状态刚刚变了，请刷新后再看能做什么。"],
  "request.already_claimed": [
    409,
    (p) => `${text(p["handlerName"]) || "另一位干部"}已经接了这一单，请看看队列里的其他诉求。`,
  ],
  "request.own": [409, "这是这位干部自己的、或替家人提交的诉求，请由其他干部来接。"],
  "request.returns_used": [
    409,
    "这件诉求已退回两次，不能再退回，也不能自行接单：由居委会指定首接负责人，请等派单，急事请联系居委会。",
  ],
  "request.answer_missing": [
    422,
    (p) =>
      p["options"]
        ? `“${text(p["question"])}”请从这些里选：${text(p["options"])}。`
        : `请填写“${text(p["question"])}”。`,
  ],
  "request.tasks_open": [
    409,
    (p) => `还有 ${text(p["open"])} 项协办没有结束，请等协办单位办好，或先撤回协办，再办结。填写的内容还在。`,
  ],
  "proxy_filing.own_phone": [
    422,
    "这是您自己的手机号。请填对方本人的手机号；对方没有手机，请到居委会当面办理，或直接以自己的名义提交。",
  ],
  "request.until_invalid": [
    422,
    "这个时间不行：要晚于现在（延期还要晚于原来的期限），且在半年以内。请重新选择，或先退回这份申请。",
  ],
  "queue.empty": [404, "队列里没有等待的诉求了。有新的会出现在这里。"],
  "content.refused": [
    422,
    "文字里有不适合发布的内容，没有提交。填写的内容还在，请修改后再试；有异议可拨打居委会电话。",
  ],
  "file.gone": [404, "这张照片已经删除，或不能再看。请返回后刷新页面。"],
  "file.unknown": [422, "有照片没有上传成功或已过期，请重新选择这张照片。"],
  "file.not_yours": [403, "只能使用自己上传的照片，请重新选择。"],
  "file.missing": [422, "没有收到照片，请重新选择后上传。"],
  "file.too_large": [413, "照片超过 10 MB，请换一张小一些的。"],
  "file.not_an_image": [422, "这个文件不是照片，请选择 JPG、PNG 或 WebP 图片。"],
  "file.too_many_pixels": [
    422,
    (p) => `照片的像素太多（最多 ${text(p["millions"])} 百万像素），没有收下。请在相册里裁剪或缩小后再传，或改传截图。`,
  ],
  "file.too_complex": [422, "照片处理起来太费时间或内存，没有收下。请在相册里另存为 JPG，或截一张图，再上传。"],
  "file.busy": [503, (p) => `同时上传照片的人太多，这张照片没有收下。请${wait(p["retryAfter"])}再试；填写的内容还在。`],
  "file.not_taken": [
    503,
    (p) => `照片暂时传不了，其他功能照常。请${wait(p["retryAfter"])}再试，或先不附照片提交；填写的内容还在。`,
  ],
  "file.infected": [422, "这个文件带有病毒，没有收下，也没有保存。请先给手机或电脑查杀病毒，再换一个文件上传。"],
  "file.unscannable": [422, "这个文件没法查病毒，没有收下。请缩小或另存后再上传；仍不行请联系管理员。"],
  "file.not_scanned": [
    503,
    (p) => `查病毒的服务暂时没有回应，文件没有收下，其他功能照常。请${wait(p["retryAfter"])}再上传；填写的内容还在。`,
  ],
  "file.link_expired": [403, "照片链接已过期，请刷新页面。"],
  "idempotency.key_reused": [422, "同一个提交编号用于了不同的内容。请返回后重新提交。"],
  "idempotency.key_invalid": [400, "提交编号（Idempotency-Key）应为 8 到 100 个字母、数字或连字符，请改正后再试。"],
  "edit.outdated": [409, "这里刚刚被同事改过，你的修改没有保存。请关掉重新打开，在新内容上再改。"],
  "write.contended": [409, "同时操作的人太多，这一步没有生效，请再试一次。"],
  "input.invalid": [422, (p) => `填写的内容有误：${text(p["summary"])}。请改正后再提交。`],
  "host.unknown": [421, "演示只能用本机地址或 PUBLIC_URL 打开，请换成启动时显示的地址。"],
  "input.type_unsupported": [415, "请求的内容要以 application/json 发送，没有处理，请检查后再试。"],
  "input.not_json": [400, "请求的内容不是有效的 JSON，请检查后再试。"],
  "input.too_deep": [413, "提交的内容层次太深或条目太多，请分几次提交。"],
  "input.target_too_long": [414, "这个地址太长，没有处理。请从页面里的链接重新打开，或少选几个筛选条件。"],
  "input.too_large": [413, "提交的内容太大，请缩短后再试。"],
  "cursor.invalid": [400, "翻页位置无效，请回到第一页。"],
  "route.unknown": [404, "没有这个地址，请检查后再试。"],
  "server.not_ready": [503, "服务正在准备，请过一会儿再试。"],
  "server.failed": [500, "服务出了问题，这一步可能没有生效。请稍后再试；若再次出现，请把编号告诉居委会。"],
};
