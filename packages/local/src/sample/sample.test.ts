import { expect } from 'chai';
import { flightEvents } from './flight-events.ts';
import { parseFlightDate, readFlights } from './flights.ts';

const NOW = Date.UTC(2030, 5, 1, 12, 34, 56, 789);

describe('the sample', () => {
  it('reads every flight of the file', async () => {
    const flights = await readFlights();
    expect(flights).to.have.length(20_000);
    expect(flights[0]).to.deep.equal({
      departure: Date.UTC(2001, 0, 1, 0, 47),
      delayMinutes: 66,
      origin: 'DTW',
      destination: 'LAS',
    });
    expect(flights.every(({ delayMinutes }) => Number.isInteger(delayMinutes))).to.equal(true);
  });

  it('moves the flights so that the last one leaves now, and keeps the distances between them', async () => {
    const flights = await readFlights();
    const events = flightEvents(flights, 't', NOW);
    expect(Math.max(...events.map(({ timestamp }) => timestamp))).to.equal(NOW);
    const moved = events.map(({ timestamp }, row) => timestamp - (flights[row]?.departure ?? 0));
    expect(new Set(moved).size).to.equal(1);
  });

  it('gives each flight an id of its own, the same for the same tag', async () => {
    const flights = await readFlights();
    const ids = flightEvents(flights, 'a', NOW).map(({ id }) => id);
    expect(new Set(ids).size).to.equal(20_000);
    expect(flightEvents(flights, 'a', NOW + 1).map(({ id }) => id)).to.deep.equal(ids);
    expect(flightEvents(flights, 'b', NOW).map(({ id }) => id)).not.to.include(ids[0]);
  });

  it('makes of a flight an event of its origin, its route and its delay', () => {
    const flight = { departure: 5, delayMinutes: -3, origin: 'SEA', destination: 'JFK' };
    expect(flightEvents([flight], 'x', NOW)).to.deep.equal([
      { id: 'flight-x-0', userId: 'SEA-JFK', action: 'departure.SEA', timestamp: NOW, value: -3 },
    ]);
  });

  it('reads the dates of the file as UTC whatever the machine’s time zone', () => {
    expect(parseFlightDate('2001/03/31 22:27')).to.equal(Date.UTC(2001, 2, 31, 22, 27));
  });

  for (const wrong of ['2001-03-31 22:27', '2001/3/31 22:27', '', '2001/03/31 22:27:00']) {
    it(`refuses ${JSON.stringify(wrong)}, which the file does not hold`, () => {
      expect(() => parseFlightDate(wrong)).to.throw('not a date');
    });
  }
});
