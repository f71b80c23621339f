import { expect } from 'chai';
import { type HttpBackend, startHttpBackend } from '../aws-door/testing/http-backend.ts';
import { readSecret } from './read-secret.ts';

describe('a secret read through the door', () => {
  let backend: HttpBackend | undefined;
  afterEach(() => backend?.close());

  async function read(status: number, body: string): Promise<string> {
    backend = await startHttpBackend((response) => response.writeHead(status).end(body));
    return readSecret(`http://127.0.0.1:${backend.port}`, 'eu-west-1', 'key');
  }

  it('is asked for as an application would', async () => {
    expect(await read(200, '{"SecretString":"s"}')).to.equal('s');
    expect(backend?.requests[0]).to.include({ body: '{"SecretId":"key"}' });
    expect(backend?.requests[0]?.headers.authorization).to.include('/eu-west-1/secretsmanager/');
  });

  it('that cannot be read is named, with the answer', async () => {
    const message = await read(400, '{"__type":"ResourceNotFoundException"}').catch((error: Error) => error.message);
    expect(message).to.equal('the secret key cannot be read: 400 {"__type":"ResourceNotFoundException"}');
  });
});
