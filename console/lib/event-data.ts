import type { EventType } from "../../contract/events.ts";

export type Data = Readonly<Record<string, unknown>>;

/** What an event says: one sentence without its subject, and the words that somebody wrote with it. */
export interface EventWords {
  sentence: string;
  words: string | null;
}

/** How each type of event is told. */
export type Tellers = Readonly<Record<EventType, (data: Data) => EventWords>>;

/** A text of an event's data; null when it has none, or it was erased. */
export const textOf = (data: Data, key: string): string | null => {
  const value = data[key];
  return typeof value === "string" && value !== "" ? value : null;
};

export const countOf = (data: Data, key: string): number => {
  const value = data[key];
  return typeof value === "number" ? value : 0;
};

export const said = (sentence: string, words: string | null = null): EventWords => ({ sentence, words });
