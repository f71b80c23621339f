import { describeJob, describeRedriven } from '../redrive/describe-redriven.ts';
import { type RedriveDeps, type Reopened, redriveJobs } from '../redrive/redrive-jobs.ts';
import {
  describeNotifications,
  type NotificationsRedriveDeps,
  redriveNotifications,
} from '../redrive/redrive-notifications.ts';
import { callFunction } from './call-function.ts';
import type { Invoke } from './invoke.ts';
import type { OpsResult } from './run-report.ts';

/** The queues of a stage's jobs, or one sentence that says why they cannot be reached. */
export type OpenQueues = (stage: string) => Promise<Omit<RedriveDeps, 'reopen'> | string>;

export interface RedriveCommand {
  readonly stage: string;
  /** Undefined: each job that has dead letters. */
  readonly job?: string;
}

/** Tries failed jobs again, and says in sentences what it did. */
export async function runRedrive(
  { invoke, openQueues }: { readonly invoke: Invoke; readonly openQueues: OpenQueues },
  { stage, job }: RedriveCommand,
): Promise<OpsResult> {
  const reopen = async (redrive: string) =>
    (await callFunction(invoke, { stage, name: 'sweep', event: { redrive } })) as Reopened;
  try {
    if (job !== undefined) {
      const answer = await reopen(job);
      return { isDone: answer.outcome === 'reopened', text: describeJob(job, answer) };
    }
    const queues = await openQueues(stage);
    if (typeof queues === 'string') return { isDone: false, text: queues };
    return { isDone: true, text: describeRedriven(await redriveJobs({ ...queues, reopen })) };
  } catch (error) {
    return { isDone: false, text: error instanceof Error ? error.message : String(error) };
  }
}

/** The queues of a stage's notifications, or one sentence that says why they cannot be reached. */
export type OpenNotificationQueues = (stage: string) => Promise<Omit<NotificationsRedriveDeps, 'handTo'> | string>;

/** Tries again what the service notifications could not do, and says in sentences what it did. */
export async function runNotificationsRedrive(
  { invoke, openQueues }: { readonly invoke: Invoke; readonly openQueues: OpenNotificationQueues },
  stage: string,
): Promise<OpsResult> {
  const handTo: NotificationsRedriveDeps['handTo'] = (name, event) =>
    callFunction(invoke, { stage, service: 'notifications', name, event });
  try {
    const queues = await openQueues(stage);
    if (typeof queues === 'string') return { isDone: false, text: queues };
    return { isDone: true, text: describeNotifications(await redriveNotifications({ ...queues, handTo })) };
  } catch (error) {
    return { isDone: false, text: error instanceof Error ? error.message : String(error) };
  }
}
