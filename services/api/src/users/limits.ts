/**
 * The most bytes of users on a page, written as a string. A function answers at most 6 MB: these bytes and a little more.
 */
export const MAX_USERS_PAGE_BYTES = 5_000_000;

/** The default number of users on a page. */
export const DEFAULT_USERS_PAGE = 100;
