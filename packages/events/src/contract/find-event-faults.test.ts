import { expect } from 'chai';
import fc from 'fast-check';
import { ARRIVAL, eventWith } from '../testing/stream-records.ts';
import { checkEvent } from './check-event.ts';
import { findEventFaults } from './find-event-faults.ts';

const pointersOf = (event: unknown) => findEventFaults(event, ARRIVAL).map(({ pointer }) => pointer);
const detailOf = (fields: object) => findEventFaults(eventWith(fields), ARRIVAL)[0]?.detail;

describe('findEventFaults', () => {
  it('finds nothing in an event that is right', () => {
    expect(pointersOf(eventWith({ id: 'x', value: 1, properties: { a: null } }))).to.deep.equal([]);
  });

  it('finds everything that is wrong with an event, beginning with what its schema can express', () => {
    const properties = { a: {}, b: [], big: 'x'.repeat(9_000) };
    const event = { id: '', userId: 1, timestamp: 1_000, value: 'x', properties };
    expect(pointersOf(event)).to.deep.equal([
      ...['/userId', '/action', '/id', '/value', '/properties/a', '/properties/b'],
      ...['/properties', '/timestamp'],
    ]);
  });

  it('finds a few of many bad properties, and that all are too many and too large', () => {
    const properties = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`p${index}`, {}]));
    expect(pointersOf(eventWith({ properties })))
      .to.have.length(18)
      .and.include('/properties');
  });

  for (const [timestamp, says] of [
    [undefined, 'is missing'],
    [Math.floor(ARRIVAL / 1000), `seems to be in seconds: send milliseconds, ${ARRIVAL}`],
    [ARRIVAL / 1000 + 0.25, `seems to be in seconds: send milliseconds, ${ARRIVAL + 250}`],
    [String(ARRIVAL), 'must be a number without quotes (epoch milliseconds) or an RFC 3339 date-time'],
    ['yesterday', 'must be an integer (epoch milliseconds) or an RFC 3339 date-time'],
    [0, 'must not be before 2000-01-01'],
    [ARRIVAL * 2, 'must not be more than 24 hours after arrival'],
  ] as const) {
    it(`says of the timestamp ${JSON.stringify(timestamp)} that it ${says}`, () => {
      expect(detailOf({ timestamp })).to.equal(says);
    });
  }

  it('finds something exactly if the check refuses, and finds the same fault first', () => {
    const field = fc.oneof(fc.constantFrom(undefined, '', 'a', 1, -1, null, ARRIVAL, 1e13), fc.anything());
    const fields = fc.record(
      { id: field, userId: field, action: field, timestamp: field, value: field, properties: field },
      { requiredKeys: [] },
    );
    const property = fc.property(fc.oneof(fields.map(eventWith), fields, fc.anything()), (event) => {
      const check = checkEvent(event, ARRIVAL);
      const [first] = findEventFaults(event, ARRIVAL);
      expect(first).to.deep.equal(check.ok ? undefined : check);
    });
    fc.assert(property);
  });
});
