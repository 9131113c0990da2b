import type { DataRegister } from "../../../kernel/personal-data.ts";
import { impersonalData } from "./impersonal-data.ts";
import { retentionPeriods } from "./retention-periods.ts";
import { personalData } from "./personal-data.ts";

/** The personal data that the core stores. */
export const coreRegister = {
  personal: personalData,
  impersonal: impersonalData,
  periods: retentionPeriods,
} satisfies DataRegister;
