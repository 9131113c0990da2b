import Taro from "@tarojs/taro";
import type { Wire, WireEvents } from "../../fronts/live-link.ts";
import { isH5 } from "./platform";

/** The close code of a connection that was never opened. */
const NEVER_OPENED = 1006;

/** Opens a WebSocket. On H5 a path is relative to the page's own server. */
export function openSocket(address: string, events: WireEvents): Wire {
  const origin = isH5 && address.startsWith("/") ? window.location.origin : "";
  const url = `${origin}${address}`.replace(/^http/, "ws");
  let task: Taro.SocketTask | null = null;
  let over = false;

  const closed = (code: number): void => {
    if (over) return;
    over = true;
    events.closed(code);
  };
  const hangUp = (): void => {
    over = true;
    task?.close({});
  };

  Taro.connectSocket({ url }).then(
    (opened) => {
      task = opened;
      if (over) hangUp();
      opened.onOpen(() => events.opened());
      opened.onMessage(({ data }) => events.received(String(data)));
      opened.onClose(({ code }) => closed(code));
      opened.onError(() => closed(NEVER_OPENED));
    },
    () => closed(NEVER_OPENED),
  );
  return { send: (data) => task?.send({ data }), close: hangUp };
}
