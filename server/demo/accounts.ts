import type { DemoAccount } from "../../contract/index.ts";
import { type DemoPerson, cadres, demoPassword, office, partners, residents } from "./people.ts";

const present = (person: DemoPerson | undefined, title: string): DemoAccount => {
  if (!person) throw new Error(`the demo has nobody for ${title}`);
  const { name, phone, account, membership, home } = person;
  return {
    role: membership?.role ?? "resident",
    name,
    title,
    communityId: membership?.communityIds[0] ?? home?.communityId ?? null,
    ...(account ? { account, password: demoPassword } : { phone }),
  };
};

/**
 * The accounts that the login pages offer: residents, cadres and partners log in by phone, the office by account and
 * password.
 */
export const demoAccounts = (): DemoAccount[] => [
  present(residents[0], "西子湾，住址已核实"),
  present(residents[1], "西子湾，住址待核实"),
  present(cadres[0], "西子湾，党总支书记"),
  present(cadres[1], "西子湾，也住在这里"),
  present(cadres[7], "康城，居委会主任"),
  present(partners[0], "安居物业，西子湾"),
  present(office[0], "西子湾"),
  present(office[1], "康城"),
  present(office[2], "岳阳湖街道"),
  present(office[3], "本系统"),
];
