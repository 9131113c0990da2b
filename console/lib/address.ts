/** Patterns of values in an address. Values that do not match are ignored. */
export const ID = /^[0-9a-f]{24}$/;
export const CODE = /^[a-z][a-z0-9-]{1,39}$/;
export const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export const matching = (value: string | null, pattern: RegExp): string | undefined =>
  value !== null && pattern.test(value) ? value : undefined;

export const oneOf = <T extends string>(value: string | null, allowed: readonly T[]): T | undefined =>
  allowed.find((word) => word === value);
