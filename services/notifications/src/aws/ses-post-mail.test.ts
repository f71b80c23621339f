import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { expect } from 'chai';
import { createSesPostMail } from './ses-post-mail.ts';

/** Posts a mail to an SES that gives one answer. */
async function post(answer: () => Promise<object>) {
  const asked: object[] = [];
  const send = async ({ input }: { readonly input: object }) => {
    asked.push(input);
    return answer();
  };
  const client = { send } as unknown as SESv2Client;
  const mail = { to: 'zoe@shop.example', mime: Buffer.from('mime') };
  const result = await createSesPostMail({ client, from: 'weir@mail.example', configurationSet: 'set' })(mail);
  return { asked, result };
}

const errorOf = (name: string, more: object = {}) => Object.assign(new Error('why'), { name, ...more });

describe('a call of SES', () => {
  it('sends a whole MIME to one address', async () => {
    const { asked, result } = await post(async () => ({ MessageId: 'ses-1' }));
    expect(result).to.deep.equal({ kind: 'sent', sesId: 'ses-1' });
    expect(asked).to.deep.equal([
      {
        ...{ FromEmailAddress: 'weir@mail.example', Destination: { ToAddresses: ['zoe@shop.example'] } },
        ...{ Content: { Raw: { Data: Buffer.from('mime') } }, ConfigurationSetName: 'set' },
      },
    ]);
  });

  for (const [name, more, expected] of [
    ['MessageRejected', { $metadata: { httpStatusCode: 400 } }, 'refused'],
    ['BadRequestException', { $metadata: { httpStatusCode: 400 } }, 'refused'],
    ['TooManyRequestsException', { $metadata: { httpStatusCode: 429 } }, 'unsent'],
    ['LimitExceededException', { $metadata: { httpStatusCode: 400 } }, 'unsent'],
    ['SendingPausedException', { $metadata: { httpStatusCode: 400 } }, 'unsent'],
    ['MailFromDomainNotVerifiedException', { $metadata: { httpStatusCode: 400 } }, 'unsent'],
    ['AccessDeniedException', { $metadata: { httpStatusCode: 403 } }, 'unsent'],
    ['Error', { code: 'ECONNREFUSED' }, 'unsent'],
    ['InternalServiceErrorException', { $metadata: { httpStatusCode: 500 } }, 'unknown'],
    ['TimeoutError', {}, 'unknown'],
    ['Error', { code: 'ECONNRESET' }, 'unknown'],
  ] as const) {
    it(`that ends in ${name} ${JSON.stringify(more)} is ${expected}`, async () => {
      const { result } = await post(() => Promise.reject(errorOf(name, more)));
      expect(result.kind).to.equal(expected);
    });
  }
});
