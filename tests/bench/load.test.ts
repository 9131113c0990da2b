import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseReply } from "../../bench/load/http-connection.ts";
import type { Client, Step } from "../../bench/load/lifecycle.ts";
import { closedLoop, openLoop } from "../../bench/load/run-clients.ts";
import { arrivals, median, quantile } from "../../bench/load/statistics.ts";

describe("statistics", () => {
  it("computes median and percentiles of unsorted values", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(quantile([3, 1, 2, 4], 0.99)).toBe(4);
    expect(median([])).toBeNaN();
  });

  it("draws arrivals at the given rate, in order, the same for the same seed", () => {
    const moments = arrivals(100, 60_000, 1);
    expect(moments).toEqual(arrivals(100, 60_000, 1));
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    // The expected number is 6,000; four standard deviations of the Poisson distribution are 310.
    expect(Math.abs(moments.length - 6_000)).toBeLessThan(310);
    const gaps = moments.map((moment, n) => moment - (moments[n - 1] ?? 0));
    // The share e^-1 of exponential gaps is longer than the mean, unlike with even spacing.
    expect(gaps.filter((gap) => gap > 10).length / gaps.length).toBeCloseTo(Math.exp(-1), 1);
  });
});

describe("a reply on a kept connection", () => {
  const text = 'HTTP/1.1 201 Created\r\nContent-Length: 14\r\n\r\n{"id":"一二"}';

  it("is complete when all its bytes have arrived, and its end is found", () => {
    const bytes = Buffer.from(text);
    expect(bytes.length - bytes.indexOf("{")).toBe(15);
    expect(parseReply(bytes)).toEqual({ reply: { status: 201, body: '{"id":"一二"' }, end: bytes.length - 1 });
    expect(parseReply(bytes.subarray(0, bytes.length - 2))).toBeNull();
    expect(parseReply(bytes.subarray(0, 30))).toBeNull();
  });

  it("may lack a body only when its headers say so", () => {
    expect(parseReply(Buffer.from("HTTP/1.1 204 No Content\r\n\r\n"))?.reply).toEqual({ status: 204, body: "" });
    expect(() => parseReply(Buffer.from("HTTP/1.1 200 OK\r\n\r\n"))).toThrow("without a length");
  });
});

describe("load", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  const client = (take: (step: Step) => Promise<void>): Client => ({
    take: async (step, id) => {
      await take(step);
      return id || "new";
    },
    close: async () => undefined,
  });
  const after = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const settled = async <T>(running: Promise<T>): Promise<T> => {
    await vi.runAllTimersAsync();
    return running;
  };

  it("counts a step's wait from its scheduled moment, not from when a client was free", async () => {
    const slow = client(async () => after(1_000));
    const { lifecycles, waits } = await settled(openLoop([slow], 5, 2_000, 3));
    const { length } = arrivals(5, 2_000, 3);
    expect(lifecycles).toBe(length);
    // Each lifecycle occupies the only client for four seconds, so the last one's first step waits for all earlier
    // ones.
    expect(waits.create.p99).toBeGreaterThan((length - 1) * 4_000 - 2_000);
  });

  it("counts no more than the step's own time when no client is busy", async () => {
    const many = Array.from({ length: 100 }, () => client(async () => after(10)));
    const { waits, errors } = await settled(openLoop(many, 20, 5_000, 4));
    expect(errors).toEqual({});
    for (const { p99 } of Object.values(waits)) expect(p99).toBeLessThan(15);
  });

  it("reports refused steps, and counts no lifecycle for them", async () => {
    const refused = client(async (step) => {
      await after(100);
      if (step === "claim") throw new Error("taken");
    });
    const { lifecycles, errors, waits } = await settled(closedLoop([refused], 1_000));
    expect(lifecycles).toBe(0);
    expect(errors).toEqual({ "Error: taken": 5 });
    expect(waits.create.count).toBe(5);
  });
});
