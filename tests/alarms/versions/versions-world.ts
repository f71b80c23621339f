import type { Template } from '../../templates/template.ts';
import { NEW_VERSION } from '../cloudwatch/alarm.ts';
import { SECOND_MS } from '../simulated/clock.ts';
import { Inbox } from '../simulated/inbox.ts';
import type { World } from '../situation.ts';
import { SimulatedVersion } from './simulated-version.ts';

/** The functions of a service that CodeDeploy moves to new versions, each with the version before and the new one. */
export class VersionsWorld implements World {
  readonly inbox = new Inbox();
  /** By the functions' logical ids. */
  readonly before: ReadonlyMap<string, SimulatedVersion>;
  readonly fresh: ReadonlyMap<string, SimulatedVersion>;
  /** Which of them the aliases call. */
  called: readonly ('before' | 'fresh')[] = ['before'];

  constructor(template: Template, functionIds: readonly string[]) {
    const versions = (version: string) =>
      new Map(functionIds.map((id) => [id, new SimulatedVersion(template, id, { inbox: this.inbox, version })]));
    this.before = versions('1');
    this.fresh = versions(NEW_VERSION);
  }

  /** Each version that gets calls gets one. */
  async runMinute(at: number): Promise<void> {
    const called = this.called.flatMap((which) => [...this[which].values()]);
    for (const version of called) await version.call(at + 30 * SECOND_MS);
  }
}
