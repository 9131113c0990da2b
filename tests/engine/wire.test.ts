import { networkInterfaces } from "node:os";
import { connect } from "node:net";
import { deserialize, serialize } from "bson";
import { MongoClient } from "mongodb";
import { describe, expect, it } from "vitest";
import { readFields } from "../../engine/gateway/fields.ts";
import { openDatabase } from "./client.ts";
import { bodySection, frame, messageFrame, openRaw, replyOf, sequenceSection } from "./raw-client.ts";

const { client, db, uri, name } = openDatabase();

function cut(bytes: Buffer, length: number): Buffer {
  const out = Buffer.from(bytes.subarray(0, length));
  out.writeInt32LE(length, 0);
  return out;
}

function lengthened(bytes: Buffer, at: number, by: number): Buffer {
  const out = Buffer.from(bytes);
  out.writeInt32LE(out.readInt32LE(at) + by, at);
  return out;
}

const PING = messageFrame(0, bodySection({ ping: 1, $db: "admin" }));

describe("a malformed frame closes its own connection only", () => {
  it.each<[string, Buffer]>([
    ["shorter than a header", Buffer.from([4, 0, 0, 0, 1, 2, 3, 4])],
    ["of a negative length", Buffer.from([255, 255, 255, 255, 0, 0, 0, 0])],
    ["longer than is allowed", Buffer.from([0, 0, 0, 127, 0, 0, 0, 0])],
    ["of an unknown opcode", frame(2001, Buffer.alloc(20))],
    ["compressed", frame(2012, Buffer.alloc(20))],
    ["without flags", frame(2013, Buffer.alloc(0))],
    ["without a body", messageFrame(0)],
    ["of two bodies", messageFrame(0, bodySection({ ping: 1 }), bodySection({ ping: 1 }))],
    ["of an unknown section", messageFrame(0, Buffer.from([2, 0, 0, 0, 0]))],
    ["with flags that must be understood", messageFrame(4, bodySection({ ping: 1 }))],
    ["with a body that is cut", cut(PING, PING.length - 3)],
    ["with a body that says it is longer", lengthened(PING, 21, 40)],
    [
      "with a sequence that says it is longer",
      lengthened(messageFrame(0, bodySection({ ping: 1 }), sequenceSection("documents", [{ a: 1 }])), 37, 9),
    ],
    ["a query that is cut", frame(2004, Buffer.from([0, 0, 0, 0, 65, 65]))],
  ])("%s", async (_, bytes) => {
    const raw = await openRaw(uri);
    raw.send(bytes);
    expect(await raw.next()).toBeNull();
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it("a body with malformed fields is answered with an error", async () => {
    const raw = await openRaw(uri);
    const bytes = Buffer.from(PING);
    bytes[25] = 0x99;
    raw.send(bytes);
    expect(replyOf((await raw.next()) ?? Buffer.alloc(0))).toMatchObject({ ok: 0, code: 9 });
    raw.close();
  });
});

describe("frames", () => {
  it("may come byte by byte, and several at once", async () => {
    const raw = await openRaw(uri);
    for (const byte of PING) raw.send(Buffer.from([byte]));
    expect(replyOf((await raw.next()) ?? Buffer.alloc(0))).toMatchObject({ ok: 1 });
    raw.send(Buffer.concat([PING, PING, PING]));
    for (let left = 3; left > 0; left--)
      expect(replyOf((await raw.next()) ?? Buffer.alloc(0))).toMatchObject({ ok: 1 });
    raw.close();
  });

  it("may bring documents in a sequence, and a checksum", async () => {
    const raw = await openRaw(uri);
    raw.send(
      messageFrame(
        1,
        bodySection({ insert: "sequenced", $db: name }),
        sequenceSection("documents", [{ _id: 1 }, { _id: 2 }, { _id: 1 }]),
        Buffer.alloc(4),
      ),
    );
    expect(replyOf((await raw.next()) ?? Buffer.alloc(0))).toMatchObject({
      n: 2,
      writeErrors: [{ index: 2, code: 11000, keyValue: { _id: 1 } }],
    });
    raw.close();
  });

  it("that request no reply get none", async () => {
    const raw = await openRaw(uri);
    raw.send(messageFrame(2, bodySection({ insert: "silent", documents: [{ _id: 1 }], $db: name })));
    expect(await raw.command({ count: "silent", $db: name })).toMatchObject({ n: 1 });
    raw.close();
  });

  it("of the old kind are answered for hello", async () => {
    const raw = await openRaw(uri);
    const query = Buffer.concat([
      Buffer.alloc(4),
      Buffer.from("admin.$cmd\0"),
      Buffer.alloc(4),
      Buffer.from([255, 255, 255, 255]),
      serialize({ isMaster: 1, helloOk: true }),
    ]);
    raw.send(frame(2004, query));
    const reply = (await raw.next()) ?? Buffer.alloc(0);
    expect(reply.readInt32LE(12)).toBe(1);
    expect(deserialize(reply.subarray(36))).toMatchObject({ ismaster: true, setName: "rs0", maxWireVersion: 21 });
    raw.close();
  });

  it("are read at the top level for every BSON type", () => {
    const document = {
      text: "a",
      int: 1,
      double: 0.5,
      yes: true,
      none: null,
      list: [1],
      inner: { a: 1 },
      pattern: /a/i,
      at: new Date(0),
    };
    expect([...readFields(Buffer.from(serialize(document))).keys()]).toEqual(Object.keys(document));
  });
});

describe("commands", () => {
  it.each(["frob", "mapReduce", "bulkWrite", "toString", "__proto__", "eval"])(
    "%s is refused by name",
    async (command) => {
      const raw = await openRaw(uri);
      const document = JSON.parse(`{"${command}": 1, "$db": "${name}"}`) as Record<string, unknown>;
      expect(await raw.command(document)).toMatchObject({
        ok: 0,
        code: 59,
        codeName: "CommandNotFound",
        errmsg: expect.stringContaining(`'${command}'`),
      });
      raw.close();
    },
  );

  it("a bulk over several collections is refused, and its connection stays open", async () => {
    const raw = await openRaw(uri);
    raw.send(
      messageFrame(
        0,
        bodySection({ bulkWrite: 1, $db: "admin" }),
        sequenceSection("ops", [{ insert: 0, document: { _id: 1 } }]),
        sequenceSection("nsInfo", [{ ns: `${name}.a` }]),
      ),
    );
    expect(replyOf((await raw.next()) ?? Buffer.alloc(0))).toMatchObject({ code: 59 });
    raw.close();
  });

  it("an empty command is refused", async () => {
    const raw = await openRaw(uri);
    expect(await raw.command({})).toMatchObject({ code: 59 });
    raw.close();
  });

  it.each([
    "ping",
    "hello",
    "isMaster",
    "ismaster",
    "buildInfo",
    "buildinfo",
    "serverStatus",
    "connectionStatus",
    "endSessions",
  ])("%s", async (command) => {
    expect(await client.db("admin").command({ [command]: command === "endSessions" ? [] : 1 })).toMatchObject({
      ok: 1,
    });
  });
});

describe("the address", () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4");
  it.each(outside.map(({ address }) => [address]))("%s does not answer: only loopback does", async (address) => {
    const port = Number(new URL(uri).port);
    const socket = connect(port, address);
    const result = await new Promise((resolve) =>
      socket.once("connect", () => resolve("connected")).once("error", () => resolve("refused")),
    );
    socket.destroy();
    expect(result).toBe("refused");
  });
});

describe("a killed client", () => {
  it("cancels its long read", async () => {
    await db.collection("rows").insertMany(Array.from({ length: 400 }, (_, index) => ({ index })));
    const pairs = {
      $lookup: {
        from: "rows",
        let: { i: "$index" },
        pipeline: [{ $match: { $expr: { $lte: ["$index", "$$i"] } } }],
        as: "r",
      },
    };
    const slow = [pairs, { $unwind: "$r" }, pairs, { $unwind: "$r" }, { $count: "n" }];
    const clients = await Promise.all(Array.from({ length: 8 }, () => MongoClient.connect(uri)));
    const reads = clients.map((lost) =>
      lost
        .db(name)
        .collection("rows")
        .aggregate(slow)
        .toArray()
        .catch(() => "ended"),
    );
    await Promise.all(clients.map((lost) => lost.close(true)));
    expect(await Promise.all(reads)).toEqual(Array(8).fill("ended"));
    expect(await db.collection("rows").countDocuments()).toBe(400);
  });
});
