import { senderAt } from '@weir/mail';
import { expect } from 'chai';
import { packageService } from './package-service.ts';
import { propertiesOf, type Resource, resourcesOf, statementsOf, type Template, target } from './template.ts';

// Rules of SES, SNS and KMS that CloudFormation knows only when it deploys, and no emulator knows.

/** As "AWS::SES::ConfigurationSetEventDestination" names them; SES itself writes them in capitals. */
const EVENT_TYPES = /^(send|reject|bounce|complaint|delivery|open|click|renderingFailure|deliveryDelay|subscription)$/;

/** Functions whose roles reach the partitions of mail, in the two services that have them, and what each reaches. */
const PARTITIONS: Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>> = {
  notifications: {
    DispatchLambdaFunction: [['endpoints', 'messages', 'deliveries#*'], ['addresses']],
    MailLambdaFunction: [['alerts', 'firings#*'], ['firings#*'], ['addresses'], ['mails', 'mails#*']],
    FeedbackLambdaFunction: [['addresses']],
  },
  api: {
    AddressesLambdaFunction: [['addresses']],
    UsersLambdaFunction: [['addresses']],
    EraseLambdaFunction: [['addresses', 'alerts', 'endpoints', 'messages', 'deliveries#*', 'progress']],
  },
};

for (const [service, functions] of Object.entries(PARTITIONS)) {
  it(`the roles of ${service} that keep who gets mail reach only their own partitions`, () => {
    const { template } = packageService(service, 'production');
    for (const [id, keys] of Object.entries(functions)) {
      const own = statementsOf(template, id).filter(({ resources }) =>
        /NotificationsTable|table\/weir-production-notifications/.test(JSON.stringify(resources)),
      );
      const wanted = keys.map((values) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': values } }));
      const given = own.flatMap(({ actions, condition }) =>
        actions.some((action) => /Stream|Record/.test(action)) ? [] : [condition],
      );
      expect(given, id).to.deep.equal(wanted);
    }
  });
}

describe('the sending of mails, as it is packaged', () => {
  let template: Template;
  let domain: string;

  before(() => {
    ({ template } = packageService('notifications', 'production'));
    domain = String(propertiesOf(template, 'MailIdentity').EmailIdentity);
  });

  const only = (type: string): Resource => {
    const found = resourcesOf(template, type).map(([, resource]) => resource);
    expect(found, type).to.have.length(1);
    return found[0] as Resource;
  };

  it('signs with keys of SES, and has a MAIL FROM below its domain', () => {
    const identity = only('AWS::SES::EmailIdentity').Properties;
    expect(identity).to.deep.include({
      DkimAttributes: { SigningEnabled: true },
      DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
    });
    const { MailFromDomain, BehaviorOnMxFailure } = identity.MailFromAttributes as Record<string, string>;
    expect(MailFromDomain?.endsWith(`.${domain}`)).to.equal(true);
    expect(BehaviorOnMxFailure).to.be.oneOf(['USE_DEFAULT_VALUE', 'REJECT_MESSAGE']);
  });

  it('forwards no bounces to the sender, where nobody reads, as they come as events', () => {
    expect(only('AWS::SES::EmailIdentity').Properties.FeedbackAttributes).to.deep.equal({
      EmailForwardingEnabled: false,
    });
    expect(only('AWS::SES::ConfigurationSetEventDestination').Properties.EventDestination).to.include({
      Enabled: true,
    });
  });

  it('makes no domain in a stage that has none, and nothing that needs it', () => {
    const conditional = Object.entries(template.Resources).filter(
      ([, resource]) => 'Condition' in resource && resource.Condition === 'SendsMail',
    );
    const others = conditional.filter(([, { Type }]) => Type !== 'AWS::CloudWatch::Alarm');
    expect(others.map(([id]) => id)).to.deep.equal(['MailIdentity']);
    const text = JSON.stringify(Object.entries(template.Resources).filter(([id]) => id !== 'MailIdentity'));
    expect(text).to.not.include('"MailIdentity"');
    for (const [name, output] of Object.entries(template.Outputs ?? {})) {
      const isOfMail = JSON.stringify(output).includes('MailIdentity');
      expect('Condition' in output && output.Condition === 'SendsMail', name).to.equal(isOfMail);
    }
  });

  it('suppresses bounces and complaints in SES too', () => {
    const { SuppressionOptions, DeliveryOptions } = only('AWS::SES::ConfigurationSet').Properties;
    expect(SuppressionOptions).to.deep.equal({ SuppressedReasons: ['BOUNCE', 'COMPLAINT'] });
    expect(DeliveryOptions).to.deep.equal({ TlsPolicy: 'REQUIRE' });
  });

  it('has one destination of events, by names that CloudFormation knows, after the policy that lets SES in', () => {
    const { Properties, DependsOn } = only('AWS::SES::ConfigurationSetEventDestination');
    const { Name, MatchingEventTypes, ...destination } = Properties.EventDestination as {
      readonly Name: string;
      readonly MatchingEventTypes: readonly string[];
    };
    expect(Name).to.match(/^[A-Za-z0-9_-]{1,64}$/);
    expect(MatchingEventTypes).to.have.members(['bounce', 'complaint']);
    for (const type of MatchingEventTypes) expect(type).to.match(EVENT_TYPES);
    // One destination and no more.
    expect(destination).to.deep.equal({ Enabled: true, SnsDestination: { TopicARN: { Ref: 'MailFeedback' } } });
    expect([DependsOn].flat()).to.include('MailFeedbackPolicy');
    expect(target(Properties.ConfigurationSetName)).to.equal('MailConfiguration');
  });

  it('lets SES tell the topic, for this account and configuration set only', () => {
    const { PolicyDocument, Topics } = propertiesOf(template, 'MailFeedbackPolicy') as {
      readonly PolicyDocument: { readonly Statement: readonly Readonly<Record<string, unknown>>[] };
      readonly Topics: unknown;
    };
    expect(Topics).to.deep.equal([{ Ref: 'MailFeedback' }]);
    const [allowed, ...others] = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(others).to.deep.equal([]);
    expect(allowed).to.deep.include({ Principal: { Service: 'ses.amazonaws.com' }, Action: 'sns:Publish' });
    const { StringEquals } = (allowed?.Condition ?? {}) as { StringEquals: Record<string, unknown> };
    expect(StringEquals['AWS:SourceAccount']).to.deep.equal({ Ref: 'AWS::AccountId' });
    const { Name } = propertiesOf(template, 'MailConfiguration');
    expect(JSON.stringify(StringEquals['AWS:SourceArn'])).to.include(`:configuration-set/${Name}"`);
  });

  it('lets SES use the key that encrypts the topic, for this topic only', () => {
    expect(target(propertiesOf(template, 'MailFeedback').KmsMasterKeyId)).to.equal('DataKeyArn');
    const key = propertiesOf(packageService('ingest-stream', 'production').template, 'DataKey').KeyPolicy as {
      readonly Statement: readonly {
        readonly Principal: unknown;
        readonly Action: unknown;
        readonly Condition: unknown;
      }[];
    };
    const ofSes = key.Statement.filter(({ Principal }) => JSON.stringify(Principal).includes('ses.amazonaws.com'));
    expect(ofSes.map(({ Action }) => Action)).to.deep.equal([['kms:GenerateDataKey', 'kms:Decrypt']]);
    const { TopicName } = propertiesOf(template, 'MailFeedback');
    expect(JSON.stringify(ofSes[0]?.Condition)).to.include(`:${TopicName}"`);
  });

  it('may send from the address that the code sends from, also in the sandbox of SES', () => {
    const sending = statementsOf(template, 'MailLambdaFunction').filter(({ actions }) =>
      actions.includes('ses:SendEmail'),
    );
    expect(sending.map(({ condition }) => condition)).to.deep.equal([
      { StringEquals: { 'ses:FromAddress': senderAt(domain) } },
    ]);
    const resources = JSON.stringify(sending[0]?.resources);
    expect(resources).to.include(':identity/*').and.include(':configuration-set/weir-production');
  });
});
