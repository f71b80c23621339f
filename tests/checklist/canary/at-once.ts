/** Functions that API Gateway calls and whose new versions get all calls at once, with the reason. */
export const GOES_AT_ONCE: Readonly<Record<string, string>> = {
  'notifications SocketLambdaFunction':
    'It lets in connections of the push, whose clients connect again by themselves when one fails',
};
