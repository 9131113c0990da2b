import { defineCommand } from "./command.ts";

/** The exit codes of commands without specific ones. */
const plainExits = { 0: "做完了", 1: "没有做成，原因写在标准错误输出" } as const;

const text = (value: string, says: string): { type: "string"; value: string; says: string } => ({
  type: "string",
  value,
  says,
});
const flag = (says: string): { type: "boolean"; says: string } => ({ type: "boolean", says });

/** Every command of an installation, with its options and the texts of `--help` and docs/reference/cli.md. */
export const commands = {
  communityNew: defineCommand({
    name: "community:new",
    does: "新建一个社区和它的第一位居委会工作人员（台账员）。在终端里不带参数运行，会逐项询问。",
    example: [
      "--id xiziwan --name 西子湾居委会 --subdistrict 岳阳湖街道 \\",
      "  --phone '021-5550 1100' --address '西子湾路 18 弄 1 号' --clerk-name 何芳 --clerk-account hefang",
    ],
    options: {
      id: text("编号", "社区编号（小写字母，如 xiziwan，不能再改）"),
      name: text("名称", "社区名称（如 西子湾居委会）"),
      subdistrict: text("街镇", "所属街镇（如 岳阳湖街道）"),
      phone: text("电话", "居委会电话"),
      address: text("地址", "居委会地址"),
      "clerk-name": text("姓名", "第一位居委会工作人员的姓名"),
      "clerk-account": text("账号", "这位工作人员登录控制台的账号"),
      "clerk-title": text("职务", "这位工作人员的职务（可不填）"),
      "supervisor-name": text("姓名", "街镇工作人员的姓名（可不填）"),
      "supervisor-account": text("账号", "街镇工作人员的账号（可不填）"),
      catalogue: text("目录", "事项目录：standard 标准目录，empty 空白（可不填）"),
      "reset-password": text("账号", "忘记密码：给这个账号新的一次性密码，原来的登录立即失效"),
      "reset-second-factor": text(
        "账号",
        "手机和恢复码都丢了：重设这个账号的两步验证，原来的登录立即失效，下次登录重新绑定",
      ),
    },
    note: "重复运行同样的命令不会建第二份；编号或名称已被别的社区用了会拒绝。服务器开着也可以运行。",
    exits: plainExits,
  }),
  backup: defineCommand({
    name: "backup",
    does: "备份整个数据库，连同照片。服务器开着也可以运行。",
    options: {
      out: text("目录", "备份放在哪里；不写就放在 DATA_DIR/backups 下，以时间命名"),
      plain: flag("生产环境没有设 BACKUP_RECIPIENTS 也备份，不加密；要放在加密的磁盘上"),
    },
    note: "设了 BACKUP_RECIPIENTS，备份就加密给它们。备份不含密钥、登录会话与验证码。密钥文件请另外保存。",
    exits: plainExits,
  }),
  backupKey: defineCommand({
    name: "backup:key",
    does: "为加密备份生成一把密钥（age 格式），印出填进 BACKUP_RECIPIENTS 的那一半。在保管人的电脑上运行，不要在服务器上。",
    example: ["--out /media/usb/backup-key.txt"],
    options: { out: text("文件", "密钥文件放在哪里，必填；已有的文件不覆盖") },
    note: "只有这个文件能打开备份：请存两份，由两个人分别保管。也可以用 age-keygen 生成，格式一样。",
    exits: plainExits,
  }),
  restore: defineCommand({
    name: "restore",
    does: "把备份装进数据库，把备份以后注销的人再抹去一遍，然后核对台账。先停全部服务。",
    options: {
      from: text("目录", "用哪一份备份，必填"),
      identity: { ...text("文件", "打开加密备份的密钥文件，可以写几次"), multiple: true as const },
      "dry-run": flag("只核对校验和、版本、密钥与目标，什么都不改"),
      replace: flag("目标数据库不空时，换掉里面的数据"),
      erasures: { ...text("文件", "别的机器上的注销记录，可以写几次"), multiple: true as const },
    },
    exits: { 0: "恢复好了，台账全部相符；或 --dry-run 说可以恢复", 1: "不能恢复，或恢复后的台账有不符" },
  }),
  migrate: defineCommand({
    name: "migrate",
    does: "把旧版本的数据库升级到这个程序的版本。",
    options: { "dry-run": flag("只说要改什么，什么都不改") },
    exits: plainExits,
  }),
  keysRotate: defineCommand({
    name: "keys:rotate",
    does: "密钥轮换。不带参数：有哪些密钥，旧的还有多少处要用。服务器开着也可以运行。",
    options: {
      key: text("用途", "加一代新密钥，再把旧的加密、散列换到新的：field、blind、token、file、log 或 all"),
      retire: text("编号", "与 --key 一起：没有地方再用，就把这一代取出密钥文件"),
      force: flag("与 --retire 一起：还在用也退役（只有 token、file 可以），用它的登录、订阅、地址随即失效"),
      delay: { ...text("秒", "过多少秒起用新密钥，好让每台机器都先拿到"), default: "10" },
      settle: { ...text("秒", "退役时等多少秒，好让正在办的步骤办完"), default: "10" },
    },
    exits: { 0: "做完了", 1: "没有这把密钥，或还不能退役" },
  }),
  logAnchors: defineCommand({
    name: "log:anchors",
    does: "给已经过完的每一天签名，把各条台账每天的末尾导出成一个文件。服务器开着也可以运行。",
    options: { out: { ...text("文件", "导出到哪个文件"), default: "anchors.json" } },
    exits: plainExits,
  }),
  logVerify: defineCommand({
    name: "log:verify",
    does: "逐行核对台账，再由台账重放每件诉求、每项协办、每条投诉与每个岗位，说出不符的地方和下一步。服务器开着也可以运行。",
    options: {
      anchors: text("文件", "只核对导出的每日签名，不连数据库"),
      against: text("文件", "核对台账时，也与导出的每日签名比"),
    },
    note: "演示模式不核对岗位：演示的人不是谁请来的。",
    exits: { 0: "全部相符", 1: "有不符，或没有做成" },
  }),
  searchRebuild: defineCommand({
    name: "search:rebuild",
    does: "重建台账的检索。服务器开着也可以运行。",
    options: {},
    exits: plainExits,
  }),
  rollupsRebuild: defineCommand({
    name: "rollups:rebuild",
    does: "由台账重算轮次与日汇总（三率的数字）。",
    options: {},
    exits: plainExits,
  }),
} as const;
