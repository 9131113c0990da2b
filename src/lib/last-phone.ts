/** The phone number of the last login, so that registration need not ask for it again. Kept in memory only. */
let last = "";

export const rememberPhone = (phone: string): void => {
  last = phone;
};
export const lastPhone = (): string => last;
