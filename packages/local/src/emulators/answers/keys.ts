import { randomBytes } from 'node:crypto';
import type { Answer } from '../../aws-calls/backend.ts';
import { AwsError, jsonAnswer } from './json-answer.ts';

/** Marks the output of `Encrypt`: `Decrypt` refuses everything else. Nothing is secret here. */
const MARK = 'weir-local:';

type Input = Readonly<Record<string, unknown>>;

/** Answers for KMS: the form of encryption without its secrecy. */
export function keysAnswer(): Answer {
  return jsonAnswer({
    Encrypt: (input) => ({ KeyId: arnOf(input), CiphertextBlob: seal(String(input.Plaintext)) }),
    Decrypt: (input) => ({ KeyId: arnOf(input), Plaintext: open(String(input.CiphertextBlob)) }),
    GenerateDataKey: (input) => {
      const Plaintext = randomBytes(32).toString('base64');
      return { KeyId: arnOf(input), Plaintext, CiphertextBlob: seal(Plaintext) };
    },
    DescribeKey: (input) => ({
      KeyMetadata: { KeyId: String(input.KeyId), Arn: arnOf(input), Enabled: true, KeyState: 'Enabled' },
    }),
  });
}

function arnOf(input: Input): string {
  return `arn:aws:kms:us-east-1:000000000000:key/${String(input.KeyId ?? 'local')
    .split('/')
    .at(-1)}`;
}

function seal(plaintext: string): string {
  return Buffer.from(`${MARK}${plaintext}`).toString('base64');
}

function open(blob: string): string {
  const text = Buffer.from(blob, 'base64').toString('utf8');
  if (!text.startsWith(MARK)) throw new AwsError('InvalidCiphertextException', 'Not encrypted by the local KMS');
  return text.slice(MARK.length);
}
