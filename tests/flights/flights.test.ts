import { type CountedFlights, openCountedFlights } from './counted-flights.ts';
import { describeDailyReports } from './describe-daily-reports.ts';
import { describeFunnels } from './describe-funnels.ts';
import { describeRetention } from './describe-retention.ts';
import { describeSeries } from './describe-series.ts';
import { describeSummaries } from './describe-summaries.ts';
import { describeTopUsers } from './describe-top-users.ts';

describe('six million flights, against DuckDB', () => {
  let flights: CountedFlights | undefined;
  const opened = () => {
    if (!flights) throw new Error('the flights are not open');
    return flights;
  };

  before(async () => {
    flights = await openCountedFlights();
  });

  after(() => flights?.connection.closeSync());

  describe('metrics', () => describeSeries(opened));
  describe('daily reports', () => describeDailyReports(opened));
  describe('summaries', () => describeSummaries(opened));
  describe('retention', () => describeRetention(opened));
  describe('funnels', () => describeFunnels(opened));
  describe('top users', () => describeTopUsers(opened));
});
