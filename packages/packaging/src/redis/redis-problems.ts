/** The parameters of a stage that say where its Redis is; empty texts if it has none. */
export interface RedisParameters {
  readonly redisUrl?: unknown;
  readonly redisSecret?: unknown;
  readonly redisZones?: unknown;
}

/** An address without user, password and options. */
const PLAIN_URL = /^rediss?:\/\/(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d+)?(?:\/\d*)?$/i;

const SECRET_NAME = /^[\w/+=.@-]{1,512}$/;
/** Secrets Manager adds a dash and six characters to the end of a secret's ARN. */
const SECRET_ARN = /^arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}$/;

/** Two zones of one region, by the ids that they have in every account. */
const ZONES = /^([a-z]+\d)-az(\d+),\1-az(?!\2$)\d+$/;

/** What is wrong with a stage's parameters for Redis. No message repeats a URL, as it may hold a password. */
export function redisProblems(given: RedisParameters): string[] {
  const [url, secret, zones] = [given.redisUrl, given.redisSecret, given.redisZones].map((one) => String(one ?? ''));
  const isFree = (text = '', ...forms: readonly RegExp[]) => text === '' || forms.some((form) => form.test(text));
  return [
    ...(isFree(url, PLAIN_URL)
      ? []
      : [
          "- redisUrl has more than redis://host:port or rediss://host:port, which would stand in functions' environments: put the whole URL with its password into a secret of Secrets Manager, leave redisUrl out, and set redisSecret to the secret's name",
        ]),
    ...(isFree(secret, SECRET_NAME, SECRET_ARN)
      ? []
      : [`- redisSecret is ${JSON.stringify(secret)}, and must be the name or the ARN of a secret`]),
    ...(isFree(zones, ZONES)
      ? []
      : [`- redisZones is ${JSON.stringify(zones)}, and must be the ids of two availability zones: use1-az1,use1-az2`]),
    ...([url, secret, zones].filter((one) => one !== '').length < 2
      ? []
      : ['- redisUrl, redisSecret and redisZones each say where Redis is: set one of them, and leave the others out']),
  ];
}

/** Whether a secret is given by its ARN. */
export function isSecretArn(secret: string): boolean {
  return SECRET_ARN.test(secret);
}
