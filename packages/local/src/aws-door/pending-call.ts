import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsCall, AwsCallResult, Reply } from '../aws-calls/aws-call.ts';
import { internalErrorReply, killReply, throttleReply } from '../aws-calls/error-reply.ts';
import type { Units } from './capacity/capacity-meter.ts';
import type { InjectedFault } from './faults.ts';
import type { Exchange } from './listener.ts';

/** A call that the door has understood and not yet answered. */
export interface PendingCall {
  readonly call: AwsCall;
  readonly exchange: Exchange;
  readonly fault: InjectedFault | undefined;
  readonly onCall: (call: AwsCall, result: AwsCallResult) => void;
}

/** The units of calls of services without capacity. */
export const NO_UNITS: Units = { readUnits: 0, writeUnits: 0 };

/** How long a fault of kind `delay` lasts if it does not say so. */
const DEFAULT_DELAY_MS = 1000;

/** Puts a fault on a call that has not been made; `over` if the call will not be made. */
export async function failBefore(pending: PendingCall): Promise<'over' | 'go-on'> {
  const { call, exchange, fault } = pending;
  if (!fault) return 'go-on';
  switch (fault.kind) {
    case 'drop-after':
      return 'go-on';
    case 'delay':
      await sleep(fault.delayMs ?? DEFAULT_DELAY_MS);
      return 'go-on';
    case 'drop-before':
      drop(pending, 0, NO_UNITS);
      return 'over';
    default:
      // A client that is still sending would take an early answer for a reset connection.
      await drained(exchange);
      answer({ ...pending, fault: undefined }, FAULT_REPLIES[fault.kind](call));
      return 'over';
  }
}

const FAULT_REPLIES = { throttle: throttleReply, error: internalErrorReply, kill: killReply };

/** Counts the call and answers it, or loses the answer if that is its fault. */
export function answer(pending: PendingCall, reply: Reply, units: Units = NO_UNITS): void {
  if (pending.fault?.kind === 'drop-after') {
    drop(pending, reply.body.length, units);
    return;
  }
  pending.onCall(pending.call, { status: reply.status, responseBytes: reply.body.length, ...units });
  pending.exchange.send(reply);
}

/** Counts the call, without a status, and drops the connection. */
export function drop({ call, exchange, onCall }: PendingCall, responseBytes: number, units: Units): void {
  onCall(call, { status: undefined, responseBytes, ...units });
  exchange.drop();
}

/** Resolves when the caller has sent its whole body. */
export async function drained({ body }: Exchange): Promise<void> {
  if (body.readableEnded) return;
  await new Promise((resolve) => body.once('end', resolve).once('close', resolve).resume());
}
