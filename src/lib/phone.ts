/** Whether the text is a mobile number of mainland China: 11 digits. */
export const isMobile = (phone: string): boolean => /^1[3-9]\d{9}$/.test(phone);
