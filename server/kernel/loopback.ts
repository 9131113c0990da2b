/** Whether a network address is this machine's own: what the demo gives away, it gives to whoever sits at it. */
export const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address);
