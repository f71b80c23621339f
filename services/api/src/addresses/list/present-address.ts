import type { Address } from '@weir/dynamodb/addresses';
import { formatTime } from '../../times/parse-time.ts';

/** An address in the form of answers. It lists the fields one by one, so that the secret is never among them. */
export function presentAddress({ id, address, receives, status, reason, createdAt, updatedAt }: Address): object {
  return {
    id,
    ...(address !== undefined && { address }),
    ...{ receives, status },
    ...(reason !== undefined && { reason }),
    ...{ createdAt: formatTime(createdAt), updatedAt: formatTime(updatedAt) },
  };
}
