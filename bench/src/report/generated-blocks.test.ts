import { expect } from 'chai';
import { replaceBlock } from './generated-blocks.ts';

describe('replaceBlock', () => {
  const text = 'before\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nbetween\n<!-- bench:b -->\n<!-- /bench:b -->\n';

  it('replaces the text between the markers of one part, and nothing else', () => {
    expect(replaceBlock(text, 'a', 'new')).to.equal(text.replace('old', 'new'));
  });

  it('gives the same text when repeated', () => {
    const once = replaceBlock(text, 'b', 'new');
    expect(replaceBlock(once, 'b', 'new')).to.equal(once);
  });

  it('throws if a part has no markers', () => {
    expect(() => replaceBlock(text, 'c', 'new')).to.throw('bench:c');
  });
});
