import { expect } from 'chai';
import { lastWords, unexpectedProblem } from './unexpected-problem.ts';

describe('an unexpected error', () => {
  it('is its own sentence if it is one of ours', () => {
    expect(unexpectedProblem(new Error('Not ready within 90 s.'))).to.equal('Not ready within 90 s.');
    expect(unexpectedProblem('gone')).to.equal('gone');
  });

  it('says what to do, and shows no stack, where a program file is cut short', async () => {
    const cutShort = 'data:text/javascript,export { a }';
    const error = await import(cutShort).catch((caught: unknown) => caught);
    expect(unexpectedProblem(error)).to.match(/^Export 'a' .*\n.*remove the folder node_modules.*$/);
  });

  it('names the file that cannot be parsed', () => {
    const error = new SyntaxError('Invalid or unexpected token');
    error.stack = `file:///weir/node_modules/a/index.js:3\nconst a = "\n${error.stack}`;
    expect(unexpectedProblem(error)).to.match(/^Invalid .* \(file:\/\/\/weir\/node_modules\/a\/index\.js:3\)\n/);
  });

  it('asks for room where the disk is full', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(unexpectedProblem(error)).to.match(/^The disk is full \(.*make room/);
  });

  it('says what to do where a package is missing', async () => {
    const missing = './no-such-file.ts';
    const error = await import(missing).catch((caught: unknown) => caught);
    expect(unexpectedProblem(error)).to.match(/^Cannot find module .*\n.*remove the folder node_modules.*$/);
  });

  it('says what to do where a package has nothing to call', () => {
    expect(unexpectedProblem(new TypeError('start is not a function'))).to.include('node_modules');
  });
});

describe('the last lines of a service', () => {
  const stack = '    at run (node:internal/modules/esm/module_job:658:17)\n    at async main (serverless.js:517:7)\n';

  it('are the last that it wrote, without the stack', () => {
    expect(lastWords(`Starting\n\nWEIR_X must be a number\n${stack}`)).to.equal('Starting\nWEIR_X must be a number');
    expect(lastWords('1\n2\n3\n', 2)).to.equal('2\n3');
    expect(lastWords('')).to.equal('');
  });

  it('are only the message where the framework ended with an error', () => {
    const before =
      '\nStarting Offline at stage local\n\nEnvironment: linux, node 24.21.0\nDocs:        github.com/x\n\n';
    expect(lastWords(`${before}Error:\nThe local AWS refused weir-api: no\n${stack}`)).to.equal(
      'The local AWS refused weir-api: no',
    );
  });

  it('end with what to do where its files look broken', () => {
    expect(lastWords(`Error:\nSyntaxError: './a.js' does not provide an export named 'default'\n${stack}`)).to.match(
      /named 'default'\n.*remove the folder node_modules/,
    );
  });

  it('do not blame the installation for what a function throws outside of its calls', () => {
    const words = '× Uncaught exception\nError:\nTypeError: later is not a function';
    expect(lastWords(words)).to.equal('TypeError: later is not a function');
  });
});
