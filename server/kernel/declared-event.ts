import { type EventDeclaration, declarations } from "../../contract/events.ts";
import type { EventRecord } from "./event.ts";

const isAbout = ({ about }: EventDeclaration, kind: string): boolean =>
  typeof about === "string" ? about === kind : about.some((each) => each === kind);

/**
 * Throws unless the event is declared in the catalogue with its type, the fields of its data, and its kind of
 * aggregate. It is a fault of the program; nothing is written then.
 */
export function assertDeclared({ type, about, data }: EventRecord): void {
  const declaration = declarations[type];
  if (!declaration) throw new Error(`the event ${type} is not declared in contract/events.ts`);
  if (!about || !isAbout(declaration, about.kind))
    throw new Error(`the event ${type} is about ${about?.kind ?? "nothing"}, and its declaration says otherwise`);
  const { success, error } = declaration.data.safeParse(data);
  if (success) return;
  const faults = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`the event ${type} tells what its declaration does not: ${faults.join("; ")}`);
}
