/**
 * Preloaded before a program (`node --import`) to give it a clock that is off by WRONG_CLOCK_MS. Each SIGUSR2 moves it:
 * an hour ahead, an hour behind, back. The monotonic clock is not changed. Not part of the product.
 */
const base = Number(process.env["WRONG_CLOCK_MS"] ?? 0);
const turns = [3_600_000, -3_600_000, 0];
let wrong = 0;
let turn = 0;
process.on("SIGUSR2", () => {
  wrong = turns[turn++ % turns.length] ?? 0;
});

const Real = Date;
const now = (): number => Real.now() + base + wrong;

globalThis.Date = new Proxy(Real, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length ? args : [now()], newTarget) as Date,
  apply: () => new Real(now()).toString(),
  get: (target, name) => (name === "now" ? now : (Reflect.get(target, name) as unknown)),
});
