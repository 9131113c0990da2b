import type { WorkingHours } from "./calendar.ts";

export type Urgency = "normal" | "urgent";

export interface ServiceQuestion {
  code: string;
  label: string;
  kind: "text" | "choice";
  options: readonly string[];
  required: boolean;
}

/** Whether the minutes of a service count in its community's office hours only, or around the clock. */
export type ServiceClock = "working" | "always";

/** A service (事项) of a community's catalogue. Times are minutes from submission, as its clock counts them. */
export interface Service {
  serviceCode: string;
  group: string;
  groupTitle: string;
  title: string;
  description: string;
  keywords: readonly string[];
  questions: readonly ServiceQuestion[];
  urgency: Urgency;
  respondMinutes: number;
  resolveMinutes: number;
  clock: ServiceClock;
  positions: readonly string[];
  identityRequired: boolean;
  /** 全市通办: the counter of any community may accept it for the one that answers for it. Default: no. */
  anywhere?: boolean;
  /** A matter of the whole house: neighbours are told that it was filed, and may follow. Default: no. */
  shared?: boolean;
  emergencyNotice: string | null;
  /** Counts its changes; 1 when left out. A request is filed under one version and keeps it. */
  version?: number;
  /** Offered no more. It stays in the catalogue, since requests refer to it. */
  retired?: boolean;
  knowledgeCard: { bring: readonly string[]; ask: readonly string[]; say: readonly string[] };
}

/** A phrase that a community's staff pick instead of writing it anew. */
export interface ReplyTemplate {
  step: "first-contact" | "message" | "note" | "ask" | "resolve";
  text: string;
}

export interface Community {
  id: string;
  name: string;
  subdistrict: string;
  phone: string;
  address: string;
  /** Office hours in words, for residents. */
  officeHours: string;
  /** The hours on which deadlines run that are not around the clock. */
  workingHours: WorkingHours;
  /** An offer to a cadre stands for so many minutes; urgent ones for two at most. Default 5. */
  offerMinutes?: number;
  /** Who heads the unit (单位负责人), by title and name: named on what is to be done again. */
  unitHead?: string;
  buildings: readonly { name: string; units: readonly string[] }[];
  services: readonly Service[];
  templates?: readonly ReplyTemplate[];
}
