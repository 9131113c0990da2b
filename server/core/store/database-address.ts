import { ConnectionString } from "mongodb-connection-string-url";
import { isLoopback } from "../../kernel/loopback.ts";

/** Options by which a client accepts whoever answers. */
const UNCHECKED = ["tlsInsecure", "tlsAllowInvalidCertificates", "tlsAllowInvalidHostnames"] as const;

/** Whether a host of an address is this machine: `host:port`, `[::1]:port`, or the encoded path of a Unix socket. */
function isHere(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replaceAll(/[[\]]/g, "");
  return name === "localhost" || name.endsWith(".sock") || isLoopback(name);
}

/** Whether `uri` can be read as a MongoDB connection string. The library's own error repeats it, password included. */
export function isDatabaseAddress(uri: string): boolean {
  try {
    return new ConnectionString(uri).hosts.length > 0;
  } catch {
    return false;
  }
}

/**
 * Whether what is said to the database at `uri` leaves this machine without TLS, or with a certificate that is not
 * checked. `mongodb+srv` has TLS unless it says otherwise (MongoDB's Initial DNS Seedlist Discovery). `uri` must be
 * readable.
 */
export function travelsUnprotected(uri: string): boolean {
  const address = new ConnectionString(uri);
  if (address.hosts.every(isHere)) return false;
  const said = address.typedSearchParams<Record<string, string>>();
  const tls = said.get("tls") ?? said.get("ssl") ?? String(address.isSRV);
  return tls !== "true" || UNCHECKED.some((option) => said.get(option) === "true");
}
