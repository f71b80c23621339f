import type { AwsCall, Reply } from '../../aws-calls/aws-call.ts';
import type { Answer } from '../../aws-calls/backend.ts';
import { jsonReply } from './json-answer.ts';

/** An empty map in CBOR. */
const EMPTY_CBOR = Buffer.from([0xa0]);

/** Takes metrics, traces and logs and forgets them. */
export const telemetryAnswer: Answer = async (call) => emptyReply(call);

/** Answers STS: the caller is the user of that name. */
export const identityAnswer: Answer = async (call) => {
  const arn = `arn:aws:iam::000000000000:user/${call.caller ?? 'local'}`;
  const result = `<Arn>${arn}</Arn><UserId>${call.caller ?? 'local'}</UserId><Account>000000000000</Account>`;
  return queryReply(
    `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
};

function emptyReply(call: AwsCall): Reply {
  if (call.format === 'cbor') {
    return {
      status: 200,
      headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
      body: EMPTY_CBOR,
    };
  }
  if (call.format === 'query') return queryReply(`<${call.action}Response></${call.action}Response>`);
  return jsonReply({});
}

function queryReply(xml: string): Reply {
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(xml) };
}
