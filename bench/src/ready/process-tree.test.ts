import { expect } from 'chai';
import { parseStats, treeCpuMs } from './process-tree.ts';

const stat = (pid: number, parent: number, ticks: string) =>
  `${pid} (a) (b) S ${parent} 1 1 0 -1 4194560 1 2 3 4 ${ticks} 20 0 11 0 5`;

describe('CPU of a tree of processes', () => {
  it('is its own, and that of everything below it, ended or not', () => {
    const text = [stat(10, 1, '3 4 0 0'), stat(11, 10, '1 0 20 5'), stat(12, 11, '7 0 0 0'), stat(13, 1, '99 0 0 0')];
    const processes = parseStats(`${text.join('\n')}\n`);
    expect(processes[1]).to.deep.equal({ pid: 11, parent: 10, cpuMs: 260 });
    expect(treeCpuMs(10, processes)).to.equal(70 + 260 + 70);
  });
});
