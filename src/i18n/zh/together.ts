/** What several communities, or several residents, do together; not of the main package. */
export const together = {
  counter: {
    community: "居民所在社区",
    hint: "一窗通收：您收下，由该社区办理；只列出可通收的事项",
    filedThere: "已收下，由居民所在社区办理",
  },
  course: {
    where: (community: string, building: string) => `${community} · ${building}`,
    counterHint: "由该社区办理。这里能看到办到哪一步、谁在办，看不到居民信息和内容",
  },
};
