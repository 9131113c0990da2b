import type { DataRegister } from "../../../kernel/personal-data.ts";
import { impersonalData } from "./impersonal-data.ts";
import { periods } from "./kept-data.ts";
import { personalData } from "./personal-data.ts";

/** What the main job keeps of people. */
export const coreRegister = { personal: personalData, impersonal: impersonalData, periods } satisfies DataRegister;
