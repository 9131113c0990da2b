/** What a message of the client asks for; the result goes back as JSON. */
export type Method = (params: never) => unknown;

/** Sends an event to the client. */
export type Emit = (method: string, params: unknown) => void;
