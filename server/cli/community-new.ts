import { systemClock } from "../kernel/clock.ts";
import { catalogue } from "../core/catalogue/standard.ts";
import { templates } from "../core/catalogue/templates.ts";
import { defaultHours } from "../core/domain/community/calendar.ts";
import { DomainError } from "../kernel/errors.ts";
import { operator } from "../core/domain/people/posts.ts";
import { errorMessageOf } from "../error-table.ts";
import { createPasswords } from "../adapters/identity/passwords.ts";
import { createSignal } from "../kernel/signal.ts";
import { resetPassword } from "../core/usecases/accounts/give-account.ts";
import { resetFactor } from "../core/usecases/accounts/reset-factor.ts";
import { type CommunityOpening, openCommunity } from "../core/usecases/community/open-community.ts";
import { type CommunityCommand, parseCommunityCommand, usage } from "./community-command.ts";
import { withStore } from "./with-store.ts";

const say = (...lines: string[]): void => console.log(lines.join("\n"));

/**
 * `npm run community:new`: creates a community with its catalogue and its first clerk, in a new or an existing
 * installation.
 */
const asked = await parseCommunityCommand(process.argv.slice(2));
if (asked.do === "help") say(usage);
else if (asked.do === "refuse") {
  console.error([...asked.why, "", usage].join("\n"));
  process.exitCode = 1;
} else {
  await withStore(async ({ store }) => {
    const deps = {
      store,
      clock: systemClock,
      passwords: createPasswords(),
      wakeRelay: () => undefined,
      loginsEnded: createSignal<string>(),
    };
    try {
      const command = { actor: operator, idempotency: null };
      if (asked.do === "open") await open(deps, openingOf(asked.given));
      else if (asked.do === "reset") printPassword(asked.account, await resetPassword(deps, command, asked.account));
      else printReset(asked.account, await resetFactor(deps, command, asked.account));
      return 0;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const unknown = asked.do !== "open" && error.code === "auth.password_invalid";
      console.error(unknown ? `没有账号 ${asked.account}，请核对。` : errorMessageOf(error.code, error.params).message);
      return 1;
    }
  });
}

function openingOf(given: Extract<CommunityCommand, { do: "open" }>["given"]): CommunityOpening {
  const { id, name, subdistrict, phone, address } = given;
  const standard = given.catalogue === "standard";
  return {
    community: {
      id,
      name,
      subdistrict,
      phone,
      address,
      officeHours: "周一至周五 8:30–17:00",
      workingHours: defaultHours,
      buildings: [],
      services: standard ? catalogue : [],
      templates: standard ? templates : [],
    },
    clerk: { account: given["clerk-account"], name: given["clerk-name"], title: given["clerk-title"] },
    supervisor: given["supervisor-account"]
      ? { account: given["supervisor-account"], name: given["supervisor-name"], title: "街镇督办" }
      : null,
  };
}

async function open(deps: Parameters<typeof openCommunity>[0], opening: CommunityOpening): Promise<void> {
  const { made, clerkPassword, supervisorPassword } = await openCommunity(deps, opening);
  const { name, id, subdistrict } = opening.community;
  say(made ? `建好了：${subdistrict} ${name}（${id}）。` : `${name}（${id}）已经有了，没有改动。`);
  printPassword(opening.clerk.account, clerkPassword);
  if (opening.supervisor) printPassword(opening.supervisor.account, supervisorPassword);
  if (made)
    say("", "接下来：打开控制台 /console/ 用这个账号登录，设一个自己的密码，然后照 docs/manual/first-day.md 做。");
}

function printReset(account: string, reset: boolean): void {
  say(reset ? `账号 ${account} 的两步验证已重设，下次登录重新绑定。` : `账号 ${account} 没有开两步验证，没有改动。`);
}

function printPassword(account: string, password: string | null): void {
  if (password === null) say(`账号 ${account} 已经有了；忘记密码可用 --reset-password ${account}。`);
  else say(`账号 ${account}，一次性密码 ${password}（三天内有效，只显示这一次，首次登录时要换成自己的）`);
}
