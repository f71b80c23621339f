import type { Firing } from '@weir/alerts';
import { formatNumber, markup, NO_BREAK_SPACE } from '@weir/charts';
import { type Mail, type MailImage, type MailPart, oneLine } from '@weir/charts/mail';
import { describeBucket, describeTime } from './bucket-times.ts';
import { describeFiring, describeLimit } from './describe-firing.ts';

export interface AlertMailOptions {
  /** By `drawBuckets`. Without it the mail has figures alone. */
  readonly chart?: MailImage | undefined;
  readonly unsubscribeUrl: string;
}

/** The mail about a firing. */
export function alertMail(firing: Firing, { chart, unsubscribeUrl }: AlertMailOptions): Mail {
  const { rule, bucket, asOf, late } = firing;
  const seen = describeFiring(firing);
  const lead = `${seen[0]?.toUpperCase()}${seen.slice(1)}`;
  const rows = rowsOf(firing);
  const facts = [
    bucket.closed ? 'The bucket is closed' : 'The bucket is still open',
    ...(asOf === undefined ? [] : [`counted up to ${describeTime(asOf)}`]),
    ...(late ? ['seen late, after an outage or by events that came late'] : []),
  ];
  const recovery = `Whether it still fires: GET /v1/alerts/${firing.alertId}. Weir mails no recoveries.`;
  const why = 'You get this mail because a rule of Weir names your address.';
  return {
    subject: oneLine(`${rule.name}: ${seen}`).replaceAll(NO_BREAK_SPACE, ' '),
    ...{ preview: describeBucket(bucket), eyebrow: 'Weir · Alert', heading: rule.name, lead },
    facts: facts.join(' · '),
    parts: [{ kind: 'table', rows }, ...chartParts(firing, chart)],
    notes: [recovery, markup`${why} <a href="${unsubscribeUrl}" style="color:inherit">Unsubscribe from all mails</a>`],
    text: textOf(
      [rule.name, lead, '', ...rows.map(([name, value]) => `${name}: ${value}`), facts.join(', '), ''],
      [recovery, why, `To get no more mails: ${unsubscribeUrl}`],
    ),
  };
}

function rowsOf(firing: Firing): [string, string][] {
  const { bucket, value, count, rule } = firing;
  const limit = describeLimit(firing);
  return [
    ['When', describeBucket(bucket)],
    ['Value', formatNumber(value)],
    ...(limit === undefined ? [] : [['Limit', limit] as [string, string]]),
    // Of a count, this is the value.
    ...(rule.field === 'count' ? [] : [['Events', formatNumber(count)] as [string, string]]),
  ];
}

const CHARTED = { count: 'Events', users: 'Users', sum: 'Sums', mean: 'Means', p95: '95th percentiles' };

function chartParts({ rule, bucket }: Firing, chart: MailImage | undefined): MailPart[] {
  if (!chart) return [];
  const note = `${CHARTED[rule.field]} by ${bucket.interval}, UTC`;
  return [{ kind: 'section', title: 'Before and after' }, { kind: 'note', text: note }, chart];
}

/** What a caller wrote stays on its line. */
function textOf(lines: readonly string[], last: readonly string[]): string {
  return `${[...lines, ...last].map(oneLine).join('\n')}\n`.replaceAll(NO_BREAK_SPACE, ' ');
}
