import type { Mutation } from '@weir/simulation/mutants';

const SEND = 'mail/send-mail.ts';
const CLAIM = '@weir/dynamodb/mails-store/judge-claim.ts';
const ALERTS = '@weir/dynamodb/alerts-store/memory-alerts-store.ts';
const MEMORY = '@weir/dynamodb/mails-store/memory-mails-store.ts';

/**
 * A schedule must fail with each. The sources are below `services/notifications/src` or, for `@weir/dynamodb/`, below
 * `packages/dynamodb/src`.
 */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a mail that another process has is claimed',
    file: CLAIM,
    find: "if (status === 'claimed' && leaseUntil > now) return 'busy';",
    replace: '',
  },
  {
    name: 'a mail is tried a third time',
    file: CLAIM,
    find: "return uncertain >= MAX_UNCERTAIN ? 'spent' : 'free';",
    replace: "return 'free';",
  },
  {
    name: 'a mail that was sent is claimed again',
    file: CLAIM,
    find: "if (status === 'sent' || status === 'refused') return status;",
    replace: '',
  },
  {
    name: 'two mails go out in a cool-down',
    file: CLAIM,
    find: "return toldAt === undefined || at >= toldAt + Math.max(quietMs, 1) ? 'free' : 'quiet';",
    replace: "return 'free';",
  },
  {
    name: 'a mail that may be out leaves its place',
    file: CLAIM,
    find: 'isUnsent && uncertain === 0',
    replace: 'isUnsent',
  },
  {
    name: 'a release forgets what was told before',
    file: CLAIM,
    find: 'stored && lastTold(stored)',
    replace: 'undefined',
  },
  {
    name: 'what SES may have sent is released',
    file: SEND,
    find: '      // The claim stays: when its lease has ended, the mail is sent once more.\n',
    replace: '      await mails.releaseMail(claim);\n',
  },
  {
    name: 'a firing does not say that its mail is left out',
    file: SEND,
    find: "capped: 'capped', ",
    replace: '',
  },
  {
    name: 'a late message takes the place of what was noted',
    file: ALERTS,
    find: "outcome === 'sent' ? outcome : (mails?.[addressId] ?? outcome)",
    replace: 'outcome',
  },
  {
    name: 'the cap is not kept',
    file: MEMORY,
    find: "if (count >= cap) return { kind: 'capped' };",
    replace: '',
  },
];
