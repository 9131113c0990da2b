/** Checking that the log is whole. */
export const verify = {
  open: "核对台账",
  title: "核对台账",
  lead: "从第一条起逐条核对：序号不缺、内容没改、签章相连，并与库外留存的末尾比对。",
  start: "开始核对",
  again: "再核对一次",
  stop: "停止",
  close: "关闭",
  checked: (n: number) => `已核对 ${n} 条`,
  whole: (n: number) => `${n} 条全部相符`,
  end: (seal: string, at: string) => `末条签章 ${seal}，核对于 ${at}`,
  broken: (pos: number) => `第 ${pos} 条不符`,
  next: "请保持现状、不要改动数据库，马上联系管理员；管理员可用 npm run log:verify 查看详情。",
  kinds: {
    missing: "这一条缺失，后面的序号接不上。",
    payload: "这一条的内容被改过。",
    row: "这一条的记录被改过。",
    key: "找不到这一条签章所用的密钥。",
    seal: "签章接不上前一条：顺序被动过，或有记录被换掉。",
    anchor: "签章与库外留存的不一样。",
    cut: "台账末尾被截断，库外留存的末尾比它长。",
  },
} as const;
