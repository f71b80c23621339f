import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createGitHub, type GitHub } from './github.ts';

const rawPull = (number: number) => ({
  ...{ number, state: 'open', labels: [{ name: 'no-preview' }], head: { sha: `c${number}`, repo: { id: 7 } } },
});
const RAW_ARTIFACT = {
  ...{ id: 1, name: 'pr-1-abcdef', expired: false },
  workflow_run: { id: 5, head_sha: 'c1', head_repository_id: 7 },
};

describe('GitHub', () => {
  let server: Server;
  let github: GitHub;
  let pulls: object[];
  const asked: (string | undefined)[] = [];

  before(async () => {
    server = createServer(({ url = '', headers }, response) => {
      asked.push(headers.authorization);
      const { pathname, searchParams } = new URL(url, 'http://github.example');
      const page = Number(searchParams.get('page'));
      const answers: Record<string, object> = {
        '/repos/shop/weir/pulls': pulls.slice((page - 1) * 100, page * 100),
        '/repos/shop/weir/pulls/3': { ...rawPull(3), state: 'closed', head: { sha: 'c3', repo: null } },
        '/repos/shop/weir/actions/artifacts': {
          artifacts: [RAW_ARTIFACT, { ...RAW_ARTIFACT, expired: true }, { ...RAW_ARTIFACT, workflow_run: null }],
        },
      };
      const answer = answers[pathname];
      const status = pathname.includes('/runs/') ? 403 : 404;
      response.writeHead(answer === undefined ? status : 200);
      response.end(JSON.stringify(answer ?? {}));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    github = createGitHub({ apiUrl, token: 'secret', repository: 'shop/weir' });
  });
  after(() => server.close());

  it('lists open pull requests, page by page', async () => {
    pulls = Array.from({ length: 200 }, (_, at) => rawPull(at + 1));
    const found = await github.listOpenPulls();
    expect(found.map(({ number }) => number)).to.deep.equal(pulls.map((_, at) => at + 1));
    expect(found[0]).to.deep.equal({
      ...{ number: 1, isOpen: true, labels: ['no-preview'], commit: 'c1', repositoryId: '7' },
    });
    expect(new Set(asked)).to.deep.equal(new Set(['Bearer secret']));
  });

  it('finds one by its number, also if its fork is gone, and none where there is none', async () => {
    expect(await github.findPull(3)).to.include({ isOpen: false, repositoryId: undefined });
    expect(await github.findPull(4)).to.equal(undefined);
  });

  it('lists the artifacts that can still be had', async () => {
    expect(await github.listArtifacts('pr-1-abcdef')).to.deep.equal([
      { id: 1, name: 'pr-1-abcdef', run: 5, commit: 'c1', repositoryId: '7' },
    ]);
  });

  it('fails if it may not be asked: nothing would look like no pull request', async () => {
    const refused = await github.listArtifactsOf(5).catch((error: Error) => error.message);
    expect(refused).to.match(/answers .*runs\/5.* with 403/);
    const other = createGitHub({
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: '',
      repository: 'x/y',
    });
    expect(await other.listOpenPulls().catch((error: Error) => error.message)).to.match(/no such repository/);
  });
});
