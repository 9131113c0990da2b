import { type Client, type Step, steps } from "./lifecycle.ts";
import { type Waits, arrivals, waits } from "./statistics.ts";

/** The result of a run under load. */
export interface Outcome {
  seconds: number;
  lifecycles: number;
  /** The replies of refused steps, and how often each came. */
  errors: Record<string, number>;
  waits: Record<Step, Waits>;
}

interface Tally {
  lifecycles: number;
  errors: Record<string, number>;
  taken: Record<Step, number[]>;
}

const empty = (): Tally => ({ lifecycles: 0, errors: {}, taken: { create: [], claim: [], resolve: [], rate: [] } });

const outcome = ({ lifecycles, errors, taken }: Tally, started: number): Outcome => ({
  ...{ lifecycles, errors, seconds: (performance.now() - started) / 1000 },
  waits: Object.fromEntries(steps.map((step) => [step, waits(taken[step])])) as Outcome["waits"],
});

function failed({ errors }: Tally, error: unknown): void {
  const what = String(error).slice(0, 200);
  errors[what] = (errors[what] ?? 0) + 1;
}

/** Each client runs one lifecycle after the other for `ms`: measures throughput. */
export async function closedLoop(clients: readonly Client[], ms: number): Promise<Outcome> {
  const tally = empty();
  const started = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() - started < ms) {
        try {
          let id = "";
          for (const step of steps) {
            const asked = performance.now();
            id = await client.take(step, id);
            tally.taken[step].push(performance.now() - asked);
          }
          tally.lifecycles++;
        } catch (error) {
          failed(tally, error);
        }
      }
    }),
  );
  return outcome(tally, started);
}

/** The time between the scheduled moments of two steps of a lifecycle, ms. */
const BETWEEN_MS = 250;

async function until(moment: number): Promise<void> {
  const early = moment - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
}

/**
 * Lifecycles arrive at `rate` per second whether the system keeps up or not, and each has its four steps at scheduled
 * moments. A step's wait counts from its scheduled moment, so it includes waiting for a free client or for the
 * lifecycle's previous step.
 */
export async function openLoop(clients: readonly Client[], rate: number, ms: number, seed: number): Promise<Outcome> {
  const tally = empty();
  const started = performance.now();
  const free = [...clients];
  const waiting: ((client: Client) => void)[] = [];
  const borrow = async (): Promise<Client> => free.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const giveBack = (client: Client): void => {
    const next = waiting.shift();
    if (next) next(client);
    else free.push(client);
  };

  async function live(arrival: number): Promise<void> {
    await until(started + arrival);
    const client = await borrow();
    try {
      let id = "";
      for (const [n, step] of steps.entries()) {
        const meant = started + arrival + n * BETWEEN_MS;
        await until(meant);
        id = await client.take(step, id);
        tally.taken[step].push(performance.now() - meant);
      }
      tally.lifecycles++;
    } catch (error) {
      failed(tally, error);
    } finally {
      giveBack(client);
    }
  }
  await Promise.all(arrivals(rate, ms, seed).map(live));
  return outcome(tally, started);
}
