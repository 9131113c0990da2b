/**
 * Collections that `npm run log:verify` does not compare with the log, with the reason. Their documents have no steps.
 * docs/reference/integrity.md prints them.
 */
export const unverifiedCollections: Readonly<Record<string, string>> = {
  identities: "ways to log in; a forged one is found in no log, so who writes to the database can log in as anybody",
  sessions: "logins; they end by themselves, and a backup leaves them out",
  otps: "codes of some minutes",
  login_throttles: "counters of some minutes",
  limits: "counters of at most a day",
  claim_reservations: "counters of a day",
  wechat_tokens: "obtained again from WeChat",
  consents: "which messages of WeChat a resident has allowed; WeChat itself refuses the others",
  notices: "the inbox, derived from the log; old ones are deleted",
  deliveries: "messages outside the app, derived from the log; old ones are deleted",
  calendar_feeds: "addresses of calendar subscriptions",
  service_versions: "former wordings of services, for requests that were filed under them",
  photo_verdicts: "answers of WeChat that arrived before the picture was known",
  "photo_bytes.files": "the bytes of pictures",
  "photo_bytes.chunks": "the bytes of pictures",
  "export_bytes.files": "files of exports, deleted after a day",
  "export_bytes.chunks": "files of exports, deleted after a day",
  meta: "the version of the schema and the progress of jobs",
  job_leases: "which process runs a job",
  partition_leases: "which process relays which communities",
  consumer_offsets: "how far consumers have read; they may read again",
  log_spans: "an index of the log by time; derived",
  day_anchors: "a missing last day is signed again; changed and missing earlier days are found",
};
