import { randomInt } from "node:crypto";

/** Without characters that look alike (0 O, 1 l I), since the password is read out or copied by hand. */
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
const GROUPS = 4;
const LENGTH = 4;

/** A password for somebody else: 16 characters in groups, 79 bits. */
export const oneTimePassword = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  ).join("-");
