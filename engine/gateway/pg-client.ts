/** A PostgreSQL connection over a unix socket, with named statements and binary values. One statement at a time. */
import { connect, type Socket } from "node:net";

/** An error reply of PostgreSQL. */
export class PgError extends Error {
  readonly sqlState: string;
  readonly constraint: string;
  readonly detail: string;
  constructor(fields: Map<string, string>) {
    super(fields.get("M") ?? "unknown error");
    this.sqlState = fields.get("C") ?? "XX000";
    this.constraint = fields.get("n") ?? "";
    this.detail = fields.get("D") ?? "";
  }
}

/** The connection was lost because the engine stopped or a backend was killed. */
export class PgConnectionLost extends Error {}

export type Param = Buffer | string | null;
export type Row = (Buffer | null)[];

interface Waiting {
  rows: Row[];
  error: PgError | null;
  resolve: (rows: Row[]) => void;
  reject: (error: Error) => void;
}

function cstring(text: string): Buffer {
  return Buffer.from(`${text}\0`);
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(
    parts.reduce((sum, part) => sum + part.length, 4),
    1,
  );
  return Buffer.concat([head, ...parts]);
}

function int16(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => out.writeInt16BE(value, index * 2));
  return out;
}

const SYNC = message("S");
const EXECUTE = message("E", cstring(""), Buffer.alloc(4));

function bind(statement: string, params: Param[]): Buffer {
  const parts = [cstring(""), cstring(statement), int16(1, 1, params.length)];
  for (const param of params) {
    const value = typeof param === "string" ? Buffer.from(param) : param;
    const length = Buffer.alloc(4);
    length.writeInt32BE(value === null ? -1 : value.length, 0);
    parts.push(length);
    if (value !== null) parts.push(value);
  }
  parts.push(int16(1, 1));
  return message("B", ...parts);
}

function parseRow(body: Buffer): Row {
  const row: Row = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left--) {
    const length = body.readInt32BE(at);
    at += 4;
    row.push(length < 0 ? null : body.subarray(at, at + length));
    if (length > 0) at += length;
  }
  return row;
}

function parseError(body: Buffer): PgError {
  const fields = new Map<string, string>();
  for (let at = 0; body[at] !== 0 && at < body.length;) {
    const end = body.indexOf(0, at + 1);
    fields.set(String.fromCharCode(body[at]!), body.toString("utf8", at + 1, end));
    at = end + 1;
  }
  return new PgError(fields);
}

/** A connection. `broken` is true once it cannot be used any more. */
export class PgClient {
  broken = false;
  #socket: Socket;
  #socketPath: string;
  /** Process id and secret for cancelling a running statement. */
  #cancelKey: Buffer | null = null;
  #chunks: Buffer[] = [];
  #size = 0;
  /** The number of buffered bytes at which parsing continues. Large rows arrive in many chunks. */
  #needed = 5;
  #waiting: Waiting | null = null;
  #statements = new Map<string, string>();

  private constructor(socketPath: string) {
    const socket = connect(socketPath);
    this.#socket = socket;
    this.#socketPath = socketPath;
    socket.on("data", (chunk) => this.#read(chunk));
    socket.on("error", () => this.#lose());
    socket.on("close", () => this.#lose());
  }

  /** Connects as `postgres` with these session settings. Rejects with PgError or PgConnectionLost. */
  static async open(socketPath: string, settings: Record<string, string>): Promise<PgClient> {
    const client = new PgClient(socketPath);
    const version = Buffer.alloc(4);
    version.writeInt32BE(196_608, 0);
    const pairs = Object.entries({ user: "postgres", database: "postgres", ...settings });
    const body = Buffer.concat([
      version,
      ...pairs.flatMap(([name, value]) => [cstring(name), cstring(value)]),
      Buffer.from([0]),
    ]);
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4, 0);
    await client.#send(Buffer.concat([length, body]));
    return client;
  }

  /** Runs a statement with parameters `$1`, `$2`, ... and returns its rows in binary form. */
  async query(sql: string, params: Param[] = []): Promise<Row[]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return this.#send(Buffer.concat([bind(known, params), EXECUTE, SYNC]));
    const name = `s${this.#statements.size}`;
    const parse = message("P", cstring(name), cstring(sql), int16(0));
    // The name stays reserved even if parsing fails: a failed statement is parsed again under a new name.
    this.#statements.set(`\0${name}`, name);
    const rows = await this.#send(Buffer.concat([parse, bind(name, params), EXECUTE, SYNC]));
    this.#statements.set(sql, name);
    return rows;
  }

  /** Runs statements without parameters or results, such as BEGIN and SET. */
  async run(sql: string): Promise<void> {
    await this.#send(message("Q", cstring(sql)));
  }

  close(): void {
    this.broken = true;
    this.#socket.end(message("X"));
  }

  /** Cancels the running statement and closes the connection, since the cancellation might hit its next statement. */
  abandon(): void {
    if (this.#cancelKey !== null && !this.broken) {
      const request = Buffer.alloc(8);
      request.writeInt32BE(request.length + this.#cancelKey.length, 0);
      request.writeInt32BE(80_877_102, 4);
      connect(this.#socketPath)
        .on("error", () => undefined)
        .end(Buffer.concat([request, this.#cancelKey]));
    }
    this.#lose();
    this.#socket.destroy();
  }

  #send(bytes: Buffer): Promise<Row[]> {
    if (this.broken) return Promise.reject(new PgConnectionLost("connection is closed"));
    if (this.#waiting !== null) return Promise.reject(new Error("one statement at a time"));
    return new Promise((resolve, reject) => {
      this.#waiting = { rows: [], error: null, resolve, reject };
      this.#socket.write(bytes);
    });
  }

  #lose(): void {
    this.broken = true;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.reject(waiting.error ?? new PgConnectionLost("connection to the database was lost"));
  }

  #read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    let at = 0;
    this.#needed = 5;
    while (at + 5 <= bytes.length) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (end > bytes.length) {
        this.#needed = end - at;
        break;
      }
      this.#handle(bytes[at]!, bytes.subarray(at + 5, end));
      at = end;
    }
    this.#chunks = [bytes.subarray(at)];
    this.#size = bytes.length - at;
  }

  #handle(type: number, body: Buffer): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    if (type === 0x44) waiting.rows.push(parseRow(body));
    else if (type === 0x45) waiting.error = parseError(body);
    else if (type === 0x4b) this.#cancelKey = Buffer.from(body);
    else if (type === 0x52 && body.readInt32BE(0) !== 0) this.#socket.destroy();
    else if (type === 0x5a) {
      this.#waiting = null;
      if (waiting.error === null) waiting.resolve(waiting.rows);
      else waiting.reject(waiting.error);
    }
  }
}
