/** A method of the protocol. Its result is sent back as JSON. */
export type Method = (params: never) => unknown;

/** Sends an event to the client. */
export type Emit = (method: string, params: unknown) => void;
