import type { Realm } from "../realm.ts";

/** The options that nearly all functions of `wx` have. */
export interface Options {
  success?: (result: object) => void;
  fail?: (failure: object) => void;
  complete?: (outcome: object) => void;
  [name: string]: unknown;
}

/** A refusal of WeChat, which becomes `errMsg: "<name>:fail <message>"`. */
export class Refusal extends Error {
  readonly errno: number | undefined;
  constructor(message: string, errno?: number) {
    super(message);
    this.errno = errno;
  }
}

type Mock = (this: { origin: unknown }, ...args: unknown[]) => unknown;

/** Creates functions in the style of `wx` that tests can mock. */
export interface Maker {
  /**
   * Creates a function with success, fail and complete callbacks, which returns a promise when none of them is given.
   * `checks` run before a mock, so that a mocked camera is still refused outside of a tap. With `task` the function
   * returns
   * that instead of a promise.
   */
  async(
    name: string,
    run: (options: Options) => unknown,
    more?: { checks?: (() => unknown)[]; task?: (options: Options) => object },
  ): (options?: Options) => unknown;
  /** Creates a function that returns synchronously. */
  sync(name: string, run: (...args: never[]) => unknown): (...args: unknown[]) => unknown;
  /** Replaces the next calls of a function; null restores it. */
  mock(name: string, mock: Mock | null): void;
}

export function createMaker(realm: Realm): Maker {
  const mocks = new Map<string, Mock>();
  const promise = realm.run("(executor) => new Promise(executor)", "wx") as (
    executor: (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => void,
  ) => unknown;

  const maker: Maker = {
    mock(name, mock) {
      if (mock) mocks.set(name, mock);
      else mocks.delete(name);
    },
    sync:
      (name, run) =>
      (...args) => {
        const mock = mocks.get(name);
        if (mock) return Reflect.apply(mock, { origin: run }, args);
        return Reflect.apply(run, undefined, args);
      },
    async(name, run, { checks = [], task } = {}) {
      const asked =
        (mocked: boolean) =>
        (options: Options = {}): unknown => {
          const mock = mocked ? mocks.get(name) : undefined;
          const outcome = answer(async () => {
            for (const check of checks) await check();
            return mock ? Reflect.apply(mock, { origin: asked(false) }, [options]) : run(options);
          });
          if (task) {
            void settle(outcome, options);
            return task(options);
          }
          if (options.success ?? options.fail ?? options.complete) return void settle(outcome, options);
          return promise((success, fail) => void settle(outcome, { success, fail }));
        };

      /** The checks run synchronously, in the same tap. */
      async function answer(work: () => Promise<unknown>): Promise<{ ok: boolean; result: object }> {
        try {
          const result = (await work()) ?? {};
          return { ok: true, result: realm.own({ errMsg: `${name}:ok`, ...result }) };
        } catch (thrown) {
          if (!(thrown instanceof Error)) return { ok: false, result: realm.own(thrown as object) };
          const errno = thrown instanceof Refusal ? thrown.errno : undefined;
          return { ok: false, result: realm.own({ errMsg: `${name}:fail ${thrown.message}`, errno }) };
        }
      }
      return asked(true);
    },
  };

  async function settle(outcome: Promise<{ ok: boolean; result: object }>, options: Options): Promise<void> {
    const { ok, result } = await outcome;
    // A callback is never called synchronously.
    await new Promise((resolve) => setImmediate(resolve));
    const callback = ok ? options.success : options.fail;
    if (callback) realm.guard(() => callback(result));
    if (options.complete) realm.guard(() => options.complete?.(result));
  }
  return maker;
}
