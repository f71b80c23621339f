import { expect } from 'chai';
import { startDynoxide } from './dynoxide.ts';
import { findDynoxide } from './dynoxide-program.ts';

const program = findDynoxide();

if (program !== undefined && process.platform === 'linux') {
  describe('dynoxide', () => {
    it('does not answer where a page in a browser would look for it', async () => {
      const { host, port, close } = await startDynoxide(program, undefined, () => {});
      const statusAt = (address: string) =>
        fetch(`http://${address}:${port}/`).then(
          ({ status }) => status,
          () => 'no answer',
        );
      try {
        expect(host).to.match(/^127\./);
        expect(await statusAt(host)).to.equal(200);
        const answers = await Promise.all(['127.0.0.1', 'localhost', '[::1]'].map(statusAt));
        expect(answers).to.deep.equal(['no answer', 'no answer', 'no answer']);
      } finally {
        await close();
      }
    });
  });
}
