import { sequenceNumberDigits } from '../contract/limits.ts';

/** Left-pads a sequence number with zeros to 56 digits, so that strings compare as the numbers do. */
export function padSequenceNumber(sequenceNumber: string): string {
  return sequenceNumber.padStart(sequenceNumberDigits, '0');
}
