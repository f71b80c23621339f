const SELDOM_CALLED =
  'It gets few calls, so that an alarm would see little of a tenth of them, and the stack has no room for its four ' +
  'resources. If a canary of the others stops, it goes back with the stack';

/** Functions that API Gateway calls and whose new versions get all calls at once, with the reason. */
export const GOES_AT_ONCE: Readonly<Record<string, string>> = {
  'api AddressesLambdaFunction': SELDOM_CALLED,
  'api AlertsLambdaFunction': SELDOM_CALLED,
  'api KeysLambdaFunction': SELDOM_CALLED,
  'api MetaLambdaFunction': SELDOM_CALLED,
  'api ReportsLambdaFunction': SELDOM_CALLED,
  'api UsersLambdaFunction': SELDOM_CALLED,
  'api WebhooksLambdaFunction': SELDOM_CALLED,
  'notifications SocketLambdaFunction':
    'It lets in connections of the push, whose clients connect again by themselves when one fails',
};
