import sharp from "sharp";
import type { Input } from "../../contract/index.ts";
import { demoPassword } from "../../server/demo/people.ts";
import { codeOf } from "./second-factor.ts";
import { fromModules } from "./from-modules.ts";
import type { ModuleSample, SampleContext } from "./module-sample.ts";
import { home, number, phone, piiText } from "./pii-words.ts";
import type { SeededWorld } from "./seeded-world.ts";

const samples = await fromModules<ModuleSample>("sample.ts", "sample");

/**
 * Writes numbers into every text field of the API and searches with them, so that each kind of document is created.
 * Returns the number of successful calls.
 */
export async function writeEverywhere(world: SeededWorld): Promise<number> {
  const community = { id: "xiziwan" };
  const later = (hours: number): string => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();
  const resident = await world.api("王雨晴");
  const cadre = await world.api("林晓慧");
  const colleague = await world.api("周建明");
  const clerk = await world.as(await holder(world, "何芳"));
  const there = await world.as(await holder(world, "魏国栋"));
  const guest = await world.as(null);
  await world.putOnDuty("林晓慧");
  let taken = 0;
  const did: SampleContext["did"] = (answer) => {
    if (answer.code !== null) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
    taken++;
    return answer;
  };

  const form = new FormData();
  const photo = sharp({ create: { width: 60, height: 40, channels: 3, background: "#246" } }).withExif({
    IFD0: { ImageDescription: `${phone} ${home}`, Artist: number },
  });
  form.set("file", new Blob([new Uint8Array(await photo.jpeg().toBuffer())]), `${phone}-${number}.jpg`);
  const tokenOf = async (of: string): Promise<string> =>
    world.deps.tokens.issueAccess((await holder(world, of)).id, "a".repeat(24), world.clock.now());
  const upload = async (of: string): Promise<string> => {
    const headers = { authorization: `Bearer ${await tokenOf(of)}` };
    const sent = await fetch(`${world.base}/api/uploads`, { method: "POST", body: form, headers });
    return ((await sent.json()) as { id: string }).id;
  };
  const body: Input<"POST /api/requests">["body"] = {
    communityId: "xiziwan",
    serviceCode: "parcel",
    title: `打 ${phone}`,
    description: piiText,
    answers: { pickup: piiText.slice(0, 150) },
    timeWindow: { label: phone },
    contact: { name: `王女士${phone}`, phone },
  };
  const file = async (fileIds: string[] = []) =>
    did(await resident.call("POST /api/requests", { body: { ...body, fileIds }, key: crypto.randomUUID() })).ok.id;
  const id = await file([await upload("王雨晴")]);
  const of = (request: string) => ({ params: { id: request } });
  did(await cadre.call("POST /api/requests/:id/claim", of(id)));
  did(await cadre.call("POST /api/requests/:id/first-contact", { ...of(id), body: { note: piiText } }));
  did(await cadre.call("POST /api/requests/:id/note", { ...of(id), body: { text: piiText } }));
  did(await cadre.call("POST /api/requests/:id/internal-note", { ...of(id), body: { text: piiText } }));
  did(await resident.call("POST /api/requests/:id/message", { ...of(id), body: { text: piiText } }));
  const until = later(500);
  did(await cadre.call("POST /api/requests/:id/ask-extension", { ...of(id), body: { reason: piiText, until } }));
  did(await clerk.call("POST /api/requests/:id/refuse-extension", { ...of(id), body: { reason: piiText } }));
  did(await cadre.call("POST /api/requests/:id/ask", { ...of(id), body: { text: piiText } }));
  did(await resident.call("POST /api/requests/:id/answer", { ...of(id), body: { text: piiText } }));
  for (const { write } of samples) await write?.({ world, did, resident, cadre, clerk, requestId: id });
  did(await cadre.call("POST /api/requests/:id/hand-over", { ...of(id), body: { note: piiText, cadreId: null } }));
  did(
    await cadre.call("POST /api/requests/:id/resolve", {
      ...of(id),
      body: { result: piiText, fileIds: [await upload("林晓慧")] },
    }),
  );
  const scores = { response: 1, attitude: 1, result: 1 };
  const rating = { outcome: "partly" as const, scores, tags: [phone], comment: piiText };
  did(await resident.call("POST /api/requests/:id/rate", { ...of(id), body: rating }));
  did(
    await clerk.call("POST /api/requests/:id/call-back", { ...of(id), body: { answer: "satisfied", text: piiText } }),
  );
  const [released, rejected, withdrawn, moved] = [await file(), await file(), await file(), await file()];
  did(await cadre.call("POST /api/requests/:id/claim", of(released)));
  const back = { code: "other" as const, reason: piiText };
  did(await cadre.call("POST /api/requests/:id/release", { ...of(released), body: back }));
  did(await clerk.call("POST /api/requests/:id/reject", { ...of(rejected), body: { reason: piiText } }));
  did(await resident.call("POST /api/requests/:id/withdraw", { ...of(withdrawn), body: { reason: piiText } }));
  did(
    await clerk.call("POST /api/requests/:id/ask-transfer", {
      ...of(moved),
      body: { to: "kangcheng", reason: piiText },
    }),
  );
  did(await there.call("POST /api/requests/:id/refuse-transfer", { ...of(moved), body: { reason: piiText } }));

  const elder = { name: `孙老${phone}`, phone, building: "1号楼", unit: "1单元", room: "601" };
  const errand = { communityId: "xiziwan", serviceCode: "parcel", description: piiText };
  const forFamily = { ...errand, elder, relation: "parent" as const };
  did(await resident.call("POST /api/requests/for-family", { body: forFamily, key: crypto.randomUUID() }));
  const forResident = { ...errand, resident: elder };
  did(await cadre.call("POST /api/requests/for-resident", { body: forResident, key: crypto.randomUUID() }));

  const leave = { kind: "personal" as const, from: later(300), to: later(310), note: phone };
  did(await colleague.call("POST /api/leaves", { body: leave }));
  const items = [{ step: "message" as const, text: piiText.slice(0, 180) }];
  const { revision } = (await clerk.call("GET /api/communities/:id/templates", { params: community })).ok;
  did(await clerk.call("PUT /api/communities/:id/templates", { params: community, body: { revision, items } }));
  const invited = { role: "partner" as const, name: `石${phone}`, title: phone, positions: [phone] };
  did(
    await clerk.call("POST /api/communities/:id/invitations", {
      params: community,
      body: { ...invited, organizationName: phone, dutyPhone: null },
    }),
  );
  const look = { of: "request" as const, id, field: "phone" as const, reason: piiText };
  did(await clerk.call("POST /api/reveals", { body: look }));
  const holiday = { kind: "holiday" as const, name: phone };
  did(
    await clerk.call("PUT /api/communities/:id/calendar/:day", {
      params: { ...community, day: "2026-03-09" },
      body: holiday,
    }),
  );
  const [template] = did(await resident.call("GET /api/notify/templates")).ok.items;
  const answers = [{ templateId: template?.templateId ?? "", answer: "accept" as const }];
  did(await resident.call("POST /api/notify/consents", { body: { answers }, key: crypto.randomUUID() }));
  did(await guest.call("POST /api/auth/wechat", { body: { code: world.wechat.issueCode("o-clumsy") } }));
  // One second factor in use and one that is begun.
  const factor = (code?: string) =>
    there.call("POST /api/me/second-factor", { body: { password: demoPassword, ...(code ? { code } : {}) } });
  const { secret } = did(await factor()).ok;
  did(await there.call("POST /api/me/second-factor/confirm", { body: { code: codeOf(world, secret) } }));
  did(await factor(codeOf(world, secret, 1)));
  // Calls that leave documents although they are refused, and calls that only read.
  await guest.call("POST /api/auth/password", { body: { account: phone, password: number } });
  await guest.call("POST /api/auth/otp", { body: { phone } });
  await guest.call("POST /api/auth/otp/verify", { body: { phone, code: "000000" } });
  did(await clerk.call("GET /api/log", { query: { communityId: "xiziwan", q: phone } }));
  for (const path of [
    `/api/${phone}`,
    `/api/requests/${phone}`,
    `/api/log?q=${phone}&communityId=${number}`,
    `/${phone}`,
  ])
    await fetch(`${world.base}${path}`);
  await fetch(`${world.base}/api/me/registration`, { method: "POST", body: `{"phone":"${phone}",` });
  return taken;
}

/** The user of a demo account. */
async function holder({ deps }: SeededWorld, name: string) {
  const ids = ["xiziwan", "kangcheng"];
  const staff = (await Promise.all(ids.map((id) => deps.store.users.staffOf(id)))).flat();
  const residents = (await deps.store.users.residents(ids, undefined, 100)).items;
  const found = [...staff, ...residents].find((user) => user.name === name);
  if (!found) throw new Error(`the demo has no ${name}`);
  return found;
}
