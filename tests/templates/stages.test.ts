import { logEntryLifeSeconds } from '@weir/aggregates';
import { expect } from 'chai';
import { GOES, HOLDS_DATA, HOLDS_NOTHING } from './deletion-rules.ts';
import { checkNames } from './name-limits.ts';
import { type PackagedService, packageService } from './package-service.ts';
import { propertiesOf, resourcesOf, type Template, variablesOf } from './template.ts';

/** A name of the greatest length. */
const PREVIEW = 'pr-17-a-branch-with-a-long-one';

for (const { stage, retentionHours, keepsData } of [
  { stage: 'production', retentionHours: 168, keepsData: true },
  { stage: PREVIEW, retentionHours: 24, keepsData: false },
]) {
  describe(`the stage ${stage}`, () => {
    let ingest: PackagedService;
    let api: PackagedService;
    let reports: PackagedService;
    let notifications: PackagedService;

    before(() => {
      ingest = packageService('ingest-stream', stage);
      api = packageService('api', stage);
      reports = packageService('reports', stage);
      notifications = packageService('notifications', stage);
    });

    it(`${keepsData ? 'keeps' : 'removes'} data when its stack is removed, and removes all other resources`, () => {
      const all = [ingest, api, reports, notifications].flatMap(({ template }) => Object.entries(template.Resources));
      for (const [id, { Type, DeletionPolicy, UpdateReplacePolicy }] of all) {
        expect(HOLDS_DATA.has(Type) || GOES.has(Type), `decide whether ${Type} is removed with its stack`).to.equal(
          true,
        );
        const isData = HOLDS_DATA.has(Type) && !HOLDS_NOTHING.has(id);
        const isKept = isData && keepsData;
        // A failed creation removes everything, so that it can be tried again.
        expect(DeletionPolicy ?? 'Delete', id).to.equal(isKept ? 'RetainExceptOnCreate' : 'Delete');
        expect(UpdateReplacePolicy ?? 'Delete', id).to.equal(isKept ? 'Retain' : 'Delete');
      }
    });

    it('has names that AWS takes, also where its own is the longest', () => {
      for (const { name, template } of [ingest, api, reports, notifications]) {
        const longest = JSON.parse(JSON.stringify(template).replaceAll(stage, PREVIEW)) as Template;
        expect(checkNames({ name, template: longest }, PREVIEW), name).to.deep.equal([]);
      }
    });

    it('removes the functions that write to a bucket of their service before the policy that denies their writes', () => {
      for (const id of ['ConsumeLambdaFunction', 'SweepLambdaFunction']) {
        expect(ingest.template.Resources[id]?.DependsOn, id).to.include('ArchiveBucketPolicy');
      }
      for (const id of [
        'DailyLambdaFunction',
        'CoordinateLambdaFunction',
        'WorkLambdaFunction',
        'SweepLambdaFunction',
      ]) {
        expect(reports.template.Resources[id]?.DependsOn, id).to.include('ReportsBucketPolicy');
      }
    });

    it(`keeps records for ${retentionHours} h, and gives that figure to the functions that need it`, () => {
      expect(propertiesOf(ingest.template, 'EventStream')).to.deep.include({
        RetentionPeriodHours: retentionHours,
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        ShardCount: 1,
      });
      const told = [
        variablesOf(ingest.template, 'ConsumeLambdaFunction'),
        variablesOf(api.template, 'UsersLambdaFunction'),
      ];
      for (const { WEIR_STREAM_RETENTION_HOURS } of told) {
        expect(WEIR_STREAM_RETENTION_HOURS).to.equal(String(retentionHours));
      }
    });

    it('makes Lambda give up a record at least an hour before the stream forgets it', () => {
      const [mapping] = resourcesOf(ingest.template, 'AWS::Lambda::EventSourceMapping');
      expect(mapping?.[1].Properties.MaximumRecordAgeInSeconds).to.be.within(60, (retentionHours - 1) * 3600);
    });

    it('keeps log entries longer than the retention of records and the window together', () => {
      const windowSeconds = Number(variablesOf(ingest.template, 'ConsumeLambdaFunction').WEIR_ID_WINDOW_SECONDS);
      expect(logEntryLifeSeconds(retentionHours)).to.be.above(retentionHours * 3600 + windowSeconds);
    });

    it('begins the last pass of an erasure after the stream has forgotten all earlier records', () => {
      const told = variablesOf(api.template, 'EraseLambdaFunction');
      expect(Number(told.WEIR_ERASURE_LAST_PASS_SECONDS)).to.be.above(retentionHours * 3600);
      expect(Number(told.WEIR_ERASURE_ORPHANS_SECONDS)).to.be.above(3600);
    });
  });
}

describe('the stage staging, with a stream on demand', () => {
  let template: Template;

  before(() => {
    ({ template } = packageService('ingest-stream', 'staging', ['streamMode=ON_DEMAND', 'streamShards=2']));
  });

  it('has what production has while somebody is on call, and keeps no data', () => {
    expect(template.Conditions?.OnCall).to.deep.equal({ 'Fn::Equals': ['true', 'true'] });
    expect(template.Resources.IngestAlarm?.Type).to.equal('AWS::CloudWatch::CompositeAlarm');
    expect(propertiesOf(template, 'EventStream').RetentionPeriodHours).to.equal(24);
    expect(template.Resources.EventStream?.DeletionPolicy).to.equal('Delete');
    expect(template.Resources.MetricsTable?.DeletionPolicy).to.equal('Delete');
    expect(template.Conditions?.IsBackedUp).to.deep.equal({ 'Fn::Equals': ['false', 'true'] });
  });

  it('has no number of shards', () => {
    expect(propertiesOf(template, 'EventStream'))
      .to.deep.include({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } })
      .and.not.have.property('ShardCount');
  });
});

describe('a stage whose parameters do not fit together', () => {
  it('is refused, with all of its faults', () => {
    const params = ['streamRetentionHours=336', 'streamMode=SOMETIMES', 'tableMaxWriteUnits=1', 'webAclArn=shop'];
    expect(() => packageService('ingest-stream', 'production', params)).to.throw(
      /streamRetentionHours is "336", and must be 24 to 168[\s\S]*streamMode is "SOMETIMES", and must be PROVISIONED or ON_DEMAND[\s\S]*tableMaxWriteUnits is "1"[\s\S]*webAclArn is "shop"/,
    );
  });
});
