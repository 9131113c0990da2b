import type { LiveCodes, LiveEvent, LiveFromClient, LiveFromServer } from "../contract/index.ts";

/** A connection as the platform has it. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

/** What a wire says; `closed` comes once, also when it never opened. */
export interface WireEvents {
  opened(): void;
  received(text: string): void;
  closed(code: number): void;
}

/** Something has happened. A null type: too much to be told, anything may have changed. */
export type LiveEventNote = Pick<LiveEvent, "requestId"> & { communityId: string; type: string | null };

export interface LinkDeps {
  /** Opens a connection to the server's `/api/live`. */
  open(events: WireEvents): Wire;
  /** An access token; `refused` was told to have ended: another one. Null: nobody is logged in. */
  token(refused: string | null): Promise<string | null>;
  heard(news: readonly LiveEventNote[]): void;
  /** Whether events are being heard now. */
  up(isUp: boolean): void;
  /** Calls back after so many ms, unless ended before. */
  later(task: () => void, ms: number): () => void;
  /** 0 to 1: so that a thousand clients do not come back at one moment. */
  random(): number;
}

export interface LiveLink {
  /** Connects, and stays connected until `stop`. */
  start(): void;
  /** Hangs up, as in the background. What is missed is told after the next `start`. */
  stop(): void;
}

const UNAUTHORIZED: LiveCodes["unauthorized"] = 4401;
const TOO_MANY: LiveCodes["tooMany"] = 4429;
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 30_000;
/** The server beats every 25 s: silence of this length is a dead connection. */
const SILENCE_MS = 60_000;

/**
 * Keeps a connection for live updates: says hello with the token, answers beats, remembers how far it has heard of
 * each community, and after a loss comes back with growing, jittered pauses to hear what it missed.
 */
export function createLiveLink(deps: LinkDeps): LiveLink {
  const positions = new Map<string, number>();
  let wanted = false;
  let wire: Wire | null = null;
  /** Counts connections: what an older one still says is not listened to. */
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
    // There is no login: the next one starts again.
    if (token === null) return;
    if (token === undefined) {
      comeBack();
      return;
    }
    wire = deps.open({
      opened() {
        if (!current()) return;
        const after = Object.fromEntries(positions);
        say({ type: "hello", token, ...(positions.size ? { after } : {}) });
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
      for (const [communityId, pos] of Object.entries(frame.positions)) reached(communityId, pos);
      losses = 0;
      refused = null;
      deps.up(true);
    } else if (frame.type === "behind") {
      reached(frame.communityId, frame.pos);
      deps.heard([{ communityId: frame.communityId, type: null, requestId: null }]);
    } else {
      const from = positions.get(frame.communityId) ?? 0;
      const fresh = frame.events.filter(({ pos }) => pos > from);
      const { communityId } = frame;
      for (const { pos } of fresh) reached(communityId, pos);
      if (fresh.length) deps.heard(fresh.map(({ type, requestId }) => ({ communityId, type, requestId })));
    }
  }

  function reached(communityId: string, pos: number): void {
    positions.set(communityId, Math.max(pos, positions.get(communityId) ?? 0));
  }

  /** Starts to count the silence anew. */
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
    // Newer ones of the same person took its place: to come back would throw one of them out.
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
