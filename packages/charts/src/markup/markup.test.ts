import { expect } from 'chai';
import fc from 'fast-check';
import { breakableName, escapeText, markup } from './markup.ts';

const HOSTILE = `</script><img src=x onerror="alert('1')">&`;

describe('markup', () => {
  it('escapes every value that is not markup', () => {
    const text = '&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';
    expect(markup`<b title="${HOSTILE}">${HOSTILE}</b>`.text).to.equal(`<b title="${text}">${text}</b>`);
  });

  it('joins lists, keeps markup, and leaves out what is not there', () => {
    const items = ['a', '<'].map((item) => markup`<li>${item}</li>`);
    expect(markup`<ul>${items}</ul>${false}${undefined}${null}${0}`.text).to.equal('<ul><li>a</li><li>&lt;</li></ul>0');
  });

  it('replaces what XML cannot hold and what reorders the text around it', () => {
    expect(escapeText('a\u0000b\u001b\ud800\u202e\uffffc\n\t')).to.equal('a\ufffdb\ufffd\ufffd\ufffd\ufffdc\n\t');
  });

  it('lets a line break after the points and signs of a name', () => {
    expect(breakableName('support.ticket:opened_<b>--x').text).to.equal(
      'support.<wbr>ticket:<wbr>opened_<wbr>&lt;b&gt;--<wbr>x',
    );
  });

  it('lets a line break in a very long word', () => {
    expect(breakableName('x'.repeat(34)).text).to.equal([14, 14, 6].map((length) => 'x'.repeat(length)).join('<wbr>'));
  });

  it('lets no text begin a tag or end an attribute', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        expect(escapeText(text)).to.not.match(/[<>"']/);
        expect(escapeText(text)).to.not.match(/&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});
