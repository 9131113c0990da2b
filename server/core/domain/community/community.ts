import type { WorkingHours } from "./calendar.ts";

export type Urgency = "normal" | "urgent";

/** A question that a resident answers when filing for a service. `options` are those of a `choice`. */
export interface ServiceQuestion {
  code: string;
  label: string;
  kind: "text" | "choice";
  options: readonly string[];
  required: boolean;
}

/** Whether a service's minutes count only in the community's working hours, or around the clock. */
export type ServiceClock = "working" | "always";

/** A service (事项) of a community's catalogue. Times are minutes from submission, counted by its `clock`. */
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
  /** 全市通办: the counter of any community may accept it for the community that is responsible. Default: false. */
  anywhere?: boolean;
  /**
   * The matter concerns the whole building: neighbours are told that it was filed and may follow it. Default: false.
   */
  shared?: boolean;
  emergencyNotice: string | null;
  /** Counts changes of the service; 1 when absent. A request keeps the version under which it was filed. */
  version?: number;
  /** No longer offered. It stays in the catalogue, since requests refer to it. */
  retired?: boolean;
  knowledgeCard: { bring: readonly string[]; ask: readonly string[]; say: readonly string[] };
}

/** A phrase that staff can choose instead of typing it. */
export interface ReplyTemplate {
  step: "first-contact" | "message" | "note" | "ask" | "resolve";
  text: string;
}

/** A neighbourhood with its committee, buildings, services and settings. */
export interface Community {
  id: string;
  name: string;
  subdistrict: string;
  phone: string;
  address: string;
  /** Office hours in words, for residents. */
  officeHours: string;
  /** The hours in which deadlines with the clock `working` count. */
  workingHours: WorkingHours;
  /** How long an offer to a cadre stands, in minutes; urgent ones for two at most. Default 5. */
  offerMinutes?: number;
  /** Title and name of the head of the unit (单位负责人), named on requests that go to rework. */
  unitHead?: string;
  buildings: readonly { name: string; units: readonly string[] }[];
  services: readonly Service[];
  templates?: readonly ReplyTemplate[];
}
