import type { Input } from "../../contract/index.ts";

type Body = Input<"POST /api/requests">["body"];

/** A minimal body of a filing. */
export const submission = (over: Partial<Body> = {}): Body => ({
  communityId: "east",
  serviceCode: "parcel",
  description: "下班晚，麻烦代取一个包裹，取件码 8-2-1007",
  ...over,
});
