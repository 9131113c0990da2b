import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Pictures, createPictures } from "../../../server/adapters/pictures/pictures.ts";
import { DomainError } from "../../../server/kernel/errors.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { gifOf } from "../../support/gif.ts";
import { flatPng } from "../../support/png.ts";
import { until } from "../../support/until.ts";

const notes = join(await dataFolder(), "notes");
process.env["DECODER_NOTES"] = notes;
const program = join(import.meta.dirname, "../../support/noting-decoder.ts");
beforeEach(() => writeFileSync(notes, ""));
/** How often a decoder has begun a picture. */
const begun = (): number => readFileSync(notes, "utf8").replaceAll("-", "").length;

const opened: Pictures[] = [];
function open(limits: Parameters<typeof createPictures>[0] = {}): Pictures {
  const pictures = createPictures({ program, ...limits });
  opened.push(pictures);
  return pictures;
}
afterEach(() => opened.splice(0).forEach((pictures) => pictures.stop()));

/** The size of a picture that was taken, or the code of the refusal. */
const outcome = (taken: ReturnType<Pictures["reencode"]>): Promise<unknown> =>
  taken.then(
    ({ width, height }) => [width, height],
    (error: unknown) => (error instanceof DomainError ? error.code : error),
  );

const small = await flatPng({ width: 40, height: 30 });
/** A quarter of a gigabyte in a megabyte: as much as is taken. */
const big = await flatPng({ width: 8_000, height: 4_000 });
const forever = Buffer.from("forever");

describe("decoding", { timeout: 60_000 }, () => {
  it("has two pictures at once, each in a process of its own", async () => {
    const pictures = open();
    const [one, ...others] = await Promise.all(Array.from({ length: 5 }, () => outcome(pictures.reencode(big))));
    expect([one, ...others]).toEqual(Array.from({ length: 5 }, () => [1920, 960]));
    expect(pictures.pids()).toHaveLength(2);
    let now = 0;
    const counts = [...readFileSync(notes, "utf8")].map((sign) => (now += sign === "+" ? 1 : -1));
    expect(Math.max(...counts)).toBe(2);
  });

  it("kills a decoder that overruns its time, and takes the other pictures", async () => {
    const pictures = open({ decodeMs: 3_000 });
    const sent = [small, forever, small, small, forever, small].map((bytes) => outcome(pictures.reencode(bytes)));
    const size = [40, 30];
    expect(await Promise.all(sent)).toEqual([size, "file.too_complex", size, size, "file.too_complex", size]);
  });

  it("ends a decoder whose picture takes too much of the processor, and takes the other pictures", async () => {
    const pictures = open({ maxCpuMs: 300 });
    const sent = [small, big, small].map((bytes) => outcome(pictures.reencode(bytes)));
    expect(await Promise.all(sent)).toEqual([[40, 30], "file.too_complex", [40, 30]]);
  });

  it("ends a decoder whose memory grows over the limit, and takes the other pictures", async () => {
    const pictures = open({ maxMegabytes: 250 });
    const sent = [Buffer.from("hoard"), small, small].map((bytes) => outcome(pictures.reencode(bytes)));
    expect(await Promise.all(sent)).toEqual(["file.too_complex", [40, 30], [40, 30]]);
    expect(begun()).toBe(3);
  });

  it("bounds what libvips takes, too", async () => {
    // An interlaced picture is held in memory as a whole.
    const interlaced = await flatPng({ width: 8_000, height: 4_000, interlaced: true });
    expect(await outcome(open({ maxMegabytes: 200 }).reencode(interlaced))).toBe("file.too_complex");
    expect(await outcome(open().reencode(interlaced))).toEqual([1920, 960]);
  });

  it("tries a picture again whose decoder was killed", async () => {
    const pictures = open({ atOnce: 1 });
    const taken = outcome(pictures.reencode(big));
    await until(() => begun() === 1);
    pictures.pids().forEach((pid) => process.kill(pid, "SIGKILL"));
    expect(await taken).toEqual([1920, 960]);
    expect(begun()).toBe(2);
  });

  it("gives up a picture with which two decoders have died", async () => {
    const pictures = open({ atOnce: 1 });
    const taken = outcome(pictures.reencode(forever));
    for (const time of [1, 2]) {
      await until(() => begun() === time);
      pictures.pids().forEach((pid) => process.kill(pid, "SIGKILL"));
    }
    expect(await taken).toBe("file.too_complex");
    expect(await outcome(pictures.reencode(small))).toEqual([40, 30]);
  });

  it("refuses what finds no place, and what waits too long", async () => {
    const pictures = open({ atOnce: 1, maxWaiting: 2, maxWaitingBytes: 10_000, waitMs: 1_500 });
    const first = outcome(pictures.reencode(forever));
    await until(() => begun() === 1);
    await expect(pictures.reencode(Buffer.alloc(10_001))).rejects.toMatchObject({
      code: "file.busy",
      params: { retryAfter: 5 },
    });
    const waiting = [small, small].map((bytes) => outcome(pictures.reencode(bytes)));
    expect(await outcome(pictures.reencode(small))).toBe("file.busy");
    expect(await Promise.all(waiting)).toEqual(["file.busy", "file.busy"]);
    pictures.stop();
    expect(await first).toBe("file.not_taken");
    expect(await outcome(pictures.reencode(small))).toBe("file.not_taken");
  });

  it("answers when no decoder starts, and starts one for the next picture", async () => {
    const pictures = open({ program: join(import.meta.dirname, "no-such-program.ts") });
    const sent = Array.from({ length: 5 }, () => outcome(pictures.reencode(small)));
    expect(await Promise.all(sent)).toEqual(Array.from({ length: 5 }, () => "file.not_taken"));
    await until(() => pictures.pids().length === 0);
    expect(await outcome(pictures.reencode(small))).toBe("file.not_taken");
  });

  it("ends a decoder without work", async () => {
    const pictures = open({ idleMs: 100 });
    expect(await outcome(pictures.reencode(small))).toEqual([40, 30]);
    await until(() => pictures.pids().length === 0);
    expect(await outcome(pictures.reencode(small))).toEqual([40, 30]);
  });
});

