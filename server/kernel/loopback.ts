/**
 * Whether a network address is this machine's own. The demo shows codes and accounts only to callers on this machine.
 */
export const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address);
