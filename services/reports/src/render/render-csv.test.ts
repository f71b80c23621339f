import { expect } from 'chai';
import { HOSTILE_TEXTS, hostileReport } from '../testing/hostile-report.ts';
import { emptyReport, sampleReport } from '../testing/sample-report.ts';
import { renderCsv } from './render-csv.ts';

const HEADER = 'action,count,sum,min,max,mean,users,p50,p95,p99,previousDayCount,meanOfSevenCount\r\n';

describe('render-csv', () => {
  it('has a row for each action, and only the header for an empty day', () => {
    expect(renderCsv(emptyReport())).to.equal(HEADER);
    const csv = renderCsv(sampleReport());
    expect(csv.startsWith(HEADER)).to.equal(true);
    expect(csv.split('\r\n')).to.have.length(1 + 14 + 1);
    expect(csv).to.match(
      /\r\nsearch,181886,3801417\.4,0,838\.57\d*,20\.9,20612,16\.72\d*,87\.78\d*,229\.8\d*,178248\.\d+,174610\.\d+\r\n/,
    );
  });

  it('leaves empty what is not known', () => {
    expect(renderCsv(sampleReport())).to.match(/\r\nrefund,14804,.*,,\r\n/);
    expect(renderCsv(hostileReport())).to.match(/,19\.9,,,,,/);
  });

  it('quotes after RFC 4180: a reader gets every text back, and none of them is a formula', () => {
    const read = readCsv(renderCsv(hostileReport())).slice(1);
    expect(read.map(([action]) => action)).to.deep.equal(
      HOSTILE_TEXTS.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)),
    );
    for (const [action] of read) expect(action).to.not.match(/^[=+\-@\t\r]/);
    expect(read.every((row) => row.length === 12)).to.equal(true);
  });
});

/** A reader of RFC 4180 that shares nothing with the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (const [, quoted, plain, end] of text.matchAll(fields)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
