import { expect } from 'chai';
import sinon from 'sinon';
import { linesUntilEnding } from './lines-until-ending.ts';
import { createProgress } from './progress.ts';

describe('progress as lines', () => {
  let clock: sinon.SinonFakeTimers;
  let lines: string[];
  beforeEach(() => {
    clock = sinon.useFakeTimers();
    lines = [];
  });
  afterEach(() => clock.restore());
  const start = () =>
    createProgress(
      (line) => lines.push(line),
      () => Date.now(),
    );

  it('say how long after the start something was done', async () => {
    const progress = start();
    await clock.tickAsync(12_345);
    progress.done('the local AWS is ready');
    expect([lines, progress.elapsed()]).to.deep.equal([['  12.3 s  the local AWS is ready'], '12.3 s']);
  });

  it('say every few seconds what is still under way, until it has come to an end', async () => {
    const work = Promise.withResolvers<number>();
    const during = start().during('counting', work.promise);
    await clock.tickAsync(8_100);
    work.resolve(7);
    expect(await during).to.equal(7);
    await clock.tickAsync(20_000);
    expect(lines).to.deep.equal(['   4.0 s  … counting', '   8.0 s  … counting', '   8.1 s  counting']);
  });

  it('stop where the end begins', async () => {
    const { show, ending } = linesUntilEnding((line) => lines.push(line));
    const progress = createProgress(show, () => Date.now());
    void progress.during('counting', new Promise(() => {}));
    await clock.tickAsync(4_100);
    ending();
    await clock.tickAsync(20_000);
    progress.done('the local AWS is ready');
    expect(lines).to.deep.equal(['   4.0 s  … counting']);
  });

  it('stop where it fails, without saying that it was done', async () => {
    const failed = start().during('counting', Promise.reject(new Error('no')));
    expect(await failed.catch((error: Error) => error.message)).to.equal('no');
    await clock.tickAsync(20_000);
    expect(lines).to.deep.equal([]);
  });
});
