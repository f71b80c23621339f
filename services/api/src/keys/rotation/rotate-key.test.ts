import { expect } from 'chai';
import fc from 'fast-check';
import { type RotatedSecret, rotateKey } from './rotate-key.ts';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
const NEW = 'n'.repeat(64);

/** A secret whose rotation to the version `new` has begun. */
function begun() {
  const texts = new Map([['old', 'o'.repeat(43)]]);
  const stages: Record<string, string[]> = { old: ['AWSCURRENT'], new: ['AWSPENDING'] };
  const secret: RotatedSecret = {
    readStages: async () => structuredClone(stages),
    readText: async (id) => texts.get(id),
    writeText: async (id, text) => void (texts.has(id) || texts.set(id, text)),
    makeCurrent: async (id, instead) => {
      if (!stages[instead ?? '']?.includes('AWSCURRENT')) throw new Error('it is not the current one');
      stages[instead ?? ''] = ['AWSPREVIOUS'];
      stages[id] = ['AWSCURRENT', 'AWSPENDING'];
    },
  };
  let made = 0;
  const newKey = () => `${NEW}${++made}`;
  const step = (Step: string, ClientRequestToken = 'new') =>
    rotateKey({ secret, newKey }, { Step, SecretId: 's', ClientRequestToken });
  return { texts, stages, step };
}

const messageOf = (work: Promise<unknown>) => work.then(String, (error: Error) => error.message);

describe('the rotation of the bootstrap key', () => {
  it('makes a new key, which is accepted from its last step on, beside the old one', async () => {
    const { texts, stages, step } = begun();
    const ended = [];
    for (const name of STEPS) ended.push(await step(name));
    expect(ended).to.deep.equal([false, false, false, true]);
    expect(texts.get('new')).to.equal(`${NEW}1`);
    expect(stages).to.deep.equal({ old: ['AWSPREVIOUS'], new: ['AWSCURRENT', 'AWSPENDING'] });
  });

  it('makes one key, whatever steps come again after a crash, and ends', async () => {
    const again = fc.array(fc.constantFrom(...STEPS), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(again, again, again, again, again), async ([before, ...afterEach]) => {
        const { texts, stages, step } = begun();
        // The order of the steps holds, but each may come several times, also after later ones.
        for (const name of before.filter((one) => one === 'createSecret')) await step(name);
        for (const [i, name] of STEPS.entries()) {
          await step(name);
          for (const repeated of afterEach[i] ?? []) if (STEPS.indexOf(repeated) <= i) await step(repeated);
        }
        expect(texts.get('new')).to.equal(`${NEW}1`);
        expect(stages.new).to.include('AWSCURRENT');
        expect(stages.old).to.deep.equal(['AWSPREVIOUS']);
      }),
    );
  });

  it('refuses a version that does not wait, a step that is none, and a key that is none', async () => {
    const { texts, step } = begun();
    expect(await messageOf(step('createSecret', 'old'))).to.equal('true');
    expect(await messageOf(step('createSecret', 'other'))).to.match(/version other does not wait/);
    expect(await messageOf(step('deleteSecret'))).to.match(/no step deleteSecret/);
    expect(await messageOf(step('testSecret'))).to.match(/is no key/);
    texts.set('new', `weir_${NEW}`);
    expect(await messageOf(step('testSecret'))).to.match(/is no key/);
  });
});
