import type { Mailed } from '@weir/notifications/src/mail/send-mail.ts';
import type { Situation } from '../situation.ts';
import type { NotificationsWorld } from './notifications-world.ts';

type MailsSituation = Situation<NotificationsWorld>;

function mailing({ desk }: NotificationsWorld): void {
  desk.isMailing = true;
}

/** Each mail ends so for an hour. */
function ending(name: string, outcome: Mailed, raises: MailsSituation['raises']): MailsSituation {
  return {
    ...{ name, begin: mailing, raises },
    trouble: ({ desk }, isOn) => {
      desk.outcome = isOn ? outcome : 'sent';
    },
  };
}

/** SES tells of something each minute, for an hour. */
function hearing(name: string, event: 'Bounce' | 'Complaint', raises: MailsSituation['raises']): MailsSituation {
  return {
    ...{ name, begin: mailing, raises, clearsWithin: 90 },
    trouble: ({ desk }, isOn) => {
      desk.event = isOn ? event : undefined;
    },
  };
}

/** The situations of mail. */
export const mailsSituations: readonly MailsSituation[] = [
  { name: 'a mail goes out each minute', begin: mailing, raises: {} },
  {
    ...{ name: 'one mail bounces', begin: mailing, troubleMinutes: 1, raises: {} },
    trouble: ({ desk }, isOn) => {
      desk.event = isOn ? 'Bounce' : undefined;
    },
  },
  ending('the stage has had its mails of the day', 'capped', { MailsCappedAlarm: 10 }),
  ending('SES is in its sandbox', 'refused-now', { MailsRefusedAlarm: 10 }),
  hearing('mails bounce', 'Bounce', { MailsBouncedAlarm: 20 }),
  hearing('readers complain', 'Complaint', { MailsComplainedAlarm: 10 }),
  ...[
    {
      name: 'the event source mapping of the function mail is disabled',
      trouble: ({ desk }: NotificationsWorld, isOn: boolean) => {
        desk.mails.isRead = !isOn;
      },
    },
    {
      name: 'calls of the function mail are throttled',
      trouble: ({ desk }: NotificationsWorld, isOn: boolean) => {
        desk.mail.isThrottled = isOn;
      },
    },
  ].map((situation) => ({
    ...{ ...situation, begin: mailing, troubleMinutes: 90, raises: { MailsWaitingAlarm: 45 }, clearsWithin: 40 },
  })),
  {
    ...{ name: 'SES takes no mail', begin: mailing, troubleMinutes: 120, raises: { MailsDeadLettersAlarm: 80 } },
    trouble: (world, isOn) => {
      world.desk.isSesDown = isOn;
      world.isRedriven = !isOn;
    },
    clearsWithin: 90,
  },
  {
    ...{ name: 'the function feedback throws', raises: { FeedbackDeadLettersAlarm: 15 }, clearsWithin: 40 },
    begin: (world) => {
      world.desk.event = undefined;
    },
    trouble: (world, isOn) => {
      world.desk.event = isOn ? 'Complaint' : undefined;
      world.desk.feedback.crashes = isOn;
      world.isRedriven = !isOn;
    },
  },
];
