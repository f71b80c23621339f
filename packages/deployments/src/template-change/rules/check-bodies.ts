import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { isSame, type Resources } from '../comparison/template.ts';

const DEPLOYMENT = 'AWS::ApiGateway::Deployment';

/** What the document of a REST API says instead of resources. */
const PARTS = ['Authorizer', 'GatewayResponse', 'Method', 'Model', 'RequestValidator', 'Resource'].map(
  (type) => `AWS::ApiGateway::${type}`,
);

/**
 * A REST API with a document (`Body`) has what the document says, and nothing else: each import overwrites the API. Its
 * deployment refers to it, and so is made after it; but callers see a new document only by a new deployment.
 */
export function* checkBodies({ old, made }: TemplateChange): Iterable<Finding> {
  for (const [where, { Type, Properties }] of Object.entries(made)) {
    if (Type !== 'AWS::ApiGateway::RestApi' || Properties?.Body === undefined) continue;
    const beside = idsOf(made, where, PARTS);
    if (beside.length > 0) {
      const message = `an import of its document removes ${beside.join(', ')}: write them into the document`;
      yield { rule: 'beside-body', where, effect: 'lost', message };
    }
    // CloudFormation deletes last, by path and method.
    const deleted = idsOf(old, where, PARTS).filter((id) => !made[id] && old[id]?.DeletionPolicy !== 'Retain');
    if (deleted.length > 0) {
      const message = `CloudFormation may delete what its document has just made at the places of ${deleted.join(', ')}: give these DeletionPolicy Retain, in a deployment before this one`;
      yield { rule: 'body-over-parts', where, effect: 'lost', message };
    }
    if (isSame(old[where]?.Properties?.Body, Properties.Body)) continue;
    for (const id of idsOf(made, where, [DEPLOYMENT]).filter((one) => old[one])) {
      const message = `is a snapshot without the change of ${where}: give it another logical id`;
      yield { rule: 'snapshot-old', where: id, effect: 'lost', message };
    }
  }
}

/** The logical ids of resources of an API. */
function idsOf(resources: Resources, api: string, types: readonly string[]): string[] {
  const own = Object.entries(resources).filter(
    ([, { Type, Properties }]) => types.includes(Type) && isSame(Properties?.RestApiId, { Ref: api }),
  );
  return own.map(([id]) => id);
}
