import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { isSame, type Resource, type Resources } from '../comparison/template.ts';

interface SnapshotKind {
  readonly deployment: string;
  /** What the deployment is a snapshot of. */
  readonly parts: readonly string[];
}

const KINDS: readonly SnapshotKind[] = [
  {
    deployment: 'AWS::ApiGateway::Deployment',
    parts: ['Authorizer', 'GatewayResponse', 'Method', 'Model', 'RequestValidator'].map(
      (type) => `AWS::ApiGateway::${type}`,
    ),
  },
  {
    deployment: 'AWS::ApiGatewayV2::Deployment',
    parts: ['Authorizer', 'Integration', 'IntegrationResponse', 'Route', 'RouteResponse'].map(
      (type) => `AWS::ApiGatewayV2::${type}`,
    ),
  },
];

/** Callers see an API as its deployment, a snapshot, has it: made after its parts, and anew for each change of one. */
export function* checkApis(change: TemplateChange): Iterable<Finding> {
  for (const { deployment, parts } of KINDS) {
    const deployments = Object.entries(change.made).filter(([, { Type }]) => Type === deployment);
    for (const [where, resource] of deployments) {
      const isPart = ([, one]: readonly [string, Resource]) =>
        parts.includes(one.Type) && isSame(apiOf(one), apiOf(resource));
      yield* checkSnapshot({ change, where, resource, isPart });
    }
  }
  yield* checkStages(change);
}

function apiOf({ Properties = {} }: Resource): unknown {
  return Properties.RestApiId ?? Properties.ApiId;
}

interface Snapshot {
  readonly change: TemplateChange;
  readonly where: string;
  readonly resource: Resource;
  readonly isPart: (one: readonly [string, Resource]) => boolean;
}

function* checkSnapshot({ change, where, resource, isPart }: Snapshot): Iterable<Finding> {
  const waits = new Set([resource.DependsOn ?? []].flat());
  const early = Object.entries(change.made).filter((one) => isPart(one) && !waits.has(one[0]));
  if (early.length > 0) {
    const ids = early.map(([id]) => id).join(', ');
    const message = `may be made before ${ids}, which callers then miss: add them to DependsOn`;
    yield { rule: 'snapshot-early', where, effect: 'lost', message };
  }
  const changed = change.old[where] === undefined ? [] : changedParts(change, isPart);
  if (changed.length > 0) {
    const message = `is a snapshot without the change of ${changed.join(', ')}: give it another logical id`;
    yield { rule: 'snapshot-old', where, effect: 'lost', message };
  }
}

function changedParts({ kept, added, removed }: TemplateChange, isPart: Snapshot['isPart']): string[] {
  const changed = kept
    .filter(([, was, is]) => !isSame(was.Properties, is.Properties))
    .map(([id, , is]) => [id, is] as const);
  return [...changed, ...added, ...removed].filter(isPart).map(([id]) => id);
}

/** A stage that a deployment made is no resource of the template, and still there. */
function* checkStages({ old, made }: TemplateChange): Iterable<Finding> {
  const [ofDeployments, ofOwn] = [stagesOf(old, 'Deployment'), stagesOf(old, 'Stage')];
  const there = new Set([...ofDeployments.values(), ...ofOwn.values()]);
  for (const [where, stage] of stagesOf(made, 'Deployment')) {
    if (!there.has(stage) || made[where]?.Properties?.StageDescription === undefined) continue;
    const message = 'has a StageDescription, and its stage exists: declare an AWS::ApiGateway::Stage';
    yield { rule: 'stage-description', where, effect: 'refused', message };
  }
  const byDeployments = new Set(ofDeployments.values());
  for (const [where, stage] of stagesOf(made, 'Stage')) {
    if (ofOwn.get(where) === stage || !byDeployments.has(stage)) continue;
    const message = 'a deployment has made this stage, which stays: delete it by hand, or give this one another name';
    yield { rule: 'stage-exists', where, effect: 'refused', message };
  }
}

/** The stages of a REST API, by the resources that make them. */
function stagesOf(resources: Resources, type: 'Deployment' | 'Stage'): Map<string, string> {
  return new Map(
    Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => {
      const isMaking = Type === `AWS::ApiGateway::${type}` && Properties.StageName !== undefined;
      return isMaking ? [[id, JSON.stringify([Properties.RestApiId, Properties.StageName])] as const] : [];
    }),
  );
}
