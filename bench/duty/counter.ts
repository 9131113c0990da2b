import type { Service } from "../../server/core/domain/community/community.ts";
import { blankParty } from "../../server/core/domain/requests/request-party.ts";
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

/** An incoming request; times are ms since the epoch. */
export interface Arrival {
  at: number;
  residentId: string;
  service: Pick<Service, "urgency" | "respondMinutes" | "positions">;
  /** How long handling it takes a cadre, ms. */
  handling: number;
}

/** A cadre with their duties, in order and without overlap. */
export interface Worker {
  id: string;
  positions: readonly string[];
  turns: readonly { from: number; to: number }[];
}

export interface Counter {
  /** In order of time. */
  arrivals: Iterable<Arrival>;
  workers: readonly Worker[];
  /** How long it takes a free cadre to look at the phone after an offer, ms. */
  notice: () => number;
  /** The backup at a time when nobody on duty can be asked. */
  backupAt: (at: number) => string | null;
}

/**
 * The result of a request. `takenAt` is the first contact, because a cadre calls the resident at once. Null: nobody
 * took
 * it.
 */
export interface Served<A extends Arrival> {
  arrival: A;
  takenAt: number | null;
  takenBy: string | null;
  /** Whether anybody was on duty when it was filed. */
  somebodyThere: boolean;
}

interface Ticket<A extends Arrival> extends Served<A> {
  key: number;
  offeredTo: readonly string[];
  nextOfferRoundAt: Date | null;
  committeeNotified: boolean;
  offer: { to: Person; expiresAt: number } | null;
}

interface Person extends Worker {
  until: number;
  busy: boolean;
  open: number;
  idleSince: number;
}

/**
 * Simulates the counter with the product's own rules. The queue is ordered by `queueKey`. A waiting request is offered
 * to
 * the cadre whom `chooseCandidate` names, until `offerEnd`, then to the next one. An urgent one, or one that everybody
 * has
 * let pass, is then offered to the backup. Then the committee is notified, and after a pause the next round begins. An
 * offered request stays in the queue: a cadre who becomes free or comes on duty takes its head (接下一单). A cadre
 * handles one request at a time, and finishes it even after the end of the shift.
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

  const openOffersOf = (person: Person, now: number): Ticket<A>[] =>
    queue.filter(({ offer }) => offer?.to === person && offer.expiresAt > now);

  /** A cadre who becomes free or comes on duty takes the next request; an urgent offer takes precedence. */
  function goOn(person: Person, now: number): void {
    if (person.busy) return;
    const urgent = openOffersOf(person, now).find(({ arrival }) => arrival.service.urgency === "urgent");
    const next = urgent ?? (person.until > now ? queue[0] : undefined);
    if (next) take(person, next, now);
  }

  /** A free cadre looks at the phone and takes the offered request, or the next one when it is gone. */
  const tell = (person: Person, now: number): void =>
    agenda.enter(now + notice(), (then) => {
      const [offered] = person.busy ? [] : openOffersOf(person, then);
      if (offered) take(person, offered, then);
      else goOn(person, then);
    });

  function propose(ticket: Ticket<A>, person: Person, now: number): void {
    const expiresAt = offerEnd(new Date(now), ticket.arrival.service.urgency).getTime();
    const made = { to: person, expiresAt };
    ticket.offer = made;
    ticket.offeredTo = [...alreadyOffered(ticket, new Date(now)), person.id];
    ticket.nextOfferRoundAt = null;
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
    const offeredTo = alreadyOffered(ticket, new Date(now));
    const choice = chooseCandidate(
      { residentId, party: blankParty, dispatch: { offeredTo } },
      service,
      onDuty.map(candidate),
    );
    const chosen = people.find(({ id }) => id === choice?.candidate.id);
    if (chosen) return propose(ticket, chosen, now);
    if (!onDuty.length && service.urgency === "normal") return;
    const backupId = backupAt(now);
    const { committeeNotified } = ticket;
    const round = { urgency: service.urgency, dispatch: { offeredTo, committeeNotified } };
    const backup = people.find(({ id }) => id === backupId && mayCallBackup(round, id));
    if (backup) return propose(ticket, backup, now);
    // Without a backup the committee is notified. The request then waits until the next round, or until a cadre becomes
    // free
    // or comes on duty.
    const { nextOfferRoundAt } = restAfterRound(new Date(now));
    Object.assign(ticket, { nextOfferRoundAt, committeeNotified: true });
    // A free cadre takes the head of the queue without an offer, so another round matters only for the backup.
    if (service.urgency === "normal") return;
    agenda.enter(nextOfferRoundAt!.getTime(), (then) => {
      if (ticket.nextOfferRoundAt === nextOfferRoundAt && queue.includes(ticket)) dispatch(ticket, then);
    });
  }

  function arrive(arrival: A): void {
    const { at, service } = arrival;
    const key = queueKey(new Date(at), service.urgency, service);
    const served = { arrival, takenAt: null, takenBy: null, somebodyThere: there(at).length > 0 };
    const ticket: Ticket<A> = {
      ...served,
      key,
      offeredTo: [],
      nextOfferRoundAt: null,
      committeeNotified: false,
      offer: null,
    };
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
