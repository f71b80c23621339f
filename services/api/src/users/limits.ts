/** The most bytes of users on a page, written as a string: a function answers at most 6 MB, this and a little more. */
export const MAX_USERS_PAGE_BYTES = 5_000_000;

/** The users on a page, unless asked otherwise. */
export const DEFAULT_USERS_PAGE = 100;
