import { expect } from 'chai';
import { isFoldDue } from './fold-due.ts';

const KB = 1024;
const NOW = 1_000_000_000;

describe('when a fold is due', () => {
  const cases = [
    { name: 'never while nothing waits', bytes: 0, since: undefined, rows: 0, due: false },
    { name: 'not below 256 KB', bytes: 255 * KB, since: NOW - 1, rows: 20, due: false },
    { name: 'at 256 KB if they touch few rows', bytes: 256 * KB, since: NOW - 1, rows: 20, due: true },
    { name: 'later if the log touches many rows', bytes: 256 * KB, since: NOW - 1, rows: 200, due: false },
    { name: 'at 8 KB for each of many rows', bytes: 1600 * KB, since: NOW - 1, rows: 200, due: true },
    {
      name: 'later if the log touches many users',
      bytes: 1023 * KB,
      since: NOW - 1,
      rows: 0,
      userRows: 1024,
      due: false,
    },
    { name: 'at 1 KB for each of many users', bytes: 1024 * KB, since: NOW - 1, rows: 0, userRows: 1024, due: true },
    {
      name: 'at 4 MB with any number of users',
      bytes: 4096 * KB,
      since: NOW - 1,
      rows: 20,
      userRows: 100_000,
      due: true,
    },
    { name: 'at 4 MB with any number of rows', bytes: 4096 * KB, since: NOW - 1, rows: 100_000, due: true },
    { name: 'after five minutes at any size', bytes: 1, since: NOW - 300_000, rows: 1, due: true },
  ];
  for (const { name, bytes, since, rows, userRows = 0, due } of cases) {
    it(name, () => expect(isFoldDue({ bytes, since, rows, userRows }, NOW)).to.equal(due));
  }
});
