/** Words of the page of complaints and of photos under review. */
export const words = {
  title: "投诉与复核",
  complaints: "投诉",
  photos: "待复核照片",
  columns: {
    at: "时间", from: "投诉人", request: "诉求编号", text: "内容", answer: "答复", action: "操作", photo: "照片",
  }, // prettier-ignore
  waiting: "待答复",
  erased: "投诉人已注销账号，内容已抹去",
  answer: "答复",
  answered: "已答复，投诉人会收到通知",
  answerTitle: (name: string) => `答复${name}的投诉`,
  answerHint: "怎么处理、谁来联系、何时有结果",
  noComplaints: "没有投诉。",
  noComplaintsHint: "居民在小程序“我的”里可以投诉；干部看不到这一页。",
  pass: "通过",
  reject: "不通过",
  passed: "已通过，办理的人现在能看到",
  rejected: "已不再显示，上传的人会收到通知",
  rejectTitle: "不显示这张照片？",
  rejectHint: "上传的人会收到通知，诉求照常办理。",
  noPhotos: "没有待复核的照片。",
  noPhotosHint: "微信没有给出结论的照片会出现在这里，复核前只有上传的人看得到。",
  /** Sentences of the log; the actor's name stands before each. */
  filed: "提出了投诉",
  erasedOne: "抹去了一条投诉的内容",
  answeredOne: "答复了一条投诉",
} as const;
