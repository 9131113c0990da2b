/** The phone just logged in with, so that registration need not ask for it again. Not kept on the device. */
let last = "";

export const rememberPhone = (phone: string): void => {
  last = phone;
};
export const lastPhone = (): string => last;