describe("a picture", { timeout: 60_000 }, () => {
  const drawn = sharp({ create: { width: 60, height: 40, channels: 3, background: "#246" } });
  it.each<[string, Buffer | Promise<Buffer>, unknown]>([
    ["of 16 bits with as many bytes as allowed", big, [1920, 960]],
    ["of 64 million pixels with 16 bits", flatPng({ width: 8_000, height: 8_000 }), "file.too_many_pixels"],
    [
      "of more pixels than bytes could say",
      flatPng({ width: 65_535, height: 65_535, rows: 1 }),
      "file.too_many_pixels",
    ],
    ["of a few pages", gifOf(60, 40, 3), [60, 40]],
    ["of so many pages that they are a bomb", gifOf(2_000, 2_000, 400), "file.too_many_pixels"],
    [
      "whose header tells of more rows than there are",
      flatPng({ width: 900, height: 900, rows: 9 }),
      "file.not_an_image",
    ],
    ["whose header tells of fewer rows than there are", flatPng({ width: 90, height: 3, rows: 90_000 }), [90, 3]],
    ["that is cut off", small.subarray(0, small.length - 30), "file.not_an_image"],
    [
      "that is drawn",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      "file.not_an_image",
    ],
    ["of a format that nobody sends", drawn.clone().tiff().toBuffer(), "file.not_an_image"],
    ["of a phone", drawn.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(), [40, 60]],
    ["as AVIF", drawn.clone().avif({ effort: 0 }).toBuffer(), [60, 40]],
    ["as WebP", drawn.clone().webp().toBuffer(), [60, 40]],
    ["of nothing", Buffer.from([0]), "file.not_an_image"],
  ])("%s", async (_what, bytes, expected) => {
    expect(await outcome(open({ atOnce: 1 }).reencode(await bytes))).toEqual(expected);
  });
});
