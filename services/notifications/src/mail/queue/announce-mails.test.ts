import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import { sampleFiring } from '@weir/mail/testing';
import { expect } from 'chai';
import type { TableChange } from '../../dispatch/dispatch-change.ts';
import { announceChange, announceReportMails } from './announce-mails.ts';
import type { MailMessage } from './mail-message.ts';

function createRoom() {
  const sent: MailMessage[] = [];
  const addresses = createMemoryAddressesStore();
  const sendMails = async (messages: readonly MailMessage[]) => void sent.push(...messages);
  return { sent, addresses, deps: { addresses, sendMails } };
}

describe('the mails of a firing', () => {
  it('go to each address that its rule names, once', async () => {
    const { sent, deps } = createRoom();
    const channels = ['zoe@shop.example', 'abe@shop.example', 'Zoe@shop.example'].map(
      (to) => ({ type: 'email', to }) as const,
    );
    await announceChange(deps, {
      kind: 'firing',
      before: undefined,
      after: sampleFiring({}, { channels: [...channels, { type: 'webhook' }] }),
    });
    expect(sent.map((message) => message.kind === 'alert' && message.to)).to.deep.equal([
      ...['Zoe@shop.example', 'abe@shop.example'],
    ]);
    expect(sent[0]).to.include({ kind: 'alert', alertId: 'al_1', bucketStart: sampleFiring().bucket.start });
  });

  it('are none if nobody is told, if it was told before, and of its recovery', async () => {
    const { sent, deps } = createRoom();
    await announceChange(deps, { kind: 'firing', before: undefined, after: sampleFiring({ notified: false }) });
    await announceChange(deps, { kind: 'firing', before: sampleFiring(), after: sampleFiring({ value: 9 }) });
    await announceChange(deps, {
      kind: 'firing',
      before: undefined,
      after: sampleFiring({}, { channels: [{ type: 'webhook' }] }),
    });
    await announceChange(deps, { kind: 'delivery' } as TableChange);
    expect(sent).to.deep.equal([]);
  });
});

describe('the mails of a report', () => {
  const announcement = {
    ...{ id: 'daily-2026-01-19', revision: 1, createdAt: '2026-01-20T02:10:00.000Z', files: { mail: 'r1/mail.eml' } },
  };

  it('go to each address that asked for reports', async () => {
    const { sent, deps, addresses } = createRoom();
    for (const [id, receives] of [
      ['a1', ['report.ready']],
      ['a2', []],
    ] as const) {
      await addresses.addAddress({ id, address: `${id}@shop.example`, receives, secret: 's', createdAt: 1 }, 10);
    }
    await announceReportMails(deps, JSON.stringify(announcement));
    expect(sent).to.deep.equal([
      {
        ...{ kind: 'report', addressId: 'a1', reportId: 'daily-2026-01-19', revision: 1 },
        ...{ createdAt: Date.parse(announcement.createdAt), file: 'r1/mail.eml' },
      },
    ]);
  });

  for (const text of ['', '{}', JSON.stringify({ ...announcement, createdAt: 'soon' })]) {
    it(`are not announced by '${text.slice(0, 20)}…'`, async () => {
      const failed = await announceReportMails(createRoom().deps, text).catch((error: unknown) => error);
      expect(failed).to.be.instanceOf(Error);
    });
  }
});
