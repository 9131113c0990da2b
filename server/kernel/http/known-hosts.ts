import { hostname, networkInterfaces } from "node:os";
import type { Middleware } from "koa";
import { refuse } from "../errors.ts";
import { isLoopback } from "../loopback.ts";

/** Whether the `Host` header of a request names this server. */
export type KnowsHost = (host: string | undefined) => boolean;

const loopback: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The name in a `Host` header: `example.org` of `Example.org:3000`, `[::1]` of `[::1]:3000`. Empty when it is no
 * host.
 */
const nameOf = (host: string): string => {
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null;
  // A header with anything besides a name and a port is not accepted.
  return url && url.host !== "" && url.pathname === "/" && !url.username && !url.search ? url.hostname : "";
};

/** The addresses of this machine in the form of a `Host` header, and its name. */
function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const written = addresses.map(({ address, family }) => (family === "IPv6" ? `[${address}]` : address));
  return [...written, hostname().toLowerCase(), `${hostname().toLowerCase()}.local`];
}

/**
 * The hosts of a server that listens at `listens`: the loopback names, the host of `publicUrl`, and the machine's own
 * name and addresses when it listens to other machines. A page of another site whose name resolves to our address (DNS
 * rebinding) sends the name of that site, which is not among them.
 */
export function knownHosts(listens: string, publicUrl: string | null): KnowsHost {
  const names = new Set([...loopback, ...(publicUrl ? [new URL(publicUrl).hostname] : [])]);
  const toOthers = !isLoopback(listens) && listens !== "localhost";
  if (toOthers) names.add(nameOf(listens.includes(":") ? `[${listens}]` : listens));
  return (host) => {
    const name = nameOf(host ?? "");
    // Addresses change while a server runs, so they are looked up when the name is none of the fixed ones.
    return name !== "" && (names.has(name) || (toOthers && ownNames().includes(name)));
  };
}

/** Refuses a request for a host that is not known (`host.unknown`, 421). */
export const requireHost =
  (knows: KnowsHost): Middleware =>
  (ctx, next) =>
    knows(ctx.req.headers.host) ? next() : refuse("host.unknown");
