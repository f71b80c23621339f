import { expect } from 'chai';
import { readGitHubEnvironment } from './read-github-environment.ts';

describe('the environment of a run of GitHub Actions', () => {
  const variables = {
    ...{ GITHUB_API_URL: 'https://api.github.example', GITHUB_TOKEN: 'secret' },
    ...{ GITHUB_REPOSITORY: 'shop/weir', GITHUB_REPOSITORY_ID: '7' },
  };

  it('names the repository', () => {
    expect(readGitHubEnvironment(variables)).to.deep.equal({
      ...{ apiUrl: 'https://api.github.example', token: 'secret', repository: 'shop/weir', repositoryId: '7' },
    });
  });

  it('is refused with all that is missing', () => {
    const partial = { ...variables, GITHUB_TOKEN: '', GITHUB_REPOSITORY_ID: undefined };
    expect(() => readGitHubEnvironment(partial)).to.throw('set GITHUB_TOKEN, GITHUB_REPOSITORY_ID');
  });
});
