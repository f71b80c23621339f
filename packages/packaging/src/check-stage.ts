import { CANARIES } from './canary/canary-plan.ts';
import { domainProblems, isDomain } from './checks/domain-problems.ts';
import type { Parameters } from './checks/parameters.ts';
import { provisionedProblems } from './checks/provisioned-problems.ts';
import { type Range, rangeProblems } from './checks/range-problems.ts';
import { isLocal } from './framework/is-local.ts';
import type { Serverless } from './framework/serverless.ts';
import { redisProblems } from './redis/redis-problems.ts';
import { alarmActionProblems } from './watching/alarm-action-problems.ts';

/**
 * S3 buckets are named after the stage, and their names take no other characters; functions are named after it too, and
 * take 64.
 */
const STAGE_NAME = /^(?=.{1,30}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
/** Kinesis keeps records for at least 24 h. An erasure looks eight days back for lines that came late. */
const RETENTION_HOURS = { min: 24, max: 168 };
/** A cold start reads a window of this length from one partition of the table, and holds it. */
const MAX_ID_WINDOW_SECONDS = 14_400;
/** Time for Lambda to write records that it gives up before the stream forgets them, and for the last batch to end. */
const MARGIN_SECONDS = 3600;
/** Calls at once of functions that a stage may cap: without a value it does not. SQS asks two of a queue's function. */
const CAPS = { erasureConcurrency: 2, thumbnailConcurrency: 1, reportConcurrency: 2, auditConcurrency: 1 };
/**
 * Units of reads or writes of a table in a second. A write of the largest item takes 400 units; more than 40,000 no
 * table has before AWS allows it.
 */
const TABLE_UNITS = { min: 400, max: 40_000, why: 'the largest item takes 400 units to write; 0 bounds nothing' };
const WORDS = {
  streamMode: ['PROVISIONED', 'ON_DEMAND'],
  keepData: ['true', 'false'],
  onCall: ['true', 'false'],
  canary: CANARIES,
};

/**
 * Refuses to package a stage whose name no S3 bucket can have, or whose parameters do not fit together; reports every
 * problem.
 */
export function checkStage({ service, classes }: Serverless): void {
  const { stage, region } = service.provider;
  const parameters = service.custom?.stage as Parameters | undefined;
  const problems = nameProblems(stage);
  if (parameters !== undefined) {
    problems.push(...parameterProblems(stage, parameters), ...domainProblems(parameters, region));
    problems.push(...alarmActionProblems(service));
  }
  if (problems.length > 0) throw new classes.Error(`The stage "${stage}" cannot be packaged:\n${problems.join('\n')}`);
}

function nameProblems(stage: string): string[] {
  if (STAGE_NAME.test(stage)) return [];
  return ['- its name must be lower-case letters, digits and dashes, 30 at most: S3 buckets are named after it'];
}

function parameterProblems(stage: string, parameters: Parameters): string[] {
  const retentionHours = Number(parameters.streamRetentionHours);
  const retentionSeconds = retentionHours * 3600;
  const ranges: Readonly<Record<string, Range>> = {
    streamRetentionHours: { ...RETENTION_HOURS, why: 'Kinesis keeps no less, and an erasure looks no further back' },
    maximumRecordAgeSeconds: {
      min: 60,
      max: retentionSeconds - MARGIN_SECONDS,
      why: `Lambda writes the records that it gives up an hour before the stream forgets them, after ${retentionHours} h`,
    },
    idWindowSeconds: { min: 0, max: MAX_ID_WINDOW_SECONDS, why: 'a cold start reads the whole window' },
    mailsPerDay: { min: 1, max: 1_000_000, why: 'a stage that sends no mail has no mailDomain' },
  };
  const all = isLocal(stage) ? ranges : { ...ranges, ...erasureRanges(retentionSeconds) };
  return [
    ...Object.entries(all).flatMap(([name, range]) => rangeProblems(name, parameters[name], range)),
    ...Object.entries(CAPS).flatMap(([name, min]) => capProblems(name, parameters[name], min)),
    ...Object.entries(WORDS).flatMap(([name, words]) => wordProblems(name, parameters[name], words)),
    ...['tableMaxReadUnits', 'tableMaxWriteUnits'].flatMap((name) => boundProblems(name, parameters[name])),
    ...provisionedProblems(parameters),
    ...timeZoneProblems(parameters.timeZone),
    ...mailProblems(stage, parameters),
    ...(isLocal(stage) ? [] : redisProblems(parameters)),
  ];
}

function erasureRanges(retentionSeconds: number): Readonly<Record<string, Range>> {
  const why = 'the last pass comes when neither the stream nor Lambda keeps a record that arrived before';
  const orphans = 'no invocation that could still write takes an hour';
  return {
    erasureLastPassSeconds: { min: retentionSeconds + MARGIN_SECONDS, max: Number.POSITIVE_INFINITY, why },
    erasureOrphansSeconds: { min: MARGIN_SECONDS, max: Number.POSITIVE_INFINITY, why: orphans },
  };
}

/** 0 is no bound. */
function boundProblems(name: string, given: unknown): string[] {
  return Number(given ?? 0) === 0 ? [] : rangeProblems(name, given, TABLE_UNITS);
}

/** A stage without a cap has nothing here. 0 would stop the function. */
function capProblems(name: string, given: unknown, min: number): string[] {
  const why = `with fewer calls at once the function stands still; a stage without ${name} caps nothing`;
  return given === undefined || given === null ? [] : rangeProblems(name, given, { min, max: 1000, why });
}

function wordProblems(name: string, given: unknown, words: readonly string[]): string[] {
  if (words.includes(String(given))) return [];
  return [`- ${name} is ${JSON.stringify(given)}, and must be ${words.join(' or ')}`];
}

function timeZoneProblems(given: unknown): string[] {
  if (isTimeZone(String(given))) return [];
  return [
    `- timeZone is ${JSON.stringify(given)}, and must be a name of the IANA time zone database, like Europe/Vienna`,
  ];
}

const API_URL = /^https:\/\/[^\s?#]+$/;

/** A link to unsubscribe needs an address that programs for mail can call: RFC 8058 asks for HTTPS. */
function mailProblems(stage: string, { mailDomain, apiUrl }: Parameters): string[] {
  if (mailDomain === undefined || mailDomain === '') return [];
  const isReached = isLocal(stage) || (API_URL.test(String(apiUrl)) && !/\/v1\/?$/.test(String(apiUrl)));
  return [
    ...(isDomain(mailDomain)
      ? []
      : [`- mailDomain is ${JSON.stringify(mailDomain)}, and must be a domain, like mail.shop.example`]),
    ...(isReached
      ? []
      : [
          `- apiUrl is ${JSON.stringify(apiUrl)}, and must be the https:// address of the API, without /v1: mails link to it`,
        ]),
  ];
}

/** Names that the runtime knows, and IANA does not: `@weir/calendar` refuses them as well. */
const NO_NAME_OF_IANA = /^(?:[^A-Za-z].*|SystemV\/.*|US\/Pacific-New|Canada\/East-Saskatchewan)$/i;

/** An offset, like +01:00, is no time zone of a place. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined && !NO_NAME_OF_IANA.test(name);
  } catch {
    return false;
  }
}
