import { expect } from 'chai';
import type { Service, ServiceFunction, TemplateResource } from '../framework/serverless.ts';
import { addSchedules, provisionFunctions } from './provision-functions.ts';

const BUSY = { provisionedConcurrency: '5', provisionedAtRest: 1, timeZone: 'Europe/Vienna' };
const BY_DAY = { ...BUSY, provisionedFrom: '06:30', provisionedUntil: '19:00' };

describe('provisionFunctions', () => {
  for (const [what, stage, expected] of [
    ['all day', { ...BUSY, provisionedFrom: '', provisionedUntil: '' }, 5],
    ['for the rest of the day, if there are busy hours', BY_DAY, 1],
    ['none', { ...BUSY, provisionedConcurrency: 0 }, undefined],
    ['none, in a service without such parameters', undefined, undefined],
  ] as const) {
    it(`gives the named functions their instances ${what}`, () => {
      const { service, functions } = serviceWith(stage);
      provisionFunctions(service);
      expect(functions.events?.provisionedConcurrency).to.equal(expected);
      expect(functions.erase).to.not.have.property('provisionedConcurrency');
    });
  }

  it('gives none in a service that names no functions', () => {
    const { service, functions } = serviceWith(BUSY, []);
    provisionFunctions(service);
    expect(functions.events).to.not.have.property('provisionedConcurrency');
  });
});

describe('addSchedules', () => {
  it('changes the number when the busy hours begin and end, in their time zone', () => {
    const { service, resources } = serviceWith(BY_DAY);
    addSchedules(service);
    const action = (capacity: number) => ({ MinCapacity: capacity, MaxCapacity: capacity });
    expect(resources).to.deep.equal({
      EventsAliasSchedule: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        DependsOn: 'EventsAlias',
        Properties: {
          ServiceNamespace: 'lambda',
          ScalableDimension: 'lambda:function:ProvisionedConcurrency',
          ResourceId: 'function:weir-api-production-events:provisioned',
          MinCapacity: 1,
          MaxCapacity: 5,
          ScheduledActions: [
            {
              ScheduledActionName: 'busy',
              Schedule: 'cron(30 6 * * ? *)',
              Timezone: 'Europe/Vienna',
              ScalableTargetAction: action(5),
            },
            {
              ScheduledActionName: 'rest',
              Schedule: 'cron(0 19 * * ? *)',
              Timezone: 'Europe/Vienna',
              ScalableTargetAction: action(1),
            },
          ],
        },
      },
    });
  });

  it('adds nothing if all hours are busy', () => {
    const { service, resources } = serviceWith(BUSY);
    addSchedules(service);
    expect(resources).to.deep.equal({});
  });
});

/** A service that names the function `events`, with the alias that the framework makes. */
function serviceWith(stage: object | undefined, provisioned: readonly string[] = ['events']) {
  const targetAlias = { name: 'provisioned', logicalId: 'EventsAlias' };
  const functions: Record<string, ServiceFunction> = {
    events: { name: 'weir-api-production-events', targetAlias },
    erase: { name: 'weir-api-production-erase' },
  };
  const resources: Record<string, TemplateResource> = {};
  const service: Service = {
    provider: { stage: 'production', compiledCloudFormationTemplate: { Resources: resources } },
    custom: { stage, provisioned },
    getAllFunctions: () => Object.keys(functions),
    getFunction: (key) => functions[key] ?? {},
  };
  return { service, functions, resources };
}
