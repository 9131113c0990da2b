import { randomInt } from "node:crypto";

/** Without what looks alike (0 O, 1 l I), since it is read out or copied by hand. */
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
const GROUPS = 4;
const LENGTH = 4;

/** A password that somebody else is given: 16 characters in groups, 79 bits. */
export const oneTimePassword = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  ).join("-");
