import { expect } from 'chai';
import { localFileOf } from '../local-stage/local-stage.ts';
import { welcome } from './welcome.ts';

const PLACES = {
  ...{ apiUrl: 'http://localhost:3000/v1', awsUrl: 'http://127.0.0.1:4566', mailUrl: 'http://127.0.0.1:8005' },
  ...{ key: 'the-key', token: 'the-token', pid: 1 },
};

describe('the summary at the start', () => {
  it('says where everything is, without the token', () => {
    const shown = welcome(localFileOf(PLACES), 'the table');
    for (const part of ['the table', PLACES.apiUrl, PLACES.awsUrl, PLACES.mailUrl, PLACES.key]) {
      expect(shown).to.include(part);
    }
    expect(shown).to.not.match(/the-token|WebSocket|Redis/);
  });

  it('names the WebSocket API and Redis where there are any', () => {
    const shown = welcome(localFileOf({ ...PLACES, pushUrl: 'ws://localhost:3001/local' }), '', 'redis://r');
    expect(shown)
      .to.match(/^ {2}WebSocket ws:\/\/localhost:3001\/local$/m)
      .and.match(/^ {2}Redis {5}redis:\/\/r$/m);
  });
});
