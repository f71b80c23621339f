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
  const rows = rowsOf(firing);
  const facts = [
    bucket.closed ? 'The bucket is closed' : 'The bucket is still open',
    ...(asOf === undefined ? [] : [`counted up to ${describeTime(asOf)}`]),
    ...(late ? ['seen late, after an outage or by events that came late'] : []),
  ];
  const why = 'You get this mail because a rule of Weir names your address.';
  return {
    subject: oneLine(`${rule.name}: ${seen}`).replaceAll(NO_BREAK_SPACE, ' '),
    ...{ preview: describeBucket(bucket), eyebrow: 'Weir · Alert', heading: rule.name, lead: seen },
    facts: facts.join(' · '),
    parts: [{ kind: 'table', rows }, ...chartParts(chart)],
    notes: [
      `Its firings: GET /v1/alerts/${firing.alertId}/firings`,
      markup`${why} <a href="${unsubscribeUrl}" style="color:inherit">Unsubscribe from all mails</a>`,
    ],
    text: textOf(
      [rule.name, seen, '', ...rows.map(([name, value]) => `${name}: ${value}`), facts.join(', '), ''],
      [...[why, `To get no more mails: ${unsubscribeUrl}`]],
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

function chartParts(chart: MailImage | undefined): MailPart[] {
  return chart ? [{ kind: 'section', title: 'Before and after' }, chart] : [];
}

/** What a caller wrote stays on its line. */
function textOf(lines: readonly string[], last: readonly string[]): string {
  return `${[...lines, ...last].map(oneLine).join('\n')}\n`.replaceAll(NO_BREAK_SPACE, ' ');
}
