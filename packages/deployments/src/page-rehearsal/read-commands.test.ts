import { expect } from 'chai';
import { readCommands } from './read-commands.ts';

const PAGE = `# A page

## First

\`\`\`sh
# 1. A comment.
git clone <here> there && cd there
aws cloudformation deploy \\
  --stack-name a   # and a comment
\`\`\`

\`\`\`ts
## no heading
const no = 'command';
\`\`\`

## Second

\`\`\`sh

npm run b
\`\`\`
`;

describe('the commands of a page', () => {
  it('are those of its blocks of shell, with continued lines and without comments', () => {
    expect(readCommands(PAGE)).to.deep.equal([
      { text: 'git clone <here> there && cd there', section: 'First' },
      { text: 'aws cloudformation deploy --stack-name a', section: 'First' },
      { text: 'npm run b', section: 'Second' },
    ]);
  });
});
