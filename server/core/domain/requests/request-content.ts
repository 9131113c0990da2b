/** A personal datum at rest: encrypted, with the id of its key. Only presenters that may show it decrypt it. */
export type Sealed = string & { readonly __sealed: true };

/** The matter, its place and the contact. */
export interface RequestContent {
  title: string;
  description: string;
  /** By the code of the service's question. */
  answers: Readonly<Record<string, string>>;
  place: { building: string; unit: Sealed; room: Sealed };
  contact: { name: string; phone: Sealed };
  timeWindow: { label: string; from?: Date; to?: Date } | null;
  fileIds: readonly string[];
}

/** The defaults of optional content. */
export const blankContent = { answers: {}, timeWindow: null, fileIds: [] } satisfies Partial<RequestContent>;
