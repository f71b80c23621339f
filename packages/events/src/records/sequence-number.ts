/** Digits of the longest sequence number that Kinesis gives out (API reference: `Record.SequenceNumber`). */
export const SEQUENCE_NUMBER_DIGITS = 56;

/** Left-pads a sequence number with zeros to 56 digits: strings then compare as the numbers do. */
export function padSequenceNumber(sequenceNumber: string): string {
  return sequenceNumber.padStart(SEQUENCE_NUMBER_DIGITS, '0');
}
