import type { Service } from "../../server/core/domain/community/community.ts";
import {
  type Candidate,
  alreadyOffered,
  chooseCandidate,
  mayCallBackup,
  offerEnd,
  restAfterRound,
} from "../../server/core/domain/requests/dispatch.ts";
import { queueKey } from "../../server/core/domain/requests/queue-order.ts";
import { createAgenda, firstIndex } from "./agenda.ts";

/** A request that comes in; times are ms since the epoch. */
export interface Arrival {
  at: number;
  residentId: string;
  service: Pick<Service, "urgency" | "respondMinutes" | "positions">;
  /** How long whoever takes it is busy with it, ms. */
  handling: number;
}

/** A cadre, and when they are on duty: stretches in order, apart. */
export interface Worker {
  id: string;
  positions: readonly string[];
  turns: readonly { from: number; to: number }[];
}

export interface Counter {
  /** In order of time. */
  arrivals: Iterable<Arrival>;
  workers: readonly Worker[];
  /** How long until a free cadre looks at the phone that has told of an offer, ms. */
  notice: () => number;
  /** Who is on call when nobody on duty can be asked. */
  backupAt: (at: number) => string | null;
}

/**
 * How a request fared. `takenAt` is the first contact: whoever takes it calls the resident at once. Null: nobody ever
 * did.
 */
export interface Served<A extends Arrival> {
  arrival: A;
  takenAt: number | null;
  takenBy: string | null;
  /** Whether anybody was on duty when it came in. */
  somebodyThere: boolean;
}

interface Ticket<A extends Arrival> extends Served<A> {
  key: number;
  tried: readonly string[];
  restsUntil: Date | null;
  committeeCalled: boolean;
  offer: { to: Person; expiresAt: number } | null;
}

interface Person extends Worker {
  until: number;
  busy: boolean;
  open: number;
  idleSince: number;
}

/**
 * The counter as an event loop around the product's own rules: the queue is in the order of `queueKey`, what waits is
 * offered to whom `chooseCandidate` names until `offerEnd`, then to the next, then (urgent, or asked in vain) to the
 * backup, then the committee is called, and after a rest all are asked again. An offer hides nothing: whoever is
 * done, or comes on duty, takes the head of the queue (接下一单). A cadre handles one at a time, to its end also
 * beyond the shift.
 */
export function simulate<A extends Arrival>({
  arrivals,
  workers,
  notice,
  backupAt,
}: Omit<Counter, "arrivals"> & { arrivals: Iterable<A> }): Served<A>[] {
  const agenda = createAgenda();
  const queue: Ticket<A>[] = [];
  const all: Ticket<A>[] = [];
  const people = workers.map((worker): Person => ({ ...worker, until: 0, busy: false, open: 0, idleSince: 0 }));
  const there = (now: number): Person[] => people.filter(({ until }) => until > now);
  const candidate = ({ id, positions, until, open, idleSince }: Person): Candidate => ({
    ...{ id, ids: [id], name: id, positions, open },
    ...{ until: new Date(until), idleSince: new Date(idleSince) },
  });

  function take(person: Person, ticket: Ticket<A>, now: number): void {
    queue.splice(queue.indexOf(ticket), 1);
    if (ticket.offer) ticket.offer.to.open--;
    ticket.offer = null;
    ticket.takenAt = now;
    ticket.takenBy = person.id;
    person.busy = true;
    person.open++;
    person.idleSince = now;
    agenda.enter(now + ticket.arrival.handling, (done) => {
      person.busy = false;
      person.open--;
      goOn(person, done);
    });
  }

  const offeredTo = (person: Person, now: number): Ticket<A>[] =>
    queue.filter(({ offer }) => offer?.to === person && offer.expiresAt > now);

  /** Whoever is done, or comes on duty, takes the next; an urgent offer goes before. */
  function goOn(person: Person, now: number): void {
    if (person.busy) return;
    const urgent = offeredTo(person, now).find(({ arrival }) => arrival.service.urgency === "urgent");
    const next = urgent ?? (person.until > now ? queue[0] : undefined);
    if (next) take(person, next, now);
  }

  /** A free cadre looks at the phone and takes what is offered, or the next if it is gone. */
  const tell = (person: Person, now: number): void =>
    agenda.enter(now + notice(), (then) => {
      const [offered] = person.busy ? [] : offeredTo(person, then);
      if (offered) take(person, offered, then);
      else goOn(person, then);
    });

  function propose(ticket: Ticket<A>, person: Person, now: number): void {
    const expiresAt = offerEnd(new Date(now), ticket.arrival.service.urgency).getTime();
    const made = { to: person, expiresAt };
    ticket.offer = made;
    ticket.tried = [...alreadyOffered(ticket, new Date(now)), person.id];
    ticket.restsUntil = null;
    person.open++;
    person.idleSince = now;
    tell(person, now);
    agenda.enter(expiresAt, (then) => {
      if (ticket.offer !== made) return;
      ticket.offer = null;
      person.open--;
      for (const other of there(then)) if (!other.busy) tell(other, then);
      dispatch(ticket, then);
    });
  }

  function dispatch(ticket: Ticket<A>, now: number): void {
    const { service, residentId } = ticket.arrival;
    const onDuty = there(now);
    const tried = alreadyOffered(ticket, new Date(now));
    const choice = chooseCandidate({ residentId, filedBy: null, tried }, service, onDuty.map(candidate));
    const chosen = people.find(({ id }) => id === choice?.candidate.id);
    if (chosen) return propose(ticket, chosen, now);
    if (!onDuty.length && service.urgency === "normal") return;
    const backupId = backupAt(now);
    const round = { tried, urgency: service.urgency, committeeCalled: ticket.committeeCalled };
    const backup = people.find(({ id }) => id === backupId && mayCallBackup(round, id));
    if (backup) return propose(ticket, backup, now);
    // Without one the committee is called, and it rests until all are asked again, or somebody is done or comes on
    // duty.
    const { restsUntil } = restAfterRound(new Date(now));
    Object.assign(ticket, { restsUntil, committeeCalled: true });
    // Whoever is free takes the head of the queue without being asked: another round matters to whoever is on call.
    if (service.urgency === "normal") return;
    agenda.enter(restsUntil!.getTime(), (then) => {
      if (ticket.restsUntil === restsUntil && queue.includes(ticket)) dispatch(ticket, then);
    });
  }

  function arrive(arrival: A): void {
    const { at, service } = arrival;
    const key = queueKey(new Date(at), service.urgency, service);
    const served = { arrival, takenAt: null, takenBy: null, somebodyThere: there(at).length > 0 };
    const ticket: Ticket<A> = { ...served, key, tried: [], restsUntil: null, committeeCalled: false, offer: null };
    all.push(ticket);
    queue.splice(
      firstIndex(queue, (other) => other.key > key),
      0,
      ticket,
    );
    dispatch(ticket, at);
  }

  function comeOn(person: Person, until: number, now: number): void {
    person.until = until;
    person.idleSince = now;
    goOn(person, now);
    for (const ticket of queue.filter((each) => !each.offer)) dispatch(ticket, now);
  }

  for (const person of people) {
    for (const { from, to } of person.turns) agenda.enter(from, (now) => comeOn(person, to, now));
  }
  const coming = arrivals[Symbol.iterator]();
  const expect = (): void => {
    const { value, done } = coming.next();
    if (done) return;
    agenda.enter(value.at, () => {
      arrive(value);
      expect();
    });
  };
  expect();
  while (agenda.next());
  return all;
}
