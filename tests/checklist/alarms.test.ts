import { expect } from 'chai';
import { checkAlarms } from './alarms/check-alarms.ts';
import { type Breakable, breakService, checkedTemplates, type Templates } from './checked-templates.ts';

type Resources = Record<string, Breakable>;

/** What is broken, in which service, and the place and the words of the finding. */
const BREAKS: readonly (readonly [string, string, (resources: Resources) => void, RegExp])[] = [
  ['errors of a function', 'notifications', without('SocketFailingAlarm'), /^SocketLambdaFunction errors: no alarm/],
  ['its throttles', 'reports', without('CoordinateFailingAlarm'), /^CoordinateLambdaFunction throttles: no alarm/],
  ['its duration', 'ingest-stream', without('ConsumerSlowAlarm'), /^ConsumeLambdaFunction slow: no alarm/],
  [
    'a time-out that an alarm does not know',
    'ingest-stream',
    ({ ConsumeLambdaFunction }) => {
      if (ConsumeLambdaFunction) ConsumeLambdaFunction.Properties.Timeout = 60;
    },
    /^ConsumeLambdaFunction slow/,
  ],
  [
    'the age of its iterator',
    'notifications',
    without('EvaluateBehindAlarm'),
    /^EvaluateLambdaFunction iteratorAge: no/,
  ],
  ['dead letters', 'api', without('ThumbnailDeadLettersAlarm'), /^ThumbnailDeadLetters no alarm watches Approx/],
  ['what Lambda gave up', 'ingest-stream', without('BatchesGivenUpAlarm'), /^BatchesGivenUp no alarm/],
  ['a stream that refuses', 'ingest-stream', without('StreamFullAlarm'), /^EventStream no alarm watches WriteProv/],
  ['failures of the authorizer', 'api', without('ApiFailingAlarm'), /^AuthorizeLambdaFunction errors: no situation/],
  ['5xx', 'api', without('ApiFailingAlarm'), /^ApiGatewayRestApi no alarm watches 5XXError/],
  ['what the access log alone has', 'api', without('ApiFailingAlarm'), /^ApiGatewayRestApi no alarm watches ApiServ/],
  ['latency', 'api', without('ApiSlowAlarm'), /^ApiGatewayRestApi no alarm watches Latency/],
  ['failed executions', 'api', without('ErasuresFailingAlarm'), /^ErasureMachine no alarm watches ExecutionsFailed/],
  [
    'backups that did not begin',
    'ingest-stream',
    ({ BackupsFailingAlarm }) => {
      const { Properties = {} } = BackupsFailingAlarm ?? {};
      Properties.Metrics = (Properties.Metrics as { Id: string }[]).filter(({ Id }) => Id !== 'expired');
    },
    /^BackupVault no alarm watches NumberOfBackupJobsExpired/,
  ],
  ['drift', 'reports', without('AuditDriftAlarm'), /^AuditDrift no alarm/],
  ['quarantine', 'ingest-stream', without('QuarantineGrowingAlarm'), /^RefusedEvents no alarm/],
  ['bounces', 'notifications', without('MailsBouncedAlarm'), /^MailsBounced no alarm/],
  ['an alarm that tells nobody', 'api', telling('ApiSlowAlarm', []), /^ApiSlowAlarm notifies nobody/],
  [
    'latency, as its alarm tells nobody',
    'api',
    telling('ApiSlowAlarm', []),
    /^ApiGatewayRestApi no alarm watches Latency/,
  ],
  [
    'the alarm of a version, as its group asks none',
    'api',
    ({ EventsCanaryGroup }) => {
      if (EventsCanaryGroup) EventsCanaryGroup.Properties.AlarmConfiguration.Alarms = [];
    },
    /^EventsCanaryAlarm\w+ notifies nobody/,
  ],
  [
    'the alarm of a version, as its group moves no alias',
    'api',
    ({ EventsLiveAlias }) => {
      delete EventsLiveAlias?.UpdatePolicy;
    },
    /^EventsCanaryAlarm\w+ notifies nobody/,
  ],
  [
    'the alarm of a version as it should: people are told of it',
    'api',
    telling('EventsCanaryAlarm', ['arn:aws:sns:us-east-1:000000000000:on-call']),
    /^EventsCanaryAlarm\w+ is for CodeDeploy alone, and tells people/,
  ],
  ['the composite alarm', 'reports', without('ReportsAlarm'), /^the service has 0 composite alarms/],
];

/** Gives alarms other actions. `start` is how their logical ids begin: that of a version's alarm has the hash of its code. */
function telling(start: string, actions: readonly string[]): (resources: Resources) => void {
  return (resources) => {
    for (const [id, { Properties }] of Object.entries(resources)) {
      if (id.startsWith(start)) Properties.AlarmActions = actions;
    }
  };
}

function without(id: string): (resources: Resources) => void {
  return (resources) => {
    delete resources[id];
  };
}

describe('the checklist: alarms', () => {
  let templates: Templates;

  before(() => {
    templates = checkedTemplates();
  });

  it('somebody is told of everything that may go wrong', () => {
    expect(checkAlarms(templates)).to.deep.equal([]);
  });

  for (const [what, service, change, finding] of BREAKS) {
    it(`finds that nobody watches ${what}`, () => {
      const found = checkAlarms(breakService(templates, service, change));
      const lines = found.map(({ place, problem }) => `${place} ${problem}`);
      expect(
        lines.filter((line) => finding.test(line)),
        lines.join('\n'),
      ).to.have.length(1);
    });
  }
});
