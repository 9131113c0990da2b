import type { LiveCodes, LiveEvent, LiveFromClient, LiveFromServer } from "../contract/index.ts";

/** A WebSocket of the platform. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

/** The callbacks of a wire. `closed` is called once, also when the wire was never opened. */
export interface WireEvents {
  opened(): void;
  received(text: string): void;
  closed(code: number): void;
}

/** A live event. A null type means that too many events happened to list, so anything may have changed. */
export type LiveEventNote = Pick<LiveEvent, "requestId"> & { communityId: string; type: string | null };

export interface LinkDeps {
  /** Opens a connection to the server's `/api/live`. */
  open(events: WireEvents): Wire;
  /** Returns an access token other than `refused`, which the server refused. Null: nobody is logged in. */
  token(refused: string | null): Promise<string | null>;
  heard(news: readonly LiveEventNote[]): void;
  /** Called when the connection for live updates is established or lost. */
  up(isUp: boolean): void;
  /** Calls `task` after `ms`. Returns a function that cancels it. */
  later(task: () => void, ms: number): () => void;
  /** A random number from 0 to 1, for jitter, so that many clients do not reconnect at the same moment. */
  random(): number;
}

export interface LiveLink {
  /** Connects, and reconnects after losses until `stop`. */
  start(): void;
  /** Disconnects, for example in the background. Missed events are received after the next `start`. */
  stop(): void;
}

const UNAUTHORIZED: LiveCodes["unauthorized"] = 4401;
const TOO_MANY: LiveCodes["tooMany"] = 4429;
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 30_000;
/** The server sends a beat every 25 s, so after this silence the connection is dead. */
const SILENCE_MS = 60_000;

/**
 * Keeps a connection for live updates. It sends the token, answers beats, and remembers the last cursor of each
 * community. After a loss it reconnects with growing, jittered pauses and receives the events that it missed.
 */
export function createLiveLink(deps: LinkDeps): LiveLink {
  const cursors = new Map<string, string>();
  let wanted = false;
  let wire: Wire | null = null;
  /** Counts connections. Events of an earlier connection are ignored. */
  let turn = 0;
  let losses = 0;
  let refused: string | null = null;
  let endWait = (): void => undefined;
  let endSilence = (): void => undefined;

  async function connect(): Promise<void> {
    const mine = ++turn;
    const current = (): boolean => mine === turn && wanted;
    const token = await deps.token(refused).catch(() => undefined);
    if (!current()) return;
    // Nobody is logged in. The next login calls `start`.
    if (token === null) return;
    if (token === undefined) {
      comeBack();
      return;
    }
    wire = deps.open({
      opened() {
        if (!current()) return;
        const after = Object.fromEntries(cursors);
        say({ type: "hello", token, ...(cursors.size ? { after } : {}) });
      },
      received(text) {
        if (!current()) return;
        listen();
        understand(JSON.parse(text) as LiveFromServer);
      },
      closed(code) {
        if (!current()) return;
        wire = null;
        refused = code === UNAUTHORIZED ? token : null;
        lost(code);
      },
    });
    listen();
  }

  function say(frame: LiveFromClient): void {
    wire?.send(JSON.stringify(frame));
  }

  function understand(frame: LiveFromServer): void {
    if (frame.type === "beat") say({ type: "beat" });
    else if (frame.type === "ready") {
      for (const [communityId, cursor] of Object.entries(frame.cursors)) cursors.set(communityId, cursor);
      losses = 0;
      refused = null;
      deps.up(true);
    } else {
      const { communityId, cursor } = frame;
      cursors.set(communityId, cursor);
      if (frame.type === "behind") deps.heard([{ communityId, type: null, requestId: null }]);
      else deps.heard(frame.events.map(({ type, requestId }) => ({ communityId, type, requestId })));
    }
  }

  /** Restarts the timer that detects a dead connection. */
  function listen(): void {
    endSilence();
    endSilence = deps.later(() => {
      hangUp();
      lost(0);
    }, SILENCE_MS);
  }

  function hangUp(): void {
    turn += 1;
    endSilence();
    wire?.close();
    wire = null;
  }

  function lost(code: number): void {
    endSilence();
    deps.up(false);
    // The server closed it in favour of the person's newer connections. Reconnecting would close one of those.
    if (code !== TOO_MANY) comeBack();
  }

  function comeBack(): void {
    const longest = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** losses);
    losses += 1;
    endWait();
    endWait = deps.later(() => void connect(), longest * (0.5 + deps.random() / 2));
  }

  return {
    start() {
      if (wanted) return;
      wanted = true;
      losses = 0;
      void connect();
    },
    stop() {
      if (!wanted) return;
      wanted = false;
      endWait();
      hangUp();
      deps.up(false);
    },
  };
}
