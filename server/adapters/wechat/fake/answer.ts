/** The reply of an endpoint, before it is printed as JSON. */
export type Answer = Record<string, unknown>;

export const refusal = (errcode: number, errmsg: string): Answer => ({ errcode, errmsg });
export const ok = (more: Answer = {}): Answer => ({ errcode: 0, errmsg: "ok", ...more });
