import type { Firing } from '@weir/alerts';
import { composeMail, type MailImage } from '@weir/charts/mail';
import type { Logger } from '@weir/logging';
import { alertMail, type ChartedBucket, drawBuckets } from '@weir/mail/alert';

export interface ComposeAlertDeps {
  readonly readBuckets: (firing: Firing) => Promise<readonly ChartedBucket[] | undefined>;
  readonly log: Logger;
}

/** Composes the mail about a firing. If the chart cannot be drawn, the mail goes without it: the alert matters more. */
export function createComposeAlert(deps: ComposeAlertDeps) {
  return async (firing: Firing, unsubscribeUrl: string): Promise<Uint8Array> =>
    composeMail(alertMail(firing, { chart: await draw(deps, firing), unsubscribeUrl }));
}

async function draw({ readBuckets, log }: ComposeAlertDeps, firing: Firing): Promise<MailImage | undefined> {
  try {
    const buckets = await readBuckets(firing);
    return buckets && drawBuckets(firing, buckets);
  } catch (error) {
    log.error('The chart of an alert cannot be drawn', { firingId: firing.id, error });
    return undefined;
  }
}
