import type { Log } from "./log.ts";
import type { Stack } from "./stack.ts";
import { type Element, pathOf } from "./tree.ts";

/** Events that bubble; all others stay at their element. */
const bubbling =
  /^(tap|longpress|longtap|touch(start|move|end|cancel)|transitionend|animation(start|iteration|end)|touchforcechange)$/;

export interface Events {
  /** Dispatches an event at an element: runs the handlers in the template, from the inside out. */
  dispatch(element: Element, type: string, detail?: unknown): void;
  /** Taps an element: touch start, touch end, tap. */
  tap(element: Element): void;
  /** Whether the app's scripts run because of a tap: a user gesture in WeChat's terms. */
  inTap(): boolean;
}

export function createEvents(stack: Stack, log: Log): Events {
  let gesture = false;

  function dispatch(target: Element, type: string, detail: unknown = {}): void {
    const way = bubbling.test(type) ? pathOf(target) : [target];
    for (const element of way) {
      const catching = handlerOf(element, ["catch", "catch:"], type);
      const handler = catching ?? handlerOf(element, ["bind", "bind:", "mut-bind:"], type);
      if (handler !== undefined && typeof element.owner.self[handler] !== "function") {
        log.say("error", `"${element.owner.path}" does not have a method "${handler}" to handle event "${type}".`);
      } else if (handler !== undefined) {
        stack.call(element.owner, handler, {
          type,
          timeStamp: Math.round(performance.now()),
          target: describe(target),
          currentTarget: describe(element),
          detail,
          touches: [],
          changedTouches: [],
          mark: {},
        });
      }
      if (catching !== undefined) return;
    }
  }

  return {
    dispatch,
    inTap: () => gesture,
    tap(element) {
      gesture = true;
      // Promises that settle at once still belong to the tap; replies from the network do not.
      setImmediate(() => {
        gesture = false;
      });
      for (const type of ["touchstart", "touchend", "tap"]) dispatch(element, type, { x: 0, y: 0 });
    },
  };
}

function handlerOf(element: Element, prefixes: string[], type: string): string | undefined {
  const named = prefixes.map((prefix) => element.attributes[prefix + type]).find((name) => name !== undefined);
  return named === undefined || named === "" ? undefined : String(named);
}

function describe(element: Element): object {
  const dataset = Object.entries(element.attributes)
    .filter(([name]) => name.startsWith("data-"))
    .map(([name, value]) => [name.slice(5).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), value]);
  return {
    id: String(element.attributes["id"] ?? ""),
    offsetLeft: 0,
    offsetTop: 0,
    dataset: Object.fromEntries(dataset),
  };
}
