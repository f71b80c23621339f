/** What a page says of users and percentiles. */
export const ESTIMATES =
  'Users and percentiles are estimates: users with a standard error of 2.3 %, percentiles within 2 %. All else is exact.';
export const NO_ESTIMATES =
  'Users and percentiles are known only for a day that begins and ends on a whole hour of UTC.';
