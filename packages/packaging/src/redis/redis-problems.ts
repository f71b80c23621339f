/** The parameters of a stage that say where its Redis is; empty texts if it has none. */
export interface RedisParameters {
  readonly redisUrl?: unknown;
  readonly redisSecret?: unknown;
}

/** An address without user, password and options. */
const PLAIN_URL = /^rediss?:\/\/(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d+)?(?:\/\d*)?$/i;

const SECRET_NAME = /^[\w/+=.@-]{1,512}$/;
/** Secrets Manager adds a dash and six characters to the end of a secret's ARN. */
const SECRET_ARN = /^arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}$/;

/** What is wrong with a stage's parameters for Redis. No message repeats a URL, as it may hold a password. */
export function redisProblems({ redisUrl = '', redisSecret = '' }: RedisParameters): string[] {
  const [url, secret] = [String(redisUrl), String(redisSecret)];
  const isSecret = SECRET_NAME.test(secret) || SECRET_ARN.test(secret);
  return [
    ...(url === '' || PLAIN_URL.test(url)
      ? []
      : [
          "- redisUrl has more than redis://host:port or rediss://host:port, which would stand in functions' environments: put the whole URL with its password into a secret of Secrets Manager, leave redisUrl out, and set redisSecret to the secret's name",
        ]),
    ...(secret === '' || isSecret
      ? []
      : [`- redisSecret is ${JSON.stringify(secret)}, and must be the name or the ARN of a secret`]),
    ...(url === '' || secret === '' ? [] : ['- redisUrl and redisSecret are both set: the secret holds the whole URL']),
  ];
}

/** Whether a secret is given by its ARN. */
export function isSecretArn(secret: string): boolean {
  return SECRET_ARN.test(secret);
}
