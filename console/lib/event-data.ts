import type { EventType } from "../../contract/events.ts";

export type Data = Readonly<Record<string, unknown>>;

/** An event in words: a sentence without its subject, and the text that a person wrote with it. */
export interface EventWords {
  sentence: string;
  words: string | null;
}

/** A function for each type of event that puts it into words. */
export type Tellers = Readonly<Record<EventType, (data: Data) => EventWords>>;

/** A text field of an event's data. Null when it is missing or was erased. */
export const textOf = (data: Data, key: string): string | null => {
  const value = data[key];
  return typeof value === "string" && value !== "" ? value : null;
};

export const countOf = (data: Data, key: string): number => {
  const value = data[key];
  return typeof value === "number" ? value : 0;
};

export const said = (sentence: string, words: string | null = null): EventWords => ({ sentence, words });
