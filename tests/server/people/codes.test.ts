import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { INVITATION_PAGE } from "../../../server/core/domain/people/invitation.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, wechat } = world;
const staff = await world.staff("committee");
const clerk = await world.as(staff);
const params = { id: "east" };
const body = { role: "partner" as const, name: "石磊", title: "项目经理", organizationName: "安居物业" };
const path = "/wxa/getwxacodeunlimit";

const invite = async (): Promise<string> =>
  (await clerk.call("POST /api/communities/:id/invitations", { params, body })).ok.id;

async function picture(
  id: string,
  user = staff,
): Promise<{ status: number; type: string | null; code: string | null }> {
  const token = deps.tokens.issueAccess(user.id, "0".repeat(24), deps.clock.now());
  const response = await fetch(`${world.base}/api/communities/east/invitations/${id}/file`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const type = response.headers.get("content-type");
  const json = type?.includes("json") ? ((await response.json()) as { error: { code: string } }) : null;
  return { status: response.status, type, code: json?.error.code ?? null };
}

describe("the mini-program code of an invitation", () => {
  it("is a picture of WeChat's, of a page that the mini-program has", async () => {
    expect(await picture(await invite())).toMatchObject({ status: 200, type: "image/jpeg" });
    const config = await readFile(join(import.meta.dirname, "../../../src/app.config.ts"), "utf8");
    const [root, page] = [
      INVITATION_PAGE.split("/").slice(0, 2).join("/"),
      INVITATION_PAGE.split("/").slice(2).join("/"),
    ];
    expect(config).toMatch(new RegExp(`root: "${root}",[^}]*pages: \\["${page}"\\]`));
  });

  it("is asked for again with another token when WeChat has ended the one before", async () => {
    const id = await invite();
    wechat.revokeTokens();
    expect((await picture(id)).status).toBe(200);
  });

  it("that WeChat does not draw says why, and that there is another way", async () => {
    const missing = deps.wechat.miniProgramCode({ page: "subpackages/nowhere/index", scene: "a" });
    await expect(missing).rejects.toMatchObject({ code: "wechat.page_missing" });
    for (const scene of ["a".repeat(33), "中文", ""]) {
      const refused = deps.wechat.miniProgramCode({ page: INVITATION_PAGE, scene });
      await expect(refused).rejects.toMatchObject({ code: "wechat.unavailable" });
    }
    wechat.limit(path, { minute: 0 });
    expect((await picture(await invite())).code).toBe("rate.limited");
    wechat.limit(path, { minute: 5_000 });
  });

  it("is shown to the committee that made it, while it opens something", async () => {
    const id = await invite();
    expect((await picture(id, await world.staff("committee", ["west"]))).code).toBe("auth.forbidden");
    expect((await picture(id, await world.cadre())).code).toBe("auth.forbidden");
    expect((await picture("0".repeat(24))).code).toBe("invitation.unknown");
    await clerk.call("POST /api/communities/:id/invitations/:invitationId/revoke", {
      params: { ...params, invitationId: id },
    });
    expect((await picture(id)).code).toBe("invitation.over");
  });
});
