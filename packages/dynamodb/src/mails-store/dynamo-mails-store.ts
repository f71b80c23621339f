import { pauseBefore } from '../table/batches.ts';
import { getItem } from '../table/get-item.ts';
import { keyAttributes, type TableAccess } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { type TransactItem, transact, updateIf } from '../table/updates/transact.ts';
import { claimedMail, claimKeptUntil, judgeClaim } from './judge-claim.ts';
import { dayKey, mailItem, mailKey, storedMail } from './mail-item.ts';
import type { Claim, MailsStore, StoredMail } from './mails-store.ts';

/** Claims of mails in DynamoDB: an item for each id, and one that counts those of a day. */
export function createDynamoMailsStore(access: TableAccess): MailsStore {
  const find = async (id: string) => {
    const item = await getItem(access, mailKey(id));
    return item && storedMail(item);
  };
  const countMails = async (at: number) => Number((await getItem(access, dayKey(at)))?.mails?.N ?? 0);

  return {
    findMail: find,
    countMails,

    async claimMail(mail, { now, cap }): Promise<Claim> {
      for (let tries = 0; ; tries++) {
        if (tries > 0) await pauseBefore(tries, 'claim a mail');
        const stored = await find(mail.id);
        const verdict = judgeClaim(stored, mail, now);
        if (verdict !== 'free') return { kind: verdict };
        const claimed = claimedMail(stored, mail, now);
        const writes = [putClaim(access, { stored, claimed, now }), countClaim(access, { now, cap })];
        if (await transact(access.client, writes)) return { kind: 'claimed', attempt: claimed.attempt };
        if ((await countMails(now)) >= cap) return { kind: 'capped' };
      }
    },

    async noteMailSent({ id, source }, sesId) {
      const update = new ItemUpdate().set('status', 'sent').set('sesId', sesId).when('source', '=', source);
      await updateIf(access, mailKey(id), update.build());
    },

    async releaseMail({ id, attempt }) {
      const update = new ItemUpdate().set('status', 'free').add('uncertain', -1);
      // A release that comes again, as its answer was lost, finds the claim released.
      await updateIf(access, mailKey(id), update.when('attempt', '=', attempt).when('status', '=', 'claimed').build());
    },

    async refuseMail({ id, attempt }, reason) {
      const update = new ItemUpdate().set('status', 'refused').set('reason', reason).add('uncertain', -1);
      await updateIf(access, mailKey(id), update.when('attempt', '=', attempt).when('status', '=', 'claimed').build());
    },
  };
}

interface ClaimWrite {
  readonly stored: StoredMail | undefined;
  readonly claimed: StoredMail;
  readonly now: number;
}

/** An attempt has a status once: both together say that nobody wrote since the item was read. */
function putClaim({ tableName: TableName }: TableAccess, { stored, claimed, now }: ClaimWrite): TransactItem {
  const unchanged = new ItemUpdate();
  if (stored) unchanged.when('attempt', '=', stored.attempt).when('status', '=', stored.status);
  else unchanged.whenNew();
  return { Put: { TableName, Item: mailItem(claimed, now), ...unchanged.buildCondition() } };
}

function countClaim({ tableName: TableName }: TableAccess, { now, cap }: { now: number; cap: number }): TransactItem {
  const update = new ItemUpdate().add('mails', 1).set('expiresAt', claimKeptUntil(now));
  return {
    Update: { TableName, Key: keyAttributes(dayKey(now)), ...update.whenMissingOr('mails', '<', cap).build() },
  };
}
